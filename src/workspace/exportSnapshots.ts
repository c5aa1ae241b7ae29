import { extname } from "node:path";
import type { DuckDBConnection } from "@duckdb/node-api";
import { InsightsError } from "../base/error.ts";
import { quoteLiteral, withoutFormulaSql } from "../base/quote.ts";
import { READ_AT } from "./people.ts";
import { FORECAST_COLUMNS, SNAPSHOT_COLUMNS } from "./schema.ts";

/** What a workspace is exported to, by the ending of the file. */
const FORMATS = {
  ".parquet": "FORMAT parquet, COMPRESSION zstd",
  ".csv": "FORMAT csv, HEADER",
  ".ndjson": "FORMAT json",
} as const;

type Format = keyof typeof FORMATS;

/** The format of an export. @throws InsightsError for another ending, exit code 2 */
export function exportFormat(path: string): Format {
  const ending = extname(path).toLowerCase();
  if (Object.hasOwn(FORMATS, ending)) return ending as Format;
  throw new InsightsError(`unknown ending: ${path} (expected ${Object.keys(FORMATS).join(", ")})`, {
    exitCode: 2,
  });
}

/** What is written of a person at a moment, by name, with its type. */
const COLUMNS: Readonly<Record<string, string>> = {
  person: "BIGINT",
  import_name: "VARCHAR",
  ...SNAPSHOT_COLUMNS,
  model: "VARCHAR",
  ...FORECAST_COLUMNS,
  status: "VARCHAR",
  note: "VARCHAR",
  owner: "VARCHAR",
  tags: "VARCHAR[]",
  lists: "VARCHAR[]",
};

/**
 * Writes all that a workspace holds of people into one file: a row for each snapshot, with the name of its import, its forecast, and how the person is marked;
 * and one for everybody who is marked and in no import any more.
 *
 * In CSV lists are parted by semicolons, and no text is a formula.
 *
 * @param path a new file; Parquet, CSV or NDJSON
 * @returns how many rows
 */
export async function exportSnapshots(
  connection: DuckDBConnection,
  path: string,
  format: Format,
): Promise<number> {
  const value = (name: string, type: string) => {
    if (format !== ".csv") return name;
    const text = type.endsWith("[]") ? `array_to_string(${name}, ';')` : name;
    return type.startsWith("VARCHAR") ? `${withoutFormulaSql(text)} AS ${name}` : `${text} AS ${name}`;
  };
  const columns = Object.entries(COLUMNS).map(([name, type]) => value(name, type));
  const forecast = Object.keys(FORECAST_COLUMNS).map((name) => `f.${name}`);
  const snapshot = Object.keys(SNAPSHOT_COLUMNS).map((name) => `s.${name}`);
  const reader = await connection.runAndReadAll(`COPY (
    WITH told AS (
      SELECT f.* FROM forecasts f JOIN models m USING (model)
      QUALIFY row_number() OVER (PARTITION BY person, import
        ORDER BY model = (SELECT value FROM settings WHERE key = 'model') DESC, m.added_at DESC, model) = 1
    ), places AS (
      SELECT person, list(name ORDER BY name) AS lists FROM listed JOIN lists USING (list) GROUP BY person
    ), known AS (
      SELECT s.person, i.name AS import_name, ${snapshot.join(", ")}, f.model, ${forecast.join(", ")}, ${READ_AT} AS read_at
      FROM snapshots s JOIN imports i USING (import) LEFT JOIN told f USING (person, import)
      UNION ALL BY NAME
      SELECT person, any_value(id) AS id, arg_max(handle, import) AS account_id FROM identities
      ANTI JOIN snapshots USING (person) GROUP BY person
    )
    SELECT ${columns.join(", ")} FROM known LEFT JOIN marks USING (person) LEFT JOIN places USING (person)
    ORDER BY person, read_at
  ) TO ${quoteLiteral(path)} (${FORMATS[format]})`);
  return Number(reader.getRowsJS()[0][0]);
}
