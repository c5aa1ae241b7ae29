import { bounded } from "./container/bounds.ts";
import { detectEncoding, type Encoding, type EncodingFacts, toUtf8 } from "./encoding.ts";
import { type Fingerprint, readBytes, type SourceFile, type Watch } from "./file.ts";
import { gunzip } from "./gzip.ts";
import { unzstd } from "./zstd.ts";

/** How a file is packed. */
export type Compression = "none" | "gzip" | "zstd";

/** What must be known to read a text file as UTF-8. */
export interface TextFile {
  readonly file: SourceFile;
  readonly compression: Compression;
  readonly encoding: EncodingFacts;
}

/** A text file whose beginning has been looked at. */
export interface Text extends TextFile {
  /** First unpacked bytes, in the file's own encoding. */
  readonly rawHead: Buffer;
  /** Whether `rawHead` is the whole text. */
  readonly complete: boolean;
}

/** Unpacked bytes looked at to tell format, encoding and delimiter. A header must fit into them. */
const HEAD_BYTES = 1 << 18;

/**
 * Reads the beginning of a text file and tells its encoding.
 *
 * @param said the encoding that somebody says it has
 * @throws InsightsError when the packing is broken within it
 */
export async function openText(
  file: SourceFile,
  compression: Compression,
  watch: Watch,
  said?: Encoding,
): Promise<Text> {
  const blocks: Buffer[] = [];
  let length = 0;
  let complete = true;
  for await (const block of unpacked(file, compression, { signal: watch.signal }, false)) {
    blocks.push(block);
    length += block.length;
    if (length > HEAD_BYTES) {
      complete = false;
      break;
    }
  }
  const rawHead = Buffer.concat(blocks).subarray(0, HEAD_BYTES);
  return { file, compression, rawHead, complete, encoding: detectEncoding(rawHead, said) };
}

/** The beginning of a text as UTF-8. Its last character may be cut. */
export async function headOf(text: Text): Promise<Buffer> {
  const blocks: Buffer[] = [];
  const raw = async function* () {
    yield text.rawHead;
  };
  for await (const block of toUtf8(raw(), text.encoding)) {
    blocks.push(block);
  }
  return Buffer.concat(blocks);
}

/**
 * The whole text as UTF-8, unpacked, without byte order mark. Can be read any number of times. A block may be overwritten once the next is
 * asked for.
 *
 * @param fingerprint takes the hash of the bytes on disk on the way
 * @throws InsightsError when the packing is broken; the signal's reason when it is aborted
 */
export function readText(
  text: TextFile,
  watch: Watch,
  fingerprint?: Fingerprint,
): AsyncGenerator<Buffer, void, void> {
  return toUtf8(unpacked(text.file, text.compression, watch, true, fingerprint), text.encoding);
}

/** The bytes of a file, unpacked as far as that is sane. */
export function unpacked(
  file: SourceFile,
  compression: Compression,
  watch: Watch,
  recycled: boolean,
  fingerprint?: Fingerprint,
): AsyncIterable<Buffer> {
  const onDisk = readBytes(file, watch, compression === "none" && recycled);
  const bytes = fingerprint === undefined ? onDisk : fingerprint.of(onDisk);
  switch (compression) {
    case "gzip":
      return bounded(gunzip(bytes, file), file, watch.limits);
    case "zstd":
      return bounded(unzstd(bytes, file, watch), file, watch.limits);
    default:
      return bytes;
  }
}
