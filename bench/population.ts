/*
 * Measures the tables of data/sample/population.json from a file in the Bright Data layout and prints
 * them as JSON: `population.ts FILE.csv`. Nothing of a single profile is printed: quantiles of windows of a
 * hundred rows, rounded to two digits after the point on a logarithmic scale, and a correlation matrix.
 */
import { DuckDBInstance } from "@duckdb/node-api";
import { log10, normalQuantile } from "../src/sample/arithmetic.ts";
import {
  type ConditionalQuantiles,
  conditionalProbability,
  PROBABILITIES,
  type Quantiles,
} from "../src/sample/quantiles.ts";

interface Measured {
  /** From the batch of the last two days, whose addresses end in "undefined". */
  late: boolean;
  followers: number;
  following: number;
  videos: number;
  likeRate: number;
  commentsPerLike: number;
  likesBeyondListed: number;
  silence: number;
  lifetimeRate: number;
  age: number;
  spanShare: number;
  firstPostShare: number;
  unlisted: number;
  listedOfFew: number;
  listedOfMany: number;
  burst: number;
  biographyLength: number;
}

const DATED = 6000000000000000000n;
const DAY = 86400;
const YEAR = 365.25 * DAY;

async function readRows(file: string): Promise<Record<string, string>[]> {
  const connection = await (await DuckDBInstance.create(":memory:")).connect();
  const quoted = `'${file.replaceAll("'", "''")}'`;
  const result = await connection.runAndReadAll(
    `SELECT * FROM read_csv(${quoted}, all_varchar = true, parallel = false, quote = '"', escape = '"')`,
  );
  return result.getRowObjects() as Record<string, string>[];
}

function measure(row: Record<string, string>): Measured {
  const videoIds = row.top_videos.split(",").map((url) => BigInt(url.slice(url.lastIndexOf("/") + 1)));
  const posts = videoIds.filter((id) => id > DATED).map((id) => Number(id >> 32n));
  const last = Math.max(...posts);
  const first = Math.min(...posts);
  const id = BigInt(row.id);
  const dated = id > DATED && posts.length > 0;
  const created = dated ? Number(id >> 32n) : Number.NaN;
  const expires = Number(/x-expires=(\d+)/.exec(row.profile_pic_url)?.[1]);
  const followers = Number(row.followers);
  const videos = Number(row.videos_count);
  const listed = videoIds.length;
  const likes = Math.max(Math.round(Number(row.like_engagement_rate) * followers * listed), 1);
  const comments = Math.max(Math.round(Number(row.comment_engagement_rate) * followers * listed), 1);
  const all = listed >= videos;
  const newestFirst = [...posts].sort((a, b) => b - a);
  const gaps = newestFirst.slice(1).map((post, i) => log10((newestFirst[i] - post + 60) / DAY));
  const mean = gaps.reduce((a, b) => a + b, 0) / gaps.length;
  return {
    late: row.url.endsWith("undefined"),
    followers: log10(followers),
    following: log10(1 + Number(row.following)),
    videos: log10(videos),
    likeRate: log10(likes / listed / followers),
    commentsPerLike: log10(comments / likes),
    likesBeyondListed: videos > 35 ? Number.NaN : Math.max(log10(Number(row.likes) / likes), 0),
    silence: posts.length === 0 ? Number.NaN : log10(Math.max((expires - 2 * DAY - last) / DAY, 0) + 0.1),
    lifetimeRate: videos > 35 ? log10(Number(row.likes) / videos / followers) : Number.NaN,
    age: (expires - 2 * DAY - created) / YEAR,
    spanShare:
      all || listed < 3 || !dated ? Number.NaN : log10(Math.max((last - first) / (last - created), 1e-4)),
    firstPostShare: all && listed > 1 && dated ? (first - created) / (last - created) : Number.NaN,
    listedOfFew: videos > 1 && videos <= 35 ? Math.min(listed / videos, 1) : Number.NaN,
    listedOfMany: videos > 35 ? listed / 35 : Number.NaN,
    unlisted: log10(videos / listed),
    burst:
      gaps.length < 10
        ? Number.NaN
        : Math.sqrt(gaps.reduce((a, g) => a + (g - mean) ** 2, 0) / (gaps.length - 1)),
    biographyLength: row.biography === "null" ? Number.NaN : row.biography.length / 80,
  };
}

function quantilesOf(values: readonly number[]): Quantiles {
  const sorted = values.filter(Number.isFinite).sort((a, b) => a - b);
  return PROBABILITIES.map((p) => {
    const at = p * (sorted.length - 1);
    const low = Math.floor(at);
    const high = Math.min(low + 1, sorted.length - 1);
    return Math.round((sorted[low] + (sorted[high] - sorted[low]) * (at - low)) * 100) / 100;
  });
}

function conditional(
  rows: readonly Measured[],
  value: keyof Measured,
  given: keyof Measured,
  knots: readonly number[],
  window: number,
): ConditionalQuantiles {
  const finite = rows.filter(
    (row) => Number.isFinite(row[value] as number) && Number.isFinite(row[given] as number),
  );
  const tables = knots.map((knot) => {
    const near = [...finite].sort(
      (a, b) => Math.abs((a[given] as number) - knot) - Math.abs((b[given] as number) - knot),
    );
    return quantilesOf(near.slice(0, window).map((row) => row[value] as number));
  });
  return { knots, tables };
}

/** Over the rows that have both; not a number where none has (few videos and many exclude each other). */
function correlation(a: readonly number[], b: readonly number[]): number {
  const pairs = a.map((x, i) => [x, b[i]]).filter(([x, y]) => Number.isFinite(x) && Number.isFinite(y));
  const mean = (k: number) => pairs.reduce((sum, pair) => sum + pair[k], 0) / pairs.length;
  const [ma, mb] = [mean(0), mean(1)];
  let [ab, aa, bb] = [0, 0, 0];
  for (const [x, y] of pairs) {
    ab += (x - ma) * (y - mb);
    aa += (x - ma) ** 2;
    bb += (y - mb) ** 2;
  }
  return ab / Math.sqrt(aa * bb);
}

/** A silence at some moment of a history, in days: how long it had lasted, the mean gap before it, and whether a post came within 30 days. */
interface Silence {
  days: number;
  gap: number;
  ended: boolean;
}

const WITHIN = 30;

/** Silences 30, 60, 120 and 240 days before the profile was read, where the list reaches back far enough. */
function silencesOf(row: Record<string, string>): Silence[] {
  const ids = row.top_videos.split(",").map((url) => BigInt(url.slice(url.lastIndexOf("/") + 1)));
  const posts = ids.filter((id) => id > DATED).map((id) => Number(id >> 32n));
  const read = Number(/x-expires=(\d+)/.exec(row.profile_pic_url)?.[1]) - 2 * DAY;
  return [30, 60, 120, 240].flatMap((back) => {
    const moment = read - back * DAY;
    const before = posts.filter((post) => post < moment).sort((a, b) => b - a);
    if (before.length === 0 || (ids.length >= 33 && before.length < 5)) return [];
    const span = Math.max((before[0] - before[before.length - 1]) / DAY, 7);
    const gap = before.length > 1 ? span / (before.length - 1) : 30;
    const ended = posts.some((post) => post >= moment && post < moment + WITHIN * DAY);
    return [{ days: (moment - before[0]) / DAY, gap, ended }];
  });
}

/** The likeliest pace and time of giving up; see `goingOn` in the tables. */
function goingOn(silences: readonly Silence[]): { pace: number; giveUp: number } {
  let best = { pace: 0, giveUp: 0, likelihood: Number.NEGATIVE_INFINITY };
  for (const pace of [0.1, 0.2, 0.3, 0.5, 0.7, 1]) {
    for (let giveUp = 100; giveUp <= 1000; giveUp += 50) {
      const likelihood = silences.reduce((sum, { days, gap, ended }) => {
        const p = WITHIN / (WITHIN + days + pace * gap) / (1 + (days / giveUp) ** 2);
        return sum + Math.log(ended ? p : 1 - p);
      }, 0);
      if (likelihood > best.likelihood) best = { pace, giveUp, likelihood };
    }
  }
  return { pace: best.pace, giveUp: best.giveUp };
}

const file = process.argv[2] ?? "../shared/data/tiktok.csv";
const read = await readRows(file);
const rows = read.map(measure);

const FOLLOWER_KNOTS = [0.8, 1.6, 2.2, 2.8, 3.3, 3.8, 4.3, 4.8, 5.3, 6];
const VIDEO_KNOTS = [0, 0.4, 0.8, 1.2, 1.5];
const byFollowers = (name: keyof Measured) => conditional(rows, name, "followers", FOLLOWER_KNOTS, 120);
const byVideos = (name: keyof Measured) => conditional(rows, name, "videos", VIDEO_KNOTS, 90);
const tables: Record<string, [ConditionalQuantiles, keyof Measured]> = {
  videos: [byFollowers("videos"), "followers"],
  likeRate: [byFollowers("likeRate"), "followers"],
  following: [byFollowers("following"), "followers"],
  silence: [byFollowers("silence"), "followers"],
  commentsPerLike: [byFollowers("commentsPerLike"), "followers"],
  likesBeyondListed: [byVideos("likesBeyondListed"), "videos"],
  lifetimeRate: [byFollowers("lifetimeRate"), "followers"],
  age: [byFollowers("age"), "followers"],
  spanShare: [conditional(rows, "spanShare", "unlisted", [0.1, 0.4, 0.8, 1.2, 1.6], 130), "unlisted"],
};
const scores: Record<string, number[]> = {};
for (const [name, [table, given]] of Object.entries(tables)) {
  scores[name] = rows.map((row) => {
    const x = row[name as keyof Measured] as number;
    if (!Number.isFinite(x)) return Number.NaN;
    let p = conditionalProbability(table, row[given] as number, x);
    if (name === "age") {
      // An account is older than its last post: the score is that among the ages left.
      const least = conditionalProbability(table, row.followers, (10 ** row.silence * DAY) / YEAR);
      p = (p - least) / (1 - least);
    }
    return normalQuantile(Math.min(Math.max(p, 0.001), 0.999));
  });
}

const names = Object.keys(scores);
const singles = ["firstPostShare", "listedOfFew", "listedOfMany", "burst"] as const;
const batch = (late: boolean) =>
  quantilesOf(rows.filter((row) => row.late === late).map((row) => row.followers));
console.log(
  JSON.stringify({
    quantiles: {
      followersEarly: batch(false),
      followersLate: batch(true),
      ...Object.fromEntries(singles.map((name) => [name, quantilesOf(rows.map((row) => row[name]))])),
    },
    conditional: {
      ...Object.fromEntries(Object.entries(tables).map(([name, [table]]) => [name, table])),
      biographyLength: conditional(rows, "biographyLength", "followers", [1.5, 3, 4, 5], 200),
    },
    correlations: {
      order: names,
      matrix: names.map((a) =>
        names.map((b) => Math.round(correlation(scores[a], scores[b]) * 100) / 100 || 0),
      ),
    },
    goingOn: goingOn(read.flatMap(silencesOf)),
    shares: { late: rows.filter((row) => row.late).length / rows.length },
  }),
);
