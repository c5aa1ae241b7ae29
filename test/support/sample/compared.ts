/** What the comparison of a synthetic and a real population looks at, taken from one record. */
export interface Compared {
  readonly numbers: Readonly<Record<string, number>>;
  readonly flags: Readonly<Record<string, boolean>>;
  /** The script most letters of biography and nickname are in. */
  readonly script: string;
}

const SCRIPTS = [
  "Latin",
  "Cyrillic",
  "Arabic",
  "Thai",
  "Devanagari",
  "Bengali",
  "Khmer",
  "Han",
  "Hiragana",
  "Myanmar",
];
const PATTERNS = SCRIPTS.map((name) => [name, new RegExp(`\\p{Script=${name}}`, "gu")] as const);
const KEYWORD = /(^|[^\p{L}\p{N}_])(vlogger|influencer|blogger|creator|model|traveller)($|[^\p{L}\p{N}_])/iu;
const FIRST_DATED_ID = 6_000_000_000_000_000_000n;
const DAY = 86400;

/** The norm of the engagement rate for an account's size; see reference/size-norm.json. */
export interface SizeNorm {
  readonly log10_followers: readonly number[];
  readonly rate: readonly number[];
}

/**
 * Takes a record in the Bright Data layout apart, by code of its own: nothing here comes from the code that makes samples.
 *
 * @param field the text of a column, `null` written out
 */
export function compared(field: (column: string) => string, norm: SizeNorm): Compared {
  const ids = field("top_videos")
    .split(",")
    .map((url) => BigInt(url.slice(url.lastIndexOf("/") + 1)));
  const posts = ids.filter((id) => id > FIRST_DATED_ID).map((id) => Number(id >> 32n));
  const moment = Number(/x-expires=(\d+)/.exec(field("profile_pic_url"))?.[1]) - 2 * DAY;
  const silence = posts.length === 0 ? Number.NaN : (moment - Math.max(...posts)) / DAY;
  const id = BigInt(field("id"));
  const followers = Number(field("followers"));
  const rate = Number(field("awg_engagement_rate"));
  const biography = field("biography");
  const positive = rate > 0.05;
  const current = silence <= 30;
  return {
    numbers: {
      followers,
      following: Number(field("following")),
      likes: Number(field("likes")),
      videos_count: Number(field("videos_count")),
      like_rate: Number(field("like_engagement_rate")),
      comment_rate: Number(field("comment_engagement_rate")),
      rate,
      silence,
      age: id > FIRST_DATED_ID ? (moment - Number(id >> 32n)) / DAY : Number.NaN,
      listed: ids.length,
      span: posts.length === 0 ? Number.NaN : (Math.max(...posts) - Math.min(...posts)) / DAY,
      biography_length: biography.length,
      nickname_length: field("nickname").length,
      handle_length: field("account_id").length,
    },
    flags: {
      engagement: positive,
      activity: current,
      activity_of_positive: positive && current,
      creator: silence <= 90 && Math.log(rate + 1e-4) > normAt(norm, followers),
      verified: field("is_verified") === "true",
      link: field("bio_link") !== "null",
      biography_missing: biography === "null",
      created_missing: field("create_time") === "null",
      keyword: KEYWORD.test(biography),
      lines: biography.includes("\n"),
      emoji: /\p{Extended_Pictographic}/u.test(biography),
      address: /[\w.]+@[\w-]+\.\w+/.test(biography),
      undated_account: id < FIRST_DATED_ID,
      all_undated_posts: posts.length === 0,
      no_url: field("url").endsWith("undefined"),
    },
    script: mainScript(
      (biography === "null" || biography === "No bio yet" ? "" : biography) + field("nickname"),
    ),
  };
}

function normAt({ log10_followers: at, rate }: SizeNorm, followers: number): number {
  const x = Math.log10(Math.max(followers, 1));
  const y = rate.map((value) => Math.log(value + 1e-4));
  if (x <= at[0]) return y[0];
  const k = at.findIndex((knot) => knot >= x);
  if (k < 0) return y[y.length - 1];
  return y[k - 1] + ((y[k] - y[k - 1]) * (x - at[k - 1])) / (at[k] - at[k - 1]);
}

function mainScript(text: string): string {
  let main = "none";
  let most = 0;
  for (const [name, pattern] of PATTERNS) {
    const count = text.normalize("NFKC").match(pattern)?.length ?? 0;
    if (count > most) [main, most] = [name, count];
  }
  return main;
}

/** The largest difference between two empirical distribution functions (Kolmogorov and Smirnov), finite values only. */
export function ksDistance(a: readonly number[], b: readonly number[]): number {
  const x = a.filter(Number.isFinite).sort((p, q) => p - q);
  const y = b.filter(Number.isFinite).sort((p, q) => p - q);
  let [i, j, distance] = [0, 0, 0];
  while (i < x.length && j < y.length) {
    const value = Math.min(x[i], y[j]);
    while (i < x.length && x[i] <= value) i++;
    while (j < y.length && y[j] <= value) j++;
    distance = Math.max(distance, Math.abs(i / x.length - j / y.length));
  }
  return distance;
}

/** Spearman's rank correlation over the pairs that are both finite; equal values share their mean rank. */
export function spearman(a: readonly number[], b: readonly number[]): number {
  const both = a.map((_, i) => i).filter((i) => Number.isFinite(a[i]) && Number.isFinite(b[i]));
  const p = ranks(both.map((i) => a[i]));
  const q = ranks(both.map((i) => b[i]));
  const mean = (both.length - 1) / 2;
  let [pq, pp, qq] = [0, 0, 0];
  for (let i = 0; i < both.length; i++) {
    pq += (p[i] - mean) * (q[i] - mean);
    pp += (p[i] - mean) ** 2;
    qq += (q[i] - mean) ** 2;
  }
  return pq / Math.sqrt(pp * qq);
}

function ranks(values: readonly number[]): number[] {
  const order = values.map((_, i) => i).sort((i, j) => values[i] - values[j]);
  const result = new Array<number>(values.length);
  for (let i = 0; i < order.length; ) {
    let j = i;
    while (j < order.length && values[order[j]] === values[order[i]]) j++;
    for (let k = i; k < j; k++) result[order[k]] = (i + j - 1) / 2;
    i = j;
  }
  return result;
}
