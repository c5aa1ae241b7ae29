import { BYTE_FLAW_WORDS, ByteCheck } from "../byteCheck.ts";
import { columnNames } from "../columnNames.ts";
import { looksWindows1252 } from "../encoding.ts";
import { Fingerprint, type Watch } from "../file.ts";
import { LineCounter, locateRows } from "../lines.ts";
import type { Reading, Workplace } from "../reading.ts";
import { excerptOf, RejectLog } from "../reject.ts";
import { emptySelect } from "../relation.ts";
import { FLAW, MAX_RECORD_BYTES, REJECTED, type RecordBatch, scanText } from "../scanner.ts";
import { CopyWriter } from "../temporary.ts";
import { headOf, readText, type Text } from "../text.ts";
import { type Dialect, sniffDialect } from "./dialect.ts";
import { joinRecord, splitRecord } from "./fields.ts";
import { CsvRecordScanner } from "./recordScanner.ts";
import { type CsvFile, selectCsv } from "./relation.ts";

/** What one walk over the text found. */
interface Pass {
  /** Data records, rejected ones included. */
  readonly records: number;
  readonly rejects: RejectLog;
  readonly check: ByteCheck;
  /** Whether DuckDB will read the original as we do: nothing rejected, one kind of line end, no oddities. */
  readonly plain: boolean;
  /** Whether lines end in LF alone, outside of quotes. */
  readonly linefeeds: boolean;
  /** Whether every record is one line, so that its line follows from its ordinal. */
  readonly oneLineEach: boolean;
  readonly longest: number;
}

/**
 * Reads delimited text. One walk over the bytes finds records and faults; a file without any is then read by DuckDB as it
 * stands, any other from a copy with the good records only.
 *
 * Read without a word: any mix of line ends, blank lines, quotes inside fields that do not begin with one, a missing last
 * line end.
 *
 * @throws InsightsError when there is no header
 */
export async function readCsv(text: Text, place: Workplace): Promise<Reading> {
  const { connection, watch, alerts } = place;
  const fingerprint = new Fingerprint();
  let source = text;
  let dialect = sniffDialect(await headOf(text), text.complete, text.file);
  let copyPath = text.encoding.encoding === "utf-8" ? undefined : await place.folder.path("copy.csv");
  let pass = await walk(source, dialect, watch, copyPath, fingerprint);
  const quiet = { signal: watch.signal };
  if (source.encoding.encoding === "utf-8" && looksWindows1252(pass.check.counts)) {
    source = { ...text, encoding: { ...text.encoding, encoding: "windows-1252" } };
    dialect = sniffDialect(await headOf(source), source.complete, source.file);
    copyPath = await place.folder.path("copy.csv");
    pass = await walk(source, dialect, quiet, copyPath);
  }
  const columns = columnNames(dialect.header, alerts);
  const original: CsvFile = {
    path: await place.folder.literalPath(text.file.path),
    compression: text.compression,
    delimiter: dialect.delimiter,
    columns,
    kind: "original",
    linefeeds: pass.linefeeds,
    longest: pass.longest,
    records: pass.records,
  };
  let select: string | undefined;
  if (pass.records === pass.rejects.count) {
    select = emptySelect(columns);
  } else if (copyPath === undefined && pass.plain) {
    select = await selectCsv(connection, original, watch.signal);
  }
  if (select === undefined) {
    if (copyPath === undefined) {
      copyPath = await place.folder.path("copy.csv");
      pass = await walk(source, dialect, quiet, copyPath);
    }
    const records = pass.records - pass.rejects.count;
    const copy: CsvFile = {
      ...original,
      path: copyPath,
      compression: "none",
      kind: "copy",
      linefeeds: true,
      records,
    };
    select = await selectCsv(connection, copy, watch.signal);
    if (select === undefined) {
      throw new Error(`DuckDB does not find the ${records} records of the copy of ${text.file.name}`);
    }
  }
  const { oneLineEach } = pass;
  return {
    format: dialect.delimiter === "\t" ? "tsv" : "csv",
    columns,
    select,
    records: pass.records,
    rejects: pass.rejects,
    encoding: source.encoding.encoding,
    fingerprint: fingerprint.hex(),
    locate: async (rows) =>
      oneLineEach
        ? new Map(rows.map((row) => [row, row + 2]))
        : locateRows(readText(source, {}), scannerFor(dialect), rows, 1),
  };
}

function scannerFor(dialect: Dialect): CsvRecordScanner {
  return new CsvRecordScanner(dialect.delimiter, dialect.header.length);
}

async function walk(
  text: Text,
  dialect: Dialect,
  watch: Watch,
  copyPath: string | undefined,
  fingerprint?: Fingerprint,
): Promise<Pass> {
  const scanner = scannerFor(dialect);
  const copy = copyPath === undefined ? undefined : await CopyWriter.create(copyPath);
  const collector = new Collector(dialect, copy);
  try {
    for await (const { window, batch } of scanText(readText(text, watch, fingerprint), scanner)) {
      collector.take(window, batch);
      await copy?.flush();
    }
    await copy?.close();
  } finally {
    await copy?.abandon();
  }
  const { flawsSeen, rejects, longest, lines } = collector;
  const records = Math.max(0, collector.records);
  const oneKindOfLineEnd = scanner.lineEnds <= 2;
  const lineEnds = records + (scanner.lastOpen ? 0 : 1);
  const oneLineEach = rejects.count === 0 && !scanner.sawBlank && lines.line - 1 === lineEnds;
  return {
    records,
    rejects,
    check: collector.check,
    plain: rejects.count === 0 && flawsSeen === 0 && oneKindOfLineEnd && !scanner.sawBlank,
    linefeeds: scanner.lineEnds === 1,
    oneLineEach,
    longest,
  };
}

/** Judges the records of one batch after another, and copies the good ones. */
class Collector {
  readonly check = new ByteCheck();
  readonly rejects = new RejectLog();
  readonly lines = new LineCounter();
  /** Data records so far; -1 before the header. */
  records = -1;
  flawsSeen = 0;
  longest = 0;
  private readonly dialect: Dialect;
  private readonly copy: CopyWriter | undefined;

  constructor(dialect: Dialect, copy: CopyWriter | undefined) {
    this.dialect = dialect;
    this.copy = copy;
  }

  take(window: Buffer, batch: RecordBatch): void {
    const passes = this.check.passes(window, batch);
    this.flawsSeen |= batch.flawsSeen;
    for (let i = 0; i < batch.count; i++) {
      const length = batch.ends[i] - batch.starts[i];
      if (length > this.longest) {
        this.longest = length;
      }
    }
    if (passes && (batch.flawsSeen & REJECTED) === 0 && this.copy === undefined) {
      this.records += batch.count;
    } else {
      for (let i = 0; i < batch.count; i++) {
        this.record(window, batch, i, passes);
      }
    }
    this.lines.shift(window, batch.consumed);
  }

  private record(window: Buffer, batch: RecordBatch, index: number, passes: boolean): void {
    const row = this.records++;
    const bytes = window.subarray(batch.starts[index], batch.ends[index]);
    const byteFlaw = passes ? undefined : this.check.flawOf(bytes);
    if (row < 0) {
      return;
    }
    const flaws = batch.flaws[index];
    if (byteFlaw !== undefined || (flaws & REJECTED) !== 0) {
      const line = this.lines.advance(window, batch.starts[index]);
      const fields = batch.fields[index];
      if (byteFlaw !== undefined && (flaws & FLAW.quote) === 0) {
        this.rejects.add(line, row, byteFlaw, () => `${BYTE_FLAW_WORDS[byteFlaw]} in ${excerptOf(bytes)}`);
      } else {
        this.rejects.add(line, row, reasonOf(flaws), () => this.detailOf(flaws, fields, bytes));
      }
    } else if (this.copy !== undefined) {
      this.copy.text(`${row}${this.dialect.delimiter}`);
      if ((flaws & FLAW.strayQuote) !== 0) {
        const { delimiter } = this.dialect;
        this.copy.text(joinRecord(splitRecord(bytes.toString("utf8"), delimiter), delimiter));
      } else {
        this.copy.bytes(bytes);
      }
      this.copy.text("\n");
    }
  }

  private detailOf(flaws: number, fields: number, bytes: Buffer): string {
    const { header } = this.dialect;
    if ((flaws & FLAW.tooLong) !== 0) {
      return `longer than ${MAX_RECORD_BYTES >> 20} MB, begins ${excerptOf(bytes)}`;
    }
    if ((flaws & FLAW.quote) !== 0) {
      const column = header[fields - 1] ?? `column ${fields}`;
      return `the quote that opens ${column} is not closed as it should be: ${excerptOf(bytes)}`;
    }
    return `${fields} columns instead of ${header.length}: ${excerptOf(bytes)}`;
  }
}

function reasonOf(flaws: number): string {
  if ((flaws & FLAW.tooLong) !== 0) {
    return "too_long";
  }
  if ((flaws & FLAW.quote) !== 0) {
    return "unclosed_quote";
  }
  return (flaws & FLAW.tooFewColumns) !== 0 ? "too_few_columns" : "too_many_columns";
}
