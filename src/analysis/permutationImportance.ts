import { InsightsError } from "../base/error.ts";
import { Random } from "../base/random.ts";
import { percentile, spread } from "../base/statistics.ts";

/** Rows to predict from: row-major, `values[row * columns + column]`. */
export interface ImportanceMatrix {
  readonly values: Float32Array;
  readonly columns: number;
  /** One name a column. */
  readonly names: readonly string[];
}

/** How much worse the predictions get when one feature is shuffled. */
export interface ImportanceRow {
  readonly feature: string;
  /** Mean drop of the metric over the repeats; below 0 where shuffling happened to help. */
  readonly mean: number;
  /** Of the drops, with n - 1; 0 for one repeat. */
  readonly standard_deviation: number;
  /** 2.5th and 97.5th percentile of the drops. */
  readonly low: number;
  readonly high: number;
}

/** Options of {@link permutationImportance}. */
export interface ImportanceOptions {
  /** Shuffles a feature, 30 unless given. */
  readonly repeats?: number;
  readonly seed?: number;
  readonly signal?: AbortSignal;
}

/**
 * Permutation importance (Breiman 2001; scikit-learn's `permutation_importance`): the drop of a metric when one
 * feature's values are shuffled among the rows, repeated. Give it rows the model was not trained on. The interval holds
 * 95 % of the drops: it tells how much the shuffle matters, not how another sample of rows would turn out. Two features
 * that say the same share their importance, so each can look unneeded.
 *
 * @param predict probabilities of rows, as many as `rows`
 * @param labels 0 or 1 a row
 * @param metric better is higher: F1, AUC
 * @returns one entry a feature, in the matrix's order; the same seed gives the same numbers, whatever other features there are
 * @throws InsightsError when the matrix and the labels do not have the same number of rows, or repeats is below 1
 */
export function permutationImportance(
  predict: (x: Float32Array, rows: number) => Float64Array,
  matrix: ImportanceMatrix,
  labels: Uint8Array,
  metric: (labels: Uint8Array, scores: Float64Array) => number,
  options: ImportanceOptions = {},
): ImportanceRow[] {
  const { values, columns, names } = matrix;
  const rows = labels.length;
  const repeats = options.repeats ?? 30;
  if (values.length !== rows * columns)
    throw new InsightsError(`invalid matrix: ${values.length} values (expected ${rows} rows x ${columns})`);
  if (!(repeats >= 1)) throw new InsightsError(`invalid repeats: ${repeats} (expected at least 1)`);
  if (rows === 0) return [];
  const baseline = metric(labels, predict(values, rows));
  return names.map((feature, column) => {
    const random = new Random((options.seed ?? 0) + 7919 * column);
    const shuffled = values.slice();
    const kept = Float32Array.from({ length: rows }, (_, row) => values[row * columns + column]);
    const drops = new Float64Array(repeats);
    for (let repeat = 0; repeat < repeats; repeat++) {
      options.signal?.throwIfAborted();
      random.shuffle(kept);
      for (let row = 0; row < rows; row++) shuffled[row * columns + column] = kept[row];
      drops[repeat] = baseline - metric(labels, predict(shuffled, rows));
    }
    const { mean, standard_deviation } = spread(drops);
    drops.sort();
    return {
      feature,
      mean,
      standard_deviation,
      low: percentile(drops, 0.025),
      high: percentile(drops, 0.975),
    };
  });
}
