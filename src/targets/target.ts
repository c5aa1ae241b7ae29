import type { DuckDBConnection } from "@duckdb/node-api";
import { InsightsError } from "../error.ts";
import { requireColumns } from "../features/requireColumns.ts";
import type { CanonicalName } from "../profiles/canonical.ts";
import { quoteIdentifier } from "../profiles/sql.ts";

/** What "active" means: a yes or no for every profile, as SQL. */
export interface Target {
  readonly name: string;
  /** What it is, in one line, for help texts. */
  readonly about: string;
  /** One SQL condition over canonical columns; NULL where the answer is unknown. */
  readonly expression: string;
  /** Canonical columns it is made of. */
  readonly inputs: readonly CanonicalName[];
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

/**
 * The labels of every profile of a relation, ordered by `row`.
 *
 * @param relation name of a table or view with `row` and the columns the target is made of
 * @throws InsightsError for a missing column
 */
export async function labelsOf(
  connection: DuckDBConnection,
  target: Target,
  relation: string,
): Promise<Labels> {
  await requireColumns(connection, relation, target.inputs);
  const reader = await connection.runAndReadAll(
    `SELECT "row", CASE WHEN ${target.expression} THEN 1 WHEN NOT (${target.expression}) THEN 0 ELSE -1 END
     FROM ${quoteIdentifier(relation)} ORDER BY "row"`,
  );
  const [rows, labels] = reader.getColumnsJS();
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
 * Checks that there is something to tell apart: at least one yes and one no.
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
  throw new InsightsError(`one class only: ${target.name} is ${what} profiles${aside}: ${target.expression}`);
}
