import type { DuckDBConnection } from "@duckdb/node-api";
import { quoteIdentifier } from "../base/quote.ts";
import { Random } from "../base/random.ts";
import type { CanonicalName } from "../profiles/canonical.ts";
import type { Labels } from "../targets/target.ts";
import {
  mutualInformationCategories,
  mutualInformationNumeric,
  shuffledInformationCategories,
  shuffledInformationNumeric,
} from "./mutualInformation.ts";
import { columnsOf, labelsAt, readColumns } from "./query.ts";
import type { InformationScore } from "./summarySchema.ts";

/** Both readings of the columns, by column name. A column that the relation lacks, or never knows, is not there. */
export interface InformationTable {
  /** Counts and rates as numbers, `is_verified` as a flag, `bio_link` as present or not. */
  readonly corrected: Record<string, InformationScore>;
  /** As the original study did: counts and link texts as categories (a missing value is one more), the flag as a number. */
  readonly published: Record<string, InformationScore>;
}

/** Options of {@link informationTable}. */
export interface InformationOptions {
  readonly seed?: number;
  /** Shuffles of the labels to average over, 20 unless given. */
  readonly shuffles?: number;
}

/** Columns of the study's plot, in its order. */
export const INFORMATION_COLUMNS = [
  "comment_engagement_rate",
  "like_engagement_rate",
  "bio_link",
  "is_verified",
  "followers",
  "following",
  "likes",
  "videos_count",
] as const satisfies readonly CanonicalName[];

type InformationColumn = (typeof INFORMATION_COLUMNS)[number];

/**
 * Rows that the shuffled score of a number is measured on at most: above it a seeded sample of so many rows stands in,
 * because each shuffle costs as much as the score. A smaller sample shows a little more chance, never less.
 */
export const SHUFFLED_ROWS = 100_000;

/**
 * Mutual information of each column with the target, each beside the score that shuffled labels give, in both readings.
 * Rows whose target is unknown are left out; a row that lacks a number is left out for that number alone.
 *
 * @param relation a table or view with `row` and some of the columns
 */
export async function informationTable(
  connection: DuckDBConnection,
  relation: string,
  target: Labels,
  options: InformationOptions = {},
): Promise<InformationTable> {
  const there = new Set<string>(await columnsOf(connection, relation));
  const columns = INFORMATION_COLUMNS.filter((name) => there.has(name));
  const corrected: Record<string, InformationScore> = {};
  const published: Record<string, InformationScore> = {};
  for (const [index, name] of columns.entries()) {
    // A column at a time: one column and its labels are all that is held.
    const { values, labels } = await labelledColumn(connection, relation, name, target);
    if (values.every((value) => Number.isNaN(value))) continue;
    const settings = { seed: (options.seed ?? 0) + 1000 * index, shuffles: options.shuffles ?? 20 };
    if (name === "bio_link") {
      const present = Float64Array.from(values, (code) => (Number.isNaN(code) ? 0 : 1));
      corrected[name] = byCounts(present, labels, "flag", settings);
      published[name] = byCounts(values, labels, "category", settings);
    } else if (name === "is_verified") {
      const known = knownOnly(values, labels);
      corrected[name] = byCounts(known.values, known.labels, "flag", settings);
      published[name] = byNeighbours(values, labels, settings);
    } else {
      corrected[name] = byNeighbours(values, labels, settings);
      published[name] = name.endsWith("_rate")
        ? corrected[name]
        : byCounts(values, labels, "category", settings);
    }
  }
  return { corrected, published };
}

interface Labelled {
  readonly values: Float64Array;
  readonly labels: Uint8Array;
}

/** A column's values (link texts as codes, NaN where missing) where the target is known. */
async function labelledColumn(
  connection: DuckDBConnection,
  relation: string,
  name: InformationColumn,
  target: Labels,
): Promise<Labelled> {
  const column = quoteIdentifier(name);
  const from = `${quoteIdentifier(relation)} ORDER BY "row"`;
  const value =
    name === "bio_link"
      ? `CASE WHEN ${column} IS NOT NULL THEN dense_rank() OVER (ORDER BY ${column}) END`
      : column;
  const read = await readColumns(connection, { row: '"row"', value }, from);
  const labels = labelsAt(read.row, target);
  const at: number[] = [];
  for (let i = 0; i < labels.length; i++) if (labels[i] >= 0) at.push(i);
  return {
    values: Float64Array.from(at, (i) => read.value[i]),
    labels: Uint8Array.from(at, (i) => labels[i]),
  };
}

interface Settings {
  readonly seed: number;
  readonly shuffles: number;
}

function byNeighbours(values: Float64Array, labels: Uint8Array, settings: Settings): InformationScore {
  const sample = sampled(knownOnly(values, labels), settings.seed);
  return {
    score: mutualInformationNumeric(values, labels, settings),
    shuffled: shuffledInformationNumeric(sample.values, sample.labels, settings),
    kind: "numeric",
  };
}

function byCounts(
  values: Float64Array,
  labels: Uint8Array,
  kind: "flag" | "category",
  settings: Settings,
): InformationScore {
  const codes = codesOf(values);
  return {
    score: mutualInformationCategories(codes, labels),
    shuffled: shuffledInformationCategories(codes, labels, settings),
    kind,
  };
}

/** Categories of the values in order of appearance; NaN is a category too. */
function codesOf(values: Float64Array): Int32Array {
  const codes = new Map<number, number>();
  return Int32Array.from(values, (value) => {
    const code = codes.get(value) ?? codes.size;
    if (code === codes.size) codes.set(value, code);
    return code;
  });
}

function knownOnly(values: Float64Array, labels: Uint8Array): Labelled {
  const keep = (_: number, i: number) => !Number.isNaN(values[i]);
  return { values: values.filter((value) => !Number.isNaN(value)), labels: labels.filter(keep) };
}

/** At most {@link SHUFFLED_ROWS} of the rows, drawn without replacement. */
function sampled(all: Labelled, seed: number): Labelled {
  const rows = all.values.length;
  if (rows <= SHUFFLED_ROWS) return all;
  const random = new Random(seed);
  const values = new Float64Array(SHUFFLED_ROWS);
  const labels = new Uint8Array(SHUFFLED_ROWS);
  let taken = 0;
  // Selection sampling (Knuth, The Art of Computer Programming 2, 3.4.2, algorithm S).
  for (let i = 0; i < rows && taken < SHUFFLED_ROWS; i++) {
    if (random.uniform() * (rows - i) >= SHUFFLED_ROWS - taken) continue;
    values[taken] = all.values[i];
    labels[taken++] = all.labels[i];
  }
  return { values, labels };
}
