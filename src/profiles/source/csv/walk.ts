import { BYTE_FLAW_WORDS, ByteCheck } from "../encoding.ts";
import type { Fingerprint, Watch } from "../file.ts";
import { excerptOf, RejectLog } from "../reading.ts";
import { FLAW, LineCounter, MAX_RECORD_BYTES, REJECTED, type RecordBatch, scanText } from "../scanner.ts";
import { CopyWriter } from "../temporary.ts";
import { readText, type TextFile } from "../text.ts";
import type { Dialect } from "./dialect.ts";
import { CR, joinRecord, LF, QUOTE, splitRecord } from "./fields.ts";
import { CsvRecordScanner } from "./recordScanner.ts";

/** What a walk over a delimited text found. */
export interface CsvPass {
  /** Data records, rejected ones included. */
  readonly records: number;
  readonly rejects: RejectLog;
  readonly check: ByteCheck;
  /** Why another reader may take the text for other records than this one does; undefined where it cannot. */
  readonly oddity: string | undefined;
  /** Whether a record begins with a quoted line end, where DuckDB's parallel reader may begin one byte late. */
  readonly beginsWithLineEnd: boolean;
  /** Whether lines end in LF alone, outside of quotes. */
  readonly linefeeds: boolean;
  /** Whether every record is one line, so that its line follows from its ordinal. */
  readonly oneLineEach: boolean;
  /** Bytes of the longest record. */
  readonly longest: number;
}

/** What to do on a walk beside judging the records. */
export interface CsvWalkOptions {
  /** File to which the good records are copied: RFC 4180, each behind its ordinal, lines ending in LF. */
  readonly copyPath?: string | undefined;
  /** Takes the hash of the bytes on disk. */
  readonly fingerprint?: Fingerprint | undefined;
  /** Whether to stop at the first oddity. What is told of the text is then incomplete, but for the oddity. */
  readonly plainOnly?: boolean | undefined;
}

/** The scanner that finds the records of a text in this dialect. */
export function scannerFor(dialect: Dialect): CsvRecordScanner {
  return new CsvRecordScanner(dialect.delimiter, dialect.header.length);
}

/**
 * Walks over the records of a delimited text, judges each, and copies the good ones where that is asked for.
 *
 * @throws InsightsError when the packing is broken or the copy cannot be written; the signal's reason when it is aborted
 */
export async function walkCsv(
  text: TextFile,
  dialect: Dialect,
  watch: Watch,
  { copyPath, fingerprint, plainOnly = false }: CsvWalkOptions = {},
): Promise<CsvPass> {
  const scanner = scannerFor(dialect);
  const copy = copyPath === undefined ? undefined : await CopyWriter.create(copyPath);
  const collector = new Collector(dialect, copy);
  try {
    for await (const { window, batch } of scanText(readText(text, watch, fingerprint), scanner)) {
      collector.take(window, batch);
      if (plainOnly && oddityOf(scanner, collector) !== undefined) break;
      await copy?.flush();
    }
    await copy?.close();
  } finally {
    await copy?.abandon();
  }
  const { rejects, longest, lines, beginsWithLineEnd } = collector;
  const records = Math.max(0, collector.records);
  const lineEnds = records + (scanner.lastOpen ? 0 : 1);
  return {
    records,
    rejects,
    check: collector.check,
    oddity: oddityOf(scanner, collector),
    beginsWithLineEnd,
    linefeeds: scanner.lineEnds === 1,
    oneLineEach: rejects.count === 0 && !scanner.sawBlank && lines.line - 1 === lineEnds,
    longest,
  };
}

function oddityOf(scanner: CsvRecordScanner, { rejects, flawsSeen }: Collector): string | undefined {
  if (rejects.count > 0) {
    const { line, reason } = rejects.kept[0];
    return `${reason.replaceAll("_", " ")} on line ${line}`;
  }
  if (flawsSeen !== 0) return "a quote in a field without quotes around it";
  if (scanner.lineEnds > 2) return "lines that end in different ways, or in a carriage return alone";
  return scanner.sawBlank ? "a blank line" : undefined;
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
  beginsWithLineEnd = false;
  private readonly dialect: Dialect;
  private readonly copy: CopyWriter | undefined;

  constructor(dialect: Dialect, copy: CopyWriter | undefined) {
    this.dialect = dialect;
    this.copy = copy;
  }

  take(window: Buffer, batch: RecordBatch): void {
    const passes = this.check.passes(window, batch);
    this.flawsSeen |= batch.flawsSeen;
    const { starts, ends, count } = batch;
    for (let i = 0; i < count; i++) {
      const start = starts[i];
      if (ends[i] - start > this.longest) this.longest = ends[i] - start;
      if (window[start] === QUOTE && (window[start + 1] === LF || window[start + 1] === CR)) {
        this.beginsWithLineEnd = true;
      }
    }
    if (passes && (batch.flawsSeen & REJECTED) === 0 && this.copy === undefined) {
      this.records += count;
    } else {
      for (let i = 0; i < count; i++) this.record(window, batch, i, passes);
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
      this.copy.append(`${row}${this.dialect.delimiter}`);
      if ((flaws & FLAW.strayQuote) !== 0) {
        const { delimiter } = this.dialect;
        this.copy.append(joinRecord(splitRecord(bytes.toString("utf8"), delimiter), delimiter));
      } else {
        this.copy.append(bytes);
      }
      this.copy.append("\n");
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
