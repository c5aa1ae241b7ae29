import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { createBench, valuesOf } from "../../../test/support/profiles/opened.ts";

const bench = createBench();
const rows = Array.from({ length: 3000 }, (_, row) => [String(row), `bio ${row}\n${"é".repeat(row % 50)}`]);
const text = `id,bio\n${rows.map(([id, bio]) => `${id},"${bio}"`).join("\n")}\n`;

describe("gzip", () => {
  it("is read as what it holds, whatever the name", async () => {
    const opened = await bench.read(gzipSync(text), "profiles.csv.gz");
    expect(opened).toMatchObject({ format: "csv", compression: "gzip", records: 3000, alerts: [] });
    expect(valuesOf(opened)).toEqual(rows);
    const json = await bench.read(gzipSync('{"id": 1}\n{"id": 2}\n'), "profiles.ndjson.gz");
    expect([json.format, valuesOf(json)]).toEqual(["ndjson", [["1"], ["2"]]]);
    const misnamed = await bench.read(gzipSync("id,bio\n1,a\n"), "profiles.csv");
    expect(misnamed.alerts).toMatchObject([{ code: "misleading_name" }]);
    expect(valuesOf(misnamed)).toEqual([["1", "a"]]);
    const unpacked = await bench.read("id,bio\n1,a\n", "profiles.csv.gz");
    expect([unpacked.compression, valuesOf(unpacked)]).toEqual(["none", [["1", "a"]]]);
  });

  it("may have several members", async () => {
    const at = 20_001;
    const members = [gzipSync(text.slice(0, at)), gzipSync(""), gzipSync(text.slice(at))];
    expect(valuesOf(await bench.read(Buffer.concat(members), "two.csv.gz"))).toEqual(rows);
    const padded = await bench.read(Buffer.concat([...members, Buffer.alloc(512)]), "padded.csv.gz");
    expect(padded.records).toBe(3000);
  });

  it("is refused when cut off anywhere", async () => {
    const packed = gzipSync(text);
    for (const kept of [3, 10, 11, Math.floor(packed.length / 2), packed.length - 8, packed.length - 1]) {
      const opening = bench.read(packed.subarray(0, kept), "profiles.csv.gz");
      await expect(opening).rejects.toThrow(/^truncated gzip: profiles\.csv\.gz/);
    }
  });

  it("is refused when a byte is wrong: in the data, in the CRC, in the length, in the next member", async () => {
    const packed = gzipSync(text);
    for (const at of [packed.length >> 1, packed.length - 7, packed.length - 2]) {
      const wrong = Buffer.from(packed);
      wrong[at] ^= 0x55;
      await expect(bench.read(wrong, "profiles.csv.gz")).rejects.toThrow(
        /^(corrupt|truncated) gzip: profiles\.csv\.gz/,
      );
    }
    const members = Buffer.concat([packed, packed]);
    members[packed.length] ^= 1;
    await expect(bench.read(members, "profiles.csv.gz")).rejects.toThrow(/^corrupt gzip: profiles/);
    members[packed.length] = 0;
    await expect(bench.read(members, "profiles.csv.gz")).rejects.toThrow(
      /^corrupt gzip: .* after its end are not gzip/,
    );
  });

  it("may be padded with any number of zeros", async () => {
    const padded = Buffer.concat([gzipSync(text), gzipSync("3000,last\n"), Buffer.alloc(3 << 20)]);
    expect((await bench.read(padded, "padded.csv.gz")).records).toBe(3001);
    padded[padded.length - 1] = 1;
    await expect(bench.read(padded, "padded.csv.gz")).rejects.toThrow(
      /^corrupt gzip: .* \(3145728 bytes after its end are not gzip\)/,
    );
  });

  it("is refused when it holds nothing", async () => {
    await expect(bench.read(gzipSync(""), "profiles.csv.gz")).rejects.toThrow("empty file: profiles.csv.gz");
  });
});
