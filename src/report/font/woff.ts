import { deflateSync } from "node:zlib";
import { checksum, type FontTables } from "./tables.ts";

/** Bytes rounded up to a multiple of four. */
function padded(length: number): number {
  return (length + 3) & ~3;
}

/** Packs the tables of a TrueType font as WOFF 1.0 (W3C Recommendation, 13 December 2012), each table deflated. */
export function packWoff(tables: FontTables): Buffer {
  const entries = [...tables].sort(([a], [b]) => (a < b ? -1 : 1));
  const plain = 12 + 16 * entries.length;
  const size = entries.reduce((sum, [, table]) => sum + padded(table.length), plain);
  const bodies: Buffer[] = [];
  const directory = Buffer.alloc(20 * entries.length);
  let offset = 44 + directory.length;
  for (const [i, [tag, table]] of entries.entries()) {
    const content = tag === "head" ? settled(entries, plain) : table;
    const deflated = deflateSync(content, { level: 9 });
    const body = deflated.length < content.length ? deflated : content;
    directory.write(tag, 20 * i, "latin1");
    directory.writeUInt32BE(offset, 20 * i + 4);
    directory.writeUInt32BE(body.length, 20 * i + 8);
    directory.writeUInt32BE(content.length, 20 * i + 12);
    directory.writeUInt32BE(checksum(zeroed(tag, content)), 20 * i + 16);
    bodies.push(body, Buffer.alloc(padded(body.length) - body.length));
    offset += padded(body.length);
  }
  const header = Buffer.alloc(44);
  header.write("wOFF", 0, "latin1");
  header.writeUInt32BE(0x00010000, 4);
  header.writeUInt32BE(offset, 8);
  header.writeUInt16BE(entries.length, 12);
  header.writeUInt32BE(size, 16);
  header.writeUInt16BE(1, 20);
  return Buffer.concat([header, directory, ...bodies]);
}

/** A `head` table as it counts for checksums: without the font's own. */
function zeroed(tag: string, table: Buffer): Buffer {
  if (tag !== "head") return table;
  const head = Buffer.from(table);
  head.writeUInt32BE(0, 8);
  return head;
}

/** The `head` table with the checksum of the whole unpacked font, as OpenType wants it. */
function settled(entries: readonly (readonly [string, Buffer])[], start: number): Buffer {
  const count = entries.length;
  const directory = Buffer.alloc(start);
  const power = 2 ** Math.floor(Math.log2(count));
  directory.writeUInt32BE(0x00010000, 0);
  for (const [i, value] of [count, 16 * power, Math.log2(power), 16 * (count - power)].entries()) {
    directory.writeUInt16BE(value, 4 + 2 * i);
  }
  let offset = start;
  let sum = 0;
  for (const [i, [tag, table]] of entries.entries()) {
    const own = checksum(zeroed(tag, table));
    directory.write(tag, 12 + 16 * i, "latin1");
    directory.writeUInt32BE(own, 16 + 16 * i);
    directory.writeUInt32BE(offset, 20 + 16 * i);
    directory.writeUInt32BE(table.length, 24 + 16 * i);
    offset += padded(table.length);
    sum = (sum + own) >>> 0;
  }
  const head = Buffer.from(entries.find(([tag]) => tag === "head")![1]);
  head.writeUInt32BE((0xb1b0afba - sum - checksum(directory)) >>> 0, 8);
  return head;
}
