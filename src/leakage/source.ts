import type { DuckDBConnection } from "@duckdb/node-api";
import { quoteIdentifier } from "../base/quote.ts";
import { valuesAt } from "../features/requireColumns.ts";
import { CANONICAL_COLUMNS, type CanonicalName } from "../profiles/canonical.ts";

/** The number a target was cut from, like `awg_engagement_rate`; NaN where unknown. */
export interface TargetSource {
  readonly name: string;
  readonly values: Float64Array;
}

/** The source, or its logarithm, at the rows that know it. */
export interface SourceView {
  /** How to call it in a sentence. */
  readonly name: string;
  readonly logarithm: boolean;
  /** Positions of the rows. */
  readonly rows: Int32Array;
  readonly y: Float64Array;
  /** Weight of each row. */
  readonly weights: Float64Array;
}

/** Rows below which a fit says nothing. */
const ENOUGH_ROWS = 50;

/**
 * The source as it is and, where nine of ten known values are above 0, its logarithm. As it is, rows are weighted by
 * 1 / (median + |value|)^2, so that errors count relative to size: otherwise one account with a rate of 63 among rates of 0.05
 * decides the fit and its R2. An exact sum stays exact under any weights.
 */
export function sourceViews({ name, values }: TargetSource): SourceView[] {
  const known = positions(values, (value) => Number.isFinite(value));
  if (known.length < ENOUGH_ROWS) return [];
  const sizes = Float64Array.from(known, (row) => Math.abs(values[row])).sort();
  const middle = sizes[sizes.length >> 1] || sizes.reduce((sum, size) => sum + size, 0) / sizes.length;
  if (!(middle > 0)) return [];
  const views: SourceView[] = [
    {
      name,
      logarithm: false,
      rows: known,
      y: Float64Array.from(known, (row) => values[row]),
      weights: Float64Array.from(known, (row) => (middle / (middle + Math.abs(values[row]))) ** 2),
    },
  ];
  const above = positions(values, (value) => Number.isFinite(value) && value > 0);
  if (above.length >= 0.9 * known.length && above.length >= ENOUGH_ROWS)
    views.push({
      name: `the logarithm of ${name}`,
      logarithm: true,
      rows: above,
      y: Float64Array.from(above, (row) => Math.log(values[row])),
      weights: new Float64Array(above.length).fill(1),
    });
  return views;
}

function positions(values: Float64Array, has: (value: number) => boolean): Int32Array {
  const found: number[] = [];
  values.forEach((value, i) => {
    if (has(value)) found.push(i);
  });
  return Int32Array.from(found);
}

/** Share of the rows that a near relation may miss altogether: rounded, clipped or special values. */
const STRAYS = 0.02;

/** Positions of the rows that predictions miss least, all but two in a hundred. */
export function closestRows(y: Float64Array, predicted: Float64Array, weights: Float64Array): Int32Array {
  const misses = y.map((value, i) => weights[i] * (value - predicted[i]) ** 2);
  const limit = Float64Array.from(misses).sort()[Math.ceil((1 - STRAYS) * misses.length) - 1];
  const kept: number[] = [];
  misses.forEach((miss, i) => {
    // A prediction that is no number (a ratio's pole) is a miss.
    if (miss <= limit) kept.push(i);
  });
  return Int32Array.from(kept);
}

/** R2 from which a fit is a copy for every purpose, and from which it is suspect; honest features stay far below. */
const SEVERE_FIT = 0.99;
const SUSPECT_FIT = 0.95;

/** R2 that differs from 1 by rounding alone, 32-bit features allowed for. */
const EXACT_FIT = 1 - 1e-6;

/** The severity of a fit to the source; null below suspicion. */
export function severityOfFit(r2: number): "severe" | "warn" | null {
  return r2 >= SEVERE_FIT ? "severe" : r2 >= SUSPECT_FIT ? "warn" : null;
}

/** What a feature has to add to a suspect fit to be named in it. */
const SLACK = 0.01;

/** The R2 a part of the features has to reach to be the explanation of a fit by all of them. */
export function goalOfFit(r2: number): number {
  return r2 >= EXACT_FIT ? EXACT_FIT - 1e-5 : r2 >= SEVERE_FIT ? SEVERE_FIT : SUSPECT_FIT - SLACK;
}

/**
 * A fit in words: `rate, which the target was cut from, is nearly a weighted sum of a and b (R2 0.993).`
 *
 * @param is what the source is: `a weighted sum of a and b`
 */
export function fitInWords(source: string, is: string, r2: number): string {
  const exact = r2 >= EXACT_FIT;
  return `${source}, which the target was cut from, is ${exact ? "" : "nearly "}${is}${exact ? ", exact but for rounding" : ` (R2 ${r2.toFixed(3)})`}.`;
}

/**
 * Reads the number that a target was cut from: the only number it decides by.
 *
 * @param relation name of a table or view with `row` and the canonical columns
 * @param inputs columns whose values decide the target
 * @param rows row numbers of the profiles, in the order the values are wanted
 * @returns undefined where the target decides by several numbers or by none
 */
export async function targetSource(
  connection: DuckDBConnection,
  relation: string,
  inputs: readonly CanonicalName[],
  rows: Float64Array,
): Promise<TargetSource | undefined> {
  const numbers = inputs.filter((name) => ["BIGINT", "DOUBLE"].includes(CANONICAL_COLUMNS[name].type));
  if (numbers.length !== 1) return undefined;
  const [name] = numbers;
  const expression = `CAST(${quoteIdentifier(name)} AS DOUBLE)`;
  const [values] = await valuesAt(connection, relation, [expression], rows);
  return {
    name,
    values: Float64Array.from(values, (value) => (value === null ? Number.NaN : Number(value))),
  };
}
