import type { DuckDBConnection } from "@duckdb/node-api";
import { InsightsError } from "../base/error.ts";
import { quoteIdentifier } from "../base/quote.ts";
import { requireColumns } from "../features/requireColumns.ts";
import type { SizeNorm } from "../features/sizeNorm.ts";
import type { CanonicalName } from "../profiles/canonical.ts";
import { requireFlags } from "./flags.ts";
import { atSnapshotSql, type SnapshotFacts, snapshotOf } from "./snapshot.ts";

/** What "active" means: a yes or no for every profile, as SQL. Plain JSON, so that it can be kept with a model. */
export interface Target {
  readonly name: string;
  /** What it is, in one line, for help texts. */
  readonly about: string;
  /** One SQL condition over canonical columns; NULL where the answer is unknown. */
  readonly expression: string;
  /**
   * The degree to which it is met, 0 to 1, one half on the line: SQL of DOUBLE over the same columns, NULL where unknown.
   * For training only: an account just over a line says less than one far beyond it.
   */
  readonly degree?: string;
  /** Canonical columns whose values decide the answer: features made of them give it away. */
  readonly inputs: readonly CanonicalName[];
  /** Canonical columns that it reads beside those, and that do not decide by themselves: followers, for a size norm. */
  readonly context?: readonly CanonicalName[];
  /** Columns of the table whose every value must be a yes or a no. */
  readonly flags?: readonly string[];
  /** It asks how things stood at the snapshot: where a profile's is unknown, the newest date of the file stands in. */
  readonly atSnapshot?: boolean;
  /** A user wrote it: no file can be reached while it runs. */
  readonly written?: boolean;
  /** What is normal for an account's size, where the target was fitted with it. */
  readonly norm?: SizeNorm;
}

/** The answers for some profiles. */
export interface Labels {
  /** `profiles.row` of each, rising. */
  readonly rows: Float64Array;
  /** 1 yes, 0 no, -1 unknown. */
  readonly labels: Int8Array;
}

/** How many of each answer there are. */
export interface LabelCounts {
  readonly positives: number;
  readonly negatives: number;
  readonly unknown: number;
}

/** An expression longer than this says less than the words about it. */
const READABLE = 160;

/**
 * The labels of every profile of a relation, ordered by `row`.
 *
 * A target that a user wrote (`written`) closes the database to files for good before it runs.
 *
 * @param relation name of a table or view with `row` and the columns the target is made of
 * @param options.snapshot where the target asks for the snapshot and `relation` is a part of a file: what
 *   {@link snapshotOf} says of the whole; without it, the relation is the whole
 * @throws InsightsError for a missing column, for a flag that is neither yes nor no, for an expression that DuckDB cannot
 *   compute (`invalid target: ...`)
 */
export async function labelsOf(
  connection: DuckDBConnection,
  target: Target,
  relation: string,
  options: { readonly snapshot?: SnapshotFacts } = {},
): Promise<Labels> {
  await requireColumns(connection, relation, [...target.inputs, ...(target.context ?? [])]);
  for (const column of target.flags ?? []) await requireFlags(connection, relation, column);
  if (target.written === true) await connection.run("SET enable_external_access = false");
  const from =
    target.atSnapshot === true
      ? atSnapshotSql(relation, options.snapshot ?? (await snapshotOf(connection, relation)))
      : quoteIdentifier(relation);
  // An expression that is written twice is computed twice, so the answer is one cast.
  const sql = `SELECT "row", coalesce(CAST(CAST((${target.expression}) AS BOOLEAN) AS TINYINT), -1)
     FROM ${from} ORDER BY "row"`;
  const reader = await connection.runAndReadAll(sql).catch((error: unknown) => {
    if (target.written !== true) throw error;
    const [reason] = (error instanceof Error ? error.message : String(error)).split("\n");
    throw new InsightsError(`invalid target: ${target.name}: ${reason}`, { exitCode: 2, cause: error });
  });
  // Of no rows there are no columns.
  const [rows = [], labels = []] = reader.getColumnsJS();
  return {
    rows: Float64Array.from(rows, Number),
    labels: Int8Array.from(labels, Number),
  };
}

/** Counts the answers. */
export function countLabels(labels: Int8Array): LabelCounts {
  const count = (answer: number) => labels.reduce((sum, label) => sum + (label === answer ? 1 : 0), 0);
  return { positives: count(1), negatives: count(0), unknown: count(-1) };
}

/**
 * Checks that there is at least one yes and one no.
 *
 * @throws InsightsError `one class only: engagement is true for all 12 profiles (3 unknown)`
 */
export function requireBothClasses(target: Target, labels: Int8Array): LabelCounts {
  const counts = countLabels(labels);
  const { positives, negatives, unknown } = counts;
  if (positives > 0 && negatives > 0) return counts;
  const known = positives + negatives;
  const aside = unknown > 0 && known > 0 ? ` (${unknown} unknown)` : "";
  const what =
    known === 0 ? `unknown for all ${unknown}` : `${positives > 0 ? "true" : "false"} for all ${known}`;
  const meaning = target.expression.length > READABLE ? target.about : target.expression;
  throw new InsightsError(`one class only: ${target.name} is ${what} profiles${aside}: ${meaning}`);
}

/** A target as the user chose it, before anything is learnt from rows. */
export interface TargetDefinition {
  readonly name: string;
  /** What it is, in one line, for help texts. */
  readonly about: string;
  /** As those of the target. */
  readonly inputs: readonly CanonicalName[];
  readonly context: readonly CanonicalName[];
  /** Columns of the file it reads beside canonical ones, to be kept when reading: `readProfiles(file, { keep })`. */
  readonly columns: readonly string[];
  /** Whether `fit` learns from the rows; if not, it gives the same target for any. */
  readonly learns: boolean;
  /**
   * The target, with what it learns from rows.
   *
   * @param relation name of a table or view of training rows only
   * @throws InsightsError for a missing column, and where the rows have nothing to learn from
   */
  fit(connection: DuckDBConnection, relation: string): Promise<Target>;
}

/** The definition of a target that learns nothing. */
export function fixedTarget(target: Target, columns: readonly string[] = []): TargetDefinition {
  const { name, about, inputs, context = [] } = target;
  return { name, about, inputs, context, columns, learns: false, fit: async () => target };
}
