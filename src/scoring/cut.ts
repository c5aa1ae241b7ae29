import { type FileHandle, open } from "node:fs/promises";

/** A stretch of a delimited text, written as a file of its own with the header. */
export interface Slice {
  /** Byte after its last record. */
  readonly to: number;
  /** Whether that is the end of the text. */
  readonly last: boolean;
}

const QUOTE = 0x22;
const LINE_FEED = 0x0a;
const BLOCK = 1 << 20;

/**
 * Writes the header of a delimited text and the records from a byte on into a file, as many as fit into so many bytes, and
 * at least one. A line ends a record where the quotes before it are even in number: true of every text that is quoted by
 * RFC 4180, which is what the count beside the scan makes sure of.
 *
 * @param from first byte of a record; 0 for the text's beginning
 * @param size bytes that a slice is to have
 */
export async function cutSlice(
  path: string,
  out: string,
  {
    from,
    size,
    signal,
  }: { readonly from: number; readonly size: number; readonly signal?: AbortSignal | undefined },
): Promise<Slice> {
  const source = await open(path);
  const target = await open(out, "w");
  try {
    const buffer = Buffer.allocUnsafe(BLOCK);
    if (from > 0) await target.write(await headerOf(source, buffer));
    let position = from;
    let quoted = false;
    for (;;) {
      signal?.throwIfAborted();
      const { bytesRead } = await source.read(buffer, 0, BLOCK, position);
      if (bytesRead === 0) return { to: position, last: true };
      const block = buffer.subarray(0, bytesRead);
      // Where the slice is long enough, it ends with the first record that does.
      const wanted = Math.max(0, from + size - position);
      const end = wanted < bytesRead ? recordEnd(block, wanted, quoted) : undefined;
      if (end !== undefined) {
        await target.write(block.subarray(0, end));
        const rest = await source.read(buffer, 0, 1, position + end);
        return { to: position + end, last: rest.bytesRead === 0 };
      }
      await target.write(block);
      quoted = quoted !== odd(block, bytesRead);
      position += bytesRead;
    }
  } finally {
    await target.close();
    await source.close();
  }
}

/** The first record of a text, with its line's end. */
async function headerOf(source: FileHandle, buffer: Buffer): Promise<Buffer> {
  const { bytesRead } = await source.read(buffer, 0, BLOCK, 0);
  return Buffer.from(buffer.subarray(0, recordEnd(buffer.subarray(0, bytesRead), 0, false) ?? bytesRead));
}

/** Offset after the first line end at or behind `start` that ends a record. */
function recordEnd(block: Buffer, start: number, quoted: boolean): number | undefined {
  let inside = quoted !== odd(block, start);
  let at = start;
  for (;;) {
    const line = block.indexOf(LINE_FEED, at);
    if (line === -1) return undefined;
    inside = inside !== odd(block.subarray(at), line - at);
    if (!inside) return line + 1;
    at = line + 1;
  }
}

/** Whether the number of quotes in the first bytes of a block is odd. */
function odd(block: Buffer, length: number): boolean {
  let found = false;
  const part = block.subarray(0, length);
  for (let at = part.indexOf(QUOTE); at !== -1; at = part.indexOf(QUOTE, at + 1)) found = !found;
  return found;
}
