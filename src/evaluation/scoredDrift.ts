import { countOfThings } from "../base/words.ts";
import { columnsOfProfile, type DataProfile, type DriftColumns } from "./dataProfile.ts";
import { compareColumns, type Drift } from "./drift.ts";

/** Name of the prediction among the columns that are compared. */
export const PREDICTION = "prediction";

/** Some of the rows that were scored: 10,000 drawn at random are plenty. */
export interface ScoredSample {
  /** Features, as those of the reference. */
  readonly names: readonly string[];
  /** Scaled features, row-major, rows x names. */
  readonly values: Float32Array | Float64Array;
  /** Probabilities, one a row. */
  readonly probabilities: ArrayLike<number>;
}

/** How what was scored differs from what the model was trained on. */
export interface ScoredDrift {
  /** Each feature and the prediction, those that moved most first. */
  readonly drifts: readonly Drift[];
  /** Plain sentences for whoever reads the scores; none where nothing has moved a lot. */
  readonly warnings: readonly string[];
}

/** Features that are told one by one. */
const MOST_NAMED = 3;

/** Rows below which a sample of scored rows says nothing. */
const ENOUGH_ROWS = 50;

/** Share of the features that have to have moved a lot before it is the file that differs, and not a feature. */
const MANY = 1 / 3;

/**
 * Compares scored rows with those the model was trained on. Fewer than 50 rows are not compared.
 *
 * @throws RangeError where the sample's features are not those of the reference, or its lengths do not fit together
 */
export function driftOfScored(reference: DataProfile, sample: ScoredSample): ScoredDrift {
  const { names, values, probabilities } = sample;
  const rows = probabilities.length;
  if (values.length !== rows * names.length)
    throw new RangeError(`${values.length} values for ${rows} rows of ${names.length} features`);
  if (names.join() !== reference.features.map(({ name }) => name).join())
    throw new RangeError("the features are not those of the reference");
  const columns = Object.fromEntries(
    names.map((name, at) => [
      name,
      Float64Array.from({ length: rows }, (_, row) => values[row * names.length + at]),
    ]),
  );
  return driftOfColumns(reference, columns, probabilities);
}

/** As {@link driftOfScored}, of columns of features by their names. */
export function driftOfColumns(
  reference: DataProfile,
  features: DriftColumns,
  probabilities: ArrayLike<number>,
): ScoredDrift {
  if (probabilities.length < ENOUGH_ROWS) return { drifts: [], warnings: [] };
  const drifts = compareColumns(
    { ...columnsOfProfile(reference.features), ...columnsOfProfile([reference.prediction]) },
    { ...features, [PREDICTION]: Float64Array.from(probabilities) },
  );
  return { drifts, warnings: warningsOf(drifts) };
}

function warningsOf(drifts: readonly Drift[]): string[] {
  const large = drifts.filter(({ shift }) => shift === "large");
  const features = large.filter(({ name }) => name !== PREDICTION);
  // The reference holds out-of-fold probabilities, and a model of few rows is less extreme than its folds: where no feature
  // has moved, that difference is all there is to a prediction that has.
  const moved = drifts.some(
    ({ name, shift }) => name !== PREDICTION && (shift === "some" || shift === "large"),
  );
  const warnings = moved ? large.filter(({ name }) => name === PREDICTION).map(predictionInWords) : [];
  const of = drifts.length - 1;
  if (features.length > Math.max(MOST_NAMED, MANY * of)) {
    warnings.push(
      `These profiles are unlike those the model was trained on: ${features.length} of ${countOfThings(of, "feature")} moved a lot, ${features[0].name} most (PSI ${features[0].psi.toFixed(2)}). Its probabilities may be off; labelled profiles of this kind would tell.`,
    );
    return warnings;
  }
  for (const { message } of features.slice(0, MOST_NAMED))
    warnings.push(`Unlike the profiles the model was trained on: ${message}`);
  return warnings;
}

function predictionInWords({ median, higher, psi }: Drift): string {
  const words = (value: number | null) => (value === null ? "unknown" : value.toFixed(2));
  const share = higher ?? 0.5;
  const are =
    Math.abs(share - 0.5) < 0.05 ? "spread differently from" : share > 0.5 ? "higher than" : "lower than";
  return `The probabilities are ${are} those of the profiles the model was trained on: half of them are above ${words(median.current)}, there above ${words(median.reference)} (PSI ${psi.toFixed(2)}).`;
}
