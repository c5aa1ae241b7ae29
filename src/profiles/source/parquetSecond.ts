import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { decompress as unzstd } from "fzstd";
import {
  asyncBufferFromFile,
  type FileMetaData,
  type ParquetParsers,
  parquetMetadataAsync,
  parquetReadObjects,
} from "hyparquet";
import { quoteIdentifier } from "../../base/quote.ts";
import { isNested, type LeafColumn, textOf } from "./parquetColumns.ts";
import type { Workplace } from "./reading.ts";
import { countRows, readCopy } from "./relation.ts";
import { CopyWriter } from "./temporary.ts";

/** What a second reader made of a Parquet file. */
export interface SecondReading {
  /** SELECT with `__row` and the columns as VARCHAR. */
  readonly select: string;
  readonly records: number;
  /** How many texts of each leaf are not UTF-8 and left out. */
  readonly garbled: readonly number[];
}

/** Stands for a text that is not UTF-8. */
const GARBLED = Symbol("garbled");

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

const PARSERS: Partial<ParquetParsers> = {
  stringFromBytes: textOfBytes,
  jsonFromBytes: textOfBytes,
  timestampFromMilliseconds: (milliseconds) => momentOf(milliseconds, 1000n),
  timestampFromMicroseconds: (microseconds) => momentOf(microseconds, 1_000_000n),
  timestampFromNanoseconds: (nanoseconds) => momentOf(nanoseconds, 1_000_000_000n),
  dateFromDays: (days) => (days == null ? days : momentOf(BigInt(days) * 86_400n, 1n)?.slice(0, 10)),
};

const COMPRESSORS = {
  GZIP: (input: Uint8Array) => gunzipSync(input),
  BROTLI: (input: Uint8Array) => brotliDecompressSync(input),
  ZSTD: (input: Uint8Array, length: number) => unzstd(input, new Uint8Array(length)),
};

/**
 * Reads a Parquet file without DuckDB, which refuses a whole file for one text that is not UTF-8 or an encoding that it does not
 * know, and misreads decimals of more than 38 digits. The values go to a copy, of which DuckDB makes the same texts as of the file.
 *
 * @param leaves its values, as DuckDB describes them
 * @param columns their names
 * @throws what the reader throws when a page cannot be read
 */
export async function readParquetAgain(
  path: string,
  leaves: readonly LeafColumn[],
  columns: readonly string[],
  { connection, folder, watch: { signal } }: Workplace,
): Promise<SecondReading> {
  const file = await asyncBufferFromFile(path);
  const metadata = await parquetMetadataAsync(file, { geoparquet: false });
  const scales = takeMarks(metadata, leaves);
  const garbled = leaves.map(() => 0);
  const copyPath = await folder.path("copy.ndjson");
  const copy = await CopyWriter.create(copyPath);
  let longest = 0;
  let row = 0;
  try {
    for (const { num_rows } of metadata.row_groups) {
      signal?.throwIfAborted();
      const rowEnd = row + Number(num_rows);
      const options = { file, metadata, rowStart: row, rowEnd, parsers: PARSERS, compressors: COMPRESSORS };
      for (const record of await parquetReadObjects(options)) {
        let line = `{"__row":${row++}`;
        leaves.forEach((leaf, index) => {
          const value = valueAt(record, leaf.path);
          garbled[index] += value === GARBLED ? 1 : 0;
          const text = written(value, leaf.type, scales[index]);
          if (text !== undefined) line += `,"c${index}":${JSON.stringify(text)}`;
        });
        longest = Math.max(longest, 3 * line.length);
        copy.append(`${line}}\n`);
        await copy.flush();
      }
      if (row !== rowEnd) throw new Error(`${row} rows of ${rowEnd}`);
    }
    await copy.close();
  } finally {
    await copy.abandon();
  }
  const scan = readCopy(copyPath, columns.length, longest);
  const records = await countRows(connection, scan, signal);
  if (records !== row) throw new Error(`DuckDB finds ${records} of the ${row} records of a copy`);
  const values = leaves.map(({ type }, i) => {
    const text = scales[i] === undefined ? asStored(`c${i}`, type) : `c${i}`;
    return `${text} AS ${quoteIdentifier(columns[i])}`;
  });
  return { select: `SELECT ${["__row", ...values].join(", ")} FROM ${scan}`, records, garbled };
}

/**
 * Takes the mark of decimals away that are values of columns, so that their digits come as they are, and makes moments of times of day.
 * Those in lists stay numbers.
 *
 * @returns the scale of each leaf that is a decimal
 */
function takeMarks({ schema }: FileMetaData, leaves: readonly LeafColumn[]): (number | undefined)[] {
  const places = new Map(leaves.map(({ path }, index) => [path.join("\0"), index]));
  const scales: (number | undefined)[] = leaves.map(() => undefined);
  const open: { readonly path: readonly string[]; left: number }[] = [];
  schema.forEach((element, index) => {
    const parent = open.at(-1);
    const path = index === 0 ? [] : [...(parent?.path ?? []), element.name];
    if (parent !== undefined) parent.left--;
    while (open.at(-1)?.left === 0) open.pop();
    if (element.num_children) open.push({ path, left: element.num_children });
    const place = places.get(path.join("\0"));
    if (element.logical_type?.type === "TIME") {
      element.logical_type = { ...element.logical_type, type: "TIMESTAMP" };
      delete element.converted_type;
    } else if (place !== undefined && element.converted_type === "DECIMAL" && element.type !== "BYTE_ARRAY") {
      scales[place] = element.scale ?? 0;
      delete element.converted_type;
      delete element.logical_type;
    }
  });
  return scales;
}

/** The text that `textOf` gives for a value which {@link written} wrote. */
function asStored(text: string, type: string): string {
  if (type === "DOUBLE" || type === "FLOAT") return textOf(`CAST(${text} AS ${type})`, type);
  // Bytes were decoded when they were written.
  const decoded = type === "BLOB[]" ? "VARCHAR[]" : type;
  return isNested(type) ? textOf(`CAST(CAST(${text} AS JSON) AS ${decoded})`, decoded) : text;
}

function valueAt(record: Record<string, unknown>, path: readonly string[]): unknown {
  let value: unknown = record;
  for (const key of path) {
    if (value === null || typeof value !== "object") return undefined;
    value = (value as Record<string, unknown>)[key];
  }
  return value;
}

/** A value as text, of what is nested as JSON; undefined where there is none. */
function written(value: unknown, type: string, scale: number | undefined): string | undefined {
  if (value === null || value === undefined || value === GARBLED) return undefined;
  if (scale !== undefined) return decimalText(value as number | bigint | Uint8Array, scale);
  if (value instanceof Uint8Array) {
    const text = textOfBytes(value);
    return typeof text === "string" ? text : undefined;
  }
  if (/^TIME(_NS| WITH TIME ZONE)?$/.test(type)) {
    return `${String(value).slice("1970-01-01 ".length)}${type === "TIME WITH TIME ZONE" ? "+00" : ""}`;
  }
  return typeof value === "object" ? JSON.stringify(value, plain) : String(value);
}

function decimalText(value: number | bigint | Uint8Array, scale: number): string {
  const bytes = value instanceof Uint8Array ? Buffer.from(value).toString("hex") : "";
  const whole =
    value instanceof Uint8Array ? BigInt.asIntN(bytes.length * 4, BigInt(`0x${bytes}`)) : BigInt(value);
  const digits = String(whole < 0n ? -whole : whole).padStart(scale + 1, "0");
  const fraction = digits.slice(digits.length - scale);
  const sign = whole < 0n ? "-" : "";
  const integer = digits.slice(0, digits.length - scale);
  return `${sign}${integer}${scale > 0 && /[1-9]/.test(fraction) ? `.${fraction}` : ""}`;
}

/** Numbers that JSON has not, in lists, as texts. */
function plain(_key: string, value: unknown): unknown {
  return typeof value === "bigint" || (typeof value === "number" && !Number.isFinite(value))
    ? String(value)
    : value;
}

function textOfBytes(bytes: Uint8Array | undefined): unknown {
  if (bytes === undefined) return undefined;
  try {
    return utf8.decode(bytes);
  } catch {
    return GARBLED;
  }
}

/** A moment in UTC, of ticks since 1970. */
function momentOf(count: bigint | number | undefined, perSecond: bigint): string | undefined {
  if (count === undefined) return undefined;
  const ticks = BigInt(count);
  const rest = ((ticks % perSecond) + perSecond) % perSecond;
  const date = new Date(Number((ticks - rest) / perSecond) * 1000);
  if (Number.isNaN(date.getTime())) return undefined;
  const fraction = String(rest)
    .padStart(String(perSecond).length - 1, "0")
    .replace(/0+$/, "");
  return date.toISOString().slice(0, 19).replace("T", " ") + (fraction === "" ? "" : `.${fraction}`);
}
