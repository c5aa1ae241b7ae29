import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { zipSync } from "fflate";
import { packTar } from "modern-tar";
import { beforeAll, describe, expect, it } from "vitest";
import xxhash from "xxhash-wasm";
import { createBench, valuesOf } from "../../../test/support/profiles/opened.ts";

const bench = createBench();
const text = "id,bio\n1,a\n2,b\n";
const values = [
  ["1", "a"],
  ["2", "b"],
];

/** A frame of stored blocks, by RFC 8878: what packers write for what they cannot shrink. */
function frame(data: Buffer, options: { checksum: boolean; size: boolean }): Buffer {
  const descriptor = (options.size ? 0x80 : 0) | (options.checksum ? 4 : 0);
  const parts: Buffer[] = [Buffer.from([0x28, 0xb5, 0x2f, 0xfd, descriptor, 0x58])];
  if (options.size) {
    const size = Buffer.alloc(4);
    size.writeUInt32LE(data.length);
    parts.push(size);
  }
  for (let at = 0; at === 0 || at < data.length; at += 7) {
    const block = data.subarray(at, at + 7);
    const header = Buffer.alloc(3);
    header.writeUIntLE((block.length << 3) | (at + 7 >= data.length ? 1 : 0), 0, 3);
    parts.push(header, block);
  }
  if (options.checksum) {
    const sum = Buffer.alloc(4);
    sum.writeUInt32LE(Number(hash(data) & 0xffffffffn));
    parts.push(sum);
  }
  return Buffer.concat(parts);
}

let hash: (data: Buffer) => bigint;
beforeAll(async () => {
  const { h64Raw } = await xxhash();
  hash = (data) => h64Raw(data);
});

describe("zstd", () => {
  it("reads what DuckDB packs", async () => {
    const path = join(bench.folder, "packed.csv.zst");
    await bench.connection.run(
      `COPY (SELECT range::VARCHAR AS id, repeat('bio ', range::INT % 60) AS bio FROM range(50000))
       TO '${path}' (FORMAT csv, COMPRESSION zstd)`,
    );
    const opened = await bench.open(path);
    expect(opened).toMatchObject({ format: "csv", compression: "zstd", records: 50_000, alerts: [] });
    expect(opened.rows[49_999]).toMatchObject({
      __row: 49_999,
      id: "49999",
      bio: "bio ".repeat(49_999 % 60),
    });
    const cut = readFileSync(path);
    for (const kept of [5, 9, cut.length >> 1, cut.length - 1]) {
      const opening = bench.read(cut.subarray(0, kept), "cut.csv.zst");
      await expect(opening).rejects.toThrow(/^truncated zstd: cut\.csv\.zst/);
    }
  });

  it("reads frames with and without checksum and size, several of them, and skips others", async () => {
    for (const checksum of [true, false]) {
      for (const size of [true, false]) {
        const halves = [text.slice(0, 9), text.slice(9)].map((half) =>
          frame(Buffer.from(half), { checksum, size }),
        );
        const skipped = Buffer.from([0x50, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 1, 2, 3]);
        const bytes = Buffer.concat([skipped, halves[0], skipped, halves[1]]);
        expect(valuesOf(await bench.read(bytes, "frames.csv.zst"))).toEqual(values);
      }
    }
  });

  it("refuses a wrong checksum and a wrong length, which the unpacker lets pass", async () => {
    const checked = frame(Buffer.from(text), { checksum: true, size: false });
    checked[checked.indexOf("a\n2")] = "x".charCodeAt(0);
    await expect(bench.read(checked, "a.csv.zst")).rejects.toThrow(
      "corrupt zstd: a.csv.zst (wrong checksum)",
    );
    const sized = frame(Buffer.from(text), { checksum: false, size: true });
    sized[6]++;
    await expect(bench.read(sized, "a.csv.zst")).rejects.toThrow("corrupt zstd: a.csv.zst (wrong length)");
  });

  it("refuses a bit flipped in lengths without a checksum, as libzstd does", async () => {
    const path = fileURLToPath(new URL("../../../test/found/zstd-length-flip.csv.zst", import.meta.url));
    await expect(bench.open(path)).rejects.toThrow(/^corrupt zstd: zstd-length-flip\.csv\.zst \(/);
    const flipped = readFileSync(path);
    const checked = frame(Buffer.from(text), { checksum: true, size: false });
    await expect(bench.read(Buffer.concat([checked, flipped]), "second.csv.zst")).rejects.toThrow(
      /^corrupt zstd: second\.csv\.zst \(/,
    );
    const contained = zipSync({ "a.csv.zst": flipped });
    await expect(bench.read(contained, "contained.zip")).rejects.toThrow(/^corrupt zstd: a\.csv\.zst \(/);
    const packed = frame(flipped, { checksum: true, size: true });
    await expect(bench.read(packed, "twice.csv.zst.zst")).rejects.toThrow(
      /^corrupt zstd: twice\.csv\.zst \(/,
    );
  });

  it("is unpacked around an archive", async () => {
    const tar = await packTar([{ header: { name: "people.csv", size: text.length }, body: text }]);
    for (const checksum of [true, false]) {
      const bytes = frame(Buffer.from(tar), { checksum, size: true });
      expect(valuesOf(await bench.read(bytes, "people.tar.zst"))).toEqual(values);
    }
  });

  it("names a window that would take too much memory", async () => {
    const wide = frame(Buffer.from(text), { checksum: true, size: false });
    wide[5] = 21 << 3;
    await expect(bench.read(wide, "wide.csv.zst")).rejects.toThrow(
      /^not supported: wide\.csv\.zst needs a window of 2048 MB to be unpacked, and 128 MB is the most; unpack it first/,
    );
    wide[5] = 17 << 3;
    expect(valuesOf(await bench.read(wide, "wide.csv.zst"))).toEqual(values);
    // One segment, whose window is the 1.5 GB that it says to hold.
    const single = Buffer.from("28b52ffda0002f685901000078", "hex");
    await expect(bench.read(single, "single.csv.zst")).rejects.toThrow(
      /^not supported: single\.csv\.zst needs a window of 1431 MB/,
    );
  });

  it("refuses what is no frame, reserved bits, unknown blocks and dictionaries", async () => {
    const good = frame(Buffer.from(text), { checksum: true, size: false });
    const spoilt = (at: number, bits: number) => {
      const bytes = Buffer.from(good);
      bytes[at] |= bits;
      return bytes;
    };
    for (const bytes of [
      spoilt(4, 8),
      spoilt(4, 1),
      spoilt(6, 6),
      Buffer.concat([good, Buffer.from("more")]),
    ]) {
      await expect(bench.read(bytes, "a.csv.zst")).rejects.toThrow(/^corrupt zstd: a\.csv\.zst/);
    }
  });

  it("never throws anything but a clear error when bytes are wrong", async () => {
    const path = join(bench.folder, "packed.csv.zst");
    const packed = readFileSync(path).subarray(0, 4000);
    for (let at = 4; at < 400; at += 3) {
      const bytes = Buffer.from(packed);
      bytes[at] ^= 0x2a;
      const message = await bench.read(bytes, "a.csv.zst").then(String, (error: Error) => error.message);
      expect(message).toMatch(/^(corrupt|truncated) zstd/);
      // The unpacker's own words about its arrays are nothing to the user.
      expect(message).not.toMatch(/typed array|out of bounds|undefined/i);
    }
  });
});
