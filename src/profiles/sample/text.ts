import { SAMPLE_COLUMNS, type SampleRecord } from "./record.ts";

/** The header line of a sample in CSV. */
export const CSV_HEADER = `${SAMPLE_COLUMNS.map(([name]) => `"${name}"`).join(",")}\n`;

/** Columns that people write, the only ones in which a quote or a line end can stand. */
const WRITTEN = new Set(["nickname", "biography"]);

/** A record as a line of CSV as the provider writes it: every field in quotes, `null` for what is missing, LF. */
export function csvLine(record: SampleRecord): string {
  let line = "";
  for (let i = 0; i < record.length; i++) {
    const text = record[i] ?? "null";
    line += i === 0 ? '"' : ',"';
    line += WRITTEN.has(SAMPLE_COLUMNS[i][0]) && text.includes('"') ? text.replaceAll('"', '""') : text;
    line += '"';
  }
  return `${line}\n`;
}

/** A record as a line of NDJSON: numbers and flags unquoted, null for what is missing. */
export function jsonLine(record: SampleRecord): string {
  let line = "";
  for (let i = 0; i < record.length; i++) {
    const [name, type] = SAMPLE_COLUMNS[i];
    const text = record[i];
    line += `${i === 0 ? "{" : ","}"${name}":`;
    line += text === null ? "null" : type === "text" ? JSON.stringify(text) : text;
  }
  return `${line}}\n`;
}
