import { Random } from "../base/random.ts";
import type { Interval } from "../base/schemas.ts";
import { percentile } from "../base/statistics.ts";
import { OneClassError } from "./classes.ts";

/**
 * Numbers computed on a choice of rows. `indices` are positions from 0, with repeats; the array is filled anew for each
 * resample, so it must not be kept. The same finite numbers come back every time; a resample on which they are undefined
 * throws `OneClassError`.
 */
export type Statistic<Name extends string> = (indices: Int32Array) => Readonly<Record<Name, number>>;

/** How to resample. */
export interface BootstrapOptions {
  /** Resamples; 1000 unless said otherwise. */
  readonly repeats?: number;
  /** Share of the resamples inside an interval, between 0 and 1; 0.95 unless said otherwise. */
  readonly level?: number;
  /** Same seed, same resamples. */
  readonly seed: number;
}

/**
 * Bootstrap (Efron, 1979): draws n of n rows with replacement, computes the statistic, and again; the interval holds the
 * middle `level` of the values (percentile method, quantiles by linear interpolation). It says how far the numbers would
 * move with another test set of this size, not with another training.
 *
 * @param n rows to draw from, at least 1
 * @throws OneClassError where every resample has one class only
 * @throws RangeError on a count or level that makes no sense, or a statistic that is not finite
 */
export function bootstrapIntervals<Name extends string>(
  n: number,
  statistic: Statistic<Name>,
  options: BootstrapOptions,
): Record<Name, Interval> {
  const level = levelOf(options);
  const values = resample(n, statistic, options);
  const intervals = {} as Record<Name, Interval>;
  for (const name of Object.keys(values) as Name[]) intervals[name] = percentileInterval(values[name], level);
  return intervals;
}

/** The difference of one number between two models on the same rows, first less second. */
export interface Difference extends Interval {
  /** On all rows, each once. */
  readonly difference: number;
  /** Share of the resamples in which the first model's number is the larger, ties counting half. */
  readonly share_above: number;
}

/**
 * Paired bootstrap of the difference between two models: both are measured on the same resample each time, so what is hard
 * for both cancels and the interval is narrower than two separate ones suggest. An interval that holds 0 means these
 * rows cannot tell the two apart.
 *
 * @param n rows to draw from
 * @param first the first model's numbers on a choice of rows
 * @param second the second model's, under the same names
 * @throws as `bootstrapIntervals`
 */
export function pairedDifference<Name extends string>(
  n: number,
  first: Statistic<Name>,
  second: Statistic<Name>,
  options: BootstrapOptions,
): Record<Name, Difference> {
  const level = levelOf(options);
  const subtract: Statistic<Name> = (indices) => {
    const one = first(indices);
    const other = second(indices);
    const result = {} as Record<Name, number>;
    for (const name of Object.keys(one) as Name[]) result[name] = one[name] - other[name];
    return result;
  };
  const values = resample(n, subtract, options);
  const whole = subtract(Int32Array.from({ length: n }, (_, i) => i));
  const differences = {} as Record<Name, Difference>;
  for (const name of Object.keys(values) as Name[]) {
    let above = 0;
    for (const value of values[name]) above += value > 0 ? 1 : value === 0 ? 0.5 : 0;
    differences[name] = {
      difference: whole[name],
      ...percentileInterval(values[name], level),
      share_above: above / values[name].length,
    };
  }
  return differences;
}

/** The statistic of each resample; those with one class only are passed over. */
function resample<Name extends string>(
  n: number,
  statistic: Statistic<Name>,
  options: BootstrapOptions,
): Record<Name, Float64Array> {
  const repeats = options.repeats ?? 1000;
  if (!Number.isInteger(n) || n < 1) throw new RangeError(`${n} rows to resample`);
  if (!Number.isInteger(repeats) || repeats < 1) throw new RangeError(`${repeats} bootstrap repeats`);
  const random = new Random(options.seed);
  const indices = new Int32Array(n);
  const values = {} as Record<Name, Float64Array>;
  let used = 0;
  let oneClass: OneClassError | undefined;
  for (let repeat = 0; repeat < repeats; repeat++) {
    for (let i = 0; i < n; i++) indices[i] = random.integer(n);
    try {
      const result = statistic(indices);
      if (used === 0)
        for (const name of Object.keys(result) as Name[]) values[name] = new Float64Array(repeats);
      for (const name of Object.keys(values) as Name[]) {
        if (!Number.isFinite(result[name]))
          throw new RangeError(`the statistic ${name} is ${result[name]} on a resample`);
        values[name][used] = result[name];
      }
      used++;
    } catch (error) {
      if (!(error instanceof OneClassError)) throw error;
      oneClass = error;
    }
  }
  if (used === 0 && oneClass !== undefined) throw oneClass;
  for (const name of Object.keys(values) as Name[]) values[name] = values[name].subarray(0, used);
  return values;
}

function levelOf(options: BootstrapOptions): number {
  const level = options.level ?? 0.95;
  if (!(level > 0 && level < 1)) throw new RangeError(`level ${level} is not between 0 and 1`);
  return level;
}

function percentileInterval(values: Float64Array, level: number): Interval {
  const sorted = Float64Array.from(values).sort();
  return { low: percentile(sorted, (1 - level) / 2), high: percentile(sorted, (1 + level) / 2) };
}
