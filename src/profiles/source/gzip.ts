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
  let lastBlock: Buffer = Buffer.alloc(0);
  const counted = async function* () {
    for await (const block of blocks) {
      packed += block.length;
      lastBlock = block;
      yield block;
    }
  };
  const stream = pipeline(Readable.from(counted(), { highWaterMark: 2 }), unpack, () => {});
  try {
    yield* stream as AsyncIterable<Buffer>;
  } catch (error) {
    throw gzipError(error, file);
  } finally {
    unpack.destroy();
  }
  // zlib stops without a word at a zero byte after a member, as if padding followed: anything else would be lost.
  const unread = packed - unpack.bytesWritten;
  if (unread > lastBlock.length || (unread > 0 && lastBlock.subarray(-unread).some((byte) => byte !== 0))) {
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
