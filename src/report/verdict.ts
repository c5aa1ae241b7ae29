import type { Metrics } from "./metrics.ts";
import { percent, range, score } from "./numbers.ts";
import { givesAway } from "./rule.ts";

/** Which of the two models to use, and why. */
export interface Verdict {
  readonly use: "recommended" | "study" | "neither";
  /** What to do, in one sentence without its full stop. */
  readonly short: string;
  /** Why, in a few sentences. */
  readonly why: string;
}

/** Which model to use to find creators. */
export function verdict(metrics: Metrics): Verdict {
  const { results, reason } = metrics.recommended;
  const away = givesAway(metrics);
  const study = away
    ? "The original network is told what its label is made of, so its scores say nothing of finding creators."
    : "The original network answers its own label, which is not about who still posts.";
  if (results === null) {
    const none = `There is no recommended model here. ${reason ?? ""}`.trim();
    return away
      ? { use: "neither", short: "Do not use this network to find creators", why: `${study} ${none}` }
      : { use: "study", short: "There is only the original network here", why: `${study} ${none}` };
  }
  const { roc_auc: area, intervals } = results.out_of_fold;
  const measured = `area under the ROC curve ${score(area, 2)}, 95 % interval ${range(intervals.roc_auc, 2)}`;
  if (intervals.roc_auc.low <= 0.5)
    return {
      use: "neither",
      short: "Use neither of the two models to find creators",
      why: `${study} The recommended one cannot be told from guessing on this file (${measured}).`,
    };
  const { per_1000: thousand } = results.threshold;
  const picked = `Of 1,000 accounts like these it picks ${whole(thousand.selected)}, and ${whole(thousand.right)} of them are creators${thousand.selected > 0 ? ` (${percent(thousand.right / thousand.selected)}; picked blindly it would be ${percent(results.target.positive_rate)})` : ""}.`;
  return {
    use: "recommended",
    short: "To find creators, use the recommended model",
    why: `${study} The recommended one reads only what a profile page shows and looks for accounts that still post and are answered better than is usual for their size. On accounts it had not seen it puts a creator ahead of another in ${whole(100 * area)} of 100 cases (${measured}). ${picked}`,
  };
}

function whole(count: number): string {
  return String(Math.round(count));
}
