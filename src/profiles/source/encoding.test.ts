import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createBench, ordinalsOf, valuesOf } from "../../../test/support/profiles/opened.ts";
import { detectEncoding, type Encoding, encodingNamed, toUtf8 } from "./encoding.ts";

const bench = createBench();

async function converted(blocks: readonly Uint8Array[], encoding: Encoding, markBytes = 0): Promise<string> {
  const parts: Buffer[] = [];
  const source = async function* () {
    for (const block of blocks) {
      yield Buffer.from(block);
    }
  };
  for await (const part of toUtf8(source(), { encoding, markBytes })) {
    parts.push(part);
  }
  return Buffer.concat(parts).toString("utf8");
}

function utf16(text: string, bigEndian: boolean): Buffer {
  const bytes = Buffer.from(text, "utf16le");
  return bigEndian ? bytes.swap16() : bytes;
}

describe("detectEncoding", () => {
  it("knows byte order marks, and UTF-16 without one by its zeros", () => {
    const text = "id,biography\n1,привет ❤️\n";
    expect(detectEncoding(Buffer.from(`\uFEFF${text}`))).toEqual({ encoding: "utf-8", markBytes: 3 });
    expect(detectEncoding(utf16(`\uFEFF${text}`, false))).toEqual({
      encoding: "utf-16le",
      markBytes: 2,
    });
    expect(detectEncoding(utf16(`\uFEFF${text}`, true))).toEqual({
      encoding: "utf-16be",
      markBytes: 2,
    });
    expect(detectEncoding(utf16(text, false))).toEqual({ encoding: "utf-16le", markBytes: 0 });
    expect(detectEncoding(utf16(text, true))).toEqual({ encoding: "utf-16be", markBytes: 0 });
    expect(detectEncoding(Buffer.from(text))).toEqual({ encoding: "utf-8", markBytes: 0 });
    expect(detectEncoding(Buffer.from("id,bio\n1,a\0b\n"))).toEqual({
      encoding: "utf-8",
      markBytes: 0,
    });
  });

  it("knows UTF-32 by its mark, and believes what is said", () => {
    const marked = Buffer.from("\xff\xfe\0\0i\0\0\0", "latin1");
    expect(detectEncoding(marked)).toEqual({ encoding: "utf-32le", markBytes: 4 });
    expect(detectEncoding(Buffer.from("id"), "big5")).toEqual({
      encoding: "big5",
      markBytes: 0,
      isSaid: true,
    });
    expect(detectEncoding(Buffer.from("\uFEFFid"), "utf-8")).toMatchObject({ markBytes: 3 });
  });
});

describe("encodingNamed", () => {
  it("knows the usual names, and no others", () => {
    const names = [
      "GBK",
      "gb2312",
      " Big5 ",
      "sjis",
      "Shift-JIS",
      "EUC_KR".replace("_", "-"),
      "cp1251",
      "cp866",
      "cp874",
      "latin1",
      "utf8",
      "KOI8-R",
    ];
    expect(names.map(encodingNamed)).toEqual([
      "gb18030",
      "gb18030",
      "big5",
      "shift_jis",
      "shift_jis",
      "euc-kr",
      "windows-1251",
      "ibm866",
      "windows-874",
      "windows-1252",
      "utf-8",
      "koi8-r",
    ]);
    for (const name of ["klingon", "constructor"]) {
      expect(() => encodingNamed(name)).toThrow(
        new RegExp(`^unknown encoding: ${name} \\(expected utf-8, utf-16le, .*euc-jp\\)$`),
      );
    }
  });
});

describe("toUtf8", () => {
  it("converts UTF-16 however it is cut into blocks", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: "grapheme" }),
        fc.boolean(),
        fc.array(fc.nat(60)),
        async (text, bigEndian, cuts) => {
          const bytes = utf16(text, bigEndian);
          const edges = [0, ...cuts.map((cut) => Math.min(cut, bytes.length)), bytes.length].sort(
            (a, b) => a - b,
          );
          const blocks = edges.slice(1).map((edge, index) => bytes.subarray(edges[index], edge));
          expect(await converted(blocks, bigEndian ? "utf-16be" : "utf-16le")).toBe(text);
        },
      ),
    );
  });

  it("converts UTF-32 however it is cut into blocks", async () => {
    const points = [..."id,❤️ 字😀"].map((letter) => letter.codePointAt(0) as number);
    for (const bigEndian of [false, true]) {
      const bytes = Buffer.alloc(points.length * 4);
      for (const [at, point] of points.entries()) {
        if (bigEndian) bytes.writeUInt32BE(point, 4 * at);
        else bytes.writeUInt32LE(point, 4 * at);
      }
      const blocks = [bytes.subarray(0, 7), bytes.subarray(7, 9), bytes.subarray(9)];
      expect(await converted(blocks, bigEndian ? "utf-32be" : "utf-32le")).toBe("id,❤️ 字😀");
    }
    expect(await converted([Buffer.from([0, 0xd8, 0, 0, 1])], "utf-32le")).toBe("\uFFFD\uFFFD");
  });

  it("makes halves of pairs and a last odd byte U+FFFD", async () => {
    expect(await converted([Buffer.from("a\ud83d", "utf16le"), Buffer.from([65])], "utf-16le")).toMatch(
      /^a\uFFFD/,
    );
  });

  it("converts every byte of Windows-1252", async () => {
    const all = Uint8Array.from({ length: 256 }, (_, byte) => byte);
    // Python: bytes(range(0x80, 0xa0)).decode("cp1252"), and U+0081, 8D, 8F, 90, 9D, which Python refuses.
    const high = "€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ";
    const latin = Buffer.from(all).toString("latin1");
    expect(await converted([all], "windows-1252")).toBe(latin.slice(0, 0x80) + high + latin.slice(0xa0));
  });

  it("leaves a byte order mark out, even when blocks are single bytes", async () => {
    const bytes = Buffer.from("\uFEFFid\uFEFF");
    expect(
      await converted(
        [...bytes].map((byte) => Uint8Array.of(byte)),
        "utf-8",
        3,
      ),
    ).toBe("id\uFEFF");
  });
});

describe("openSource on encodings", () => {
  const text = 'id,biography\r\n1,"naïve\ncafé"\r\n2,"x, y"\r\n';
  const rows = [
    ["1", "naïve\ncafé"],
    ["2", "x, y"],
  ];

  it("drops a byte order mark", async () => {
    const opened = await bench.read(`\uFEFF${text}`);
    expect(opened.columns).toEqual(["id", "biography"]);
    expect(valuesOf(opened)).toEqual(rows);
    expect(opened.alerts).toMatchObject([{ level: "info", code: "byte_order_mark" }]);
    expect((await bench.read(`\uFEFF"id","x"\n1,2\n`)).columns).toEqual(["id", "x"]);
  });

  it.each([
    ["UTF-16 LE with mark", utf16(`\uFEFF${text}`, false)],
    ["UTF-16 BE with mark", utf16(`\uFEFF${text}`, true)],
    ["UTF-16 LE", utf16(text, false)],
    ["UTF-16 BE", utf16(text, true)],
    ["Latin-1", Buffer.from(text, "latin1")],
  ])("converts %s and says so", async (_, bytes) => {
    const opened = await bench.read(bytes);
    expect(valuesOf(opened)).toEqual(rows);
    expect(opened.rejectedCount).toBe(0);
    expect(opened.alerts).toMatchObject([{ code: "encoding_converted" }]);
    expect(await opened.linesOf([1, 0])).toEqual(
      new Map([
        [0, 2],
        [1, 4],
      ]),
    );
  });

  it("converts the header too, and JSON", async () => {
    const latin = await bench.read(Buffer.from("id,prénom\n1,é\n", "latin1"));
    expect(latin.columns).toEqual(["id", "prénom"]);
    const json = await bench.read(Buffer.from('[{"prénom": "é"}]', "latin1"), "a.json");
    expect([json.columns, valuesOf(json)]).toEqual([["prénom"], [["é"]]]);
    const wide = await bench.read(utf16('[{"prénom": "é"}]', true), "a.json");
    expect([wide.columns, valuesOf(wide)]).toEqual([["prénom"], [["é"]]]);
  });

  it("rejects only the records with invalid bytes in a file that is UTF-8 otherwise", async () => {
    const records = Array.from({ length: 1000 }, (_, row) => Buffer.from(`${row},❤️ ${row}\n`));
    records[500] = Buffer.from("500,caf\xe9\n", "latin1");
    records[999] = Buffer.from("999,\xc3(\n", "latin1");
    const opened = await bench.read(Buffer.concat([Buffer.from("id,biography\n"), ...records]));
    expect(opened).toMatchObject({ records: 1000, rejectedCount: 2, alerts: [] });
    expect(opened.rejects).toMatchObject([
      { line: 502, row: 500, reason: "invalid_utf8" },
      { line: 1001, row: 999, reason: "invalid_utf8" },
    ]);
    expect(ordinalsOf(opened)).toEqual([...Array(1000).keys()].filter((row) => row !== 500 && row !== 999));
  });

  it("rejects bytes that are neither UTF-8 nor Windows-1252", async () => {
    const opened = await bench.read(Buffer.from("id,bio\n1,a\n2,\xff\xfe\x81\n3,b\n", "latin1"));
    expect(opened.rejects).toMatchObject([{ line: 3, row: 1, reason: "invalid_utf8" }]);
    expect(valuesOf(opened)).toEqual([
      ["1", "a"],
      ["3", "b"],
    ]);
  });
});
