import type { DuckDBConnection } from "@duckdb/node-api";
import { quoteIdentifier } from "../profiles/sql.ts";
import { atSnapshotSql, type SnapshotFacts } from "../targets/snapshot.ts";
import type { Target } from "../targets/target.ts";

/**
 * The degree to which a target is met, for every profile of a relation, ordered by `row`: 0 to 1, NaN where unknown. Null
 * for a target that knows only yes and no.
 *
 * @param relation name of a table or view with `row` and the columns the target is made of
 * @param snapshot what `snapshotOf` says of the whole file
 */
export async function degreesOf(
  connection: DuckDBConnection,
  target: Target,
  relation: string,
  snapshot: SnapshotFacts,
): Promise<Float64Array | null> {
  if (target.degree === undefined) return null;
  const from = target.atSnapshot === true ? atSnapshotSql(relation, snapshot) : quoteIdentifier(relation);
  const reader = await connection.runAndReadAll(
    `SELECT CAST(${target.degree} AS DOUBLE) FROM ${from} ORDER BY "row"`,
  );
  const [degrees] = reader.getColumnsJS();
  return Float64Array.from(degrees, (degree) =>
    degree === null ? Number.NaN : Math.min(1, Math.max(0, Number(degree))),
  );
}
