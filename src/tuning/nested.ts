import { less, pairedDifference } from "../evaluation/bootstrap.ts";
import { metricsOfRepeats, resampledMetrics } from "../evaluation/metrics.ts";
import { type Measures, measure } from "../training/measures.ts";
import type { TuningResults } from "./results.ts";

type Nested = TuningResults["nested"];

/** No decision is made here; any threshold gives the same ranking measures. */
const NO_MATTER = 0.5;

/**
 * Measures what the searches chose, and the usual recipe, on rows that were held out of both, with intervals for each and for
 * the difference.
 *
 * @param labels 0 or 1, both present
 * @param tuned probabilities, a row each, by recipes chosen without that row
 * @param usual those of the usual recipe, trained on the same rows
 * @param folds how many parts the rows were cut into, each held out once
 */
export function compare(
  labels: Uint8Array,
  tuned: Float64Array,
  usual: Float64Array,
  { folds, seed }: { readonly folds: number; readonly seed: number },
): Omit<Nested, "folds"> {
  const [first, second] = [tuned, usual].map((scores) => resampledMetrics(labels, scores, NO_MATTER));
  const repeated = [tuned, usual].map((scores) => ({ folds, probabilities: [scores] }));
  const [one, other] = repeated.map((scores) => metricsOfRepeats(labels, NO_MATTER, scores).repeats[0]);
  const { log_loss, roc_auc, brier } = pairedDifference(labels.length, first, second, {
    seed,
    crossValidated: { folds, repeats: [less(one, other)] },
  });
  return {
    tuned: kept(measure(labels, tuned, NO_MATTER, seed, repeated[0])),
    usual: kept(measure(labels, usual, NO_MATTER, seed, repeated[1])),
    difference: { log_loss, roc_auc, brier },
  };
}

/** What needs no threshold. */
function kept({ log_loss, roc_auc, brier, intervals }: Measures): Nested["tuned"] {
  const { log_loss: loss, roc_auc: auc, brier: square } = intervals;
  return { log_loss, roc_auc, brier, intervals: { log_loss: loss, roc_auc: auc, brier: square } };
}

/**
 * Says in words whether tuning is worth it. It is only where the whole procedure, on rows it has not seen, beats the usual
 * recipe by more than resampling those rows explains; otherwise the recipe that many have used is the safer one.
 *
 * @param chosen the trial that the search over all rows chose
 * @param outer those that the searches of the outer folds chose
 */
export function verdict(
  difference: Nested["difference"],
  chosen: number,
  outer: readonly number[],
): TuningResults["verdict"] {
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
