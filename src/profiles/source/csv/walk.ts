import { CR, endOfLine, LF } from "../bytes.ts";
import type { Fingerprint, Watch } from "../file.ts";
import { BYTE_FLAW_WORDS, ByteCheck } from "../legacyEncoding.ts";
import { excerptOf, RejectLog } from "../reading.ts";
import { FLAW, LineCounter, MAX_RECORD_BYTES, REJECTED, type RecordBatch, scanText } from "../scanner.ts";
import { CopyWriter } from "../temporary.ts";
import { readText, type TextFile } from "../text.ts";
import { unboxed } from "./boxed.ts";
import { type Dialect, joinRecord, splitRecord } from "./fields.ts";
import { CsvRecordScanner } from "./recordScanner.ts";
import { isTotal } from "./total.ts";

/** What a walk over a delimited text found. */
export interface CsvPass {
  /** Data records, rejected ones included. */
  readonly records: number;
  readonly rejects: RejectLog;
  readonly check: ByteCheck;
  /** Why another reader may take the text for other records than this one does; undefined where it cannot. */
  readonly oddity: string | undefined;
  /** Whether a record begins or ends with a quoted line end, where DuckDB's parallel reader may begin a byte or two too late or too early. */
  readonly hasLineEndAtEdge: boolean;
  /** Whether lines end in LF alone, outside of quotes. */
  readonly linefeeds: boolean;
  /** Whether every record is one line, so that its line follows from its ordinal. */
  readonly oneLineEach: boolean;
  /** Bytes of the longest record. */
  readonly longest: number;
  /** Values that hold lines which look like records: how many, the line of the first, and its lines. */
  readonly swallowing: { readonly count: number; readonly line: number; readonly lines: number };
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
  return new CsvRecordScanner(dialect, dialect.header.length);
}

/** A text from its header on, as CSV where it is drawn. */
export function readTable(
  text: TextFile,
  dialect: Dialect,
  watch: Watch,
  fingerprint?: Fingerprint,
): AsyncGenerator<Buffer, void, void> {
  const table = belowHeader(text, dialect, watch, fingerprint);
  return dialect.boxed === undefined ? table : unboxed(table, dialect.boxed === "framed");
}

async function* belowHeader(
  text: TextFile,
  dialect: Dialect,
  watch: Watch,
  fingerprint?: Fingerprint,
): AsyncGenerator<Buffer, void, void> {
  let above = dialect.skipped.bytes;
  for await (const block of readText(text, watch, fingerprint)) {
    const skipped = Math.min(above, block.length);
    above -= skipped;
    if (skipped < block.length) yield block.subarray(skipped);
  }
}

/** What separates the fields of a copy of a text's records. */
export function copyDelimiter({ delimiter, unusual }: Dialect): string {
  return unusual.length === 0 ? delimiter : ",";
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
    for await (const { window, batch } of scanText(readTable(text, dialect, watch, fingerprint), scanner)) {
      collector.take(window, batch);
      if (plainOnly && oddityOf(scanner, collector) !== undefined) break;
      await copy?.flush();
    }
    await copy?.close();
  } finally {
    await copy?.abandon();
  }
  const { rejects, longest, lines, hasLineEndAtEdge, swallowing } = collector;
  const records = Math.max(0, collector.records);
  const lineEnds = records + (scanner.lastOpen ? 0 : 1);
  return {
    records,
    rejects,
    check: collector.check,
    oddity: oddityOf(scanner, collector),
    hasLineEndAtEdge,
    linefeeds: scanner.lineEnds === 1,
    oneLineEach:
      rejects.count === 0 && !scanner.sawBlank && lines.line - 1 - dialect.skipped.lines === lineEnds,
    longest,
    swallowing,
  };
}

function oddityOf(
  scanner: CsvRecordScanner,
  { rejects, flawsSeen, swallowing }: Collector,
): string | undefined {
  if (rejects.count > 0) {
    const { line, reason } = rejects.kept[0];
    return `${reason.replaceAll("_", " ")} on line ${line}`;
  }
  if (flawsSeen !== 0) return "a quote in a field without quotes around it";
  if (scanner.lineEnds > 2) return "lines that end in different ways, or in a carriage return alone";
  if (swallowing.count > 0) return `a value of lines that look like records on line ${swallowing.line}`;
  return scanner.sawBlank ? "a blank line" : undefined;
}

const BYTE_ORDER_MARK = Buffer.from("\ufeff");

/** Lines of a value that look like whole records, from which on it is told. */
const MANY_LINES = 10;
/** The share of its lines that must look so. */
const MOST_LINES = 0.8;

const isLineEnd = (byte: number) => byte === LF || byte === CR;

/** Judges the records of one batch after another, and copies the good ones. */
class Collector {
  readonly check = new ByteCheck();
  readonly rejects = new RejectLog();
  readonly lines = new LineCounter();
  readonly swallowing = { count: 0, line: 0, lines: 0 };
  /** Data records so far; -1 before the header. */
  records = -1;
  flawsSeen = 0;
  longest = 0;
  hasLineEndAtEdge = false;
  private readonly dialect: Dialect;
  private readonly quote: number;
  private readonly copy: CopyWriter | undefined;
  private header: Buffer | undefined;

  constructor(dialect: Dialect, copy: CopyWriter | undefined) {
    this.dialect = dialect;
    this.quote = dialect.quote.charCodeAt(0);
    this.copy = copy;
    this.lines.line += dialect.skipped.lines;
  }

  take(window: Buffer, batch: RecordBatch): void {
    const passes = this.check.passes(window, batch);
    this.flawsSeen |= batch.flawsSeen;
    const { starts, ends, count } = batch;
    if (count > 0) this.header ??= Buffer.from(window.subarray(starts[0], ends[0]));
    let isPlain = passes && (batch.flawsSeen & REJECTED) === 0 && this.copy === undefined;
    for (let i = 0; i < count; i++) {
      const start = starts[i];
      if (ends[i] - start > this.longest) this.longest = ends[i] - start;
      const last = ends[i] - 1;
      if (
        (window[start] === this.quote && isLineEnd(window[start + 1])) ||
        (window[last] === this.quote && last - 1 > start && isLineEnd(window[last - 1]))
      ) {
        this.hasLineEndAtEdge = true;
      }
      isPlain &&=
        this.records + i < 0 ||
        !(this.isHeader(window, start, ends[i]) || isTotal(window, start, ends[i], this.dialect));
    }
    const line = this.lines.line;
    const first = this.records;
    if (isPlain) {
      this.records += count;
    } else {
      for (let i = 0; i < count; i++) this.record(window, batch, i, passes);
    }
    this.lines.advance(window, batch.consumed);
    // Only where there are more lines than records, one of them may be of many.
    if (this.lines.line - line - count >= MANY_LINES) this.seekSwallowing(window, batch, first, line);
    this.lines.shift(window, batch.consumed);
  }

  /** Whether a record is the header again, as where files were put one behind another. */
  private isHeader(window: Buffer, start: number, end: number): boolean {
    const { header, dialect } = this;
    const mark = end - start - (header?.length ?? 0);
    if ((mark !== 0 && mark !== BYTE_ORDER_MARK.length) || dialect.header.length < 2) return false;
    return (
      header?.compare(window, start + mark, end) === 0 &&
      (mark === 0 || BYTE_ORDER_MARK.compare(window, start, start + mark) === 0)
    );
  }

  private record(window: Buffer, batch: RecordBatch, index: number, passes: boolean): void {
    const row = this.records++;
    const [start, end] = [batch.starts[index], batch.ends[index]];
    const bytes = window.subarray(start, end);
    const byteFlaw = passes ? undefined : this.check.flawOf(bytes);
    if (row < 0) {
      return;
    }
    const flaws = batch.flaws[index];
    if (byteFlaw !== undefined || (flaws & REJECTED) !== 0) {
      const fields = batch.fields[index];
      if (byteFlaw !== undefined && (flaws & FLAW.quote) === 0) {
        const detail = () => `${BYTE_FLAW_WORDS[byteFlaw]} in ${excerptOf(bytes)}`;
        this.reject(window, start, row, byteFlaw, bytes, detail);
      } else {
        this.reject(window, start, row, reasonOf(flaws), bytes, () => this.detailOf(flaws, fields, bytes));
      }
    } else if (this.isHeader(window, start, end)) {
      this.reject(
        window,
        start,
        row,
        "repeated_header",
        bytes,
        () => `the header again: ${excerptOf(bytes)}`,
      );
    } else if (isTotal(window, start, end, this.dialect)) {
      this.reject(window, start, row, "total", bytes, () => `a total, no account: ${excerptOf(bytes)}`);
    } else if (this.copy !== undefined) {
      const { dialect } = this;
      const delimiter = copyDelimiter(dialect);
      this.copy.append(`${row}${delimiter}`);
      if ((flaws & FLAW.strayQuote) !== 0 || dialect.unusual.length > 0) {
        const cells = splitRecord(bytes.toString("utf8"), dialect);
        const { length } = dialect.header;
        while (cells.length < length) cells.push("");
        this.copy.append(joinRecord(cells.slice(0, length), delimiter));
      } else {
        this.copy.append(bytes);
      }
      this.copy.append("\n");
    }
  }

  private reject(
    window: Buffer,
    start: number,
    row: number,
    reason: string,
    bytes: Buffer,
    detail: () => string,
  ): void {
    const line = this.lines.advance(window, start);
    const last = line + new LineCounter().advance(bytes, bytes.length) - 1;
    this.rejects.add(line, row, reason, () =>
      last > line ? `covers lines ${line} to ${last}; ${detail()}` : detail(),
    );
  }

  /** Looks for values that hold lines which look like records. */
  private seekSwallowing(window: Buffer, batch: RecordBatch, first: number, line: number): void {
    const { dialect, swallowing } = this;
    const { starts, ends, flaws, count } = batch;
    const probe = new CsvRecordScanner(dialect, dialect.header.length, undefined, true);
    const counter = new LineCounter();
    counter.line = line;
    for (let i = Math.max(0, -first); i < count; i++) {
      const begin = endOfLine(window, starts[i], ends[i]) + 1;
      if ((flaws[i] & REJECTED) !== 0 || begin >= ends[i] || dialect.header.length < 2) continue;
      const rest = window.subarray(begin, ends[i]);
      if (new LineCounter().advance(rest, rest.length) < MANY_LINES) continue;
      const found = probe.scan(rest, rest.length, true);
      const whole = found.flaws.subarray(0, found.count).filter((flaw) => flaw === 0).length;
      if (whole < MANY_LINES || whole < MOST_LINES * found.count) continue;
      swallowing.count++;
      if (swallowing.count > 1) continue;
      swallowing.line = counter.advance(window, starts[i]);
      swallowing.lines = whole;
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
