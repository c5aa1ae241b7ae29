import type { Account } from "./account.ts";
import { exp } from "./arithmetic.ts";
import type { Draw } from "./draw.ts";
import { BURST, FIRST_POST_SHARE } from "./population.ts";
import { quantile } from "./quantiles.ts";
import { POSTING_HOURS } from "./shares.ts";

const DAY = 86400;
const { LN10 } = Math;
const HOURS_TOTAL = POSTING_HOURS.reduce((a, b) => a + b, 0);

/**
 * Draws when the listed videos were posted. Gaps between posts are log-normal with a spread of the account's own, for
 * posts come in bursts; where a day lies on both sides the hour is drawn from the posting hours of the poster's time
 * zone.
 *
 * @param offset hours east of Greenwich
 * @returns Unix seconds, newest first, falling, none before the account's creation
 */
export function drawPosts(draw: Draw, account: Account, offset: number): Float64Array {
  const { listed, lastPost } = account;
  const posts = new Float64Array(listed);
  posts[0] = lastPost;
  if (listed === 1) return posts;

  const life = Math.max(lastPost - account.created, 60 * listed);
  const all = listed >= account.videos;
  const share = all ? 1 - quantile(FIRST_POST_SHARE, draw.uniform()) : Math.min(account.spanShare, 1);
  const span = Math.max(share * life, 3 * listed);
  const sigma = quantile(BURST, draw.uniform()) * LN10;
  let total = 0;
  for (let i = 1; i < listed; i++) {
    total += exp(sigma * draw.normal());
    posts[i] = total;
  }
  for (let i = 1; i < listed; i++) {
    const post = Math.floor(lastPost - (span * posts[i]) / total);
    posts[i] = Math.min(post, posts[i - 1] - 2);
  }
  for (let i = 1; i < listed - 1; i++) {
    if (posts[i - 1] - posts[i] > DAY && posts[i] - posts[i + 1] > DAY)
      posts[i] = atPostingHour(draw, posts[i], offset);
  }
  for (let i = 1; i < listed; i++) posts[i] = Math.min(posts[i], posts[i - 1] - 2);
  return posts;
}

/** The same day of the poster, at an hour when people post. */
function atPostingHour(draw: Draw, post: number, offset: number): number {
  const local = post + 3600 * offset;
  const midnight = local - (local % DAY);
  const hour = draw.weighted(POSTING_HOURS, HOURS_TOTAL);
  return midnight + 3600 * hour + Math.floor(3600 * draw.uniform()) - 3600 * offset;
}
