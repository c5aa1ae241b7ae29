import type { ParsedTarEntry } from "modern-tar";
import { InsightsError } from "../../../base/error.ts";
import type { SourceFile } from "../file.ts";

/** Bytes of a header, of which all but eight are summed. */
const HEADER_BYTES = 512;
const SUM_AT = 148;
const SUM_BYTES = 8;

/** Whether bytes begin with the header of a file in a TAR archive: it ends in zeros and holds its own sum in octal digits. */
export function isTar(head: Buffer): boolean {
  if (head.length < HEADER_BYTES || head[0] === 0) return false;
  const written = /^[ 0]*([0-7]+)[ \0]*$/.exec(head.toString("latin1", SUM_AT, SUM_AT + SUM_BYTES))?.[1];
  if (written === undefined) return false;
  let sum = 32 * SUM_BYTES;
  for (let at = 0; at < HEADER_BYTES; at++) {
    if (at < SUM_AT || at >= SUM_AT + SUM_BYTES) sum += head[at];
  }
  return sum === Number.parseInt(written, 8);
}

/** A file in a TAR archive. */
export interface TarMember {
  /** Path inside the archive, parted by `/`. */
  readonly name: string;
  /** Which of its ordinary files it is, from 0. */
  readonly index: number;
}

/**
 * The ordinary files of a TAR archive, in order.
 *
 * @param blocks the archive
 * @throws InsightsError when it is damaged or cut off
 */
export async function listTar(blocks: AsyncIterable<Buffer>, file: SourceFile): Promise<TarMember[]> {
  const members: TarMember[] = [];
  for await (const { header, body } of ordinaryFiles(blocks, file)) {
    members.push({ name: header.name, index: members.length });
    await body.cancel();
  }
  return members;
}

/** The bytes of one file of a TAR archive. The archive is read to its end, so that one cut off is noticed. */
export async function* readTar(
  blocks: AsyncIterable<Buffer>,
  member: TarMember,
  file: SourceFile,
): AsyncGenerator<Buffer, void, void> {
  let index = 0;
  for await (const { body } of ordinaryFiles(blocks, file)) {
    if (index++ === member.index) {
      for await (const bytes of body as unknown as AsyncIterable<Uint8Array>) yield Buffer.from(bytes);
    } else {
      await body.cancel();
    }
  }
}

async function* ordinaryFiles(
  blocks: AsyncIterable<Buffer>,
  file: SourceFile,
): AsyncGenerator<ParsedTarEntry, void, void> {
  const { createTarDecoder } = await import("modern-tar");
  const { readable, writable } = createTarDecoder({ strict: true });
  const stop = new AbortController();
  const feeding = feed(blocks, writable, stop.signal);
  // It is awaited below, which may be long after it has failed.
  feeding.catch(() => {});
  try {
    for await (const entry of readable as unknown as AsyncIterable<ParsedTarEntry>) {
      if ((entry.header.type ?? "file") === "file") yield entry;
      else await entry.body.cancel();
    }
    await feeding;
  } catch (error) {
    // A broken packing around the archive, or the caller's abort, comes before what the decoder makes of the end.
    const { unreadable } = await feeding.catch(() => ({ unreadable: undefined }));
    throw unreadable ?? tarError(error as Error, file);
  } finally {
    stop.abort();
    await feeding.catch(() => {});
  }
}

/**
 * Writes blocks until they end or nobody reads any more.
 *
 * @returns why the blocks could not be read
 * @throws what the decoder finds wrong
 */
async function feed(
  blocks: AsyncIterable<Buffer>,
  writable: WritableStream<Uint8Array>,
  stop: AbortSignal,
): Promise<{ readonly unreadable: unknown }> {
  const writer = writable.getWriter();
  const stopped = new Promise<"stopped">((resolve) =>
    stop.addEventListener("abort", () => resolve("stopped")),
  );
  let unreadable: unknown;
  const tried = async function* () {
    try {
      yield* blocks;
    } catch (error) {
      unreadable = error;
    }
  };
  for await (const block of tried()) {
    if ((await Promise.race([writer.write(block), stopped])) === "stopped") return { unreadable };
  }
  if (unreadable === undefined) await Promise.race([writer.close(), stopped]);
  else await writer.abort(unreadable);
  return { unreadable };
}

function tarError(cause: Error, file: SourceFile): InsightsError {
  return new InsightsError(
    `corrupt or truncated TAR: ${file.name} (${cause.message}); fetch or pack it again`,
    { cause },
  );
}
