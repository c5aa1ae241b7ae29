import { type Limits, readBody } from "./limits.ts";

/** Some lines of NDJSON that are not blank. */
export interface LineGroup {
  /** The lines, each with a line feed at its end. One that is too long is empty. */
  readonly bytes: Uint8Array;
  readonly lines: number;
  /** Which lines were too long, from 0. */
  readonly long: readonly number[];
}

const NEWLINE = 10;
/** The largest byte that is a space, or white space before it. */
const SPACE = 32;
/** Bytes of a group: with more than these it ends, however few its lines. */
const GROUP_BYTES = 1 << 20;

/**
 * The lines of an NDJSON body, in groups, as they come. Blank lines are passed over. A line that is too long costs that line.
 *
 * @param most lines of a group
 */
export async function* readLines(
  request: Request,
  limits: Limits,
  most: number,
): AsyncGenerator<LineGroup, void, void> {
  const feed = Uint8Array.of(NEWLINE);
  let group: Uint8Array[] = [];
  let groupBytes = 0;
  let lines = 0;
  let long: number[] = [];
  let rest: Uint8Array[] = [];
  let restBytes = 0;
  const take = (piece: Uint8Array) => {
    restBytes += piece.byteLength;
    // What is too long anyway is counted and not kept.
    if (restBytes <= limits.lineBytes) rest.push(piece);
    else rest = [];
  };
  const end = () => {
    if (restBytes > limits.lineBytes) {
      long.push(lines++);
      group.push(feed);
    } else if (rest.some((piece) => !isBlank(piece, 0, piece.length))) {
      lines++;
      group.push(...rest, feed);
      groupBytes += restBytes + 1;
    }
    rest = [];
    restBytes = 0;
  };
  const taken = (): LineGroup => {
    const made = { bytes: Buffer.concat(group), lines, long };
    group = [];
    groupBytes = 0;
    lines = 0;
    long = [];
    return made;
  };
  for await (const piece of readBody(request, limits, Number.POSITIVE_INFINITY)) {
    let from = 0;
    // Lines that stand in a piece as they are wanted go on together, from here to the last of them.
    let run = 0;
    const keep = (to: number, next: number) => {
      if (to > run) group.push(piece.subarray(run, to));
      run = next;
    };
    for (let at = piece.indexOf(NEWLINE); at !== -1; at = piece.indexOf(NEWLINE, from)) {
      if (restBytes === 0 && at - from <= limits.lineBytes && !isBlank(piece, from, at)) {
        lines++;
        groupBytes += at + 1 - from;
      } else {
        keep(from, at + 1);
        take(piece.subarray(from, at));
        end();
      }
      from = at + 1;
      if (lines === most || groupBytes >= GROUP_BYTES) {
        keep(from, from);
        yield taken();
      }
    }
    keep(from, from);
    if (from < piece.length) take(piece.subarray(from));
  }
  if (restBytes > 0) end();
  if (lines > 0) yield taken();
}

function isBlank(bytes: Uint8Array, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if (bytes[at] > SPACE) return false;
  return true;
}
