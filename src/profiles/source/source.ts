import type { DuckDBConnection } from "@duckdb/node-api";
import { InsightsError } from "../../base/error.ts";
import { quoteIdentifier } from "../../base/quote.ts";
import type { Alert } from "../alerts.ts";
import type { ReadingOptions, Samples } from "../readingOptions.ts";
import { type Contained, openContainer } from "./container/open.ts";
import { recogniseText } from "./content.ts";
import { readCsv } from "./csv/readCsv.ts";
import { type Encoding, encodingNamed } from "./encoding.ts";
import { findFile, fingerprintOf, type SourceFile, type Watch } from "./file.ts";
import { recogniseList } from "./handles/list.ts";
import { readHandles } from "./handles/readHandles.ts";
import { readJson } from "./json/readJson.ts";
import { objectColumns, unfoldObjects } from "./objectCells.ts";
import { alertOnEncoding, alertOnName } from "./oddities.ts";
import { readParquet } from "./parquet.ts";
import type { Reading, Reject, SourceFormat, Workplace } from "./reading.ts";
import { createView } from "./relation.ts";
import { sampleRelation } from "./samples.ts";
import { TemporaryFolder } from "./temporary.ts";
import { type Compression, headOf, openText } from "./text.ts";
import { checkZstd } from "./zstd.ts";

export type { Reject, SourceFormat } from "./reading.ts";
export type { Compression } from "./text.ts";

/** A file opened as a DuckDB relation of raw text columns, with what was wrong in it. */
export interface Source {
  /** Base name of the file, for messages. */
  readonly file: string;
  readonly format: SourceFormat;
  readonly compression: Compression;
  /** SHA-256 (hex) of the file's bytes as they are on disk. */
  readonly fingerprint: string;
  /** Raw column names, nested ones dotted: "user.id", "authorMeta.id". */
  readonly columns: readonly string[];
  /**
   * Name of a DuckDB view with BIGINT `__row` (ordinal from 0 of the data record in the file, rejected ones counted) and
   * every raw column as VARCHAR (nested lists as JSON text), in the file's order. Empty text and the text `null` stay as
   * they are; NULL is only what a JSON or Parquet record does not have.
   */
  readonly relation: string;
  /** The first values of each column. */
  readonly samples: Samples;
  /** Data records in the file, rejected ones included. */
  readonly records: number;
  /** Records that could not be read, in the file's order; the list is capped, `rejectedCount` is not. */
  readonly rejects: readonly Reject[];
  readonly rejectedCount: number;
  /** What was changed or looks odd: encoding converted, byte order mark, duplicate header renamed. */
  readonly alerts: readonly Alert[];
  /** Line of the original file on which each data record starts, by its ordinal; empty for Parquet. */
  linesOf(rows: readonly number[]): Promise<Map<number, number>>;
  /** Drops the relation and removes temporary files. */
  close(): Promise<void>;
}

/** How to open a source. */
export interface SourceOptions extends Watch {
  readonly reading?: ReadingOptions | undefined;
  /** Existing folder for temporary files; the system's when not given. */
  readonly temporaryDirectory?: string | undefined;
}

/**
 * Opens CSV, TSV, JSON, NDJSON, Parquet or a sheet of a workbook, alone or packed (gzip, Zstandard, ZIP, TAR), as a relation of raw text
 * columns. What the file is, is told by its content, whatever its name ends in. The whole file is checked before the
 * relation exists: packing, encoding, quotes, number of columns. Records that fail are counted and left out, the others
 * are all there.
 *
 * @param connection the database in which the view is made; it must keep `preserve_insertion_order` on
 * @param path the file
 * @throws InsightsError when the file cannot be read as a whole: not there, a folder, empty, truncated or corrupt packing,
 *   JSON that stops in the middle, no table at all
 * @throws the signal's reason when it is aborted
 */
export async function openSource(
  connection: DuckDBConnection,
  path: string,
  options: SourceOptions = {},
): Promise<Source> {
  const { signal, onProgress, limits } = options;
  const file = await findFile(path);
  const folder = new TemporaryFolder(options.temporaryDirectory);
  const watch: Watch = {
    signal,
    onProgress,
    limits,
    checkZstd: (packed) => checkZstd(packed, connection, folder, signal),
  };
  const place: Workplace = { connection, folder, watch, alerts: [] };
  let relation: string | undefined;
  const close = async () => {
    try {
      if (relation !== undefined) await connection.run(`DROP VIEW IF EXISTS ${quoteIdentifier(relation)}`);
    } finally {
      await folder.remove();
    }
  };
  try {
    const found = await openContainer(file, place, options.reading?.sheet);
    const { content } = found;
    const said =
      options.reading?.encoding === undefined ? undefined : encodingNamed(options.reading.encoding);
    if (said !== undefined && (content === "parquet" || found.sheet !== undefined)) {
      throw new InsightsError(`no text: --encoding is for CSV and JSON, not for ${file.name}`, {
        exitCode: 2,
      });
    }
    const compression: Compression = content === "gzip" || content === "zstd" ? content : "none";
    let reading =
      found.file === file
        ? await readTable(found, place, said)
        : await readContained(file, found, place, said);
    if (found.file === file) alertOnName(file, content, reading.format, place.alerts);
    relation = await createView(connection, reading.select);
    const ordinals = content === "parquet";
    let samples = await sampleRelation(connection, relation, reading.columns, { ordinals, ...watch });
    const objects = objectColumns(samples);
    if (objects.length > 0) {
      reading = await unfoldObjects(reading, relation, objects, place);
      await connection.run(`DROP VIEW ${quoteIdentifier(relation)}`);
      relation = await createView(connection, reading.select);
      samples = await sampleRelation(connection, relation, reading.columns, { ordinals: false, ...watch });
    }
    return {
      file: file.name,
      format: reading.format,
      compression,
      fingerprint: reading.fingerprint,
      columns: reading.columns,
      relation,
      samples,
      records: reading.records,
      rejects: reading.rejects.kept,
      rejectedCount: reading.rejects.count,
      alerts: place.alerts,
      linesOf: async (rows) => (rows.length === 0 ? new Map() : reading.locate(rows)),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Reads a table as it is. */
function readTable({ file, content }: Contained, place: Workplace, said?: Encoding): Promise<Reading> {
  if (content === "parquet") return readParquet(file, place);
  return readWords(file, content === "text" ? "none" : content, place, said);
}

/** Reads a table out of a workbook or an archive: its fingerprint is that of the whole file, and its lines are rows of the sheet. */
async function readContained(
  file: SourceFile,
  found: Contained,
  place: Workplace,
  said?: Encoding,
): Promise<Reading> {
  const { sheet, content } = found;
  const given = { ...file, fingerprint: await fingerprintOf(file, place.watch) };
  const quiet = { ...place, watch: { ...place.watch, onProgress: undefined } };
  const reading = await readTable({ file: { ...found.file, given }, content }, quiet, said);
  if (sheet === undefined) return reading;
  const { rowOf, format } = sheet;
  return {
    ...reading,
    format: reading.format === "handles" ? "handles" : format,
    rejects: reading.rejects.movedTo(rowOf),
    locate: async (rows) => {
      const lines = await reading.locate(rows);
      return new Map([...lines].map(([row, line]) => [row, rowOf(line)]));
    },
  };
}

/** Reads any of the text formats. */
async function readWords(
  file: SourceFile,
  compression: Compression,
  place: Workplace,
  said?: Encoding,
): Promise<Reading> {
  const text = await openText(file, compression, place.watch, said);
  const head = await headOf(text);
  const layout = recogniseText(head, file);
  const list = layout === "json" ? undefined : recogniseList(head, text.complete);
  const reading = await (layout === "json"
    ? readJson(text, place)
    : list !== undefined
      ? readHandles(text, list, place)
      : readCsv(text, place));
  alertOnEncoding(text.encoding, reading.encoding, place.alerts);
  return reading;
}
