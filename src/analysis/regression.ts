import type { DuckDBConnection } from "@duckdb/node-api";
import { numberOrNull, selectRow } from "./query.ts";

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

/** The normal distribution's 97.5 % quantile. */
const NORMAL = 1.959963984540054;

/** Degrees of freedom from which the expansion around the normal quantile is exact to 1e-9. */
const MANY = 200;

/**
 * The 97.5 % quantile of Student's t: what a standard error is multiplied by for a two-sided 95 % interval. Up to 200
 * degrees by bisection of the exact distribution (Abramowitz and Stegun 26.7.3, 26.7.4), above by the expansion around
 * the normal quantile (26.7.5).
 *
 * @param degrees whole number >= 1
 */
export function studentT95(degrees: number): number {
  if (degrees > MANY) {
    const x = NORMAL;
    const terms = [
      (x ** 3 + x) / 4,
      (5 * x ** 5 + 16 * x ** 3 + 3 * x) / 96,
      (3 * x ** 7 + 19 * x ** 5 + 17 * x ** 3 - 15 * x) / 384,
    ];
    return terms.reduce((sum, term, i) => sum + term / degrees ** (i + 1), x);
  }
  let low = 0;
  let high = Math.PI / 2;
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    if (within(middle, degrees) < 0.95) low = middle;
    else high = middle;
  }
  return Math.sqrt(degrees) * Math.tan((low + high) / 2);
}

/** Probability that |t| is at most sqrt(degrees) tan(angle). */
function within(angle: number, degrees: number): number {
  const cosine = Math.cos(angle);
  const odd = degrees % 2 === 1;
  let term = odd ? cosine : 1;
  let sum = degrees === 1 ? 0 : term;
  for (let k = odd ? 3 : 2; k <= degrees - 2; k += 2) {
    term *= ((k - 1) / k) * cosine * cosine;
    sum += term;
  }
  const tail = Math.sin(angle) * sum;
  return odd ? (2 / Math.PI) * (angle + tail) : tail;
}
