import type { DuckDBConnection } from "@duckdb/node-api";
import { mapColumns } from "../mapping.ts";
import { recogniseContent } from "../source/content.ts";
import { findFile, firstBytes, type SourceFile } from "../source/file.ts";
import { alertOnName } from "../source/oddities.ts";
import { describeParquet } from "../source/parquet.ts";
import type { Workplace } from "../source/reading.ts";
import { createView } from "../source/relation.ts";
import { TemporaryFolder } from "../source/temporary.ts";
import type { Compression } from "../source/text.ts";
import { scanExactly } from "./exactScan.ts";
import { streamCsv } from "./parallelCsv.ts";
import type { Scan, ScanOptions, Verdict } from "./scan.ts";
import { mappingFacts, recordRowsSql } from "./scanFacts.ts";
import type { Streamed } from "./streamed.ts";

/**
 * Makes a query of a file of profiles, which DuckDB streams: it holds no more than a part of the file in memory (of a file
 * with a record a video, DuckDB holds the records, and moves to temporary files what is over its memory limit).
 *
 * Delimited UTF-8 text and Parquet go through DuckDB's own parallel reader, text with a count of its records beside it;
 * ask `verify` when the scan is done, and scan again with `way: "exact"`, in a fresh instance, when it is not trusted. All
 * else goes through the exact reader at once.
 *
 * @param connection a database of the scan's own; an exact scan turns its `preserve_insertion_order` on
 * @throws InsightsError when the file cannot be read as a whole, or holds no known column or not one that is to be kept
 */
export async function scanProfiles(
  connection: DuckDBConnection,
  path: string,
  options: ScanOptions = {},
): Promise<Scan> {
  options.signal?.throwIfAborted();
  const file = await findFile(path);
  const parallel = options.way === "exact" ? undefined : await scanParallel(connection, file, options);
  return parallel ?? scanExactly(connection, file, options);
}

async function scanParallel(
  connection: DuckDBConnection,
  file: SourceFile,
  options: ScanOptions,
): Promise<Scan | undefined> {
  const { signal, map, keep, check = true } = options;
  const folder = new TemporaryFolder(options.temporaryDirectory);
  const place: Workplace = { connection, folder, watch: { signal }, alerts: [] };
  let streamed: Streamed | undefined;
  const close = async () => {
    await streamed?.check?.stop();
    await folder.remove();
  };
  try {
    const content = recogniseContent(await firstBytes(file, place.watch), file);
    const compression: Compression = content === "gzip" || content === "zstd" ? content : "none";
    streamed =
      content === "parquet"
        ? await streamParquet(file, place)
        : await streamCsv(file, compression, place, check);
    const mapping = streamed && mapColumns(streamed.columns, file.name, map, keep);
    if (streamed === undefined || mapping === undefined || mapping.video !== null || streamed.records === 0) {
      await close();
      return undefined;
    }
    alertOnName(file, content, streamed.format, place.alerts);
    const relation = await createView(connection, streamed.select);
    const { check: beside, records, format, columns } = streamed;
    return {
      file: file.name,
      bytes: file.size,
      format,
      compression,
      way: "parallel",
      columns,
      ...mappingFacts(mapping),
      select: recordRowsSql(mapping, relation, options, streamed.own),
      rows: records,
      rejectedCount: 0,
      rejects: [],
      rejectedByReason: {},
      merged: 0,
      alerts: [...place.alerts, ...mapping.alerts],
      doubt: beside?.doubt ?? new AbortController().signal,
      checkedBytes: () => beside?.bytesRead() ?? file.size,
      verify: (rows) => verify(rows, streamed as Streamed),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

async function streamParquet(file: SourceFile, place: Workplace): Promise<Streamed> {
  const { columns, typedSelect, own, records } = await describeParquet(file, place);
  return { format: "parquet", columns, select: typedSelect, own, records, check: undefined };
}

async function verify(rows: number, { check, records }: Streamed): Promise<Verdict> {
  const counted = await check?.counted();
  if (counted?.plain === false) {
    return { trusted: false, reason: counted.reason };
  }
  const expected = counted?.records ?? records ?? rows;
  return rows === expected
    ? { trusted: true, records: rows }
    : { trusted: false, reason: `the parallel reader gave ${rows} rows of ${expected} records` };
}
