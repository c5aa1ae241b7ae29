import { columnNames } from "../source/columnNames.ts";
import { recogniseContent, recogniseText } from "../source/content.ts";
import { sniffDialect } from "../source/csv/dialect.ts";
import { CsvRecordScanner } from "../source/csv/recordScanner.ts";
import { csvSql } from "../source/csv/relation.ts";
import type { SourceFile } from "../source/file.ts";
import { alertOnEncoding } from "../source/oddities.ts";
import type { Workplace } from "../source/reading.ts";
import { renamed } from "../source/relation.ts";
import { type Compression, headOf, openText } from "../source/text.ts";
import { startCheck } from "./check.ts";
import { type CheckJob, checkFile } from "./checkFile.ts";
import type { Streamed } from "./streamed.ts";

/** Bytes on disk up to which a file is checked before it is scanned: to start a thread would take longer. */
const SMALL_BYTES = 1 << 22;

/**
 * Delimited text as DuckDB's parallel reader takes it.
 *
 * @param check whether to check the file; beside the scan when it is large
 * @returns undefined when its beginning, or for a small file the check, shows that only the exact reader will do
 * @throws InsightsError when the file cannot be read at all
 */
export async function streamCsv(
  file: SourceFile,
  compression: Compression,
  place: Workplace,
  check: boolean,
): Promise<Streamed | undefined> {
  const text = await openText(file, compression, place.watch);
  const packedAgain = compression !== "none" && recogniseContent(text.rawHead, file) !== "text";
  if (packedAgain || text.encoding.encoding !== "utf-8") {
    return undefined;
  }
  const head = await headOf(text);
  if (recogniseText(head, file) !== "delimited") {
    return undefined;
  }
  const dialect = sniffDialect(head, text.complete, file);
  const width = dialect.header.length;
  const scanner = new CsvRecordScanner(dialect.delimiter, width);
  const first = scanner.scan(head, head.length, text.complete);
  // LF or CRLF. A table of one column has too little structure to be checked by.
  if (first.flawsSeen !== 0 || first.count < 2 || scanner.lineEnds > 2 || width < 2) {
    return undefined;
  }
  const linefeeds = scanner.lineEnds === 1;
  const job: CheckJob = {
    text,
    plain: { delimiter: dialect.delimiter, width, lineEnds: linefeeds ? 1 : 2 },
  };
  const small = check && file.size <= SMALL_BYTES;
  const counted = small ? await checkFile(job) : undefined;
  if (counted?.plain === false) {
    return undefined;
  }
  const columns = columnNames(dialect.header, place.alerts);
  alertOnEncoding(text.encoding, "utf-8", place.alerts);
  const layout = {
    path: await place.folder.literalPath(file.path),
    compression,
    delimiter: dialect.delimiter,
    columns,
    kind: "original",
    linefeeds,
    longest: 0,
  } as const;
  return {
    format: dialect.delimiter === "\t" ? "tsv" : "csv",
    columns,
    // To number the rows would mean to read them one after another.
    select: `SELECT NULL::BIGINT AS __row, ${renamed(columns)} FROM ${csvSql(layout, true)}`,
    records: counted?.records ?? null,
    check: check && !small ? startCheck(job) : undefined,
  };
}
