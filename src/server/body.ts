import type { Context } from "hono";
import type { UnpackLimits } from "../profiles/source/file.ts";
import type { Gate, GateLimits, Held } from "./gate.ts";
import { Problem } from "./problem.ts";

/** What a request, and all of them together, may cost. */
export interface Limits extends GateLimits, UnpackLimits {
  /** Most bytes of a body that is held in memory. */
  readonly bodyBytes: number;
  /** Most bytes of a body that the main thread parses; larger ones go to a scoring thread. */
  readonly smallBytes: number;
  /** Most records of one array. */
  readonly records: number;
  /** Most bytes of one line of NDJSON. */
  readonly lineBytes: number;
  /** Bytes that an NDJSON body holds while it is streamed: two groups of lines and their answers. */
  readonly streamBytes: number;
  /** Milliseconds that a sender may pause. */
  readonly pauseMs: number;
  /** Bytes a second that a sender must keep up, but for one pause: of a body or a file, and of a stream. */
  readonly bodyPace: number;
  readonly streamPace: number;
  /** Most bytes of a file that is uploaded. */
  readonly fileBytes: number;
}

/** The limits of `insights serve`. A body of ten thousand profiles is about 10 MB. */
export const LIMITS: Limits = {
  bodyBytes: 32 << 20,
  smallBytes: 64 << 10,
  records: 10_000,
  lineBytes: 1 << 20,
  streamBytes: 4 << 20,
  pauseMs: 15_000,
  bodyPace: 32 << 10,
  streamPace: 256,
  fileBytes: 8 * 2 ** 30,
  unpackedBytes: 16 * 2 ** 30,
  unpackedTimes: 100,
  heldBytes: 128 << 20,
  smallShare: 1 / 8,
  lanes: {
    scoring: { atOnce: 4, waiting: 128, ms: 60_000 },
    listing: { atOnce: 4, waiting: 64, ms: 60_000 },
    editing: { atOnce: 4, waiting: 64, ms: 300_000 },
    long: { atOnce: 1, waiting: 8, ms: 300_000 },
  },
};

/** How many bytes a request says that it has; undefined where it does not say. */
export function lengthOf(request: Request): number | undefined {
  const text = request.headers.get("content-length");
  return text === null ? undefined : Number(text);
}

/**
 * The pieces of a body as they come. Hono's `bodyLimit` holds a whole body of unknown length in memory and waits for ever, so it does not fit
 * streams.
 *
 * @param most bytes in all
 * @param pace bytes a second that the sender must keep up
 * @throws Problem `too-large`, `too-slow`; `malformed-request` where the sender goes away
 */
export async function* readBody(
  request: Request,
  { pauseMs }: Pick<Limits, "pauseMs">,
  most: number,
  pace: number,
): AsyncGenerator<Uint8Array, void, void> {
  if ((lengthOf(request) ?? 0) > most) throw tooLarge(most);
  if (request.body === null) return;
  const reader = request.body.getReader();
  let bytes = 0;
  /** Milliseconds that were spent waiting for the sender, and not for whoever takes the pieces. */
  let waited = 0;
  try {
    for (;;) {
      const started = performance.now();
      const left = pauseMs + (1000 * bytes) / pace - waited;
      const { done, value } = await inTime(reader.read(), pauseMs, Math.max(0, left));
      waited += performance.now() - started;
      if (done) return;
      bytes += value.byteLength;
      if (bytes > most) throw tooLarge(most);
      yield value;
    }
  } finally {
    // The rest is not wanted. It may fail where the sender has gone.
    reader.cancel().catch(() => {});
  }
}

/**
 * Works with a whole body. The memory for it is taken before a byte is read, and given back when the work is done.
 *
 * @param most bytes
 * @throws Problem as {@link readBody} does, and `too-many`
 */
export async function withBytes<T>(
  request: Request,
  limits: Limits,
  gate: Gate,
  most: number,
  use: (bytes: Uint8Array) => T | Promise<T>,
): Promise<T> {
  const length = lengthOf(request);
  if (length !== undefined && length > most) throw tooLarge(most);
  const small = length !== undefined && length <= limits.smallBytes;
  const held = gate.hold(length ?? 0, small);
  try {
    return await use(await readBytes(request, limits, most, small ? undefined : held));
  } finally {
    held.release();
  }
}

/** @param held takes what comes beyond the length that was told; none of a small body */
async function readBytes(
  request: Request,
  limits: Limits,
  most: number,
  held: Held | undefined,
): Promise<Uint8Array> {
  if (held === undefined) {
    // A small body mostly comes at once. A stream would cost more than scoring does.
    return new Uint8Array(await inTime(request.arrayBuffer(), limits.pauseMs));
  }
  // The pieces are put into their place as they come: to join 30 MiB at once would hold up all answers.
  let whole = new Uint8Array(lengthOf(request) ?? 0);
  let bytes = 0;
  for await (const piece of readBody(request, limits, most, limits.bodyPace)) {
    if (bytes + piece.byteLength > whole.byteLength) {
      const larger = Math.min(most, Math.max(2 * whole.byteLength, bytes + piece.byteLength));
      held.grow(larger - whole.byteLength);
      const wider = new Uint8Array(larger);
      wider.set(whole.subarray(0, bytes));
      whole = wider;
    }
    whole.set(piece, bytes);
    bytes += piece.byteLength;
  }
  return bytes === whole.byteLength ? whole : whole.slice(0, bytes);
}

function tooLarge(most: number): Problem {
  const size = most >= 1 << 20 ? `${Math.floor(most / (1 << 20))} MiB` : `${most} bytes`;
  return new Problem("too-large", `The body is larger than ${size}.`);
}

/** @param left milliseconds that a sender who keeps the pace has left */
async function inTime<T>(promise: Promise<T>, pauseMs: number, left = pauseMs): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const paused = `Nothing came for ${Math.round(pauseMs / 1000)} seconds.`;
    const why = left < pauseMs ? "The body comes too slowly." : paused;
    timer = setTimeout(() => reject(new Problem("too-slow", why)), Math.min(pauseMs, left));
  });
  try {
    return await Promise.race([promise, late]);
  } catch (error) {
    if (error instanceof Problem) throw error;
    throw new Problem("malformed-request", "The body broke off.");
  } finally {
    clearTimeout(timer);
  }
}

/** Characters that end a group, however few its lines. */
const GROUP_LENGTH = 1 << 20;

/** Lines of NDJSON that are scored together. A line that is too long is null. */
export type LineGroup = readonly (string | null)[];

/**
 * The lines of an NDJSON body, in groups, as they come. Blank lines are left out. A line that is longer than the limit costs that line.
 *
 * @param most lines of a group
 */
export async function* readLines(
  request: Request,
  limits: Limits,
  most: number,
): AsyncGenerator<LineGroup, void, void> {
  const decoder = new TextDecoder();
  const { lineBytes } = limits;
  /** The start of a line whose end has not come; null where it is too long already. */
  let rest: string | null = "";
  let group: (string | null)[] = [];
  let size = 0;
  const add = (line: string | null) => {
    if (line === null || isLonger(line, lineBytes)) group.push(null);
    else if (line.trim() !== "") {
      group.push(line);
      size += line.length;
    }
  };
  for await (const piece of readBody(request, limits, Number.POSITIVE_INFINITY, limits.streamPace)) {
    const [first, ...others] = decoder.decode(piece, { stream: true }).split("\n");
    const start: string | null = rest === null ? null : rest + first;
    const last = others.pop();
    if (last === undefined) {
      rest = start === null || isLonger(start, lineBytes) ? null : start;
      continue;
    }
    rest = last;
    for (const line of [start, ...others]) {
      add(line);
      if (group.length === most || size > GROUP_LENGTH) {
        yield group;
        group = [];
        size = 0;
      }
    }
  }
  add(rest === null ? null : rest + decoder.decode());
  if (group.length > 0) yield group;
}

/** Whether a text has more bytes of UTF-8 than allowed. A UTF-16 code unit takes three at the most. */
function isLonger(text: string, most: number): boolean {
  return text.length > most || (3 * text.length > most && Buffer.byteLength(text) > most);
}

/**
 * A JSON body.
 *
 * @throws Problem `malformed-request` where it is not UTF-8, or no JSON
 */
export function parseJson(bytes: Uint8Array): unknown {
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new Problem("malformed-request", "The body is not UTF-8.");
  }
  try {
    return JSON.parse(text);
  } catch {
    const empty = text.trim() === "";
    throw new Problem("malformed-request", empty ? "The body is empty." : "The body is not JSON.");
  }
}

/** The kind of content that a request says it has, without its parameters; JSON where it says nothing. */
export function contentKind(c: Context): string {
  return (c.req.header("content-type") || "application/json").split(";")[0].trim().toLowerCase();
}

/** @throws Problem `unsupported-media-type` where the content is said to be anything but JSON */
export function requireJson(kind: string): void {
  if (kind === "application/json" || /^application\/[\w.-]+\+json$/.test(kind)) return;
  throw new Problem(
    "unsupported-media-type",
    `Expected application/json or application/x-ndjson, not ${kind.slice(0, 100)}.`,
  );
}
