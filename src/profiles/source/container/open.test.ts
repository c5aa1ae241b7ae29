import { createHash } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { strToU8, zipSync } from "fflate";
import { packTar } from "modern-tar";
import { describe, expect, it } from "vitest";
import { createBench, valuesOf } from "../../../../test/support/profiles/opened.ts";
import { findFile } from "../file.ts";
import { TemporaryFolder } from "../temporary.ts";
import { openContainer } from "./open.ts";
import { readTar } from "./tar.ts";

const bench = createBench();
const PEOPLE = "id,followers\n5,10\n6,x\n";
const VALUES = [
  ["5", "10"],
  ["6", "x"],
];
const zip = (files: Record<string, string | Uint8Array>) =>
  zipSync(
    Object.fromEntries(
      Object.entries(files).map(([name, text]) => [name, typeof text === "string" ? strToU8(text) : text]),
    ),
  );
const tar = (files: Record<string, string>) =>
  packTar(
    Object.entries(files).map(([name, body]) => ({ header: { name, size: Buffer.byteLength(body) }, body })),
  );

describe("one table in an archive", () => {
  it.each([
    ["a ZIP", async () => zip({ "data/people.csv": PEOPLE }), "people.zip"],
    [
      "a ZIP made on a Mac, with a read-me",
      async () =>
        zip({ "people.csv": PEOPLE, "__MACOSX/._people.csv": "x", ".DS_Store": "y", "README.txt": "z" }),
      "mac.zip",
    ],
    ["a TAR", () => tar({ "people.csv": PEOPLE }), "people.tar"],
    [
      "a TAR packed as gzip",
      async () => gzipSync(await tar({ "people.csv": PEOPLE, "._people.csv": "x" })),
      "p.tgz",
    ],
    ["a gzip in a ZIP", async () => zip({ "people.csv.gz": gzipSync(PEOPLE) }), "gz.zip"],
    ["a ZIP in a gzip", async () => gzipSync(zip({ "people.csv": PEOPLE })), "people.zip.gz"],
    ["a ZIP of a folder that documents have too", async () => zip({ "word/people.csv": PEOPLE }), "word.zip"],
    ["another", async () => zip({ "Index/people.csv": PEOPLE, "ppt/README.md": "x" }), "index.zip"],
    ["a gzip in a gzip", async () => gzipSync(gzipSync(PEOPLE)), "people.csv.gz.gz"],
  ])("%s is read", async (_, make, name) => {
    const bytes = await make();
    const opened = await bench.read(bytes, name);
    expect(valuesOf(opened)).toEqual(VALUES);
    expect(opened.file).toBe(name);
    expect(opened.fingerprint).toBe(createHash("sha256").update(bytes).digest("hex"));
    expect(opened.alerts).toEqual([
      expect.objectContaining({
        level: "info",
        code: "unpacked",
        message: expect.stringContaining(` out of ${name}.`),
      }),
    ]);
  });

  it("may be Parquet", async () => {
    const path = fileURLToPath(
      new URL("../../../../test/found/parquet-timestamp-utc.parquet", import.meta.url),
    );
    const plain = await bench.open(path);
    const opened = await bench.read(zip({ "p.parquet": readFileSync(path) }), "parquet.zip");
    expect(valuesOf(opened)).toEqual(valuesOf(plain));
    expect(opened.format).toBe("parquet");
  });
});

describe("what is refused in words", () => {
  it.each([
    [
      "two tables in a ZIP",
      async () => zip({ "a.csv": PEOPLE, "b.csv": PEOPLE }),
      /^more than one table: x holds 2 tables: a.csv, b.csv \(unpack it and name one of them\)$/,
    ],
    [
      "two tables in a packed TAR",
      async () => gzipSync(await tar({ "a.csv": PEOPLE, "b/b.json": "[]" })),
      /^more than one table: x holds 2 tables: a.csv, b\/b.json/,
    ],
    ["nothing but junk", async () => zip({ "__MACOSX/._a.csv": "x" }), /^empty archive: x holds no file$/],
    [
      "a ZIP cut off",
      async () => zip({ "a.csv": PEOPLE }).subarray(0, -30),
      /^truncated ZIP: x ends in the middle/,
    ],
    [
      "a TAR cut off",
      async () => (await tar({ "a.csv": PEOPLE.repeat(99) })).subarray(0, 700),
      /^corrupt or truncated TAR: x/,
    ],
    [
      "a picture in a ZIP",
      async () => zip({ "a.csv": Buffer.from("\x89PNG\r\n", "latin1") }),
      /^not a table of profiles: a.csv is a picture; ask for the table itself/,
    ],
    [
      "a binary workbook",
      async () => zip({ "xl/workbook.bin": "x" }),
      /^not a table of profiles: x is a binary Excel workbook \(.xlsb\); save it as .xlsx or CSV$/,
    ],
    [
      "a Numbers document",
      async () => zip({ "Index/Document.iwa": "x" }),
      /is a Numbers document; export it/,
    ],
    ["a Word document", async () => zip({ "word/document.xml": "x" }), /is a Word document/],
    [
      "an old workbook",
      async () => Buffer.from("d0cf11e0a1b11ae1".padEnd(2048, "0"), "hex"),
      /^not a table of profiles: x is an Excel workbook of the old kind \(.xls\), .* save the table as .xlsx without a password, or as CSV/,
    ],
    [
      "a bomb",
      async () => zip({ "a.csv": `id,followers\n${"1,1\n".repeat(17 << 20)}` }),
      /^packed too tightly: x holds more than 200 times its own size \(unpack it first\)$/,
    ],
    [
      "a bomb in a gzip",
      async () => gzipSync(`id,followers\n${"1,1\n".repeat(17 << 20)}`),
      /^packed too tightly: x holds more than 200 times its own size/,
    ],
    [
      "a bomb in two packings, neither of which is too tight alone",
      async () => {
        // Equal members, 66 to 1, of which the ZIP makes 400 to 1.
        const member = gzipSync("1,1\n".repeat(1 << 10));
        return zip({
          "a.csv.gz": Buffer.concat([gzipSync("id,followers\n"), ...Array(17 << 10).fill(member)]),
        });
      },
      /^packed too tightly: x holds more than 200 times its own size/,
    ],
  ])("%s", async (_, make, message) => {
    await expect(bench.read(await make(), "x")).rejects.toThrow(message);
  });

  it("an archive in an archive in an archive, and so on", async () => {
    let bytes: Uint8Array = strToU8(PEOPLE);
    for (let depth = 0; depth < 5; depth++) bytes = zip({ [depth === 0 ? "a.csv" : "a.zip"]: bytes });
    await expect(bench.read(bytes, "deep.zip")).rejects.toThrow(/^packed too deeply: deep.zip/);
  });

  it("a member with a wrong checksum", async () => {
    const bytes = Buffer.from(zipSync({ "a.csv": [strToU8(PEOPLE), { level: 0 }] }));
    bytes[bytes.indexOf("5,10")] ^= 1;
    await expect(bench.read(bytes, "damaged.zip")).rejects.toThrow(
      /^corrupt ZIP: damaged.zip \(wrong checksum of a.csv\)/,
    );
  });
});

it("stops to unpack where that is given up", async () => {
  const size = 60 << 20;
  const bytes = zipSync({ "a.csv": [Buffer.alloc(size, "1,1\n"), { level: 0 }] });
  const file = await findFile(bench.file("long.zip", bytes));
  const folder = new TemporaryFolder(bench.folder);
  const path = await folder.path("unpacked-0");
  const stop = new AbortController();
  const opening = openContainer(file, { folder, watch: { signal: stop.signal }, alerts: [] });
  const written = () => statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  while (written() === 0) await new Promise((resolve) => setImmediate(resolve));
  stop.abort(new Error("given up"));
  await expect(opening).rejects.toThrow("given up");
  expect(written()).toBeLessThan(size / 2);
  await folder.remove();
});

it("leaves nobody without word who reads a broken TAR slowly", async () => {
  const packed = Buffer.from(await tar({ "a.csv": PEOPLE.repeat(99_999) }));
  const blocks = async function* () {
    for (let at = 0; at < packed.length >> 1; at += 1 << 16) yield packed.subarray(at, at + (1 << 16));
  };
  const file = { path: "/x.tar", name: "x.tar", size: packed.length };
  const reading = async () => {
    // A failure that nobody waits for fails the whole run of tests.
    for await (const _ of readTar(blocks(), { name: "a.csv", index: 0 }, file)) await setTimeout(5);
  };
  await expect(reading()).rejects.toThrow("truncated");
});

it("reads a very even text that is packed 50 to 1", async () => {
  const rows = Array.from({ length: 20_000 }, (_, row) => `${row},1000,${"the same words ".repeat(40)}`);
  const bytes = gzipSync(`id,followers,bio\n${rows.join("\n")}\n`);
  expect(bytes.length * 50).toBeLessThan(20_000 * 600);
  expect((await bench.read(bytes, "even.csv.gz")).records).toBe(20_000);
});
