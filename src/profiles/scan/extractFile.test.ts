import {
  appendFileSync,
  mkdtempSync,
  readdirSync,
  readlinkSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { joinRecord } from "../source/csv/fields.ts";
import { quoteLiteral } from "../sql.ts";
import { MOST_COLUMNS } from "./csvWalk.ts";
import { type ExtractFileJob, extractFile } from "./extractFile.ts";

const folder = mkdtempSync(join(tmpdir(), "extract-test-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let files = 0;

const texts = (...fields: number[]) => fields.map((field) => ({ field, as: "text" }) as const);

/** Takes columns out of a text and reads what DuckDB finds in them. */
async function extract(text: string | Buffer, options: Partial<ExtractFileJob> = {}) {
  const path = join(folder, `${++files}.csv`);
  writeFileSync(path, text);
  const out = `${path}.parquet`;
  const extracted = await extractFile({
    path,
    text: { delimiter: ",", width: 3, lineEnds: 1 },
    columns: texts(0, 2),
    out,
    from: 0,
    to: statSync(path).size,
    header: true,
    threads: 2,
    ...options,
  });
  return { extracted, out };
}

async function rowsOf(out: string): Promise<unknown[][]> {
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  const reader = await connection.runAndReadAll(
    `SELECT * FROM read_parquet(${quoteLiteral(out)}, file_row_number = true) ORDER BY file_row_number`,
  );
  connection.closeSync();
  instance.closeSync();
  return reader.getRowsJson().map((row) => row.slice(0, -1));
}

const HEADER = "a,b,c\n";
const field = fc.string({
  unit: fc.constantFrom("a", ",", '"', "\n", "é", "👋", " ", '""', "bcdefghijklmnopq", "1,2,3\n"),
  maxLength: 40,
});
const records = fc.array(fc.tuple(field, field, field), { minLength: 1, maxLength: 40 });

describe("extractFile", () => {
  it("gives the fields as they were written, of records however cut into stretches", async () => {
    await fc.assert(
      fc.asyncProperty(
        records,
        fc.constantFrom("\n", "\r\n"),
        fc.boolean(),
        fc.integer({ min: 64, max: 3000 }),
        async (table, end, open, stretchBytes) => {
          const lines = [["a", "b", "c"], ...table].map((record) => joinRecord(record, ","));
          const body = lines.join(end) + (open ? "" : end);
          const text = { delimiter: ",", width: 3, lineEnds: end === "\n" ? 1 : 2 };
          const { extracted, out } = await extract(body, { stretchBytes, text, columns: texts(0, 1, 2) });
          expect(extracted).toEqual({ plain: true, records: table.length, to: Buffer.byteLength(body) });
          expect(await rowsOf(out)).toEqual(table);
        },
      ),
      // Each takes a thread or two.
      { numRuns: 25 },
    );
  });

  it("finds what is not plain, whatever stretch it stands in", async () => {
    const flaw = fc.constantFrom('1,2"2,3', "1,2", "1,2,3,4", "", "1,2,3\r", '1,"2', "1,\0,3");
    await fc.assert(
      fc.asyncProperty(
        records,
        flaw,
        fc.nat(),
        fc.integer({ min: 64, max: 1000 }),
        async (table, bad, place, stretchBytes) => {
          const lines = table.map((record) => joinRecord(record, ","));
          lines.splice(place % (lines.length + 1), 0, bad);
          const { extracted } = await extract(HEADER + lines.map((line) => `${line}\n`).join(""), {
            stretchBytes,
          });
          expect(extracted.plain).toBe(false);
        },
      ),
      { numRuns: 10 },
    );
  });

  it("gives counts as numbers, and the text of whatever is none", async () => {
    const counts = ["0", "7", "1200", "123456789012345678"];
    const others = [
      "",
      "null",
      "-1",
      "007",
      "1.5",
      "1e3",
      " 5",
      "5 ",
      "1234567890123456789",
      '"6"',
      "6a",
      "٣",
      '"1,5"',
    ];
    const text = HEADER + [...counts, ...others].map((field) => `x,${field},y\n`).join("");
    const columns = [
      { field: 1, as: "count" },
      { field: 1, as: "rest" },
      { field: 1, as: "text" },
    ] as const;
    const { out } = await extract(text, { columns });
    const plain = (field: string) => field.replaceAll('"', "");
    expect(await rowsOf(out)).toEqual([
      ...counts.map((field) => [field, "", field]),
      ...others.map((field) => ["-1", plain(field), plain(field)]),
    ]);
  });

  it("takes no lines of quoted fields for records, whatever a guess in the middle of one makes of them", async () => {
    const table = `"${"1,2,3\n".repeat(3000)}"`;
    const text = HEADER + `x,${table},y\n`.repeat(30);
    const { extracted, out } = await extract(text, { stretchBytes: 5000 });
    expect(extracted).toMatchObject({ plain: true, records: 30 });
    expect(await rowsOf(out)).toEqual(Array.from({ length: 30 }, () => ["x", "y"]));
  });

  it("takes the records that begin in some bytes, and says where the next begins", async () => {
    const lines = Array.from({ length: 800 }, (_, n) => `${n},"two\nlines",${n % 7}\n`);
    const text = HEADER + lines.join("");
    const size = Buffer.byteLength(text);
    const found: unknown[][] = [];
    for (let from = 0; from < size; ) {
      const to = Math.min(size, from + 4000);
      const { extracted, out } = await extract(text, { from, to, header: from === 0, stretchBytes: 1300 });
      if (!extracted.plain) throw new Error(extracted.reason);
      expect(extracted.to).toBeGreaterThanOrEqual(to);
      found.push(...(await rowsOf(out)));
      from = extracted.to;
    }
    expect(found).toEqual(Array.from({ length: 800 }, (_, n) => [String(n), String(n % 7)]));
  });

  it("says in which record of the whole file a fault is", async () => {
    const good = "1,2,3\n".repeat(4000);
    const text = `${HEADER}${good}1,2\n${good}`;
    for (const stretchBytes of [1000, 100_000]) {
      const { extracted } = await extract(text, { stretchBytes });
      expect(extracted).toEqual({ plain: false, reason: "too few columns near record 4001" });
    }
    const latin = Buffer.from(`${HEADER}${good}1,\xe9,3\n`, "latin1");
    expect((await extract(latin)).extracted).toMatchObject({
      plain: false,
      reason: expect.stringMatching(/^bytes that are no UTF-8 text near record \d+$/),
    });
  });

  it("writes values in several groups of rows where they are many", async () => {
    const long = "x".repeat(700_000);
    const text = HEADER + Array.from({ length: 12 }, (_, n) => `${n},b,${long}\n`).join("");
    const { out } = await extract(text);
    const rows = await rowsOf(out);
    expect(rows.map(([first]) => first)).toEqual(Array.from({ length: 12 }, (_, n) => String(n)));
    expect(rows.every(([, last]) => last === long)).toBe(true);
  });

  it("gives nothing of a file that changes meanwhile, unless it only grows", async () => {
    const text = HEADER + "1,2,3\n".repeat(2000);
    const whole = { plain: true, records: 2000, to: text.length };
    const changed = { plain: false, reason: "the file changed while it was read" };
    for (const [change, expected] of [
      [(path: string) => truncateSync(path, 6000), changed],
      [(path: string) => utimesSync(path, 1, 1), changed],
      [(path: string) => appendFileSync(path, "1,2"), whole],
    ] as const) {
      const path = join(folder, `${files + 1}.csv`);
      const { extracted } = await extract(text, { stretchBytes: 5000, onBytes: () => change(path) });
      expect(extracted).toEqual(expected);
    }
  });

  it("has room for as many columns as it takes", async () => {
    const [width, lines] = [MOST_COLUMNS, 600];
    const record = (n: number) =>
      Array.from({ length: width }, (_, i) => (i === 7 ? `${n}`.repeat(100) : `${n}.${i}`));
    const table = Array.from({ length: lines }, (_, n) => record(n));
    const all = [record(0), ...table].map((fields) => `${fields.join(",")}\n`).join("");
    const { out } = await extract(all, {
      text: { delimiter: ",", width, lineEnds: 1 },
      columns: texts(...record(0).keys()),
    });
    expect(await rowsOf(out)).toEqual(table);
  });

  it("stops when it is told to, and closes what it opened", async () => {
    const stop = new AbortController();
    const text = HEADER + "1,2,3\n".repeat(3_000_000);
    const extracting = extract(text, { signal: stop.signal, onBytes: () => stop.abort(new Error("enough")) });
    await expect(extracting).rejects.toThrow("enough");
    // Others' files, of threads that are about to end, are none of ours.
    const open = readdirSync("/proc/self/fd").flatMap((name) => {
      try {
        return readlinkSync(`/proc/self/fd/${name}`);
      } catch {
        return [];
      }
    });
    expect(open.filter((path) => path.startsWith(folder))).toEqual([]);
    stop.abort();
    await expect(extract(text, { signal: AbortSignal.abort(new Error("before")) })).rejects.toThrow("before");
  });
});
