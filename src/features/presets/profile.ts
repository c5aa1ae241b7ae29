import { type Preset, step } from "../feature.ts";
import { column } from "../kinds/column.ts";
import { type LogTerms, ln1p, logs } from "../kinds/logs.ts";
import { missing } from "../kinds/missing.ts";

const log = (output: string, ...terms: LogTerms) => step(logs, { terms, output });

/** Providers take the rate of at most this many posts: with no more than these the lifetime's rate is the recent one. */
const RECENT_POSTS = 35;

/**
 * What a profile page shows, and nothing of posts, rates or texts: counts and their ratios on logarithmic scales, the account's age
 * at the snapshot, the tick, whether there is a link.
 */
export const profile: Preset = {
  name: "profile",
  about: "what a profile page shows: counts and ratios on logarithmic scales, age, link, verified",
  scaling: "none",
  steps: [
    log("followers", ln1p("followers")),
    log("following", ln1p("following")),
    log("likes", ln1p("likes")),
    log("videos", ln1p("videos_count")),
    log("recent_videos", { ...ln1p("videos_count"), atMost: RECENT_POSTS }),
    log("likes_per_video", ln1p("likes"), ln1p("videos_count", -1)),
    log("likes_per_follower", ln1p("likes"), ln1p("followers", -1)),
    // The engagement rate as far as a profile page shows it: of all posts, not of the recent ones.
    log("likes_per_video_and_follower", ln1p("likes"), ln1p("videos_count", -1), ln1p("followers", -1)),
    log("following_per_follower", ln1p("following"), ln1p("followers", -1)),
    log("videos_per_follower", ln1p("videos_count"), ln1p("followers", -1)),
    log("account_age", ln1p("account_age")),
    log("videos_per_day", ln1p("videos_count"), ln1p("account_age", -1)),
    step(column, { column: "is_verified" }),
    step(missing, { column: "bio_link", output: "bio_link_missing" }),
  ],
};
