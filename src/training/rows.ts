import type { DuckDBConnection } from "@duckdb/node-api";
import { quoteIdentifier } from "../base/quote.ts";
import { sampleRows } from "../leakage/features.ts";
import type { SnapshotFacts } from "../targets/snapshot.ts";
import { type LabelCounts, labelsOf, requireBothClasses, type Target } from "../targets/target.ts";

/** Profiles whose target is known. */
export interface LabelledRows extends LabelCounts {
  /** `row` of each, rising. */
  readonly rows: Float64Array;
  /** 0 or 1, both present. */
  readonly labels: Uint8Array;
}

/**
 * The labels of the profiles whose target is known.
 *
 * @param relation name of a table or view with `row` and the columns the target is made of
 * @param snapshot of the whole file, where `relation` is a part of it
 * @throws as `labelsOf` and `requireBothClasses`
 */
export async function labelledRows(
  connection: DuckDBConnection,
  target: Target,
  relation: string,
  snapshot?: SnapshotFacts,
): Promise<LabelledRows> {
  const found = await labelsOf(connection, target, relation, snapshot === undefined ? {} : { snapshot });
  const counts = requireBothClasses(target, found.labels);
  return {
    rows: found.rows.filter((_, i) => found.labels[i] >= 0),
    labels: Uint8Array.from(found.labels.filter((label) => label >= 0)),
    ...counts,
  };
}

/**
 * Makes a view of some rows of a relation, for what is fitted on them only.
 *
 * @param name of the view and, with `_rows`, of a table of row numbers; earlier ones are replaced
 * @param relation name of a table or view with `row`
 * @param rows row numbers
 */
export async function viewOf(
  connection: DuckDBConnection,
  name: string,
  relation: string,
  rows: Float64Array,
): Promise<void> {
  const list = `${name}_rows`;
  await connection.run(`CREATE OR REPLACE TEMP TABLE ${quoteIdentifier(list)} ("row" BIGINT)`);
  const appender = await connection.createAppender(list, null, "temp");
  for (const row of rows) {
    appender.appendBigInt(BigInt(row));
    appender.endRow();
  }
  appender.closeSync();
  await connection.run(
    `CREATE OR REPLACE TEMP VIEW ${quoteIdentifier(name)} AS
     SELECT * FROM ${quoteIdentifier(relation)} WHERE "row" IN (SELECT "row" FROM ${quoteIdentifier(list)})`,
  );
}

/**
 * Makes a view of at most so many rows of a relation, drawn by the seed where there are more.
 *
 * @param name of the view, as for {@link viewOf}
 * @returns the name of the view, or of the relation itself where it is small enough
 */
export async function viewOfSample(
  connection: DuckDBConnection,
  name: string,
  relation: string,
  most: number,
  seed: number,
): Promise<string> {
  const reader = await connection.runAndReadAll(
    `SELECT "row" FROM ${quoteIdentifier(relation)} ORDER BY "row"`,
  );
  const [rows = []] = reader.getColumnsJS();
  if (rows.length <= most) return relation;
  const drawn = sampleRows(rows.length, most, seed);
  await viewOf(
    connection,
    name,
    relation,
    Float64Array.from(drawn, (at) => Number(rows[at])),
  );
  return name;
}
