import { openDatabase } from "../../base/duckdb.ts";
import type { Alert } from "../alerts.ts";
import { withConventions } from "../conventions.ts";
import type { Mapping } from "../mapping.ts";
import type { ReadingOptions, Samples } from "../readingOptions.ts";
import { type Content, recogniseContent, recogniseText } from "../source/content.ts";
import { sniffDialect } from "../source/csv/dialect.ts";
import { type Dialect, splitRecord } from "../source/csv/fields.ts";
import { CsvRecordScanner } from "../source/csv/recordScanner.ts";
import { csvSql } from "../source/csv/relation.ts";
import { findFile, firstBytes, type SourceFile } from "../source/file.ts";
import { recogniseList } from "../source/handles/list.ts";
import { objectColumns } from "../source/objectCells.ts";
import { alertOnEncoding, alertOnName, columnNames } from "../source/oddities.ts";
import { describeParquet, type ParquetFile } from "../source/parquet.ts";
import type { SourceFormat, Workplace } from "../source/reading.ts";
import { createView, renamed } from "../source/relation.ts";
import { LONGEST_SAMPLED_HEADER, sampleRelation, samplesOf } from "../source/samples.ts";
import type { RecordBatch } from "../source/scanner.ts";
import { TemporaryFolder } from "../source/temporary.ts";
import { type Compression, headOf, openText, type TextFile } from "../source/text.ts";
import { mappingFacts, recordRowsSql, type Scan, type ScanOptions } from "./scan.ts";

/** A file that DuckDB may read by itself: Parquet, or delimited UTF-8 text whose beginning is without any flaw. */
export interface PlainFile {
  readonly file: SourceFile;
  readonly content: Content;
  readonly format: SourceFormat;
  readonly compression: Compression;
  /** Raw column names. */
  readonly columns: readonly string[];
  /** The first values of each column. */
  readonly samples: Samples;
  readonly alerts: readonly Alert[];
  readonly parquet?: ParquetFile;
  readonly text?: PlainText;
}

/** How a delimited text is to be read. */
export interface PlainText extends TextFile {
  readonly dialect: Dialect;
  /** Whether its first lines end in LF alone. */
  readonly linefeeds: boolean;
}

/**
 * Looks at a file's beginning or, of Parquet, its end.
 *
 * @returns undefined where only the exact reader will do
 * @throws InsightsError when the file cannot be read as a whole
 */
export async function recognisePlainFile(file: SourceFile, place: Workplace): Promise<PlainFile | undefined> {
  const content = recogniseContent(await firstBytes(file, place.watch), file);
  const { alerts } = place;
  if (content === "parquet") {
    const parquet = await describeParquet(file, place);
    if (parquet.misread) return undefined;
    const { columns } = parquet;
    const relation = await createView(place.connection, parquet.select);
    const sampling = sampleRelation(place.connection, relation, columns, { ordinals: true, ...place.watch });
    const samples = await sampling.catch(() => {
      place.watch.signal?.throwIfAborted();
      // The exact reader knows what to do with what DuckDB cannot read.
      return undefined;
    });
    if (samples === undefined || objectColumns(samples).length > 0) return undefined;
    return { file, content, format: "parquet", compression: "none", columns, samples, alerts, parquet };
  }
  if (content === "zip" || content === "tar") return undefined;
  const compression = content === "text" ? "none" : content;
  const opened = await openText(file, compression, place.watch);
  const { rawHead, complete, encoding } = opened;
  if (compression !== "none" && recogniseContent(rawHead, file) !== "text") return undefined;
  if (encoding.encoding !== "utf-8") return undefined;
  const head = await headOf(opened);
  if (recogniseText(head, file) !== "delimited" || recogniseList(head, complete) !== undefined)
    return undefined;
  const dialect = sniffDialect(head, complete, file);
  if (dialect.unusual.length > 0) return undefined;
  const width = dialect.header.length;
  const scanner = new CsvRecordScanner(dialect.delimiter, width);
  const first = scanner.scan(head, head.length, complete);
  // A table of one column has too little structure to be checked by.
  if (first.flawsSeen !== 0 || first.count < 2 || scanner.lineEnds > 2 || scanner.sawBlank || width < 2) {
    return undefined;
  }
  if (first.ends[0] > LONGEST_SAMPLED_HEADER) return undefined;
  const columns = columnNames(dialect.header, alerts);
  const samples = samplesOf(columns, fieldsOf(head, first, dialect));
  if (objectColumns(samples).length > 0) return undefined;
  alertOnEncoding(encoding, "utf-8", alerts);
  const text = { file, compression, encoding, dialect, linefeeds: scanner.lineEnds === 1 } as const;
  const format = dialect.delimiter === "\t" ? "tsv" : "csv";
  return { file, content, format, compression, columns, samples, alerts, text };
}

/** The fields of the records behind the header. */
function* fieldsOf(
  head: Buffer,
  { starts, ends, count }: RecordBatch,
  dialect: Dialect,
): Generator<string[]> {
  for (let i = 1; i < count; i++) yield splitRecord(head.toString("utf8", starts[i], ends[i]), dialect);
}

/**
 * The columns of a file and, of Parquet, its rows.
 *
 * @returns undefined where only the exact reader can tell
 * @throws InsightsError when the file cannot be read as a whole
 */
export async function describePlainFile(
  path: string,
  { signal, temporaryDirectory }: Pick<ScanOptions, "signal" | "temporaryDirectory">,
): Promise<{ readonly columns: readonly string[]; readonly rows: number | null } | undefined> {
  const file = await findFile(path);
  const folder = new TemporaryFolder(temporaryDirectory);
  const { connection, close } = await openDatabase({ temporaryDirectory });
  try {
    const found = await recognisePlainFile(file, { connection, folder, watch: { signal }, alerts: [] });
    return found && { columns: found.columns, rows: found.parquet?.records ?? null };
  } finally {
    close();
    await folder.remove();
  }
}

/** The records of a file with and without their ordinals. */
async function selectsOf(
  { file, compression, columns, parquet, text }: PlainFile,
  way: "parallel" | "sequential",
  folder: TemporaryFolder,
): Promise<{ readonly select: string; readonly unnumbered: string }> {
  if (text === undefined)
    return { select: parquet?.typedSelect ?? "", unnumbered: parquet?.typedSelect ?? "" };
  const layout = {
    path: await folder.literalPath(file.path),
    compression,
    delimiter: text.dialect.delimiter,
    columns,
    kind: "original",
    linefeeds: text.linefeeds,
    longest: 0,
  } as const;
  const from = `${renamed(columns)} FROM ${csvSql(layout, way === "parallel")}`;
  return {
    select: `SELECT row_number() OVER () - 1 AS __row, ${from}`,
    unnumbered: `SELECT CAST(NULL AS BIGINT) AS __row, ${from}`,
  };
}

/** A file's mapping once all its counts and rates were looked over, see `withConventions`. */
export async function surveyPlainFile(
  plain: PlainFile,
  way: "parallel" | "sequential",
  mapping: Mapping,
  reading: ReadingOptions | undefined,
  { connection, folder }: Pick<Workplace, "connection" | "folder">,
): Promise<Mapping> {
  const { unnumbered } = await selectsOf(plain, way, folder);
  return withConventions(
    connection,
    await createView(connection, unnumbered),
    mapping,
    plain.file.name,
    reading,
  );
}

/**
 * A scan by DuckDB alone. A text must be walked over too, before what the scan gives is trusted.
 *
 * @param place its folder keeps a link to the file where its name needs one
 */
export async function scanPlainFile(
  plain: PlainFile,
  way: "parallel" | "sequential",
  mapping: Mapping,
  options: ScanOptions,
  { connection, folder }: Pick<Workplace, "connection" | "folder">,
): Promise<Scan> {
  const { file, content, format, compression, columns, parquet } = plain;
  const alerts = [...plain.alerts];
  alertOnName(file, content, format, alerts);
  const { select, unnumbered } = await selectsOf(plain, way, folder);
  const rowsOf = async (sql: string) =>
    recordRowsSql(mapping, await createView(connection, sql), options, parquet?.own);
  return {
    file: file.name,
    bytes: file.size,
    format,
    compression,
    way,
    columns,
    ...mappingFacts(mapping),
    select: await rowsOf(select),
    unnumbered: await rowsOf(unnumbered),
    rows: parquet?.records ?? null,
    rejectedCount: 0,
    rejects: [],
    rejectedByReason: {},
    blanks: [],
    cells: [],
    merged: 0,
    alerts: [...alerts, ...mapping.alerts],
    close: async () => {},
  };
}
