import type { Account } from "./account.ts";
import { exp } from "./arithmetic.ts";
import { population } from "./data.ts";
import type { Draw } from "./draw.ts";
import { quantile } from "./quantiles.ts";

const DAY = 86400;
/**
 * From a deviation of log10 gaps to one of natural logarithms; the measured one holds a minute added to every gap, and the
 * hours moved below add to the spread.
 */
const SPREAD = 0.85 * Math.LN10;
/** Posts further apart than this, in seconds, belong to two bursts. */
const BURST_ENDS = 8 * 3600;
/** The least time between two posts, in seconds: one in a hundred gaps is below a minute. */
const LEAST_GAP = 30;
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
function atPostingHour(draw: Draw, post: number, offset: number): number {
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
