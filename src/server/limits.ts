import { Problem } from "./problem.ts";

/** What a request may cost. */
export interface Limits {
  /** Most bytes of a body that is held in memory. */
  readonly bodyBytes: number;
  /** Most bytes of a body that is taken apart between other requests; larger ones go to a thread. */
  readonly smallBytes: number;
  /** Most records of one array. */
  readonly records: number;
  /** Most bytes of one line of NDJSON. */
  readonly lineBytes: number;
  /** Milliseconds that a sender may pause. */
  readonly pauseMs: number;
  /** Most bytes of a file that is uploaded. */
  readonly fileBytes: number;
}

/** The limits where nothing else is said: a body of ten thousand profiles is about 10 MB. */
export const LIMITS: Limits = {
  bodyBytes: 32 << 20,
  smallBytes: 64 << 10,
  records: 10_000,
  lineBytes: 1 << 20,
  pauseMs: 15_000,
  fileBytes: 8 * 2 ** 30,
};

/**
 * The pieces of a body as they come, with what they may cost held to.
 *
 * @param most bytes in all
 * @throws Problem `too-large`, `too-slow`; `malformed-request` where the sender goes away
 */
export async function* readBody(
  request: Request,
  { pauseMs }: Limits,
  most: number,
): AsyncGenerator<Uint8Array, void, void> {
  const told = Number(request.headers.get("content-length") ?? 0);
  if (told > most) throw tooLarge(most);
  if (request.body === null) return;
  const reader = request.body.getReader();
  let bytes = 0;
  try {
    for (;;) {
      const { done, value } = await inTime(reader.read(), pauseMs);
      if (done) return;
      bytes += value.byteLength;
      if (bytes > most) throw tooLarge(most);
      yield value;
    }
  } finally {
    // Whatever is still to come is not wanted. A sender that has gone away is no news.
    reader.cancel().catch(() => {});
  }
}

/**
 * A whole body.
 *
 * @param most bytes; without it, what the limits allow
 * @throws Problem as {@link readBody} does
 */
export async function readBytes(
  request: Request,
  limits: Limits,
  most: number = limits.bodyBytes,
): Promise<Uint8Array> {
  const told = Number(request.headers.get("content-length") ?? Number.NaN);
  if (told <= Math.min(most, limits.smallBytes)) {
    // What is small and told to be comes at once, as a rule: without a stream, which would cost more than scoring does.
    return new Uint8Array(await inTime(request.arrayBuffer(), limits.pauseMs));
  }
  const pieces: Uint8Array[] = [];
  for await (const piece of readBody(request, limits, most)) pieces.push(piece);
  return pieces.length === 1 ? pieces[0] : Buffer.concat(pieces);
}

function tooLarge(most: number): Problem {
  const size = most >= 1 << 20 ? `${Math.floor(most / (1 << 20))} MiB` : `${most} bytes`;
  return new Problem("too-large", `The body is larger than ${size}.`);
}

async function inTime<T>(promise: Promise<T>, pauseMs: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new Problem("too-slow", `Nothing came for ${Math.round(pauseMs / 1000)} seconds.`));
    }, pauseMs);
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
