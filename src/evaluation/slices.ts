import { z } from "zod";
import { count, interval } from "../base/schemas.ts";
import { countInWords, countOfThings } from "../base/words.ts";
import { FOLLOWER_TIERS, type FollowerTier, requireTiers } from "../profiles/tiers.ts";
import { bootstrapIntervals } from "./bootstrap.ts";
import { OneClassError } from "./classes.ts";
import {
  decisionMetrics,
  METRIC_RANGES,
  type MetricName,
  metricsOfRepeats,
  type RepeatedScores,
  rankingMetrics,
  resampledMetrics,
} from "./metrics.ts";

const number = interval.extend({ value: z.number() });

/** How the model does on one group of rows. */
export const sliceSchema = z.strictObject({
  /** What the rows are grouped by. */
  dimension: z.string(),
  name: z.string(),
  rows: count,
  positives: count,
  /** Share of the rows picked; null in an empty slice. */
  queue_rate: z.number().nullable(),
  /** Mean probability less the share of positives: above 0 the model is too hopeful here. Null in an empty slice. */
  calibration_error: z.number().nullable(),
  /** With 95 % intervals; null where one of the classes is missing. */
  metrics: z
    .strictObject({
      roc_auc: number,
      average_precision: number,
      /** Null where none of the slice is picked. */
      precision: number.nullable(),
      recall: number,
      f1: number,
      brier: number,
    })
    .nullable(),
  /** One plain sentence where the slice is too small to say; null otherwise. */
  warning: z.string().nullable(),
});

/** How the model does on one group of rows. */
export type Slice = Readonly<z.infer<typeof sliceSchema>>;

type SliceMetrics = NonNullable<Slice["metrics"]>;

/** How to measure slices. */
export interface SliceOptions {
  /** A row is picked where its probability is at or above it. */
  readonly threshold: number;
  readonly seed: number;
  /** Bootstrap resamples a slice; 1000 unless told. */
  readonly repeats?: number;
  /** Share of the resamples inside an interval; 0.95 unless told. */
  readonly level?: number;
  /** Where the probabilities are out of fold: those of each repeat, whose mean they are. */
  readonly repeated?: RepeatedScores | undefined;
}

/** Rows of a class below which its numbers rest on single accounts. */
const ENOUGH_OF_A_CLASS = 20;

/** Width of the interval of the ROC AUC from which it tells next to nothing: a fifth of the whole scale. */
const TOO_WIDE = 0.2;

/**
 * Measures a model on each group of rows: the same numbers as on the whole, with bootstrap intervals over the slice's own
 * rows, and a warning where a slice is too small to say. Groups without rows are left out.
 *
 * @param labels 0 or 1 a row
 * @param probabilities as many, from models that have not seen the row
 * @throws RangeError on lengths that differ, or probabilities outside 0..1
 */
export function sliceMetrics(
  labels: Uint8Array,
  probabilities: Float64Array,
  grouping: Grouping,
  options: SliceOptions,
): Slice[] {
  const { dimension, names, codes } = grouping;
  if (labels.length !== probabilities.length || labels.length !== codes.length)
    throw new RangeError(
      `${labels.length} labels, ${probabilities.length} probabilities and ${codes.length} groups`,
    );
  return names.flatMap((name, code) => {
    const inGroup = (_: number, row: number) => codes[row] === code;
    const slice = { labels: labels.filter(inGroup), probabilities: probabilities.filter(inGroup) };
    if (slice.labels.length === 0) return [];
    const repeated = options.repeated && {
      folds: options.repeated.folds,
      probabilities: options.repeated.probabilities.map((scores) => scores.filter(inGroup)),
    };
    return [measureSlice(dimension, name, slice.labels, slice.probabilities, { ...options, repeated })];
  });
}

function measureSlice(
  dimension: string,
  name: string,
  labels: Uint8Array,
  probabilities: Float64Array,
  options: SliceOptions,
): Slice {
  const rows = labels.length;
  const { confusion } = decisionMetrics(labels, probabilities, options.threshold);
  const positives = confusion.tp + confusion.fn;
  const picked = confusion.tp + confusion.fp;
  const metrics =
    positives === 0 || positives === rows ? null : numbers(labels, probabilities, picked > 0, options);
  return {
    dimension,
    name,
    rows,
    positives,
    queue_rate: picked / rows,
    calibration_error: probabilities.reduce((sum, value) => sum + value, 0) / rows - positives / rows,
    metrics,
    warning: warningOf(name, rows, positives, metrics),
  };
}

function numbers(
  labels: Uint8Array,
  probabilities: Float64Array,
  picks: boolean,
  { threshold, repeated, ...options }: SliceOptions,
): SliceMetrics | null {
  const value: Record<MetricName, number> = {
    ...decisionMetrics(labels, probabilities, threshold),
    ...rankingMetrics(labels, probabilities),
  };
  try {
    const statistic = resampledMetrics(labels, probabilities, threshold);
    const intervals = bootstrapIntervals(labels.length, statistic, {
      ...options,
      ranges: METRIC_RANGES,
      crossValidated: repeated && metricsOfRepeats(labels, threshold, repeated),
    });
    const number = (name: MetricName) => ({ value: value[name], ...intervals[name] });
    return {
      roc_auc: number("roc_auc"),
      average_precision: number("average_precision"),
      precision: picks ? number("precision") : null,
      recall: number("recall"),
      f1: number("f1"),
      brier: number("brier"),
    };
  } catch (error) {
    // Two or three rows may never be drawn with both classes.
    if (error instanceof OneClassError) return null;
    throw error;
  }
}

function warningOf(
  name: string,
  rows: number,
  positives: number,
  metrics: SliceMetrics | null,
): string | null {
  const small = `${name} is too small to say: ${countOfThings(rows, "account")}, ${countInWords(positives)} of them positive`;
  if (metrics === null || Math.min(positives, rows - positives) < ENOUGH_OF_A_CLASS) return `${small}.`;
  const { low, high } = metrics.roc_auc;
  if (high - low <= TOO_WIDE) return null;
  return `${small}; its ROC AUC may be anything from ${low.toFixed(2)} to ${high.toFixed(2)}.`;
}

/** Rows put into named groups, each row into one. */
export interface Grouping {
  /** What the rows are grouped by: `followers`, `language`, `region`. */
  readonly dimension: string;
  /** Names of the groups, in the order to show them. */
  readonly names: readonly string[];
  /** Group of each row: a position in `names`. */
  readonly codes: Int32Array;
}

/** The group of rows whose value is unknown. */
export const UNKNOWN_GROUP = "unknown";

/**
 * Groups rows by followers. Groups come from the smallest tier up, `unknown` last and only where there are any.
 *
 * @param followers one a row, NaN where unknown
 * @param tiers rising, the first from 0
 * @throws InsightsError `invalid tiers: ...` where they do not rise from 0 or share a name
 */
export function followerTiers(
  followers: ArrayLike<number>,
  tiers: readonly FollowerTier[] = FOLLOWER_TIERS,
): Grouping {
  requireTiers(tiers);
  const codes = new Int32Array(followers.length);
  let unknown = false;
  for (let row = 0; row < codes.length; row++) {
    if (Number.isNaN(followers[row])) {
      codes[row] = tiers.length;
      unknown = true;
    } else {
      while (codes[row] + 1 < tiers.length && followers[row] >= tiers[codes[row] + 1].from) codes[row]++;
    }
  }
  const names = tiers.map(({ name }) => name);
  return { dimension: "followers", names: unknown ? [...names, UNKNOWN_GROUP] : names, codes };
}

/**
 * Groups rows by a word, like a language or a region: the most frequent ones, largest first, then `other` and `unknown`
 * where there are any.
 *
 * @param values one a row; null or empty where unknown
 * @param most words with a group of their own; 8 unless told
 */
export function wordGroups(dimension: string, values: readonly (string | null)[], most = 8): Grouping {
  const counts = new Map<string, number>();
  for (const value of values) if (value) counts.set(value, (counts.get(value) ?? 0) + 1);
  // Equal counts in the order of the alphabet, so that the order of the rows does not matter.
  const frequent = [...counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1)).slice(0, most);
  const places = new Map(frequent.map(([word], i) => [word, i]));
  const names = frequent.map(([word]) => word);
  const placeOf = (name: string) => {
    const known = names.indexOf(name, frequent.length);
    return known >= 0 ? known : names.push(name) - 1;
  };
  if (counts.size > frequent.length) placeOf("other");
  const codes = Int32Array.from(values, (value) =>
    value ? (places.get(value) ?? placeOf("other")) : placeOf(UNKNOWN_GROUP),
  );
  return { dimension, names, codes };
}
