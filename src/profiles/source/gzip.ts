import { pipeline, Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { InsightsError } from "../../base/error.ts";
import type { SourceFile } from "./file.ts";

/** Bytes handed on at a time. */
const CHUNK_BYTES = 1 << 19;

/**
 * Unpacks gzip, any number of members one after another, each with its length and CRC checked by zlib.
 *
 * @throws InsightsError `truncated gzip: ...`, `corrupt gzip: ...`
 */
export async function* gunzip(
  blocks: AsyncIterable<Buffer>,
  file: SourceFile,
): AsyncGenerator<Buffer, void, void> {
  const unpack = createGunzip({ chunkSize: CHUNK_BYTES });
  let packed = 0;
  /** Where the last byte lies that is not zero: zeros may follow a member. */
  let filled = 0;
  const source = blocks[Symbol.asyncIterator]();
  // The source is not closed when zlib wants no more of it: what follows is looked at below.
  const counted = async function* () {
    for (let { done, value } = await source.next(); done !== true; { done, value } = await source.next()) {
      const last = value.findLastIndex((byte: number) => byte !== 0);
      if (last >= 0) filled = packed + last + 1;
      packed += value.length;
      yield value;
    }
  };
  const stream = pipeline(Readable.from(counted(), { highWaterMark: 2 }), unpack, () => {});
  try {
    yield* stream as AsyncIterable<Buffer>;
    for await (const _ of counted());
  } catch (error) {
    throw gzipError(error, file);
  } finally {
    unpack.destroy();
    await source.return?.();
  }
  // zlib stops without a word at a zero byte after a member, as if padding followed: anything else would be lost.
  if (filled > unpack.bytesWritten) {
    const unread = packed - unpack.bytesWritten;
    throw new InsightsError(`corrupt gzip: ${file.name} (${unread} bytes after its end are not gzip)`);
  }
}

function gzipError(error: unknown, file: SourceFile): unknown {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === "Z_BUF_ERROR") {
    return new InsightsError(`truncated gzip: ${file.name} ends in the middle; fetch or pack it again`, {
      cause: error,
    });
  }
  if (typeof code === "string" && code.startsWith("Z_")) {
    return new InsightsError(`corrupt gzip: ${file.name} (${message}); fetch or pack it again`, {
      cause: error,
    });
  }
  return error;
}
