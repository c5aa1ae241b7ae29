import { z } from "zod";
import { crossEntropy, sigmoid, softplus } from "../base/statistics.ts";
import { requireBothClasses, requireScores } from "./classes.ts";
import { fitLogisticRegression } from "./logisticRegression.ts";
import { repeatedStratifiedFolds } from "./split.ts";

/**
 * How logits become probabilities that mean what they say. Plain JSON; both keep the order of the rows.
 *
 * `platt`: logit p = slope z + intercept. `beta`: logit p = rise ln(s) - fall ln(1 - s) + intercept with s the probability
 * before; where `rise` and `fall` differ it bends more at one end than at the other.
 */
export const calibrationSchema = z.discriminatedUnion("method", [
  z.strictObject({ method: z.literal("platt"), slope: z.number(), intercept: z.number() }),
  z.strictObject({ method: z.literal("beta"), rise: z.number(), fall: z.number(), intercept: z.number() }),
]);

/** How logits become probabilities. */
export type Calibration = Readonly<z.infer<typeof calibrationSchema>>;

/** Smallest slope: a calibration never turns the order of the rows around. */
const FLATTEST = 1e-3;

/**
 * Platt scaling (Platt, 1999): logistic regression on the logit, with his goals in place of 0 and 1, (n+ + 1) / (n+ + 2)
 * and 1 / (n- + 2), so that few rows do not give certainty.
 *
 * @param logits one a row, finite
 * @param labels 0 or 1, both present
 * @throws OneClassError, and RangeError on lengths that differ, no rows, NaN, a label other than 0 and 1
 */
export function fitPlatt(logits: Float64Array, labels: Uint8Array): Calibration {
  const goals = goalsOf(logits, labels);
  const { coefficients, intercept } = fitLogisticRegression([logits], goals);
  const [slope] = coefficients;
  if (slope >= FLATTEST) return { method: "platt", slope, intercept };
  const rest = logits.map((z) => FLATTEST * z);
  return { method: "platt", slope: FLATTEST, intercept: shiftFor(rest, goals) };
}

/**
 * Beta calibration (Kull, Silva Filho and Flach, 2017), three parameters. A factor that comes out below 0 is taken to be 0
 * and the rest fitted again, as its authors do. Parameters and errors as `fitPlatt`.
 */
export function fitBeta(logits: Float64Array, labels: Uint8Array): Calibration {
  const goals = goalsOf(logits, labels);
  const rising = logits.map((z) => -softplus(-z));
  const falling = logits.map((z) => softplus(z));
  const { coefficients, intercept } = fitLogisticRegression([rising, falling], goals);
  const [rise, fall] = coefficients;
  if (rise >= 0 && fall >= 0 && rise + fall >= FLATTEST) return { method: "beta", rise, fall, intercept };
  const rest = fitLogisticRegression([rise < 0 ? falling : rising], goals);
  const [kept] = rest.coefficients;
  const both = rise < 0 ? { rise: 0, fall: kept } : { rise: kept, fall: 0 };
  if (kept >= FLATTEST) return { method: "beta", ...both, intercept: rest.intercept };
  return fitPlatt(logits, labels);
}

/**
 * The better of the two by cross-validated log loss; Platt's, which has fewer parameters, where they are the same.
 *
 * @param options.seed of the folds
 */
export function chooseCalibration(
  logits: Float64Array,
  labels: Uint8Array,
  options: { readonly seed: number },
): Calibration {
  requireScores(labels, logits);
  const { positives, negatives } = requireBothClasses(labels);
  const folds = Math.min(FOLDS, positives, negatives);
  if (folds < 2) return fitPlatt(logits, labels);
  const dealt = repeatedStratifiedFolds(labels, { folds, repeats: 1, seed: options.seed });
  const [platt, beta] = [fitPlatt, fitBeta].map((fit) =>
    dealt.reduce((loss, { train, test }) => {
      const calibration = fit(
        Float64Array.from(train, (row) => logits[row]),
        Uint8Array.from(train, (row) => labels[row]),
      );
      return test.reduce(
        (sum, row) => sum + crossEntropy(calibratedLogit(calibration, logits[row]), labels[row]),
        loss,
      );
    }, 0),
  );
  return beta < platt ? fitBeta(logits, labels) : fitPlatt(logits, labels);
}

const FOLDS = 10;

/** The calibrated logit of one logit. */
export function calibratedLogit(calibration: Calibration, z: number): number {
  if (calibration.method === "platt") return calibration.slope * z + calibration.intercept;
  return -calibration.rise * softplus(-z) + calibration.fall * softplus(z) + calibration.intercept;
}

/** Calibrated probabilities of some logits. */
export function applyCalibration(calibration: Calibration, logits: ArrayLike<number>): Float64Array {
  return Float64Array.from(logits, (z) => sigmoid(calibratedLogit(calibration, z)));
}

function goalsOf(logits: Float64Array, labels: Uint8Array): Float64Array {
  requireScores(labels, logits);
  const { positives, negatives } = requireBothClasses(labels);
  const high = (positives + 1) / (positives + 2);
  const low = 1 / (negatives + 2);
  return Float64Array.from(labels, (label) => (label === 1 ? high : low));
}

/** The intercept that makes the mean probability that of the goals, the rest given. */
function shiftFor(rest: Float64Array, goals: Float64Array): number {
  let low = -100;
  let high = 100;
  const mean = goals.reduce((sum, goal) => sum + goal, 0);
  for (let step = 0; step < 100; step++) {
    const middle = (low + high) / 2;
    const total = rest.reduce((sum, z) => sum + sigmoid(z + middle), 0);
    if (total < mean) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
