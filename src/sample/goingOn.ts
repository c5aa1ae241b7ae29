import { exp, ln } from "./arithmetic.ts";
import { population } from "./data.ts";
import type { Draw } from "./draw.ts";
import { atPostingHour, BURST_ENDS, drawVideoId, LEAST_GAP } from "./posts.ts";
import type { Profile } from "./record.ts";

const DAY = 86400;
/** The least that the listed posts are taken to span, in seconds: ten posts in ten minutes are no pace. */
const LEAST_SPAN = 7 * DAY;
/** Spread of a gap around the one of before that it repeats, and of the likes of a post around the account's own. */
const GAP_SPREAD = 0.3;
const LIKES_SPREAD = 0.8;
/** Days after which those who post stop for good, in the mean. */
const STOPS_AFTER = 600;

/** A post that came after the profile was read. */
export interface NewPost {
  /** Unix seconds. */
  readonly time: number;
  readonly videoId: string;
  /** Its likes as a share of what is usual for the account, 1 in the mean. */
  readonly likes: number;
}

/**
 * Draws what somebody posts after the profile was read, up to a moment. Whether and when the silence ends follows from how long it
 * has lasted and from the pace of the listed posts, by a law that was measured on histories of the published file: of silences of `s`
 * days, a share of 1 / (1 + (s / giveUp)²) ends, and of those that end a share of d / (d + s + pace g) within `d` days, for a mean gap
 * of `g` days. From then on the account's own gaps come again, in any order, until it stops.
 *
 * @param draw at the beginning of its stream; a later moment adds posts and changes none
 * @param until Unix seconds
 * @returns oldest first, each later than the one before
 */
export function drawNewPosts(draw: Draw, profile: Profile, until: number): NewPost[] {
  const { account, offset } = profile;
  const { pace, giveUp } = population().goingOn;
  const gaps = gapsOf(profile);
  const silence = account.moment - account.lastPost;
  const long = silence / (giveUp * DAY);
  if (!draw.chance(1 / (1 + long * long))) return [];
  const end = Math.min(until, account.moment - STOPS_AFTER * DAY * ln(draw.uniform()));
  const mean = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
  let gap = (silence + pace * mean) * (1 / draw.uniform() - 1);
  const posts: NewPost[] = [];
  for (let before = account.moment; ; ) {
    let time = Math.floor(before + gap);
    // Nothing that is drawn may depend on `until`, and who would post after it need not go on.
    if (time > end + DAY) return posts;
    if (gap > BURST_ENDS) time = atPostingHour(draw, time, offset);
    time = Math.max(time, before + LEAST_GAP);
    if (time > end) return posts;
    const videoId = drawVideoId(draw, account, time);
    posts.push({
      time,
      videoId,
      likes: exp(LIKES_SPREAD * draw.normal() - (LIKES_SPREAD * LIKES_SPREAD) / 2),
    });
    gap = draw.pick(gaps) * exp(GAP_SPREAD * draw.normal());
    before = time;
  }
}

/** The gaps between the listed posts in seconds, drawn out where they span less than a week; of a single post, what its account's life tells. */
function gapsOf({ account, posts }: Profile): number[] {
  if (posts.length === 1)
    return [Math.max((account.lastPost - account.created) / account.videos, LEAST_SPAN)];
  const longer = Math.max(1, LEAST_SPAN / (posts[0] - posts[posts.length - 1]));
  return posts.slice(1).map((post, i) => (posts[i] - post) * longer);
}
