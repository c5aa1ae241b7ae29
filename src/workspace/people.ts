import type { DuckDBConnection } from "@duckdb/node-api";
import { quoteLiteral } from "../base/quote.ts";
import { COMPARED, GROWTH_SQL } from "./growth.ts";
import { combine, FORECAST_COLUMNS, SNAPSHOT_COLUMNS, SOUGHT } from "./schema.ts";

/** The temporary table with the `person`s whose rows are made anew. */
export const TOUCHED = "touched";

/** The temporary table of what is told of these people beside their latest snapshots, and in what place each stands. */
const PLACED = "placed";

/** When a snapshot was read, as SQL; one that cannot be dated was read about when it was added. */
export const READ_AT = "coalesce(s.observed_at, i.added_at)";

/**
 * Makes the rows of `people` anew for those in the temporary table `touched`: the latest snapshot of each with its forecast, and what is told over
 * all of them. Who has no snapshot any more has no row.
 *
 * The forecast is that of the workspace's model; where that has none of the snapshot, the one of the model that was added last.
 *
 * @param connection in whose transaction it is done
 * @param part how many are put in order at a time, since whole rows are held for that: as many as DuckDB keeps together unless said otherwise
 */
export async function rebuildPeople(connection: DuckDBConnection, part = 122_880): Promise<void> {
  const reader = await connection.runAndReadAll("SELECT value FROM settings WHERE key = 'model'");
  const model = quoteLiteral(String(reader.getRowsJS()[0]?.[0] ?? ""));
  const snapshot = Object.keys(SNAPSHOT_COLUMNS);
  const forecast = Object.keys(FORECAST_COLUMNS);
  await connection.run(`DELETE FROM people WHERE person IN (SELECT person FROM ${TOUCHED})`);
  await connection.run(`CREATE OR REPLACE TEMP TABLE ${PLACED} AS
    WITH own AS (
      SELECT person, import, ${COMPARED.map((name) => `s.${name}`).join(", ")}, ${READ_AT} AS read_at
      FROM snapshots s JOIN imports i USING (import) SEMI JOIN ${TOUCHED} USING (person)
    ),
    latest AS (SELECT * FROM own QUALIFY row_number() OVER (PARTITION BY person ORDER BY read_at DESC, import DESC) = 1),
    all_of AS (
      SELECT person, list(import ORDER BY import) AS imports, count(*) AS snapshots, min(observed_at) AS first_seen FROM own GROUP BY person
    ),
    told AS (
      SELECT f.*, m.threshold FROM forecasts f JOIN models m USING (model) SEMI JOIN latest USING (person, import)
      QUALIFY row_number() OVER (PARTITION BY person ORDER BY model = ${model} DESC, m.added_at DESC, model) = 1
    ),
    grown AS (${GROWTH_SQL})
    SELECT person, latest.import, told.model, ${forecast.map((name) => `told.${name}`).join(", ")},
      told.probability >= told.threshold AS active, all_of.imports, all_of.snapshots, all_of.first_seen, grown.* EXCLUDE (person),
      row_number() OVER (ORDER BY told.probability DESC NULLS LAST, latest.followers DESC NULLS LAST, person) AS place
    FROM latest JOIN all_of USING (person) LEFT JOIN told USING (person) LEFT JOIN grown USING (person)`);
  const counted = await connection.runAndReadAll(`SELECT count(*) FROM ${PLACED}`);
  const people = Number(counted.getRowsJS()[0][0]);
  for (let from = 0; from < people; from += part) {
    await connection.run(`INSERT INTO people BY NAME
      SELECT person, import, ${snapshot.map((name) => `s.${name}`).join(", ")}, ${SOUGHT} AS sought, told.* EXCLUDE (person, import, place)
      FROM snapshots s JOIN ${PLACED} told USING (person, import) WHERE place > ${from} AND place <= ${from + part}
      ORDER BY place`);
  }
  await connection.run(`DROP TABLE ${PLACED}`);
  await combine(connection);
}
