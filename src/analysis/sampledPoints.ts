import type { DuckDBConnection } from "@duckdb/node-api";
import { countOf, selectRows } from "./query.ts";

/** Points of a scatter plot at most: more make a picture darker and a page heavier, not clearer. */
export const DRAWN_POINTS = 5000;

/**
 * Two numbers of up to 5000 rows, in the order of `row`. Where there are more, the rows whose hash is smallest are taken:
 * a random sample, the same on every run and machine for the same seed and rows.
 *
 * @param from SQL of a relation with `row` and the columns, without rows that have NULL in them
 * @param names the columns, SQL-safe
 */
export async function sampledPoints<Name extends string>(
  connection: DuckDBConnection,
  from: string,
  names: readonly Name[],
  seed: number,
): Promise<Record<Name, number>[]> {
  const columns = names.map((name) => `${name}::DOUBLE AS ${name}`).join(", ");
  const rows = await selectRows(
    connection,
    `SELECT ${names.join(", ")} FROM
      (SELECT "row", ${columns} FROM ${from} ORDER BY md5("row" || ':' || ${Math.trunc(seed)}), "row" LIMIT ${DRAWN_POINTS})
    ORDER BY "row"`,
  );
  return rows.map(
    (row) => Object.fromEntries(names.map((name) => [name, countOf(row[name])])) as Record<Name, number>,
  );
}
