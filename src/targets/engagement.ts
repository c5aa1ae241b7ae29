import type { Target } from "./target.ts";

/**
 * The study's label: engagement over 5 % of the followers. It is the sum of two of the study's own inputs, and it mixes
 * an account's size with the response to it.
 */
export const engagement: Target = {
  name: "engagement",
  about: "engagement rate over 0.05, the label of the original study",
  expression: "awg_engagement_rate > 0.05",
  inputs: ["awg_engagement_rate"],
};
