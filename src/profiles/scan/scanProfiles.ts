import type { DuckDBConnection } from "@duckdb/node-api";
import { openDatabase } from "../database.ts";
import { type Mapping, mapColumns } from "../mapping.ts";
import { recogniseContent } from "../source/content.ts";
import { findFile, firstBytes, type SourceFile } from "../source/file.ts";
import { alertOnName } from "../source/oddities.ts";
import { describeParquet } from "../source/parquet.ts";
import type { SourceFormat, Workplace } from "../source/reading.ts";
import { createView } from "../source/relation.ts";
import { TemporaryFolder } from "../source/temporary.ts";
import type { Compression } from "../source/text.ts";
import type { OwnColumns } from "../usual.ts";
import { type Delimited, extractDelimited, recogniseDelimited } from "./delimited.ts";
import { scanExactly } from "./exactScan.ts";
import { NotPlainError, type Scan, type ScanOptions } from "./scan.ts";
import { mappingFacts, recordRowsSql } from "./scanFacts.ts";

/** Bytes on disk up to which nobody need be told that a file was read twice. */
const SMALL_BYTES = 1 << 22;

/**
 * Makes a query of a file of profiles, which DuckDB streams: it holds no more than a part of the file in memory (of a file
 * with a record a video, DuckDB holds the records, and moves to temporary files what is over its memory limit).
 *
 * Parquet goes through DuckDB's own parallel reader. Of delimited UTF-8 text the columns that are read are taken out first, to a
 * temporary Parquet file, if the text is plain. Ask `verify` when the scan is done, and scan again with `way: "exact"`, in a fresh
 * instance, when it is not trusted. All else goes through the exact reader at once.
 *
 * @param connection a database of the scan's own; an exact scan turns its `preserve_insertion_order` on
 * @param threads to read text with; as many as there are cores without it
 * @throws InsightsError when the file cannot be read as a whole, or holds no known column or not one that is to be kept;
 *   {@link NotPlainError} where a stretch of it was asked for that cannot be scanned by itself
 */
export async function scanProfiles(
  connection: DuckDBConnection,
  path: string,
  options: ScanOptions = {},
  threads?: number,
): Promise<Scan> {
  options.signal?.throwIfAborted();
  const file = await findFile(path);
  const parallel =
    options.way === "exact" ? undefined : await scanParallel(connection, file, options, threads);
  if (parallel !== undefined && "select" in parallel) return parallel;
  if (options.stretch !== undefined)
    throw new NotPlainError(parallel?.reason ?? `${file.name} is not plain text`);
  const exact = await scanExactly(connection, file, options);
  return { ...exact, distrust: file.size > SMALL_BYTES ? (parallel?.reason ?? null) : null };
}

/** What can be told of a file from its beginning or its end. */
export interface Recognised {
  readonly format: SourceFormat;
  readonly compression: Compression;
  /** Raw column names. */
  readonly columns: readonly string[];
  /** Rows of a Parquet file, as it says; null for a text. */
  readonly rows: number | null;
}

/**
 * Looks at a file that may be scanned in parallel.
 *
 * @returns undefined when only the exact reader will do
 * @throws InsightsError when the file cannot be read as a whole
 */
export async function recogniseFile(
  path: string,
  { signal, temporaryDirectory }: Pick<ScanOptions, "signal" | "temporaryDirectory">,
): Promise<Recognised | undefined> {
  const file = await findFile(path);
  const folder = new TemporaryFolder(temporaryDirectory);
  const { connection, close } = await openDatabase({ temporaryDirectory });
  try {
    const found = await recognise(file, { connection, folder, watch: { signal }, alerts: [] });
    if (found === undefined) return undefined;
    const { compression, layout } = found;
    const { format, columns } = layout;
    return { format, compression, columns, rows: "records" in layout ? layout.records : null };
  } finally {
    close();
    await folder.remove();
  }
}

async function recognise(file: SourceFile, place: Workplace) {
  const content = recogniseContent(await firstBytes(file, place.watch), file);
  const compression: Compression = content === "gzip" || content === "zstd" ? content : "none";
  const layout =
    content === "parquet"
      ? { format: "parquet" as const, ...(await describeParquet(file, place)) }
      : await recogniseDelimited(file, compression, place);
  return layout && { content, compression, layout };
}

/** @returns why the file is not plain, where that took reading it; undefined where it could be told at once */
async function scanParallel(
  connection: DuckDBConnection,
  file: SourceFile,
  options: ScanOptions,
  threads: number | undefined,
): Promise<Scan | { readonly reason: string } | undefined> {
  const { signal, map, keep } = options;
  const folder = new TemporaryFolder(options.temporaryDirectory);
  const place: Workplace = { connection, folder, watch: { signal }, alerts: [] };
  const close = () => folder.remove();
  try {
    const found = await recognise(file, place);
    const mapping = found && mapColumns(found.layout.columns, file.name, map, keep);
    if (found === undefined || mapping === undefined || mapping.video !== null) {
      await close();
      return undefined;
    }
    const { content, compression, layout } = found;
    const streamed =
      layout.format === "parquet"
        ? { select: layout.typedSelect, own: layout.own, records: layout.records, to: file.size }
        : await streamDelimited(layout, mapping, options, place, threads);
    if ("reason" in streamed || streamed.records === 0) {
      await close();
      return "reason" in streamed ? streamed : undefined;
    }
    const { select, own, records, to } = streamed;
    alertOnName(file, content, layout.format, place.alerts);
    const relation = await createView(connection, select);
    return {
      file: file.name,
      bytes: file.size,
      format: layout.format,
      compression,
      way: "parallel",
      columns: layout.columns,
      ...mappingFacts(mapping),
      select: recordRowsSql(mapping, relation, options, own),
      rows: records,
      to,
      distrust: null,
      rejectedCount: 0,
      rejects: [],
      rejectedByReason: {},
      merged: 0,
      alerts: [...place.alerts, ...mapping.alerts],
      verify: (rows) =>
        rows === records
          ? { trusted: true, records }
          : { trusted: false, reason: `the parallel reader gave ${rows} rows of ${records} records` },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

async function streamDelimited(
  layout: Delimited,
  mapping: Mapping,
  options: ScanOptions,
  place: Workplace,
  threads: number | undefined,
): Promise<
  | { readonly reason: string }
  | (Pick<Scan, "select" | "to"> & { readonly records: number; readonly own: OwnColumns })
> {
  const { extracted, select, own } = await extractDelimited(layout, mapping, options, place, threads);
  if (!extracted.plain) return { reason: extracted.reason };
  return { select, own, records: extracted.records, to: extracted.to };
}
