import { type Difference, pairedDifference } from "../evaluation/bootstrap.ts";
import { type MetricName, resampledMetrics } from "../evaluation/metrics.ts";
import { type Measures, measure } from "../training/measures.ts";
import type { TuningResults } from "./results.ts";

/** Two ways of training, judged on the same rows. */
export interface Compared {
  readonly tuned: TuningResults["nested"]["tuned"];
  readonly usual: TuningResults["nested"]["usual"];
  /** Tuned less usual. */
  readonly difference: TuningResults["nested"]["difference"];
}

/** No decision is made here; any threshold gives the same ranking measures. */
const NO_MATTER = 0.5;

/**
 * Measures what the searches chose, and the usual recipe, on rows that were held out of both, with intervals for each and for
 * the difference.
 *
 * @param labels 0 or 1, both present
 * @param tuned probabilities, a row each, by recipes chosen without that row
 * @param usual those of the usual recipe, trained on the same rows
 */
export function compare(
  labels: Uint8Array,
  tuned: Float64Array,
  usual: Float64Array,
  seed: number,
): Compared {
  const [first, second] = [tuned, usual].map((scores) => resampledMetrics(labels, scores, NO_MATTER));
  const { differences } = pairedDifference(labels.length, first, second, { seed });
  const difference = (name: MetricName): Difference => differences[name];
  return {
    tuned: kept(measure(labels, tuned, NO_MATTER, seed)),
    usual: kept(measure(labels, usual, NO_MATTER, seed)),
    difference: {
      log_loss: difference("log_loss"),
      roc_auc: difference("roc_auc"),
      brier: difference("brier"),
    },
  };
}

/** What needs no threshold. */
function kept({ log_loss, roc_auc, brier, intervals }: Measures): Compared["tuned"] {
  const { log_loss: loss, roc_auc: auc, brier: square } = intervals;
  return { log_loss, roc_auc, brier, intervals: { log_loss: loss, roc_auc: auc, brier: square } };
}

/** What the verdict is made of. */
export interface Judgement {
  readonly difference: Compared["difference"];
  /** What the search over all rows chose. */
  readonly chosen: number;
  /** What those of the outer folds chose. */
  readonly outer: readonly number[];
}

/**
 * Says in words whether tuning is worth it. It is only where the whole procedure, on rows it has not seen, beats the usual
 * recipe by more than resampling those rows explains; otherwise the recipe that many have used is the safer one.
 */
export function verdict({ difference, chosen, outer }: Judgement): TuningResults["verdict"] {
  const { difference: change, low, high } = difference.log_loss;
  const interval = `95 % interval ${signed(low)} to ${signed(high)}`;
  if (chosen === 0) {
    return { advice: "keep", sentence: "Keep the usual recipe: of all trials it did best itself." };
  }
  if (outer.every((trial) => trial === 0)) {
    return {
      advice: "keep",
      sentence: "Keep the usual recipe: whenever rows were held out, the search chose it itself.",
    };
  }
  if (high < 0) {
    return {
      advice: "use",
      sentence: `Use the tuned recipe: on rows that no search has seen, tuning changes the log loss by ${signed(change)} (${interval}), which is better.`,
    };
  }
  const seen = `on rows that no search has seen, tuning changes the log loss by ${signed(change)} (${interval})`;
  return {
    advice: "keep",
    sentence:
      low > 0
        ? `Keep the usual recipe: ${seen}, which is worse.`
        : `Keep the usual recipe: ${seen}, so these rows do not show that it is better.`,
  };
}

function signed(value: number): string {
  const digits = Math.abs(value).toFixed(4);
  return Number(digits) === 0 ? digits : `${value < 0 ? "−" : "+"}${digits}`;
}
