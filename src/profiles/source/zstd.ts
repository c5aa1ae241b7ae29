import type { DuckDBConnection } from "@duckdb/node-api";
import type { Decompress } from "fzstd";
import type { XXHash } from "xxhash-wasm";
import { InsightsError } from "../../base/error.ts";
import { quoteLiteral } from "../../base/quote.ts";
import type { SourceFile, Watch } from "./file.ts";
import { query } from "./relation.ts";
import type { TemporaryFolder } from "./temporary.ts";

// Sizes and flags from RFC 8878, "Zstandard Compression and the application/zstd Media Type", section 3.1.
const FRAME_MAGIC = 0xfd2fb528;
const SKIPPABLE_MAGIC = 0x184d2a50;
const CONTENT_SIZE_BYTES = [0, 2, 4, 8];
const DICTIONARY_BYTES = [0, 1, 2, 4];
const CHECKSUM_FLAG = 4;
const RLE_BLOCK = 1;
const RESERVED_BLOCK = 3;

type Part = "magic" | "skippable size" | "skippable" | "frame header" | "block header" | "block" | "checksum";

/** The largest window that is held in memory, as libzstd has it when nothing is said. */
const LARGEST_WINDOW = 2 ** 27;

/** One frame being unpacked. */
interface Frame {
  readonly unpack: Decompress;
  readonly hash: XXHash<bigint>;
  readonly hasChecksum: boolean;
  readonly contentSize: bigint | undefined;
  unpacked: bigint;
}

/**
 * Unpacks Zstandard, any number of frames one after another. The walk over frames and blocks is ours, because the
 * unpacker neither checks the frames' checksums nor says when a file ends in the middle. A file with a frame that has no
 * checksum is checked once more at its end, where the watch can.
 *
 * @throws InsightsError `truncated zstd: ...`, `corrupt zstd: ...`
 */
export async function* unzstd(
  blocks: AsyncIterable<Buffer>,
  file: SourceFile,
  watch: Watch,
): AsyncGenerator<Buffer, void, void> {
  // Few files are packed so.
  const [{ Decompress }, { default: xxhash }] = await Promise.all([import("fzstd"), import("xxhash-wasm")]);
  const walk = new ZstdWalk(Decompress, (await xxhash()).create64, file.name);
  let held: Buffer = Buffer.alloc(0);
  for await (const block of blocks) {
    held = held.length === 0 ? block : Buffer.concat([held, block]);
    let used = 0;
    try {
      for (;;) {
        const taken = walk.step(held.subarray(used));
        if (taken === 0) {
          break;
        }
        used += taken;
        yield* walk.take();
      }
    } catch (error) {
      throw zstdError(error, file);
    }
    held = held.subarray(used);
  }
  if (held.length > 0 || !walk.atEnd) {
    throw new InsightsError(`truncated zstd: ${file.name} ends in the middle; fetch or pack it again`);
  }
  if (walk.unchecked) await watch.checkZstd?.(file);
}

/**
 * Has DuckDB unpack a file: its libzstd refuses what no packer writes, such as lengths that do not add up, where our unpacker goes on with
 * wrong text.
 *
 * @throws InsightsError `corrupt zstd: ...`; the signal's reason when it is aborted
 */
export async function checkZstd(
  file: SourceFile,
  connection: DuckDBConnection,
  folder: TemporaryFolder,
  signal: AbortSignal | undefined,
): Promise<void> {
  const options = [
    quoteLiteral(await folder.literalPath(file.path)),
    "compression = 'zstd', auto_detect = false, header = false, columns = {'line': 'VARCHAR'}",
    // Whatever the text is: what its lines come out as does not matter.
    "delim = '\x01', quote = '', escape = '', ignore_errors = true, strict_mode = false, parallel = false",
  ];
  try {
    await query(connection, `SELECT count(*) FROM read_csv(${options.join(", ")})`, signal);
  } catch (error) {
    const said = /^IO Error: ([^\n]*)/.exec((error as Error).message)?.[1];
    throw said === undefined ? error : zstdError(new ZstdDamage(said), file);
  }
}

class ZstdDamage extends Error {}

function zstdError(error: unknown, file: SourceFile): unknown {
  if (error instanceof InsightsError) return error;
  // The unpacker throws its own errors and, on some damaged input, plain TypeErrors and RangeErrors.
  const known = error instanceof ZstdDamage || (error as { code?: unknown }).code !== undefined;
  if (known || error instanceof TypeError || error instanceof RangeError) {
    // What the latter say is about arrays of the unpacker, and nothing to the user.
    const why = known ? (error as Error).message : "damaged data";
    return new InsightsError(`corrupt zstd: ${file.name} (${why}); fetch or pack it again`, { cause: error });
  }
  return error;
}

/** Walks the parts of a Zstandard file and unpacks its blocks. */
class ZstdWalk {
  /** Whether a frame has come that has no checksum. */
  unchecked = false;
  private readonly unpacker: typeof Decompress;
  private readonly newHash: () => XXHash<bigint>;
  private readonly file: string;
  private part: Part = "magic";
  private size = 4;
  private lastBlock = false;
  private frame: Frame | undefined;
  private out: Buffer[] = [];

  constructor(unpacker: typeof Decompress, newHash: () => XXHash<bigint>, file: string) {
    this.unpacker = unpacker;
    this.newHash = newHash;
    this.file = file;
  }

  /** Whether the walk stands between two frames. */
  get atEnd(): boolean {
    return this.part === "magic";
  }

  /** Unpacked bytes since the last call. */
  take(): Buffer[] {
    const out = this.out;
    this.out = [];
    return out;
  }

  /** Takes the next part from the front of `bytes`; returns how many it used, 0 when it needs more. */
  step(bytes: Buffer): number {
    if (this.part === "skippable" && this.size > 0) {
      const used = Math.min(this.size, bytes.length);
      this.size -= used;
      return this.size === 0 ? this.expect("magic", 4, used) : used;
    }
    if (bytes.length < this.size || bytes.length === 0) {
      return 0;
    }
    switch (this.part) {
      case "magic":
        return this.magic(bytes);
      case "skippable size":
        this.size = bytes.readUInt32LE(0);
        this.part = this.size === 0 ? "magic" : "skippable";
        this.size ||= 4;
        return 4;
      case "frame header":
        return this.frameHeader(bytes);
      case "block header":
        return this.blockHeader(bytes);
      case "block":
        return this.block(bytes);
      default:
        return this.checksum(bytes);
    }
  }

  private expect(part: Part, size: number, used: number): number {
    this.part = part;
    this.size = size;
    return used;
  }

  private magic(bytes: Buffer): number {
    const magic = bytes.readUInt32LE(0);
    if (magic === FRAME_MAGIC) {
      return this.expect("frame header", 5, 0) || this.step(bytes);
    }
    if ((magic & 0xfffffff0) >>> 0 === SKIPPABLE_MAGIC) {
      return this.expect("skippable size", 4, 4);
    }
    throw new ZstdDamage("what follows a frame is no frame");
  }

  private frameHeader(bytes: Buffer): number {
    const descriptor = bytes[4];
    const singleSegment = (descriptor & 32) !== 0;
    const sizeFlag = descriptor >> 6;
    const sizeBytes = sizeFlag === 0 && singleSegment ? 1 : CONTENT_SIZE_BYTES[sizeFlag];
    const dictionaryBytes = DICTIONARY_BYTES[descriptor & 3];
    const length = 5 + (singleSegment ? 0 : 1) + dictionaryBytes + sizeBytes;
    if ((descriptor & 8) !== 0) {
      throw new ZstdDamage("reserved bit set");
    }
    if (dictionaryBytes > 0) {
      throw new ZstdDamage("packed with a dictionary");
    }
    if (bytes.length < length) {
      return this.expect("frame header", length, 0);
    }
    const contentSize = contentSizeOf(bytes.subarray(length - sizeBytes, length));
    // Where all is one segment, the window is the whole content.
    const window = singleSegment
      ? Number(contentSize)
      : 2 ** (10 + (bytes[5] >> 3)) * (1 + (bytes[5] & 7) / 8);
    this.refuseWindow(window);
    const hasChecksum = (descriptor & CHECKSUM_FLAG) !== 0;
    this.unchecked ||= !hasChecksum;
    const unpack = new this.unpacker((data) => this.collect(data));
    this.frame = { unpack, hash: this.newHash(), hasChecksum, contentSize, unpacked: 0n };
    unpack.push(bytes.subarray(0, length));
    return this.expect("block header", 3, length);
  }

  private refuseWindow(window: number): void {
    if (window <= LARGEST_WINDOW) return;
    throw new InsightsError(
      `not supported: ${this.file} needs a window of ${Math.ceil(window / 2 ** 20)} MB to be unpacked, and ${LARGEST_WINDOW / 2 ** 20} MB is the most; ` +
        "unpack it first (zstd -d --long=31), or pack it with --long=27 or less",
    );
  }

  private collect(data: Uint8Array): void {
    const frame = this.frame as Frame;
    if (data.length > 0) {
      frame.hash.update(data);
      frame.unpacked += BigInt(data.length);
      // The unpacker may use the block's memory again for the window of later ones.
      this.out.push(Buffer.from(data));
    }
  }

  private blockHeader(bytes: Buffer): number {
    const header = bytes.readUIntLE(0, 3);
    const type = (header >> 1) & 3;
    if (type === RESERVED_BLOCK) {
      throw new ZstdDamage("unknown kind of block");
    }
    this.lastBlock = (header & 1) === 1;
    const size = type === RLE_BLOCK ? 1 : header >>> 3;
    return this.expect("block", 3 + size, 0) || this.step(bytes);
  }

  private block(bytes: Buffer): number {
    const frame = this.frame as Frame;
    const used = this.size;
    frame.unpack.push(bytes.subarray(0, used), this.lastBlock && !frame.hasChecksum);
    if (!this.lastBlock) {
      return this.expect("block header", 3, used);
    }
    if (frame.hasChecksum) {
      return this.expect("checksum", 4, used);
    }
    this.endFrame();
    return used;
  }

  private checksum(bytes: Buffer): number {
    const frame = this.frame as Frame;
    frame.unpack.push(bytes.subarray(0, 4), true);
    const expected = BigInt(bytes.readUInt32LE(0));
    if ((frame.hash.digest() & 0xffffffffn) !== expected) {
      throw new ZstdDamage("wrong checksum");
    }
    this.endFrame();
    return 4;
  }

  private endFrame(): void {
    const { contentSize, unpacked } = this.frame as Frame;
    if (contentSize !== undefined && contentSize !== unpacked) {
      throw new ZstdDamage("wrong length");
    }
    this.frame = undefined;
    this.expect("magic", 4, 0);
  }
}

function contentSizeOf(bytes: Buffer): bigint | undefined {
  switch (bytes.length) {
    case 0:
      return undefined;
    case 1:
      return BigInt(bytes[0]);
    case 2:
      return BigInt(bytes.readUInt16LE(0)) + 256n;
    case 4:
      return BigInt(bytes.readUInt32LE(0));
    default:
      return bytes.readBigUInt64LE(0);
  }
}
