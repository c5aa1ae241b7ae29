import { countInWords, countOfThings } from "../../base/words.ts";
import type { Alert } from "../alerts.ts";
import type { Content } from "./content.ts";
import { ENCODINGS, type Encoding, type EncodingFacts } from "./encoding.ts";
import type { SourceFile } from "./file.ts";
import type { SourceFormat } from "./reading.ts";
import type { Compression } from "./text.ts";

/**
 * Tells of a text that is not plain UTF-8.
 *
 * @param facts what its beginning said
 * @param encoding what it was read as
 */
export function alertOnEncoding(facts: EncodingFacts, encoding: Encoding, alerts: Alert[]): void {
  if (encoding !== "utf-8") {
    const name = ENCODINGS[encoding];
    const isSure = facts.isSaid === true || facts.encoding === encoding;
    alerts.push({
      level: isSure ? "info" : "warning",
      code: "encoding_converted",
      column: null,
      message: isSure
        ? `The text is ${name}, not UTF-8, and was converted.`
        : `The text is not UTF-8 and was read as ${name}, which its bytes look like. If names or letters with accents look wrong, say --encoding.`,
    });
  } else if (facts.markBytes > 0) {
    alerts.push({
      level: "info",
      code: "byte_order_mark",
      column: null,
      message: "The text begins with a byte order mark, which was left out.",
    });
  }
}

/** Endings and the formats they promise. */
const PROMISES: Readonly<Record<string, readonly (SourceFormat | Compression)[]>> = {
  csv: ["csv", "tsv", "handles"],
  tsv: ["tsv", "csv", "handles"],
  json: ["json", "ndjson"],
  ndjson: ["ndjson", "json"],
  jsonl: ["ndjson", "json"],
  parquet: ["parquet"],
};

/** Tells of a file whose name says that it is something else than it is. */
export function alertOnName(file: SourceFile, content: Content, format: SourceFormat, alerts: Alert[]): void {
  const packed = /\.(gz|gzip|zst|zstd)$/i.exec(file.name)?.[1]?.toLowerCase();
  const promisedPacking = packed === undefined ? "none" : packed.startsWith("g") ? "gzip" : "zstd";
  const packing = content === "gzip" || content === "zstd" ? content : "none";
  const ending = /\.([a-z]+)(?:\.(?:gz|gzip|zst|zstd))?$/i.exec(file.name)?.[1]?.toLowerCase() ?? "";
  const promised = Object.hasOwn(PROMISES, ending) ? PROMISES[ending] : undefined;
  const wrongFormat = promised !== undefined && !promised.includes(format);
  if (wrongFormat || packing !== promisedPacking) {
    const called = format === "handles" ? "a list of accounts" : format.toUpperCase();
    const is = packing === "none" ? called : `${called} packed as ${packing}`;
    alerts.push({
      level: "warning",
      code: "misleading_name",
      column: null,
      message: `The name ${file.name} does not fit the content, which is ${is}; it was read as that.`,
    });
  }
}

/** Columns made of keys at most; keys that are data (dates, ids) would make as many as there are records. */
export const MAX_KEY_COLUMNS = 4096;

/** Tells of values under keys that are beyond {@link MAX_KEY_COLUMNS}. */
export function alertOnLeftOut(leftOut: number, alerts: Alert[]): void {
  if (leftOut === 0) return;
  alerts.push({
    level: "warning",
    code: "too_many_columns",
    column: null,
    message: `The records have more than ${countInWords(MAX_KEY_COLUMNS)} different keys; ${countOfThings(leftOut, "value")} under further ones ${leftOut === 1 ? "is" : "are"} left out.`,
  });
}

/**
 * What a column is called whose name differs from that of another in capitals only. Its own name can still be told from it, see
 * {@link writtenName}.
 */
function otherCase(name: string, number: number): string {
  return `${name} (column ${number})`;
}

/** The name that a file gives a column that it had to be called otherwise for, `followers (column 3)`; else undefined. */
export function writtenName(column: string): string | undefined {
  return /^(.+) \(column \d+\)$/s.exec(column)?.[1];
}

/**
 * Makes raw column names fit to be columns of one relation: trimmed, without NUL characters, none empty, no two alike. DuckDB does not tell
 * upper from lower case, so "ID" and "id" are alike. A second `likes` becomes `likes_2`, `Likes` beside `likes` in the third column `Likes (column 3)`, a nameless one `column_3`.
 *
 * @param raw names as the file has them
 * @param alerts is told of every change that matters
 */
export function columnNames(raw: readonly string[], alerts: Alert[]): string[] {
  const taken = new Set(["__row"]);
  // SQL text ends at a NUL.
  const plain = raw.map((name) => name.replaceAll("\0", "").trim());
  // Names that stand in the file go to their first bearer, before any made-up name can take them.
  const first = new Set<number>();
  plain.forEach((name, index) => {
    if (name !== "" && !taken.has(name.toLowerCase())) {
      taken.add(name.toLowerCase());
      first.add(index);
    }
  });
  return plain.map((name, index) => {
    if (first.has(index)) {
      return name;
    }
    const renamed =
      name === ""
        ? free(`column_${index + 1}`, taken)
        : plain.slice(0, index).includes(name) || name.toLowerCase() === "__row"
          ? freeNumbered(name, taken)
          : free(otherCase(name, index + 1), taken);
    taken.add(renamed.toLowerCase());
    alerts.push(
      name === ""
        ? {
            level: "warning",
            code: "unnamed_column",
            column: renamed,
            message: `Column ${index + 1} has no name; it is called ${renamed} here.`,
          }
        : {
            level: "warning",
            code: "duplicate_column",
            column: renamed,
            message: `The name ${name} stands more than once among the columns, be it in other capitals, or is reserved; column ${index + 1} is called ${renamed} here.`,
          },
    );
    return renamed;
  });
}

function free(name: string, taken: ReadonlySet<string>): string {
  return taken.has(name.toLowerCase()) ? freeNumbered(name, taken) : name;
}

function freeNumbered(name: string, taken: ReadonlySet<string>): string {
  let number = 2;
  while (taken.has(`${name}_${number}`.toLowerCase())) {
    number++;
  }
  return `${name}_${number}`;
}
