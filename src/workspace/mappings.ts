import type { DuckDBConnection } from "@duckdb/node-api";
import { quoteLiteral, timestampSql } from "../base/quote.ts";
import { CANONICAL_NAMES } from "../profiles/canonical.ts";
import type { ReadingOptions } from "../profiles/readingOptions.ts";

/** Which column of a file is what, by canonical name, as somebody has said. */
type ColumnMap = NonNullable<ReadingOptions["map"]>;

/** A mapping that was kept. */
export interface KeptMapping {
  readonly map: ColumnMap;
  /** The last import that was read with it; undefined where it is deleted. */
  readonly name: string | undefined;
}

/** The shape of a file: the names of its columns in any order, capitals and small letters being different. */
const shapeOf = (columns: readonly string[]) => JSON.stringify([...columns].sort());

/** A mapping as a text, the same in any order. */
const textOf = (map: ColumnMap) => JSON.stringify(Object.entries(map).sort(([a], [b]) => (a < b ? -1 : 1)));

/** The mapping that was kept for files with these columns; undefined where none was, or it names a column that is not known any more. */
export async function keptMapping(
  connection: DuckDBConnection,
  columns: readonly string[],
): Promise<KeptMapping | undefined> {
  const rows = async (sql: string) => (await connection.runAndReadAll(sql)).getRowsJS();
  const [found] = await rows(`SELECT map FROM mappings WHERE shape = ${quoteLiteral(shapeOf(columns))}`);
  if (found === undefined) return undefined;
  const map = Object.fromEntries(JSON.parse(String(found[0]))) as ColumnMap;
  const names: readonly string[] = CANONICAL_NAMES;
  if (!Object.keys(map).every((name) => names.includes(name))) return undefined;
  const imports = await rows("SELECT name, reading FROM imports ORDER BY import DESC");
  const last = imports.find(([, reading]) => textOf(JSON.parse(String(reading)).map) === textOf(map));
  return { map, name: last === undefined ? undefined : String(last[0]) };
}

/** Keeps a mapping for files with these columns, in the place of an earlier one. */
export async function keepMapping(
  connection: DuckDBConnection,
  columns: readonly string[],
  map: ColumnMap,
  now: Date,
): Promise<void> {
  const shape = quoteLiteral(shapeOf(columns));
  await connection.run(`DELETE FROM mappings WHERE shape = ${shape}`);
  await connection.run(
    `INSERT INTO mappings VALUES (${shape}, ${quoteLiteral(textOf(map))}, ${timestampSql(now)})`,
  );
}
