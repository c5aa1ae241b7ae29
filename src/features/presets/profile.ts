import { step } from "../feature.ts";
import { column } from "../kinds/column.ts";
import { logBins } from "../kinds/logBins.ts";
import { logs } from "../kinds/logs.ts";
import { missing } from "../kinds/missing.ts";
import { phrases } from "../kinds/phrases.ts";
import { principalComponents } from "../kinds/principalComponents.ts";
import { textLength } from "../kinds/textLength.ts";
import { textPattern } from "../kinds/textPattern.ts";
import { type LogTerms, ln1p } from "../logTerms.ts";
import type { Preset } from "../preset.ts";
import { CONTACT_FRAGMENTS, CONTACT_WORDS } from "../words/contact.ts";
import { CRAFT_FRAGMENTS, CRAFT_WORDS } from "../words/craft.ts";
import { FACES, HEARTS, PLACES, POINTING } from "../words/emoji.ts";
import { FOLLOW_FRAGMENTS, FOLLOW_WORDS } from "../words/follow.ts";
import { ACCOUNT_HOSTS, KNOWN_PAGES } from "../words/linkHosts.ts";
import { LINK_PAGES } from "../words/linkPages.ts";
import { PLATFORM_FRAGMENTS, PLATFORM_WORDS } from "../words/platform.ts";

const FOLLOWERS: LogTerms = [ln1p("followers")];
const VIDEOS: LogTerms = [ln1p("videos_count")];
const LIKES_PER_FOLLOWER: LogTerms = [ln1p("likes"), ln1p("followers", -1)];
const LIKES_PER_VIDEO: LogTerms = [ln1p("likes"), ln1p("videos_count", -1)];
/** The engagement rate as far as a profile page shows it: of all posts, not of the recent ones. */
const LIKES_PER_VIDEO_AND_FOLLOWER: LogTerms = [...LIKES_PER_VIDEO, ln1p("followers", -1)];
/** Providers take the rate of at most this many posts: with no more than these the lifetime's rate is the recent one. */
const RECENT_POSTS = 35;
const BINS = 8;

const biography = (
  pattern:
    | "email"
    | "mention"
    | "hashtag"
    | "address"
    | "goal"
    | "latin"
    | "arabic"
    | "cyrillic"
    | "east_asian",
) => step(textPattern, { column: "biography", pattern, output: `biography_${pattern}` });
const emoji = (output: string, characters: readonly string[]) =>
  step(phrases, { column: "biography", words: [], fragments: [...characters], output });

/**
 * What a profile page shows, and nothing of posts or rates: counts and their ratios on logarithmic scales, the most telling
 * of them also in bins; the account's age at the snapshot; the tick; what the biography holds, in many languages; the link.
 */
export const profile: Preset = {
  name: "profile",
  about: "what a profile page shows: counts and ratios on logarithmic scales, age, biography, link, verified",
  scaling: "none",
  steps: [
    step(logs, { terms: FOLLOWERS, output: "followers" }),
    step(logs, { terms: [ln1p("following")], output: "following" }),
    step(logs, { terms: [ln1p("likes")], output: "likes" }),
    step(logs, { terms: VIDEOS, output: "videos" }),
    step(logs, { terms: LIKES_PER_VIDEO, output: "likes_per_video" }),
    step(logs, { terms: LIKES_PER_FOLLOWER, output: "likes_per_follower" }),
    step(logs, { terms: LIKES_PER_VIDEO_AND_FOLLOWER, output: "likes_per_video_and_follower" }),
    step(logs, { terms: [ln1p("following"), ln1p("followers", -1)], output: "following_per_follower" }),
    step(logs, { terms: [ln1p("videos_count"), ln1p("followers", -1)], output: "videos_per_follower" }),
    step(logs, { terms: [{ ...ln1p("videos_count"), atMost: RECENT_POSTS }], output: "recent_videos" }),
    step(logs, { terms: [ln1p("account_age")], output: "account_age" }),
    step(logs, { terms: [ln1p("videos_count"), ln1p("account_age", -1)], output: "videos_per_day" }),
    step(principalComponents, {
      columns: ["likes", "followers"],
      logarithms: true,
      outputs: ["likes_and_followers_1", "likes_and_followers_2"],
    }),
    step(logBins, { terms: FOLLOWERS, bins: BINS, output: "followers_bin" }),
    step(logBins, { terms: VIDEOS, bins: BINS, output: "videos_bin" }),
    step(logBins, { terms: LIKES_PER_FOLLOWER, bins: BINS, output: "likes_per_follower_bin" }),
    step(logBins, { terms: LIKES_PER_VIDEO, bins: BINS, output: "likes_per_video_bin" }),
    step(logBins, {
      terms: LIKES_PER_VIDEO_AND_FOLLOWER,
      bins: BINS,
      output: "likes_per_video_and_follower_bin",
    }),
    step(column, { column: "is_verified" }),
    step(missing, { column: "bio_link", output: "bio_link_missing" }),
    step(missing, { column: "biography", output: "biography_missing" }),
    step(phrases, {
      column: "bio_link",
      words: [],
      fragments: [...LINK_PAGES],
      output: "bio_link_page_of_links",
    }),
    step(phrases, {
      column: "bio_link",
      words: [...ACCOUNT_HOSTS],
      fragments: [],
      output: "bio_link_account",
    }),
    step(phrases, {
      column: "bio_link",
      words: [...ACCOUNT_HOSTS],
      fragments: [...KNOWN_PAGES],
      absent: true,
      output: "bio_link_site",
    }),
    step(textLength, {
      column: "biography",
      thresholds: [1, 5, 10, 20, 30, 40, 50, 60, 70, 80],
      output: "biography_length",
    }),
    step(phrases, {
      column: "biography",
      words: [...CRAFT_WORDS],
      fragments: [...CRAFT_FRAGMENTS],
      output: "biography_craft",
    }),
    step(phrases, {
      column: "biography",
      words: [...CONTACT_WORDS],
      fragments: [...CONTACT_FRAGMENTS],
      output: "biography_contact",
    }),
    step(phrases, {
      column: "biography",
      words: [...PLATFORM_WORDS],
      fragments: [...PLATFORM_FRAGMENTS],
      output: "biography_platform",
    }),
    step(phrases, {
      column: "biography",
      words: [...FOLLOW_WORDS],
      fragments: [...FOLLOW_FRAGMENTS],
      output: "biography_follow",
    }),
    biography("email"),
    biography("mention"),
    biography("hashtag"),
    biography("address"),
    biography("goal"),
    biography("latin"),
    biography("arabic"),
    biography("cyrillic"),
    biography("east_asian"),
    emoji("biography_pointing", POINTING),
    emoji("biography_place", PLACES),
    emoji("biography_heart", HEARTS),
    emoji("biography_face", FACES),
  ],
};
