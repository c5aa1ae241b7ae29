import { Random } from "../base/random.ts";
import { spread } from "../base/statistics.ts";
import { rocAuc } from "../evaluation/metrics.ts";
import { type FeatureColumn, isConstant, ranked } from "./features.ts";
import type { LeakageFinding } from "./finding.ts";
import { crossFit } from "./leastSquares.ts";

/**
 * A way to score rows, everything that is fitted to labels included: features, network, calibration. Gives each row the
 * score of a model that has not seen it; NaN where a row gets none.
 *
 * @param labels what to learn, 0 or 1 a row
 * @param seed another one for each call
 */
export type ScoringProcedure = (labels: Uint8Array, seed: number) => Float64Array | Promise<Float64Array>;

/** How shuffled labels went. */
export interface ShuffledLabelsResult {
  /** Mean area under the ROC curve over the shuffles; 0.5 is chance. */
  readonly mean: number;
  /** What the mean stays below by chance. */
  readonly limit: number;
  readonly shuffles: number;
}

/** Standard errors above one half at which chance is ruled out: of 20 shuffles, less than one audit in 10,000. */
const ERRORS = 6;

/** An excess below this is of no consequence, however sure. */
const SMALLEST_EXCESS = 0.02;

/**
 * Trains on shuffled labels and measures against them. There is nothing to learn, so a procedure that keeps its test rows
 * apart gets one half; one that fits features or thresholds to all rows, or scores rows it has trained on, gets more. The
 * limit is the procedure's own: the spread of its results, or where that is larger the spread of the same scores against
 * labels shuffled once more.
 */
export async function shuffledLabels(
  labels: Uint8Array,
  procedure: ScoringProcedure,
  options: { readonly shuffles: number; readonly seed: number; readonly signal?: AbortSignal | undefined },
): Promise<ShuffledLabelsResult> {
  const { shuffles, seed, signal } = options;
  const random = new Random(seed);
  const aucs: number[] = [];
  const chance: number[] = [];
  for (let shuffle = 0; shuffle < shuffles; shuffle++) {
    signal?.throwIfAborted();
    const mixed = random.shuffle(labels.slice());
    const scores = await procedure(mixed, random.bits());
    aucs.push(aucOf(mixed, scores));
    chance.push(aucOf(random.shuffle(mixed.slice()), scores));
  }
  const { mean, standard_deviation } = spread(aucs);
  const error = Math.max(standard_deviation, spread(chance).standard_deviation) / Math.sqrt(shuffles);
  return { mean, limit: 0.5 + Math.max(SMALLEST_EXCESS, ERRORS * error), shuffles };
}

/** The finding, where shuffled labels beat chance. */
export function shuffledLabelsFindings({ mean, limit, shuffles }: ShuffledLabelsResult): LeakageFinding[] {
  if (mean <= limit) return [];
  return [
    {
      severity: "severe",
      code: "shuffled_labels",
      features: [],
      columns: [],
      message: `Training on shuffled labels beats chance: AUC ${mean.toFixed(3)} over ${shuffles} shuffles, where chance stays below ${limit.toFixed(3)}. Rows to test on are seen while training.`,
      measure: "roc_auc",
      value: mean,
    },
  ];
}

function aucOf(labels: Uint8Array, scores: Float64Array): number {
  const scored = (_: number, i: number) => !Number.isNaN(scores[i]);
  const kept = labels.filter(scored);
  const positives = kept.reduce((sum, label) => sum + label, 0);
  return positives === 0 || positives === kept.length ? 0.5 : rocAuc(kept, scores.filter(scored));
}

/**
 * A fast stand-in for the model: least squares of the labels on the features' ranks and their squares, out of fold. It shows
 * what the features tell all together; it cannot show what another procedure does with its test rows.
 */
export function linearProcedure(
  features: readonly FeatureColumn[],
  folds: Uint8Array,
  foldCount: number,
): ScoringProcedure & ((labels: Uint8Array) => Float64Array) {
  const columns = features
    .filter(({ values }) => !isConstant(values))
    .flatMap(({ values }) => {
      const rank = ranked(values);
      return [rank, rank.map((value) => value * value)];
    });
  const fit = crossFit(columns, folds, foldCount, null, 1e-6);
  return (labels: Uint8Array) => fit(Float64Array.from(labels));
}
