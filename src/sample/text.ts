import { SAMPLE_COLUMNS, type SampleRecord } from "./record.ts";

/**
 * A line of text in two: the first part may hold any sign, the second is plain ASCII and by far the longer. Apart, the
 * second is written three times as fast.
 */
export type Line = readonly [any: string, ascii: string];

/** The header line of a sample in CSV. */
export const CSV_HEADER = `${SAMPLE_COLUMNS.map(([name]) => `"${name}"`).join(",")}\n`;

/** Columns that people write, the only ones in which a quote or a line end can stand. */
const WRITTEN = new Set<string>(["nickname", "biography"]);
/** The first of the columns that are ASCII from there on. */
const ASCII_FROM = SAMPLE_COLUMNS.findIndex(([name]) => name === "biography") + 1;

/** A record as a line of CSV as the provider writes it: every field in quotes, `null` for what is missing, LF. */
export function csvLine(record: SampleRecord): Line {
  let any = "";
  for (let i = 0; i < ASCII_FROM; i++) {
    const text = record[i] ?? "null";
    const quoted =
      WRITTEN.has(SAMPLE_COLUMNS[i][0]) && text.includes('"') ? text.replaceAll('"', '""') : text;
    any += i === 0 ? `"${quoted}"` : `,"${quoted}"`;
  }
  let ascii = "";
  for (let i = ASCII_FROM; i < record.length; i++) ascii += `,"${record[i] ?? "null"}"`;
  return [any, `${ascii}\n`];
}

/** A record as a line of NDJSON: numbers and flags unquoted, null for what is missing. */
export function jsonLine(record: SampleRecord): Line {
  let any = "{";
  for (let i = 0; i < ASCII_FROM; i++) any += i === 0 ? member(record, i) : `,${member(record, i)}`;
  let ascii = "";
  for (let i = ASCII_FROM; i < record.length; i++) ascii += `,${member(record, i)}`;
  return [any, `${ascii}}\n`];
}

function member(record: SampleRecord, i: number): string {
  const [name, type] = SAMPLE_COLUMNS[i];
  const text = record[i];
  if (text === null) return `"${name}":null`;
  if (type !== "text") return `"${name}":${text}`;
  return WRITTEN.has(name) ? `"${name}":${JSON.stringify(text)}` : `"${name}":"${text}"`;
}
