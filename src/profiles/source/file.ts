import { createHash } from "node:crypto";
import { type FileHandle, open, stat } from "node:fs/promises";
import { basename, resolve } from "node:path";
import { InsightsError } from "../../base/error.ts";
import { fileError } from "../../base/files.ts";

/** A file that exists, is a file and is not empty. */
export interface SourceFile {
  /** Absolute path. */
  readonly path: string;
  /** Base name, for messages. */
  readonly name: string;
  /** Bytes on disk. */
  readonly size: number;
  /** The file that was given, where this one was taken out of it. */
  readonly given?: GivenFile;
}

/** A file that holds others. */
export interface GivenFile {
  readonly name: string;
  readonly size: number;
  /** SHA-256 (hex), once it has been read. */
  readonly fingerprint?: string;
}

/** How much a packed file may hold. */
export interface UnpackLimits {
  /** Bytes in all. */
  readonly unpackedBytes: number;
  /** How many times the bytes of the file, from some size on. */
  readonly unpackedTimes: number;
}

/** How a reading is watched and stopped. */
export interface Watch {
  readonly signal?: AbortSignal | undefined;
  readonly limits?: UnpackLimits | undefined;
  /** Unpacks a Zstandard file once more whose frames have no checksum, and throws where that fails. */
  readonly checkZstd?: ((file: SourceFile) => Promise<void>) | undefined;
  /** Told after every block how many bytes of the file have been read, and how many will be. */
  readonly onProgress?: ((bytesRead: number, bytesTotal: number) => void) | undefined;
}

/** Bytes asked of the disk at a time. */
const BLOCK_BYTES = 1 << 20;

/**
 * Looks at a path before it is read.
 *
 * @throws InsightsError when there is nothing there, or a folder, a pipe or a device, or the file is empty or closed to us
 */
export async function findFile(path: string): Promise<SourceFile> {
  let handle: FileHandle | undefined;
  try {
    if (path.includes("\0")) {
      throw new InsightsError(`no such file: ${JSON.stringify(path)}`);
    }
    const facts = await stat(path);
    if (facts.isDirectory()) {
      throw new InsightsError(`this is a folder, not a file: ${path} (name a file in it)`);
    }
    if (!facts.isFile()) {
      throw new InsightsError(`not an ordinary file: ${path} (save its contents to a file first)`);
    }
    handle = await open(path, "r");
    if (facts.size === 0) {
      throw new InsightsError(`empty file: ${path}`);
    }
    return { path: resolve(path), name: basename(path), size: facts.size };
  } catch (error) {
    throw fileError(path, error);
  } finally {
    await handle?.close();
  }
}

/**
 * The file's bytes in order, in blocks of about 1 MB. The next block is read while the caller works on the last.
 *
 * @param recycled whether a block may be overwritten once the next is asked for, which saves the system the work of clearing new memory
 * @throws the signal's reason when it is aborted
 */
export async function* readBytes(
  file: SourceFile,
  watch: Watch = {},
  recycled = false,
): AsyncGenerator<Buffer, void, void> {
  watch.signal?.throwIfAborted();
  let handle: FileHandle | undefined;
  let next: Promise<Buffer> | undefined;
  try {
    handle = await open(file.path, "r");
    let bytesRead = 0;
    const room = recycled ? [newBlock(), newBlock()] : [];
    next = readBlock(handle, room[0] ?? newBlock());
    for (;;) {
      const block = await next;
      watch.signal?.throwIfAborted();
      if (block.length === 0) {
        return;
      }
      room.reverse();
      next = readBlock(handle, room[0] ?? newBlock());
      // Should the caller stop here, nobody awaits this promise: its failure must not end the process.
      next.catch(() => {});
      bytesRead += block.length;
      watch.onProgress?.(bytesRead, Math.max(file.size, bytesRead));
      yield block;
    }
  } catch (error) {
    throw fileError(file.path, error);
  } finally {
    await next?.catch(() => {});
    await handle?.close();
  }
}

/** The first bytes of a file, 4096 if it has as many. */
export async function firstBytes(file: SourceFile, watch: Watch = {}): Promise<Buffer> {
  for await (const block of readBytes(file, { signal: watch.signal })) {
    return block.subarray(0, 4096);
  }
  return Buffer.alloc(0);
}

function newBlock(): Buffer {
  return Buffer.allocUnsafeSlow(BLOCK_BYTES);
}

async function readBlock(handle: FileHandle, buffer: Buffer): Promise<Buffer> {
  const { bytesRead } = await handle.read(buffer, 0, BLOCK_BYTES, null);
  return buffer.subarray(0, bytesRead);
}

/** Passes blocks on and takes their SHA-256 on the way, unless that of the file that was given is known. */
export class Fingerprint {
  private readonly known: string | undefined;
  private readonly hash = createHash("sha256");

  constructor({ given }: SourceFile) {
    this.known = given?.fingerprint;
  }

  async *of(blocks: AsyncIterable<Buffer>): AsyncGenerator<Buffer, void, void> {
    for await (const block of blocks) {
      if (this.known === undefined) this.hash.update(block);
      yield block;
    }
  }

  /** SHA-256 (hex) of all bytes that passed, or of the file that was given. Asked once, at the end. */
  hex(): string {
    return this.known ?? this.hash.digest("hex");
  }
}

/** SHA-256 (hex) of the bytes of a file, or of the file that was given. */
export async function fingerprintOf(file: SourceFile, watch: Watch): Promise<string> {
  if (file.given?.fingerprint !== undefined) return file.given.fingerprint;
  const fingerprint = new Fingerprint(file);
  for await (const _ of fingerprint.of(readBytes(file, watch, true))) watch.signal?.throwIfAborted();
  return fingerprint.hex();
}
