import { InsightsError } from "../../base/error.ts";
import { isTar } from "./container/tar.ts";
import type { SourceFile } from "./file.ts";
import { foreign, foreignBytes, foreignText } from "./foreign.ts";

/** What the first bytes of a file say it is. */
export type Content = "gzip" | "zstd" | "zip" | "tar" | "parquet" | "text";

/** Endings of names by which tables, archives of one and packings around either are known where only a name is. What a file is, its content tells. */
export const TABLE_ENDINGS = "csv tsv tab json ndjson jsonl jsonlines parquet xlsx xlsm ods".split(" ");
export const ARCHIVE_ENDINGS = "zip tar tgz".split(" ");
export const PACKING_ENDINGS = "gz gzip zst zstd".split(" ");

/** A pattern of names with one of these endings, packed or not. */
export function endingIn(endings: readonly string[]): RegExp {
  return new RegExp(`\\.(?:${endings.join("|")})(?:\\.(?:${PACKING_ENDINGS.join("|")}))?$`, "i");
}

/** The error for a file that is neither text nor a table of a known kind. */
function binary(file: Pick<SourceFile, "name">): InsightsError {
  return foreign(file, "binary data of an unknown kind");
}

/**
 * Tells what a file is by its first bytes, whatever its name ends in.
 *
 * @param head the first bytes on disk, 512 or more if the file has as many
 * @throws InsightsError when it is something known that holds no table: a PDF, a picture
 */
export function recogniseContent(head: Buffer, file: SourceFile): Content {
  if (head[0] === 0x1f && head[1] === 0x8b) {
    return "gzip";
  }
  const magic = head.length < 4 ? 0 : head.readUInt32LE(0);
  if (magic === 0xfd2fb528 || (magic & 0xfffffff0) >>> 0 === 0x184d2a50) {
    return "zstd";
  }
  const start = head.toString("latin1", 0, 32);
  if (start.startsWith("PK\x03\x04")) {
    return "zip";
  }
  if (isTar(head)) {
    return "tar";
  }
  if (start.startsWith("PAR1")) {
    return "parquet";
  }
  if (start.startsWith("PARE")) {
    throw foreign(file, "an encrypted Parquet file");
  }
  const known = foreignBytes(start);
  if (known !== undefined) {
    throw foreign(file, known);
  }
  return "text";
}

/** Whether a file's name says that it holds one JSON record a line. */
export function promisesLines(file: SourceFile): boolean {
  return /\.(ndjson|jsonl|jsonlines)(\.|$)/i.test(file.name);
}

/** Control characters that a text of profiles may hold: a few of them are flaws of records. */
const FEWEST_CONTROLS = 8;
/** The share of them from which a text is none: a ninth of the bytes of what is packed or encrypted are such. */
const MOST_CONTROLS = 0.03;

/** What a decoded text is laid out as. */
export type Layout = "delimited" | "json";

/**
 * Tells CSV and JSON apart by the beginning of the text.
 *
 * @param text beginning of the file, unpacked and as UTF-8 without byte order mark
 * @throws InsightsError for empty text, web pages, XML and binary data
 */
export function recogniseText(text: Buffer, file: SourceFile): Layout {
  const begins = text.toString("latin1", 0, 4096).trimStart();
  if (begins === "" && text.length < 4096) {
    throw new InsightsError(`empty file: ${file.name}`);
  }
  let controls = 0;
  for (const byte of text) {
    if (byte < 32 && byte !== 9 && byte !== 10 && byte !== 13) {
      controls++;
    }
  }
  if (controls >= FEWEST_CONTROLS && controls > text.length * MOST_CONTROLS) {
    throw binary(file);
  }
  const known = foreignText(text.toString("utf8", 0, 4096).trimStart());
  if (known !== undefined) {
    throw foreign(file, known);
  }
  if (/^\{\s*["'}]|^\[\s*[[{\]"\d\-tfn]|^[{[]\s*$/.test(begins)) {
    return "json";
  }
  // One record a line, of which the first is damaged.
  const lines = text.toString("latin1").split("\n").slice(0, 50);
  const records = lines.filter((line) => /^\s*\{\s*".*\}\s*$/.test(line));
  if (promisesLines(file) ? records.length > 0 : records.length > 1 && records.length * 2 > lines.length) {
    return "json";
  }
  return "delimited";
}

/** The share of characters that no text has from which column names are none. */
const MOST_GARBLED = 0.02;

/**
 * Refuses names of columns that are read out of binary data: too short for {@link recogniseText}, or bytes that happen to be
 * characters of UTF-16 or Windows-1252. Asked where no name is known, so that a flaw in a good header costs nothing.
 *
 * @throws InsightsError when they hold control characters, or characters that no script has
 */
export function refuseGarbledNames(names: readonly string[], file: Pick<SourceFile, "name">): void {
  const text = names.join("");
  const garbled = text.match(/[^\P{C}\p{Cf}\t\r\n]|\uFFFD/gu)?.length ?? 0;
  if (garbled > text.length * MOST_GARBLED) throw binary(file);
}
