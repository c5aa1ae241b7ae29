import { readSync, writeSync } from "node:fs";
import { CsvWalk, type PlainText, type TextFault, type WalkColumn, WINDOW_BYTES } from "./csvWalk.ts";
import { pageHeader, type RowGroup } from "./plainParquet.ts";

/** Which fields of a plain text are taken out, and to where. */
export interface Extraction {
  readonly text: PlainText;
  readonly columns: readonly WalkColumn[];
  /** Where the text stands: a file that is open for reading. */
  readonly source: number;
  /** Where row groups go: a file that is open for writing, shared with others. */
  readonly target: number;
  /** How long the target is: whoever writes puts it on first. */
  readonly end: BigInt64Array<SharedArrayBuffer>;
}

/** Some bytes of a text: the records that begin in them. */
export interface TextStretch {
  readonly from: number;
  /** No record of the stretch begins here or behind. */
  readonly to: number;
  /** Whether a record is known to begin at `from`. */
  readonly certain: boolean;
  /** Whether the first of them is the header. */
  readonly header: boolean;
}

/** What was taken out of a stretch. */
export interface ExtractedStretch {
  /** Where its first record begins: as given, or as guessed; -1 where there was nothing to go by. */
  readonly from: number;
  /** Where the next record begins; the end of the file behind the last. */
  readonly to: number;
  /** Without the header. */
  readonly records: number;
  readonly groups: readonly RowGroup[];
  /** Why the text is not plain; null where it is. Holds only if the first record does begin at `from`. */
  readonly fault: TextFault | null;
}

const LINE_FEED = 0x0a;
const QUOTE = 0x22;

/**
 * Takes fields out of the records of a stretch and writes them as row groups of Parquet.
 *
 * @param walk over that text with those columns, which is begun anew
 * @param onBytes told how many more bytes have been read
 * @throws file-system errors as they are
 */
export function extractStretch(
  extraction: Extraction,
  stretch: TextStretch,
  walk: CsvWalk,
  onBytes?: (bytes: number) => void,
): ExtractedStretch {
  const { text, source } = extraction;
  const from = stretch.certain ? stretch.from : guessRecord(source, stretch.from, text);
  if (from === undefined) return { from: -1, to: -1, records: 0, groups: [], fault: null };
  if (from >= stretch.to) return { from, to: from, records: 0, groups: [], fault: null };
  const skip = stretch.header ? 1 : 0;
  walk.restart({ skip, stopAt: stretch.to - from });
  const groups: RowGroup[] = [];
  let position = from;
  for (;;) {
    const bytes = readSync(source, walk.room(), 0, WINDOW_BYTES, position);
    position += bytes;
    onBytes?.(bytes);
    if (bytes === 0) walk.finish();
    if (bytes === 0 || !walk.took(bytes)) break;
    if (walk.isFull) keepGroup(walk, extraction, groups);
  }
  const fault = walk.fault() ?? null;
  if (fault === null) keepGroup(walk, extraction, groups);
  return { from, to: from + walk.done, records: Math.max(0, walk.records - skip), groups, fault };
}

/** Writes what a walk has taken out, if that is anything, behind what stands in the target. */
export function keepGroup(
  walk: CsvWalk,
  { target, end }: Pick<Extraction, "target" | "end">,
  groups: RowGroup[],
): void {
  const { records, values } = walk.takeValues();
  if (records === 0) return;
  const pages = values.map((value) => ({ header: pageHeader(records, value.length), value }));
  const total = pages.reduce((sum, { header, value }) => sum + header.length + value.length, 0);
  let position = Number(Atomics.add(end, 0, BigInt(total)));
  const placed = pages.map(({ header, value }) => {
    const offset = position;
    position = writeAll(target, value, writeAll(target, header, position));
    return { offset, bytes: position - offset };
  });
  groups.push({ records, columns: placed });
}

/** Writes bytes, all of them, at a place of a file. Returns the place behind. */
export function writeAll(file: number, bytes: Buffer, position: number): number {
  let written = 0;
  while (written < bytes.length) {
    written += writeSync(file, bytes, written, bytes.length - written, position + written);
  }
  return position + written;
}

/**
 * Where the first record at or behind a byte begins, as far as can be told without what stands before: behind the first line end that is not
 * inside of quotes, if the byte is not; and if what follows does not look like records so, if it is.
 */
function guessRecord(source: number, byte: number, text: PlainText): number | undefined {
  const buffer = Buffer.allocUnsafe(WINDOW_BYTES);
  const window = buffer.subarray(0, readSync(source, buffer, 0, WINDOW_BYTES, byte - 1));
  for (const quoted of [false, true]) {
    const start = firstRecord(window, quoted);
    if (start === undefined) continue;
    const walk = new CsvWalk(text);
    walk.take(window.subarray(start));
    if (walk.fault() === undefined) return byte - 1 + start;
  }
  return undefined;
}

/** Offset behind the first line end outside of quotes. */
function firstRecord(window: Buffer, quoted: boolean): number | undefined {
  let inside = quoted;
  for (let at = 0; at < window.length; at++) {
    if (window[at] === QUOTE) inside = !inside;
    else if (window[at] === LINE_FEED && !inside) return at + 1;
  }
  return undefined;
}
