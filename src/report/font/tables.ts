/** The tables of a TrueType font by their four-letter tags. */
export type FontTables = ReadonlyMap<string, Buffer>;

/**
 * Reads the table directory of a TrueType font (OpenType 1.9, "Organization of an OpenType font").
 *
 * @throws Error where the bytes are not a single TrueType font with outlines in `glyf`
 */
export function readTables(font: Buffer): FontTables {
  if (font.length < 12 || font.readUInt32BE(0) !== 0x00010000) throw new Error("not a TrueType font");
  const tables = new Map<string, Buffer>();
  for (let i = 0; i < font.readUInt16BE(4); i++) {
    const entry = 12 + 16 * i;
    const offset = font.readUInt32BE(entry + 8);
    tables.set(
      font.toString("latin1", entry, entry + 4),
      font.subarray(offset, offset + font.readUInt32BE(entry + 12)),
    );
  }
  for (const needed of ["glyf", "loca", "head", "hhea", "hmtx", "maxp", "name", "OS/2"]) {
    if (!tables.has(needed)) throw new Error(`the font has no table ${needed}`);
  }
  return tables;
}

/** The checksum of a table: the sum of its 32-bit words, modulo 2^32. */
export function checksum(table: Buffer): number {
  let sum = 0;
  for (let i = 0; i < table.length; i += 4) {
    const word =
      i + 4 <= table.length
        ? table.readUInt32BE(i)
        : Buffer.concat([table.subarray(i), Buffer.alloc(4)]).readUInt32BE(0);
    sum = (sum + word) >>> 0;
  }
  return sum;
}
