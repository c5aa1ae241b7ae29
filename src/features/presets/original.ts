import { step } from "../feature.ts";
import { column } from "../kinds/column.ts";
import { keywords } from "../kinds/keywords.ts";
import { missing } from "../kinds/missing.ts";
import { principalComponents } from "../kinds/principalComponents.ts";
import { ratio } from "../kinds/ratio.ts";
import type { Preset } from "../preset.ts";

/** The words that the study looked for in biographies. */
export const STUDY_KEYWORDS = ["vlogger", "influencer", "blogger", "creator", "model", "traveller"] as const;

/**
 * The nine inputs of the original study, in its order, with its parameters. `like_engagement_rate` and
 * `comment_engagement_rate` add up to what the study's label was made of: good for reproducing it, not for finding anyone.
 */
export const original: Preset = {
  name: "original",
  about: "the nine features of the original study, min-max scaled, in its order",
  steps: [
    step(keywords, {
      column: "biography",
      keywords: [...STUDY_KEYWORDS],
      imputed: "none",
      output: "biography_keyword",
    }),
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
