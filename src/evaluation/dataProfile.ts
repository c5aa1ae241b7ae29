import { z } from "zod";
import { count } from "../base/schemas.ts";

/** Columns of numbers, NaN where unknown. */
export type DriftColumns = Readonly<Record<string, ArrayLike<number>>>;

/** One column of numbers, told by some of its values and how many rows stand behind each. */
const columnProfileSchema = z
  .strictObject({
    name: z.string(),
    /** Rows whose value is unknown. */
    unknown: count,
    /** Rising. */
    values: z.array(z.number()),
    /** Rows behind each value. */
    counts: z.array(z.number().int().min(1)),
  })
  .refine(({ values, counts }) => values.length === counts.length, "as many counts as values")
  .refine(({ values }) => values.every((value, i) => i === 0 || value > values[i - 1]), "values rise");

/** One column of words, like a language: the frequent ones and how many rows have them. */
const wordProfileSchema = z
  .strictObject({
    name: z.string(),
    unknown: count,
    /** Rows with a word that is not listed. */
    other: count,
    words: z.array(z.string()),
    counts: z.array(z.number().int().min(1)),
  })
  .refine(({ words, counts }) => words.length === counts.length, "as many counts as words");

/**
 * What the rows looked like that a model was trained on: what new rows are compared with. It holds no account's own number:
 * every value but a yes or no stands for ten rows or more, and is one that they share, or the middle one of theirs, rounded.
 */
export const dataProfileSchema = z.strictObject({
  /** Rows described, drawn from all where they were many. */
  rows: z.number().int().min(1),
  /** Canonical columns as numbers: counts, rates, days. */
  columns: z.array(columnProfileSchema),
  /** Canonical columns of words. */
  words: z.array(wordProfileSchema),
  /** Features as the network takes them, in the order of the pipeline. */
  features: z.array(columnProfileSchema),
  /** Out-of-fold probabilities. */
  prediction: columnProfileSchema,
});

/** As the schema says. */
export type DataProfile = z.infer<typeof dataProfileSchema>;

/** As the schema says. */
export type ColumnProfile = z.infer<typeof columnProfileSchema>;

/** As the schema says. */
export type WordProfile = z.infer<typeof wordProfileSchema>;

/** Rows behind a value, at least: fewer might be somebody. */
const FEWEST = 10;

/** Bins that values are put in where none is shared by many rows. */
const BINS = 200;

/** Significant digits of a value that is not a whole number below 1000. */
const DIGITS = 4;

/** Words with a count of their own. */
const MOST_WORDS = 12;

/**
 * Describes a column. A value that one row in two hundred has, and ten at least, keeps its count; between such values the rows
 * are put in bins of as many each, and ten at least, told by the middle one.
 *
 * @param values NaN where unknown
 */
export function profileColumn(name: string, values: ArrayLike<number>): ColumnProfile {
  const sorted = Float64Array.from(values)
    .filter((value) => !Number.isNaN(value))
    .sort();
  const unknown = values.length - sorted.length;
  if (sorted.every((value) => value === 0 || value === 1)) return { name, unknown, ...flagCounts(sorted) };
  const least = Math.max(FEWEST, Math.ceil(sorted.length / BINS));
  const merged = new Map<number, number>();
  for (const { value, rows } of binned(sorted, least)) merged.set(value, (merged.get(value) ?? 0) + rows);
  const entries = [...merged].sort(([a], [b]) => a - b);
  return {
    name,
    unknown,
    values: entries.map(([value]) => value),
    counts: entries.map(([, rows]) => rows),
  };
}

/** A yes or no is nobody's own, however rare. */
function flagCounts(sorted: Float64Array): Pick<ColumnProfile, "values" | "counts"> {
  const ones = sorted.reduce((sum, value) => sum + value, 0);
  const entries = [
    { value: 0, rows: sorted.length - ones },
    { value: 1, rows: ones },
  ].filter(({ rows }) => rows > 0);
  return { values: entries.map(({ value }) => value), counts: entries.map(({ rows }) => rows) };
}

interface Bin {
  value: number;
  rows: number;
}

function binned(sorted: Float64Array, least: number): Bin[] {
  const bins: Bin[] = [];
  let start = 0;
  const close = (end: number, shared: boolean) => {
    const rows = end - start;
    if (rows === 0) return;
    const middle = sorted[start + ((rows - 1) >> 1)];
    // What many share stays exact: bins end at such values, and new rows have the very same.
    const value = shared ? middle : rounded(middle);
    const before = bins.at(-1);
    // Too few to stand alone: they go with their neighbour.
    if (rows < FEWEST && before !== undefined) before.rows += rows;
    else bins.push({ value, rows });
    start = end;
  };
  for (let at = 0; at < sorted.length; ) {
    let end = at + 1;
    while (end < sorted.length && sorted[end] === sorted[at]) end++;
    if (end - at >= least) {
      close(at, false);
      close(end, true);
    } else if (end - start >= least) close(end, false);
    at = end;
  }
  close(sorted.length, false);
  const [first, second] = bins;
  // A first bin of a few rows has no neighbour before it.
  if (first !== undefined && second !== undefined && first.rows < FEWEST) {
    second.rows += first.rows;
    bins.shift();
  }
  return sorted.length < FEWEST ? [] : bins;
}

/** Few digits, so that a value is nobody's own; 0.1 stays 0.1. */
function rounded(value: number): number {
  if (Number.isInteger(value) && Math.abs(value) < 1000) return value;
  return Number(value.toPrecision(DIGITS));
}

/**
 * Describes a column of words by the frequent ones.
 *
 * @param values null or empty where unknown
 */
export function profileWords(name: string, values: readonly (string | null)[]): WordProfile {
  const found = new Map<string, number>();
  for (const value of values) if (value) found.set(value, (found.get(value) ?? 0) + 1);
  const known = [...found.values()].reduce((sum, rows) => sum + rows, 0);
  const frequent = [...found]
    .filter(([, rows]) => rows >= FEWEST)
    .sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))
    .slice(0, MOST_WORDS);
  const listed = frequent.reduce((sum, [, rows]) => sum + rows, 0);
  return {
    name,
    unknown: values.length - known,
    other: known - listed,
    words: frequent.map(([word]) => word),
    counts: frequent.map(([, rows]) => rows),
  };
}

/** Described columns as columns of numbers again, NaN where unknown: as many rows, in rising order. */
export function columnsOfProfile(profiles: readonly ColumnProfile[]): DriftColumns {
  return Object.fromEntries(profiles.map((profile) => [profile.name, valuesOfProfile(profile)]));
}

/** A described column as numbers again, rising, the unknown ones last. */
export function valuesOfProfile({ unknown, values, counts }: ColumnProfile): Float64Array {
  const known = counts.reduce((sum, rows) => sum + rows, 0);
  const all = new Float64Array(known + unknown).fill(Number.NaN);
  let from = 0;
  values.forEach((value, i) => {
    all.fill(value, from, from + counts[i]);
    from += counts[i];
  });
  return all;
}
