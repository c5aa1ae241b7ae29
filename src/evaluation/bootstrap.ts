import { Random } from "../base/random.ts";
import type { Interval } from "../base/schemas.ts";
import { percentile, spread } from "../base/statistics.ts";
import { OneClassError } from "./classes.ts";

/**
 * Numbers computed on a choice of rows. `indices` are positions from 0, with repeats; the array is filled anew for each
 * resample, so it must not be kept. The same finite numbers come back every time; a resample on which they are undefined
 * throws `OneClassError`.
 */
export type Statistic<Name extends string> = (indices: Int32Array) => Readonly<Record<Name, number>>;

/** Numbers that were measured out of fold. */
export interface CrossValidated<Name extends string> {
  /** Parts that the rows were cut into, each left out once a repeat; at least 2. */
  readonly folds: number;
  /** The numbers of each repeat by itself, on all rows; at least one repeat. */
  readonly repeats: readonly Readonly<Record<Name, number>>[];
}

/** How to resample. */
export interface BootstrapOptions<Name extends string = string> {
  /** Resamples; 1000 unless said otherwise. */
  readonly repeats?: number;
  /** Share of the resamples inside an interval, between 0 and 1; 0.95 unless said otherwise. */
  readonly level?: number;
  /** Same seed, same resamples. */
  readonly seed: number;
  /** Where networks of other rows judged each row. Left out where one finished model judges rows that it never saw. */
  readonly crossValidated?: CrossValidated<Name> | undefined;
  /** The smallest and the largest that a number can be: no interval reaches further. */
  readonly ranges?: Readonly<Record<Name, readonly [number, number]>> | undefined;
}

/**
 * Bootstrap (Efron, 1979): draws n of n rows with replacement, computes the statistic, and again; the interval holds the
 * middle `level` of the values (percentile method, quantiles by linear interpolation). It says how far the numbers would
 * move with another test set of this size; with `crossValidated`, with another training too, see `widening`.
 *
 * @param n rows to draw from, at least 1
 * @throws OneClassError where every resample has one class only
 * @throws RangeError on a count or level that makes no sense, or a statistic that is not finite
 */
export function bootstrapIntervals<Name extends string>(
  n: number,
  statistic: Statistic<Name>,
  options: BootstrapOptions<Name>,
): Record<Name, Interval> {
  const values = resample(n, statistic, options);
  const whole = options.crossValidated === undefined ? undefined : statistic(everyRow(n));
  const intervals = {} as Record<Name, Interval>;
  for (const name of Object.keys(values) as Name[])
    intervals[name] = intervalOf(name, values[name], options, whole?.[name]);
  return intervals;
}

/**
 * How much wider than the bootstrap over rows the interval of an out-of-fold number has to be, as a factor of its deviation.
 *
 * The bootstrap takes what judges the rows as given. Other rows would have trained other networks, and folds share most of
 * what they learn from: Nadeau and Bengio (2003, doi:10.1023/A:1024068626366) correct the variance s² of the numbers of single
 * folds to (1 / J + tested / trained) s² for J of them. A fold tests 1 / K of the rows, so that its s² is K times the
 * bootstrap's V, and tested / trained is 1 / (K - 1): for many J that is V K / (K - 1). What another shuffle and other
 * first weights change is not in it: the variance between the repeats over their number is added, as a mean of so many
 * networks still varies.
 *
 * @param variance the bootstrap's own, V
 * @param repeats the number by each repeat
 */
export function widening(variance: number, folds: number, repeats: readonly number[]): number {
  if (!(variance > 0)) return 1;
  const between = spread(repeats).standard_deviation ** 2 / repeats.length;
  return Math.sqrt(folds / (folds - 1) + between / variance);
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
 * @param options.crossValidated the differences of the repeats, see `less`
 * @throws as `bootstrapIntervals`
 */
export function pairedDifference<Name extends string>(
  n: number,
  first: Statistic<Name>,
  second: Statistic<Name>,
  options: BootstrapOptions<Name>,
): Record<Name, Difference> {
  const subtract: Statistic<Name> = (indices) => less(first(indices), second(indices));
  const values = resample(n, subtract, options);
  const whole = subtract(everyRow(n));
  const differences = {} as Record<Name, Difference>;
  for (const name of Object.keys(values) as Name[]) {
    let above = 0;
    for (const value of values[name]) above += value > 0 ? 1 : value === 0 ? 0.5 : 0;
    differences[name] = {
      difference: whole[name],
      ...intervalOf(name, values[name], options, whole[name]),
      share_above: above / values[name].length,
    };
  }
  return differences;
}

/** Some numbers less others of the same names. */
export function less<Name extends string>(
  first: Readonly<Record<Name, number>>,
  second: Readonly<Record<Name, number>>,
): Record<Name, number> {
  const differences = {} as Record<Name, number>;
  for (const name of Object.keys(first) as Name[]) differences[name] = first[name] - second[name];
  return differences;
}

/** The statistic of each resample; those with one class only are passed over. */
function resample<Name extends string>(
  n: number,
  statistic: Statistic<Name>,
  options: BootstrapOptions<Name>,
): Record<Name, Float64Array> {
  const { repeats = 1000, level = 0.95 } = options;
  if (!(level > 0 && level < 1)) throw new RangeError(`level ${level} is not between 0 and 1`);
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

/** All positions, each once. */
export function everyRow(n: number): Int32Array {
  return Int32Array.from({ length: n }, (_, i) => i);
}

/** The middle of the values; of an out-of-fold number moved away from it, `whole`, as far as the widening wants. */
function intervalOf<Name extends string>(
  name: Name,
  values: Float64Array,
  options: BootstrapOptions<Name>,
  whole?: number,
): Interval {
  const { level = 0.95, crossValidated, ranges } = options;
  const sorted = Float64Array.from(values).sort();
  const low = percentile(sorted, (1 - level) / 2);
  const high = percentile(sorted, (1 + level) / 2);
  if (crossValidated === undefined || whole === undefined) return { low, high };
  const { folds, repeats } = crossValidated;
  const variance = spread(values).standard_deviation ** 2;
  const factor = widening(
    variance,
    folds,
    repeats.map((numbers) => numbers[name]),
  );
  const [least, most] = ranges?.[name] ?? [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  return {
    low: Math.max(least, whole + factor * (low - whole)),
    high: Math.min(most, whole + factor * (high - whole)),
  };
}
