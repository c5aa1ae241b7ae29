import { type Preset, step } from "../feature.ts";
import { column } from "../kinds/column.ts";
import { keywords } from "../kinds/keywords.ts";
import { type LogTerms, ln1p, logs } from "../kinds/logs.ts";
import { missing } from "../kinds/missing.ts";
import { principalComponents } from "../kinds/principalComponents.ts";
import { ratio } from "../kinds/ratio.ts";

/** Whether a biography holds one of the words that the study looked for. */
const BIOGRAPHY_KEYWORD = step(keywords, {
  column: "biography",
  keywords: ["vlogger", "influencer", "blogger", "creator", "model", "traveller"],
  imputed: "none",
  output: "biography_keyword",
});

/**
 * The nine inputs of the original study, in its order, with its parameters. `like_engagement_rate` and
 * `comment_engagement_rate` add up to what the study's label was made of: good for reproducing it, not for finding anyone.
 */
export const original: Preset = {
  name: "original",
  about: "the nine features of the original study, min-max scaled, in its order",
  steps: [
    BIOGRAPHY_KEYWORD,
    step(principalComponents, {
      columns: ["likes", "followers"],
      outputs: ["likes_followers_pc1", "likes_followers_pc2"],
    }),
    step(missing, { column: "bio_link", output: "bio_link_missing" }),
    step(ratio, {
      numerator: "likes",
      denominator: "videos_count",
      epsilon: 1e-7,
      output: "likes_per_video",
    }),
    step(column, { column: "comment_engagement_rate" }),
    step(column, { column: "like_engagement_rate" }),
    step(column, { column: "is_verified" }),
    step(column, { column: "following" }),
  ],
};

/** Added to a rate: a ten-thousandth of the followers is next to nobody. */
const RATE_OFFSET = 1e-4;
const LIKE_RATE: LogTerms = [{ of: "like_engagement_rate", weight: 1, offset: RATE_OFFSET }];
const COMMENT_RATE: LogTerms = [{ of: "comment_engagement_rate", weight: 1, offset: RATE_OFFSET }];

/**
 * What the study's nine inputs are made of, on scales where it shows: rates and counts reach over many powers of ten, and
 * min-max scaling puts nearly all of them in one corner. The rates add up to what the engagement label was made of, so that
 * this too is for showing what the study could have reached, not for finding anyone.
 */
export const originalLog: Preset = {
  name: "original-log",
  about: "what the study's nine features are made of, on logarithmic scales",
  scaling: "none",
  steps: [
    BIOGRAPHY_KEYWORD,
    step(logs, { terms: [ln1p("likes")], output: "likes" }),
    step(logs, { terms: [ln1p("followers")], output: "followers" }),
    step(missing, { column: "bio_link", output: "bio_link_missing" }),
    step(logs, { terms: [ln1p("likes"), ln1p("videos_count", -1)], output: "likes_per_video" }),
    step(logs, { terms: COMMENT_RATE, output: "comment_rate" }),
    step(logs, { terms: LIKE_RATE, output: "like_rate" }),
    step(column, { column: "is_verified" }),
    step(logs, { terms: [ln1p("following")], output: "following" }),
  ],
};
