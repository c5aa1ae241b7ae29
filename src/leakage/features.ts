import { InsightsError } from "../base/error.ts";
import { Random } from "../base/random.ts";
import { lowerBound, upperBound } from "../base/statistics.ts";

/** Features of some rows, as the model sees them or before scaling; no check depends on scale. */
export interface AuditedFeatures {
  readonly names: readonly string[];
  /** Row-major, rows x names. NaN where unknown. */
  readonly values: Float32Array | Float64Array;
}

/** One feature at the audited rows. */
export interface FeatureColumn {
  readonly name: string;
  /** Canonical columns it is made of. */
  readonly columns: readonly string[];
  readonly values: Float64Array;
}

/**
 * The number of rows of a matrix.
 *
 * @throws InsightsError where the values are not whole rows
 */
export function rowsOf({ names, values }: AuditedFeatures): number {
  const rows = values.length / names.length;
  if (names.length === 0 || !Number.isInteger(rows))
    throw new InsightsError(`invalid matrix: ${values.length} values in rows of ${names.length}`);
  return rows;
}

/** The columns of a row-major matrix at some rows. */
export function columnsAt(
  { names, values }: AuditedFeatures,
  rows: Int32Array,
  madeOf: readonly (readonly string[])[],
): FeatureColumn[] {
  const width = names.length;
  return names.map((name, at) => ({
    name,
    columns: madeOf[at],
    values: Float64Array.from(rows, (row) => values[row * width + at]),
  }));
}

/** All rows where there are at most `most`, otherwise that many drawn without replacement, ascending. */
export function sampleRows(rows: number, most: number, seed: number): Int32Array {
  if (rows <= most) return Int32Array.from({ length: rows }, (_, row) => row);
  const random = new Random(seed);
  const chosen = new Int32Array(most);
  // Selection sampling (Knuth, The Art of Computer Programming 2, 3.4.2, algorithm S): in order, and no list of all rows.
  let taken = 0;
  for (let row = 0; taken < most; row++)
    if (random.uniform() * (rows - row) < most - taken) chosen[taken++] = row;
  return chosen;
}

/** Elements at some positions. */
export function pick(values: Float64Array, at: Int32Array): Float64Array {
  // A plain loop: TypedArray.from with a function is ten times slower, and this is called most.
  const picked = new Float64Array(at.length);
  for (let i = 0; i < at.length; i++) picked[i] = values[at[i]];
  return picked;
}

/** Whether a column holds fewer than two different known values. */
export function isConstant(values: Float64Array): boolean {
  let first = Number.NaN;
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    if (Number.isNaN(first)) first = value;
    else if (value !== first) return false;
  }
  return true;
}

/**
 * Ranks stretched to -1..1, equal values sharing the middle of their places and unknown ones at 0. Ranks make heavy tails
 * harmless and keep what a threshold can see.
 */
export function ranked(values: Float64Array): Float64Array {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort();
  const n = sorted.length;
  return values.map((value) => {
    if (Number.isNaN(value)) return 0;
    return (lowerBound(sorted, value) + upperBound(sorted, value)) / n - 1;
  });
}
