import {
  BACKSLASH,
  CLOSE_BRACE,
  CLOSE_BRACKET,
  COLON,
  COMMA,
  LF,
  OPEN_BRACE,
  OPEN_BRACKET,
  QUOTE,
} from "../bytes.ts";
import { ElementWalk, LineEnds } from "./elementWalk.ts";
import { flattenRecord, JsonFault } from "./flatten.ts";
import type { JsonLayout } from "./layout.ts";
import { isSpace } from "./lineScanner.ts";

/** A record that is no JSON, as far as the text is known. */
export interface BadRecord {
  readonly bytes: Buffer;
  /** Offset of its first byte. */
  readonly start: number;
  /** Blanks before it on its line; -1 where something else stands there. */
  readonly column: number;
  /** Whether nothing follows the bytes. */
  readonly final: boolean;
  readonly layout: JsonLayout;
  /** Paths of a good record before it; empty where there was none. */
  readonly known: ReadonlySet<string>;
}

/** Where the text goes on: at the next record, or after the last; `more` where more of it must be known first. */
export type Recovered = { readonly next: number } | { readonly closing: number } | "more" | "lost";

/**
 * Finds where the next record begins after one that is no JSON: at the first `{` on a line of its own, or after a comma or
 * brace, from which a record parses that has the columns of the others. Where the others each begin a line, at the same
 * indentation, so must it. What is between is the bad record's: often only itself, since a quote or brace that is missing
 * does not hide the records after it.
 */
export function recover(bad: BadRecord): Recovered {
  const end = balancedEnd(bad);
  const byLine = candidate(bad, end, bad.column >= 0);
  if (byLine === "more" || byLine !== undefined) return byLine;
  if (end !== undefined) return { next: end };
  if (!bad.final) return "more";
  const anywhere = bad.column >= 0 ? candidate(bad, end, false) : undefined;
  if (anywhere !== undefined) return anywhere;
  const closing = lastClosing(bad);
  return closing === undefined ? "lost" : { closing };
}

function candidate(bad: BadRecord, end: number | undefined, byLine: boolean): Recovered | undefined {
  const { bytes, start, final, layout } = bad;
  const first = layout.keyed ? QUOTE : bytes[start] === OPEN_BRACKET ? OPEN_BRACKET : OPEN_BRACE;
  const limit = end ?? bytes.length;
  const lineEnds = new LineEnds(bytes);
  let expected: ReadonlySet<string> | undefined = bad.known.size > 0 ? bad.known : undefined;
  for (let at = bytes.indexOf(first, start + 1); at >= 0 && at < limit; at = bytes.indexOf(first, at + 1)) {
    if (!(byLine ? bad.column === columnOf(bytes, start, at) : beginsRecord(bytes, start, at))) continue;
    const walk = new ElementWalk(at, layout.keyed);
    const walked = walk.walk(bytes, lineEnds);
    if (walked === "more" && !final) return "more";
    if (walked === "end") {
      let next = walk.at;
      while (next < bytes.length && isSpace(bytes[next])) next++;
      if (next === bytes.length && !final) return "more";
      const follows =
        next === bytes.length || [COMMA, first, CLOSE_BRACKET, CLOSE_BRACE].includes(bytes[next]);
      expected ??= pathsOf(bytes.toString("utf8", start, limit)).paths;
      if (follows && isAlike(bad, bytes.toString("utf8", at, walk.at), expected, byLine)) return { next: at };
    }
    if (byLine && beginsAlike(bytes, start, at)) return { next: at };
  }
  return undefined;
}

/** Blanks between a line's beginning and an offset after `start`; -1 where something else stands there. */
function columnOf(bytes: Buffer, start: number, offset: number): number {
  let at = offset;
  while (at > start && bytes[at - 1] !== LF && isSpace(bytes[at - 1])) at--;
  return at > start && bytes[at - 1] === LF ? offset - at : -1;
}

/** Whether a record may begin at an offset: on a new line, or after a comma or a closing brace. */
function beginsRecord(bytes: Buffer, start: number, offset: number): boolean {
  let at = offset;
  while (at > start && isSpace(bytes[at - 1])) {
    at--;
    if (bytes[at] === LF) return true;
  }
  return bytes[at - 1] === COMMA || bytes[at - 1] === CLOSE_BRACE;
}

/** Whether two records begin with the same key, written alike. */
function beginsAlike(bytes: Buffer, one: number, other: number): boolean {
  const colon = bytes.indexOf(COLON, one);
  return (
    bytes[one] === OPEN_BRACE &&
    colon >= 0 &&
    colon < other &&
    bytes.subarray(one, colon + 1).equals(bytes.subarray(other, other + colon + 1 - one))
  );
}

/**
 * Whether a text is a record such as the others, and no object within one. A page has its list. On a line by itself it need only have no more
 * other columns than known ones; else it must also have half of those that are known.
 */
function isAlike(
  { layout }: BadRecord,
  text: string,
  expected: ReadonlySet<string>,
  byLine: boolean,
): boolean {
  if (text.startsWith("[")) return true;
  const { paths, whole } = pathsOf(layout.keyed ? `{${text}}` : text);
  if (layout.page !== undefined) return paths.has(layout.page.join("."));
  if (!whole || layout.keyed || expected.size === 0) return whole;
  const shared = [...paths].filter((path) => expected.has(path)).length;
  return shared * 2 >= paths.size && (byLine || shared * 2 >= expected.size);
}

/** Paths of a record's values, as far as the text is JSON. */
export function pathsOf(text: string): { readonly paths: ReadonlySet<string>; readonly whole: boolean } {
  const paths = new Set<string>();
  try {
    flattenRecord(text, (path) => paths.add(path));
    return { paths, whole: true };
  } catch (error) {
    if (error instanceof JsonFault) return { paths, whole: false };
    throw error;
  }
}

/** Where a record ends by its brackets and braces; undefined where they do not fit, or a string goes over a line's end. */
function balancedEnd({ bytes, start }: BadRecord): number | undefined {
  const open: number[] = [];
  let quoted = false;
  for (let at = start; at < bytes.length; at++) {
    const byte = bytes[at];
    if (quoted) {
      if (byte === LF) return undefined;
      if (byte === BACKSLASH) at++;
      else if (byte === QUOTE) quoted = false;
    } else if (byte === QUOTE) {
      quoted = true;
    } else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) {
      open.push(byte);
    } else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) {
      if (open.pop() !== (byte === CLOSE_BRACE ? OPEN_BRACE : OPEN_BRACKET)) return undefined;
      if (open.length === 0) return at + 1;
    }
  }
  return undefined;
}

/** Closing brackets that are tried for the list's last, from the end of the text. */
const MOST_CLOSINGS = 100;

/** The last bracket that closes the list of records, with nothing after it but what closes the objects around the list. */
function lastClosing({ bytes, start, layout }: BadRecord): number | undefined {
  if (layout.depth === 0) return undefined;
  const close = layout.keyed ? CLOSE_BRACE : CLOSE_BRACKET;
  let at = bytes.lastIndexOf(close);
  for (let tries = 0; at > start && tries < MOST_CLOSINGS; tries++) {
    if (closesAll(bytes, at + 1, layout.depth - 1)) return at;
    at = bytes.lastIndexOf(close, at - 1);
  }
  return undefined;
}

function closesAll(bytes: Buffer, from: number, depth: number): boolean {
  let open = depth;
  let quoted = false;
  for (let at = from; at < bytes.length; at++) {
    const byte = bytes[at];
    if (quoted) {
      if (byte === BACKSLASH) at++;
      else if (byte === QUOTE) quoted = false;
    } else if (open === 0) {
      if (!isSpace(byte)) return false;
    } else if (byte === QUOTE) {
      quoted = true;
    } else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) {
      open++;
    } else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) {
      open--;
    }
  }
  return open === 0;
}
