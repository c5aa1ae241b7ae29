import { countInWords, countOfThings, shareInWords } from "../base/words.ts";
import { type AuditedFeatures, rowsOf, sampleRows } from "./features.ts";
import type { LeakageFinding } from "./finding.ts";

/** Rows that stand in a part of the split though another part has them already. */
export interface Repeated {
  /** Positions of the rows, rising: all but those in the part that has the account or row first. */
  readonly rows: Int32Array;
  /** Rows that are in some part. */
  readonly of: number;
}

/** Share of the rows from which repeats move a result and not only blur it. */
const SEVERE_SHARE = 0.01;

/**
 * Rows whose id stands in an earlier row of another part.
 *
 * @param ids one a row; empty where unknown
 * @param parts part or fold of each row, below 0 for rows in none
 */
export function repeatedIds(ids: readonly string[], parts: Int32Array): Repeated {
  const first = new Map<string, number>();
  const rows: number[] = [];
  let of = 0;
  ids.forEach((id, row) => {
    if (parts[row] < 0) return;
    of++;
    if (id === "") return;
    const part = first.get(id);
    if (part === undefined) first.set(id, parts[row]);
    else if (part !== parts[row]) rows.push(row);
  });
  return { rows: Int32Array.from(rows), of };
}

/** Bits by which a row has to be rarer than chance allows before two alike are taken for one: one audit in 256. */
const SPARE_BITS = 7;

/** Share of the rows, or number of them, up to which a value counts as rare. */
const RARE_SHARE = 0.005;
const RARE_ROWS = 5;

/** Rows the rarity of values is counted on. */
const COUNTED = 20_000;

/**
 * Rows whose features stand in an earlier row of another part, where that is no accident. Accounts with nothing in them are
 * alike by nature; two rows are taken for one only where their values are so rare that among n rows no two would agree by
 * chance: the bits of the values (-log2 of the share of rows that have them, over features that share no column) add up to
 * 2 log2 n + 7. Common values go together (an account without videos has no likes), so only rare ones count, and none
 * at the end of a column's range, which is where nothing is and where clipping ends.
 *
 * @param madeOf the columns each feature is made of: features of one column say one thing
 */
export function repeatedFeatureRows(
  features: AuditedFeatures,
  madeOf: readonly (readonly string[])[],
  parts: Int32Array,
): Repeated {
  const count = rowsOf(features);
  const width = features.names.length;
  const first = new Map<number, number>();
  const candidates: number[] = [];
  const distinct: number[] = [];
  let of = 0;
  const key = rowKeys(features);
  const same = (a: number, b: number) => {
    for (let k = 0; k < width; k++)
      if (!Object.is(features.values[a * width + k] + 0, features.values[b * width + k] + 0)) return false;
    return true;
  };
  for (let row = 0; row < count; row++) {
    if (parts[row] < 0) continue;
    of++;
    const known = key(row);
    const before = first.get(known);
    if (before === undefined) {
      first.set(known, row);
      distinct.push(row);
    } else if (parts[before] !== parts[row] && same(before, row)) candidates.push(row);
  }
  if (candidates.length === 0) return { rows: new Int32Array(0), of };
  const bits = bitsOf(features, madeOf, distinct);
  const needed = 2 * Math.log2(distinct.length) + SPARE_BITS;
  return { rows: Int32Array.from(candidates.filter((row) => bits(row) >= needed)), of };
}

const word = new Float64Array(1);
const halves = new Uint32Array(word.buffer);

/** A 53-bit hash of a row's values; 0 and -0 are the same, as are all NaN. */
function rowKeys({ names, values }: AuditedFeatures): (row: number) => number {
  const width = names.length;
  return (row) => {
    let one = 0x9e3779b9;
    let other = 0x85ebca6b;
    for (let k = row * width; k < (row + 1) * width; k++) {
      word[0] = Number.isNaN(values[k]) ? Number.NaN : values[k] + 0;
      for (const half of halves) {
        one = Math.imul(one ^ half, 0x21f0aaad);
        one ^= one >>> 15;
        other = Math.imul(other ^ half, 0x735a2d97) + 0x165667b1;
        other ^= other >>> 13;
      }
    }
    return (one >>> 0) * 2 ** 21 + ((other >>> 0) >>> 11);
  };
}

/** How rare a row's values are, in bits, among rows that are all different. */
function bitsOf(
  { names, values }: AuditedFeatures,
  madeOf: readonly (readonly string[])[],
  distinct: readonly number[],
): (row: number) => number {
  const width = names.length;
  const sample = sampleRows(distinct.length, COUNTED, 0);
  const rare = Math.max(RARE_ROWS, RARE_SHARE * sample.length);
  const tallies = names.map((_, column) => {
    const count = new Map<number, number>();
    let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (const at of sample) {
      const value = values[distinct[at] * width + column];
      count.set(value, (count.get(value) ?? 0) + 1);
      if (value < low) low = value;
      if (value > high) high = value;
    }
    return { count, low, high };
  });
  const bitsIn = (row: number, column: number) => {
    const value = values[row * width + column];
    const { count, low, high } = tallies[column];
    const rows = count.get(value) ?? 1;
    // Unknown values are neither above the lowest nor below the highest.
    return value > low && value < high && rows <= rare ? Math.log2(sample.length / rows) : 0;
  };
  return (row) => {
    const rarity = names
      .map((name, column) => ({
        columns: madeOf[column].length > 0 ? madeOf[column] : [name],
        bits: bitsIn(row, column),
      }))
      .sort((a, b) => b.bits - a.bits);
    const counted = new Set<string>();
    let sum = 0;
    for (const { columns, bits } of rarity) {
      if (columns.some((column) => counted.has(column))) continue;
      for (const column of columns) counted.add(column);
      sum += bits;
    }
    return sum;
  };
}

/** The finding for repeats, if there are any. */
export function repeatedFindings(code: "repeated_id" | "repeated_row", repeated: Repeated): LeakageFinding[] {
  const { rows, of } = repeated;
  if (rows.length === 0) return [];
  const share = rows.length / of;
  const what = code === "repeated_id" ? "an id that is" : "values that are";
  return [
    {
      severity: share >= SEVERE_SHARE ? "severe" : "warn",
      code,
      features: [],
      columns: [],
      message: `${countOfThings(rows.length, "row")} of ${countInWords(of)} (${shareInWords(share)}) ${rows.length === 1 ? "has" : "have"} ${what} in another part of the split too, so the model is tested on what it was trained on.`,
      measure: "rows",
      value: rows.length,
    },
  ];
}
