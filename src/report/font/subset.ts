import { type FontTables, readTables } from "./tables.ts";

/** Flags of a component in a composite glyph (OpenType 1.9, `glyf`). */
const WORDS = 0x0001;
const SCALE = 0x0008;
const MORE = 0x0020;
const SCALE_X_Y = 0x0040;
const TWO_BY_TWO = 0x0080;

/**
 * A TrueType font with only some of its glyphs. Glyphs keep their numbers and those that are not wanted are empty, so that
 * nothing that refers to a glyph has to be rewritten; the empty places cost next to nothing once compressed. Layout tables
 * (kerning, features) are left out.
 *
 * @param font bytes of a TrueType font
 * @param glyphs glyph number of each code point to keep, all up to U+FFFF
 * @returns the tables of the smaller font
 */
export function subsetFont(font: Buffer, glyphs: ReadonlyMap<number, number>): FontTables {
  const tables = readTables(font);
  const count = tables.get("maxp")!.readUInt16BE(4);
  const outline = outlines(tables);
  const wanted = new Set<number>([0]);
  const visit = (glyph: number): void => {
    if (wanted.has(glyph) && glyph !== 0) return;
    wanted.add(glyph);
    for (const part of components(outline(glyph))) visit(part);
  };
  visit(0);
  for (const glyph of glyphs.values()) visit(glyph);

  const loca = Buffer.alloc(4 * (count + 1));
  const pieces: Buffer[] = [];
  let length = 0;
  for (let glyph = 0; glyph < count; glyph++) {
    loca.writeUInt32BE(length, 4 * glyph);
    if (!wanted.has(glyph)) continue;
    const piece = outline(glyph);
    const padded = Buffer.concat([piece, Buffer.alloc((4 - (piece.length % 4)) % 4)]);
    pieces.push(padded);
    length += padded.length;
  }
  loca.writeUInt32BE(length, 4 * count);

  const head = Buffer.from(tables.get("head")!);
  head.writeInt16BE(1, 50); // Offsets in `loca` have 32 bits.
  const post = Buffer.alloc(32);
  post.writeUInt32BE(0x00030000, 0); // No glyph names.
  return new Map([
    ["OS/2", tables.get("OS/2")!],
    ["cmap", characterMap(glyphs)],
    ["glyf", Buffer.concat(pieces)],
    ["head", head],
    ["hhea", tables.get("hhea")!],
    ["hmtx", metrics(tables, wanted)],
    ["loca", loca],
    ["maxp", tables.get("maxp")!],
    ["name", tables.get("name")!],
    ["post", post],
  ]);
}

function outlines(tables: FontTables): (glyph: number) => Buffer {
  const loca = tables.get("loca")!;
  const glyf = tables.get("glyf")!;
  const long = tables.get("head")!.readInt16BE(50) === 1;
  const offset = (glyph: number) => (long ? loca.readUInt32BE(4 * glyph) : 2 * loca.readUInt16BE(2 * glyph));
  return (glyph) => glyf.subarray(offset(glyph), offset(glyph + 1));
}

/** Glyphs that a composite glyph is put together from; none for a simple one. */
function components(outline: Buffer): number[] {
  const parts: number[] = [];
  if (outline.length < 10 || outline.readInt16BE(0) >= 0) return parts;
  let at = 10;
  let flags: number;
  do {
    flags = outline.readUInt16BE(at);
    parts.push(outline.readUInt16BE(at + 2));
    at += 4 + (flags & WORDS ? 4 : 2);
    if (flags & SCALE) at += 2;
    else if (flags & SCALE_X_Y) at += 4;
    else if (flags & TWO_BY_TWO) at += 8;
  } while (flags & MORE);
  return parts;
}

/** The advance widths, zero for glyphs that are not there. */
function metrics(tables: FontTables, wanted: ReadonlySet<number>): Buffer {
  const hmtx = Buffer.from(tables.get("hmtx")!);
  const long = tables.get("hhea")!.readUInt16BE(34);
  // The last long entry holds for all glyphs after it.
  for (let glyph = 0; glyph < long - 1; glyph++) if (!wanted.has(glyph)) hmtx.writeUInt32BE(0, 4 * glyph);
  return hmtx;
}

/** A `cmap` with one Unicode subtable of format 4. */
function characterMap(glyphs: ReadonlyMap<number, number>): Buffer {
  const segments: { start: number; end: number; delta: number }[] = [];
  for (const [code, glyph] of [...glyphs].sort(([a], [b]) => a - b)) {
    const delta = (glyph - code) & 0xffff;
    const last = segments.at(-1);
    if (last !== undefined && last.end + 1 === code && last.delta === delta) last.end = code;
    else segments.push({ start: code, end: code, delta });
  }
  if (segments.at(-1)?.end !== 0xffff) segments.push({ start: 0xffff, end: 0xffff, delta: 1 });
  const n = segments.length;
  const selector = Math.floor(Math.log2(n));
  const subtable = Buffer.alloc(16 + 8 * n);
  const header = [4, subtable.length, 0, 2 * n, 2 * 2 ** selector, selector, 2 * n - 2 * 2 ** selector];
  for (const [i, value] of header.entries()) subtable.writeUInt16BE(value, 2 * i);
  for (const [i, { start, end, delta }] of segments.entries()) {
    subtable.writeUInt16BE(end, 14 + 2 * i);
    subtable.writeUInt16BE(start, 16 + 2 * n + 2 * i);
    subtable.writeUInt16BE(delta, 16 + 4 * n + 2 * i);
  }
  const map = Buffer.alloc(12);
  for (const [i, value] of [0, 1, 3, 1].entries()) map.writeUInt16BE(value, 2 * i);
  map.writeUInt32BE(12, 8);
  return Buffer.concat([map, subtable]);
}
