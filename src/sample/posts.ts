import { type Account, FIRST_ACCOUNT } from "./account.ts";
import { exp } from "./arithmetic.ts";
import { population } from "./data.ts";
import { type Draw, mix } from "./draw.ts";
import { quantile } from "./quantiles.ts";

const DAY = 86400;
/**
 * From a deviation of log10 gaps to one of natural logarithms; the measured one holds a minute added to every gap, and the
 * hours moved below add to the spread.
 */
const SPREAD = 0.85 * Math.LN10;
/** Posts further apart than this, in seconds, belong to two bursts. */
export const BURST_ENDS = 8 * 3600;
/** The least time between two posts, in seconds: one in a hundred gaps is below a minute. */
export const LEAST_GAP = 30;
/** The most that is added to it at random, in seconds. */
const ADDED_GAP = 900;
/** 2018-08-02T00:00:00Z, when the predecessor became TikTok: nothing listed is older. */
const FIRST_VIDEOS = 1533168000;
/** Hours of the day in 256 slots, each in as many as its share of the posts. */
let hours: Uint8Array | undefined;

/**
 * Draws when the listed videos were posted. Gaps between posts are log-normal with a spread of the account's own, for
 * posts come in bursts; the hour of a burst is drawn from the posting hours of the poster's time zone.
 *
 * @param offset hours east of Greenwich
 * @returns Unix seconds, newest first, falling, none before the account's creation
 */
export function drawPosts(draw: Draw, account: Account, offset: number): Float64Array {
  const { firstPostShare, burst } = population().quantiles;
  const { listed, lastPost } = account;
  const posts = new Float64Array(listed);
  posts[0] = lastPost;
  if (listed === 1) return posts;

  const life = Math.max(lastPost - Math.max(account.created, FIRST_VIDEOS), LEAST_GAP * listed);
  const all = listed >= account.videos;
  const share = all ? 1 - quantile(firstPostShare, draw.uniform()) : Math.min(account.spanShare, 1);
  const span = Math.max(share * life, LEAST_GAP * listed);
  const sigma = quantile(burst, draw.uniform()) * SPREAD;
  let total = 0;
  for (let i = 1; i < listed; i++) {
    total += exp(sigma * draw.normal());
    posts[i] = total;
  }
  for (let i = 1; i < listed; i++) posts[i] = Math.floor(lastPost - (span * posts[i]) / total);

  // A burst of posts moves as a whole, to an hour when its poster is awake.
  let shift = 0;
  let previous = lastPost;
  for (let i = 1; i < listed; i++) {
    const post = posts[i];
    if (previous - post > BURST_ENDS) shift = i < listed - 1 ? atPostingHour(draw, post, offset) - post : 0;
    previous = post;
    const gap = LEAST_GAP + Math.floor(ADDED_GAP * draw.uniform() * draw.uniform());
    posts[i] = Math.min(post + shift, posts[i - 1] - gap);
  }
  return posts;
}

/** The same day of the poster, at an hour when people post. */
export function atPostingHour(draw: Draw, post: number, offset: number): number {
  const local = post + 3600 * offset;
  const midnight = local - (local % DAY);
  hours ??= hourSlots(256);
  const hour = hours[draw.bits() >>> 24];
  return midnight + 3600 * hour + Math.floor(3600 * draw.uniform()) - 3600 * offset;
}

function hourSlots(slots: number): Uint8Array {
  const { weights, total } = population().counts.postingHours;
  const hours = new Uint8Array(slots);
  let hour = 0;
  let reached = weights[0];
  for (let i = 0; i < slots; i++) {
    while (hour < 23 && ((i + 0.5) / slots) * total > reached) reached += weights[++hour];
    hours[i] = hour;
  }
  return hours;
}

/**
 * An id as TikTok builds it, in decimal digits: `high` * 2^32 + `low`, which exceeds 2^53.
 *
 * @param high 0..2^31-1; Unix seconds in the ids of today
 * @param low 0..2^32-1
 */
function formatId(high: number, low: number): string {
  return `${(BigInt(high) << 32n) | BigInt(low)}`;
}

/**
 * The account's id. Its lower 32 bits are the row's number, scrambled one to one, so that no two rows share an id.
 * Ids from before 2018 carry no date: short numbers, or numbers of 17 and 18 digits whose upper bits decode to 1970.
 *
 * @param draw at the beginning of its stream
 */
export function drawAccountId(draw: Draw, account: Account, row: number): string {
  const low = mix(row ^ 0x5bd1e995);
  if (account.dated) return formatId(account.created, low);
  if (draw.chance(population().shares.shortId)) {
    if (draw.chance(0.22)) return `${70_000_000_000 + low * 3}`;
    // Multiplying by an odd number is one to one in the lower bits: rows below 2^27 keep numbers of their own.
    const scrambled = Math.imul(row, 0x2545f491);
    return `${row < 2 ** 20 ? 100_000 + (scrambled & 0xffffff) : 20_000_000 + (scrambled & 0x7ffffff)}`;
  }
  return formatId(undatedHigh(account.created), low);
}

/** Draws the id of a video posted at this time, in Unix seconds. */
export function drawVideoId(draw: Draw, account: Pick<Account, "videosDated">, post: number): string {
  return formatId(account.videosDated ? post : undatedHigh(post), draw.bits());
}

/** Upper bits of the older kind of id: they rise with time, but decode to the year 1970. */
function undatedHigh(time: number): number {
  return 11_700_000 + Math.floor(Math.max(time - FIRST_ACCOUNT, 0) / 4);
}
