import { writeFile } from "node:fs/promises";
import { DuckDBInstance } from "@duckdb/node-api";
import { quoteIdentifier, quoteLiteral } from "../../../src/base/quote.ts";

type Records = readonly Readonly<Record<string, string>>[];

/** Ways to write a file of records, by the ending that they give it. */
export const FORMATS = ["csv", "tsv", "json", "ndjson", "parquet"] as const;

/** Writes records as a file in a format, nested where a name has dots and the format can nest. */
export async function writeRecords(path: string, format: (typeof FORMATS)[number], records: Records) {
  if (format === "parquet") return writeParquet(path, records);
  await writeFile(path, textOf(format, records));
}

function textOf(format: string, records: Records): string {
  const objects = records.map((record) => JSON.stringify(nested(record)));
  if (format === "json") return `[${objects.join(",\n")}]`;
  if (format === "ndjson") return `${objects.join("\n")}\n`;
  const columns = [...new Set(records.flatMap((record) => Object.keys(record)))];
  const field = (text: string) => (/[",\t\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const line = (values: readonly string[]) => values.map(field).join(format === "tsv" ? "\t" : ",");
  return `${[line(columns), ...records.map((record) => line(columns.map((name) => record[name] ?? "")))].join("\n")}\n`;
}

/** `{"user.id": "1"}` as `{user: {id: "1"}}`. */
function nested(record: Readonly<Record<string, string>>): Record<string, unknown> {
  const root: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(record)) {
    const path = name.split(".");
    let at = root;
    for (const part of path.slice(0, -1)) {
      at[part] ??= {};
      at = at[part] as Record<string, unknown>;
    }
    at[path[path.length - 1]] = value;
  }
  return root;
}

/** Flat columns of text; whole numbers that fit as BIGINT, as a warehouse would keep them. */
async function writeParquet(path: string, records: Records) {
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  const columns = [...new Set(records.flatMap((record) => Object.keys(record)))];
  const number = (name: string) => records.every((record) => /^[0-9]{1,15}$/.test(record[name] ?? "0"));
  const value = (name: string, text: string | undefined) =>
    text === undefined ? "NULL" : `${quoteLiteral(text)}${number(name) ? "::BIGINT" : ""}`;
  const selects = records.map(
    (record, row) =>
      `SELECT ${row} AS n, ${columns.map((name) => `${value(name, record[name])} AS ${quoteIdentifier(name)}`).join(", ")}`,
  );
  await connection.run(
    `COPY (SELECT * EXCLUDE (n) FROM (${selects.join(" UNION ALL ")}) ORDER BY n) TO ${quoteLiteral(path)} (FORMAT parquet)`,
  );
  connection.closeSync();
  instance.closeSync();
}
