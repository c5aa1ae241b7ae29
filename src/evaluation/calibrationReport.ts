import { z } from "zod";
import { count, interval } from "../base/schemas.ts";
import { logit, type Proportion, proportion, sigmoid } from "../base/statistics.ts";
import { bootstrapIntervals, everyRow } from "./bootstrap.ts";
import { OneClassError, requireBothClasses, requireProbabilities, requireScores } from "./classes.ts";
import { fitLogisticRegression } from "./logisticRegression.ts";
import type { RepeatedScores } from "./metrics.ts";

/** Whether probabilities mean what they say. */
export const calibrationReportSchema = z.strictObject({
  /**
   * Slope of the labels' logistic regression on the logits of the probabilities; 1 is right, below 1 the probabilities are
   * too extreme, above 1 too timid.
   */
  slope: z.number(),
  /** Intercept of that regression; 0 is right. */
  intercept: z.number(),
  /** Mean probability less the share of positives. */
  bias: z.number(),
  /** Mean distance of the bins from the diagonal, weighted by rows. */
  expected_calibration_error: z.number(),
  /** 95 % bootstrap intervals. */
  intervals: z.strictObject({ slope: interval, intercept: interval }),
  /** What the regression makes of some probabilities, rising over those that were given, each with its 95 % interval. */
  curve: z.array(interval.extend({ predicted: z.number(), observed: z.number() })).readonly(),
  /**
   * The reliability diagram: bins of as many rows each, by rising probability. `predicted` is the mean probability,
   * `observed` the share of positives with its 95 % interval (Wilson, 1927).
   */
  bins: z.array(interval.extend({ rows: count, predicted: z.number(), observed: z.number() })).readonly(),
});

/** Whether probabilities mean what they say. */
export type CalibrationReport = Readonly<z.infer<typeof calibrationReportSchema>>;

/** Some rows of like probability. */
export type ReliabilityBin = CalibrationReport["bins"][number];

const BINS = 10;

/**
 * Measures the calibration of probabilities.
 *
 * @param labels 0 or 1, both present
 * @param probabilities as many, 0 to 1, of rows that the model was not fitted to
 * @param options.repeats resamples for the intervals; 500 unless said otherwise
 * @param options.repeated where the probabilities are out of fold: those of each repeat, whose mean they are
 * @throws OneClassError, and RangeError on lengths that differ, no rows, a number that is no probability
 */
export function calibrationReport(
  labels: Uint8Array,
  probabilities: Float64Array,
  options: {
    readonly seed: number;
    readonly repeats?: number;
    readonly repeated?: RepeatedScores | undefined;
  },
): CalibrationReport {
  requireScores(labels, probabilities);
  requireProbabilities(probabilities);
  const { positives } = requireBothClasses(labels);
  const places = curvePlaces(probabilities);
  const lineOf = (logits: Float64Array) => (rows: Int32Array) => {
    const goals = Uint8Array.from(rows, (row) => labels[row]);
    const sum = goals.reduce((total, goal) => total + goal, 0);
    if (sum === 0 || sum === goals.length) throw new OneClassError(sum, goals.length - sum);
    const z = Float64Array.from(rows, (row) => logits[row]);
    const { coefficients, intercept } = fitLogisticRegression([z], goals);
    const [slope] = coefficients;
    const numbers: Record<string, number> = { slope, intercept };
    for (const [i, predicted] of places.entries())
      numbers[`at_${i}`] = sigmoid(slope * logit(predicted) + intercept);
    return numbers;
  };
  const bins = reliabilityBins(labels, probabilities);
  const error = bins.reduce(
    (sum, { rows, predicted, observed }) => sum + rows * Math.abs(predicted - observed),
    0,
  );
  const every = everyRow(labels.length);
  const line = lineOf(probabilities.map(logit));
  const whole = line(every);
  const { repeated } = options;
  const intervals = bootstrapIntervals(labels.length, line, {
    repeats: options.repeats ?? 500,
    seed: options.seed,
    crossValidated: repeated && {
      folds: repeated.folds,
      repeats: repeated.probabilities.map((scores) => lineOf(scores.map(logit))(every)),
    },
  });
  return {
    slope: whole.slope,
    intercept: whole.intercept,
    bias: probabilities.reduce((sum, p) => sum + p, 0) / labels.length - positives / labels.length,
    expected_calibration_error: error / labels.length,
    intervals: { slope: intervals.slope, intercept: intervals.intercept },
    curve: places.map((predicted, i) => ({
      predicted,
      observed: whole[`at_${i}`],
      ...intervals[`at_${i}`],
    })),
    bins,
  };
}

/** Points of the curve. */
const PLACES = 25;

/** Probabilities from the lowest to the highest given, evenly spread. */
function curvePlaces(probabilities: Float64Array): number[] {
  const lowest = probabilities.reduce((least, p) => Math.min(least, p), 1);
  const highest = probabilities.reduce((most, p) => Math.max(most, p), 0);
  return Array.from({ length: PLACES }, (_, i) => lowest + ((highest - lowest) * i) / (PLACES - 1));
}

function reliabilityBins(labels: Uint8Array, probabilities: Float64Array): ReliabilityBin[] {
  const order = Int32Array.from(labels.keys()).sort((a, b) => probabilities[a] - probabilities[b] || a - b);
  const bins = Math.min(BINS, labels.length);
  return Array.from({ length: bins }, (_, bin) => {
    const part = order.subarray(
      Math.round((bin * order.length) / bins),
      Math.round(((bin + 1) * order.length) / bins),
    );
    const rows = part.length;
    const positives = part.reduce((sum, row) => sum + labels[row], 0);
    const { share: observed, low, high } = proportion(positives, rows) as Proportion;
    const predicted = part.reduce((sum, row) => sum + probabilities[row], 0) / rows;
    return { rows, predicted, observed, low, high };
  });
}
