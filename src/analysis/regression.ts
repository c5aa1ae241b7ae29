import type { DuckDBConnection } from "@duckdb/node-api";
import { numberOrNull, selectRow } from "./query.ts";
import { studentT95 } from "./studentT.ts";

/** A straight line by least squares, with what its band needs. */
export interface Regression {
  readonly n: number;
  readonly slope: number;
  readonly intercept: number;
  /** Share of the variance that the line explains, 0..1; 1 where y is constant. */
  readonly r_squared: number;
  readonly x_mean: number;
  /** Sum of squared deviations of x from its mean. */
  readonly x_squares: number;
  /** Deviation of y about the line, with n - 2. */
  readonly residual_deviation: number;
  readonly x_min: number;
  readonly x_max: number;
}

/** The line and its band at one place. */
export interface BandPoint {
  readonly x: number;
  readonly y: number;
  readonly low: number;
  readonly high: number;
}

/**
 * Ordinary least squares of y on x by one SQL aggregate.
 *
 * @param from SQL of a relation
 * @param x SQL expression of DOUBLE
 * @param y SQL expression of DOUBLE
 * @returns null for fewer than three complete rows or a constant x
 */
export async function regress(
  connection: DuckDBConnection,
  from: string,
  x: string,
  y: string,
): Promise<Regression | null> {
  const row = await selectRow(
    connection,
    `SELECT regr_count(y, x)::DOUBLE AS n, regr_slope(y, x) AS slope, regr_intercept(y, x) AS intercept,
      regr_avgx(y, x) AS x_mean, regr_sxx(y, x) AS sxx, regr_syy(y, x) AS syy, regr_sxy(y, x) AS sxy,
      min(x) FILTER (y IS NOT NULL) AS low, max(x) FILTER (y IS NOT NULL) AS high
    FROM (SELECT (${x})::DOUBLE AS x, (${y})::DOUBLE AS y FROM ${from})`,
  );
  const value = (name: string) => numberOrNull(row[name]) ?? 0;
  const [n, sxx, syy, sxy] = [value("n"), value("sxx"), value("syy"), value("sxy")];
  if (n < 3 || !(sxx > 0)) return null;
  // Rounding can leave a perfect fit a residual below 0.
  const residual = Math.max(0, syy - (sxy * sxy) / sxx);
  return {
    n,
    slope: value("slope"),
    intercept: value("intercept"),
    r_squared: syy > 0 ? Math.min(1, (sxy * sxy) / (sxx * syy)) : 1,
    x_mean: value("x_mean"),
    x_squares: sxx,
    residual_deviation: Math.sqrt(residual / (n - 2)),
    x_min: value("low"),
    x_max: value("high"),
  };
}

/**
 * The line with its 95 % confidence band for the mean of y at x:
 * y(x) +- t(0.975, n - 2) * s * sqrt(1 / n + (x - mean)^2 / Sxx), s the deviation about the line and Sxx the sum of squared
 * deviations of x (any textbook: Draper and Smith, Applied Regression Analysis, 1.4). It holds the line, not the points.
 */
export function lineWithBand(regression: Regression, places: readonly number[]): BandPoint[] {
  const { n, slope, intercept, x_mean, x_squares, residual_deviation } = regression;
  const factor = studentT95(n - 2) * residual_deviation;
  return places.map((x) => {
    const y = intercept + slope * x;
    const half = factor * Math.sqrt(1 / n + (x - x_mean) ** 2 / x_squares);
    return { x, y, low: y - half, high: y + half };
  });
}

/** Evenly spaced places from `low` to `high`, both included. */
export function evenPlaces(low: number, high: number, count: number): number[] {
  return Array.from({ length: count }, (_, i) => low + ((high - low) * i) / (count - 1));
}
