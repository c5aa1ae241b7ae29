import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, describe, expect, it } from "vitest";
import { openDatabase } from "../../base/duckdb.ts";
import { quoteLiteral } from "../../base/quote.ts";
import { scanFile } from "./scanFile.ts";

/**
 * What DuckDB's reader does to files as they are found, when nobody looks after it, and that the scan does not. Each test shows both, so
 * that it also tells when DuckDB has learnt better.
 */

const folder = mkdtempSync(join(tmpdir(), "traps-test-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function file(name: string, bytes: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}

/** What DuckDB answers by itself, in an instance of its own; an error as its message. */
async function alone(path: string, select: string, options = ""): Promise<unknown> {
  const { connection, close } = await openDatabase({ threads: 2 });
  try {
    const reader = await connection.runAndReadAll(
      `SELECT ${select} FROM read_csv(${quoteLiteral(path)}${options})`,
    );
    return reader.getRowsJson()[0];
  } catch (error) {
    return (error as Error).message;
  } finally {
    close();
  }
}

/** The same of a scan: the row, the records in the file, those rejected and by which way it was read. */
async function scanned(path: string, select: string) {
  const { value, records, rows, scan } = await scanFile(path, { threads: 2 }, async (connection, given) => {
    const reader = await connection.runAndReadAll(`SELECT count(*), ${select} FROM (${given.select})`);
    const [[count, ...row]] = reader.getRowsJson();
    return { rows: Number(count), value: row };
  });
  expect(rows + scan.rejectedCount).toBe(records);
  return { value, records, way: scan.way, rejected: scan.rejectedByReason };
}

/** Records `account`, `followers` and a biography. */
function csv(records: number, biography = (_: number) => "about me"): string {
  const lines = Array.from({ length: records }, (_, n) => `user${n},${n},${biography(n)}\n`);
  return `account_id,followers,biography\n${lines.join("")}`;
}

const STRICT =
  ", header = true, all_varchar = true, auto_detect = false, columns = {a: 'VARCHAR', b: 'VARCHAR', c: 'VARCHAR'}";

describe("the scan", () => {
  it("refuses a gzip file that is cut off, of which DuckDB reads what is there", async () => {
    const packed = gzipSync(csv(60_000, (n) => Math.sin(n).toString()));
    const path = file("cut.csv.gz", packed.subarray(0, packed.length / 2));
    const [rows] = (await alone(path, "count(*)::INTEGER", ", ignore_errors = true")) as [number];
    expect(rows).toBeGreaterThan(10_000);
    expect(rows).toBeLessThan(60_000);
    await expect(scanned(path, "sum(followers)")).rejects.toThrow(/^truncated gzip: cut\.csv\.gz/);
  });

  it("refuses a gzip file with a wrong checksum, also a large one", async () => {
    const text = csv(24, (n) => (n < 12 ? "me" : randomBytes(450_000).toString("base64")));
    for (const [name, body] of [
      ["small.csv.gz", csv(1000)],
      ["large.csv.gz", text],
    ]) {
      const packed = gzipSync(body, { level: 1 });
      packed[packed.length - 6] ^= 0x55;
      expect(packed.length > 1 << 22).toBe(name === "large.csv.gz");
      const path = file(name, packed);
      expect(await alone(path, "count(*) > 0")).toEqual([true]);
      await expect(scanned(path, "sum(followers)")).rejects.toThrow(/^corrupt gzip: (small|large)\.csv\.gz/);
    }
  });

  it("makes up no records from the lines of a biography, as DuckDB does when told to pass over errors", async () => {
    // Each biography is a table itself, and whoever begins to read in the middle of one takes its lines for records.
    const table = `"see:\n${"user,7,fake\nor\n".repeat(50)}bye"`;
    const records = 30_000;
    const path = file(
      "forged.csv",
      csv(records, () => table),
    );
    const count = "count(*)::INTEGER, count(*) FILTER (WHERE c = 'fake')::INTEGER";
    const [rows, forged] = (await alone(path, count, `${STRICT}, ignore_errors = true`)) as [number, number];
    expect(forged).toBeGreaterThan(0);
    expect(rows).not.toBe(records);
    // Told not to, it cannot read the file at all, though nothing is wrong with it.
    expect(await alone(path, count, `${STRICT}, strict_mode = true`)).toMatch(/Error/);
    const { value, ...facts } = await scanned(
      path,
      "count(*) FILTER (WHERE biography = 'fake'), sum(followers)",
    );
    expect(value).toEqual(["0", String((records * (records - 1)) / 2)]);
    expect(facts).toEqual({ records, way: "sequential", rejected: {} });
  });

  it("does not believe the parallel reader where a record begins with a line end, of which that may lose the beginning", async () => {
    // Cut between the quote and the line end, the record begins behind both, and its closing quote is taken for a part of the value.
    const path = file("begins.csv", `a,b,c\n${"1,2,3\n".repeat(9)}"\nx",5,6\n${"1,2,3\n".repeat(9)}`);
    const found = new Set<unknown>();
    for (let buffer = 30; buffer < 80 && !found.has('x"'); buffer++) {
      const cut = `${STRICT}, strict_mode = true, max_line_size = 20, buffer_size = ${buffer}`;
      found.add(((await alone(path, "max(a)", cut)) as unknown[])[0]);
    }
    expect([...found]).toContain('x"');
    const named = file("named.csv", `account_id,followers,likes\n1,2,3\n"\nx",5,6\n`);
    const { value, ...facts } = await scanned(named, "list(account_id ORDER BY followers)");
    expect(value).toEqual([["1", "\nx"]]);
    expect(facts).toEqual({ records: 2, way: "sequential", rejected: {} });
  });

  it("does not believe it where a record ends with a line end in quotes either: the last quote may be taken for the first of a record", async () => {
    const path = file("ends.csv", 'account_id,followers,biography\r\nann,1,"\r\n"\r\nbob,",2",x\r\n');
    const { value, ...facts } = await scanned(path, "list(biography ORDER BY account_id)");
    expect(value).toEqual([["\r\n", "x"]]);
    expect(facts).toMatchObject({ records: 2, way: "sequential" });
  });

  it("finds the record that is cut off in the middle of a quoted field, which DuckDB in one thread leaves out", async () => {
    const path = file("open.csv", 'account_id,followers,biography\nann,1,me\nbob,2,"never closed\n');
    const one = `${STRICT}, strict_mode = true, parallel = false`;
    expect(await alone(path, "count(*)", one)).toEqual(["1"]);
    expect(await scanned(path, "sum(followers)")).toEqual({
      value: ["1"],
      records: 2,
      way: "exact",
      rejected: { unclosed_quote: 1 },
    });
  });

  it("finds fields too many though they are empty, and blanks outside of quotes, which DuckDB leaves out", async () => {
    const path = file("extra.csv", 'account_id,followers,biography\nann,1,me,\nbob,2,"you" \neve, "3",us\n');
    const strict = `${STRICT}, strict_mode = true`;
    expect(await alone(path, "string_agg(b, '' ORDER BY a)", strict)).toEqual(["123"]);
    expect(await scanned(path, "any_value(_blanks)")).toEqual({
      value: ["followers"],
      records: 3,
      way: "exact",
      rejected: { too_many_columns: 1, unclosed_quote: 1 },
    });
  });

  it("keeps all digits of ids over 2^63, one of which makes DuckDB round the whole column", async () => {
    const ids = ["6800000000000000001", "99999999999999999999"];
    const path = file("ids.csv", `id,followers\n${ids.map((id) => `${id},1\n`).join("")}`);
    expect(await alone(path, "min(id)::VARCHAR")).toEqual(["6.8e+18"]);
    expect((await scanned(path, "list(id ORDER BY length(id))")).value).toEqual([ids]);
  });

  it("rejects the one record that is no UTF-8, far beyond where DuckDB looks, which then fails as a whole", async () => {
    const lines = csv(200_000).split("\n");
    lines[150_001] = "user150000,1,caf\xe9";
    // Another is right, or the whole text would be taken for Windows-1252.
    const text = Buffer.concat([
      Buffer.from(lines.slice(0, 150_001).join("\n").replace("about", "à bout")),
      Buffer.from(`\n${lines.slice(150_001).join("\n")}`, "latin1"),
    ]);
    const path = file("latin.csv", text);
    expect(await alone(path, "max(c)", STRICT)).toMatch(/Error/);
    const { value, ...facts } = await scanned(path, "count(biography)");
    expect(value).toEqual(["199999"]);
    expect(facts).toEqual({ records: 200_000, way: "exact", rejected: { invalid_utf8: 1 } });
  });

  it("counts short and long rows, which DuckDB drops or fails at, and keeps all others", async () => {
    const path = file("rows.csv", `${csv(1000)}short,1\nlong,1,2,3\nlast,5,me\n`);
    expect(await alone(path, "count(*)", `${STRICT}, ignore_errors = true`)).toEqual(["1001"]);
    expect(await alone(path, "count(*)", STRICT)).toMatch(/Expected Number of Columns/);
    const { value, ...facts } = await scanned(
      path,
      "max(account_id) FILTER (WHERE followers = 5 AND biography = 'me')",
    );
    expect(value).toEqual(["last"]);
    expect(facts).toEqual({
      records: 1003,
      way: "exact",
      rejected: { too_few_columns: 1, too_many_columns: 1 },
    });
  });

  it("loses one record to a quote that is never closed, not all that follow", async () => {
    const path = file("quote.csv", `${csv(500)}broken,1,"about\n${csv(500).slice(csv(0).length)}`);
    const [rows] = (await alone(path, "count(*)::INTEGER", `${STRICT}, ignore_errors = true`)) as [number];
    expect(rows).toBeLessThan(1000);
    expect(await scanned(path, "sum(followers)")).toMatchObject({
      value: [String(2 * ((500 * 499) / 2))],
      records: 1001,
      rejected: { unclosed_quote: 1 },
    });
  });

  it("finds columns by their names, where DuckDB gives them names in the order it is told", async () => {
    const swapped = file("swapped.csv", "followers,account_id,biography\n5,ann,me\n");
    expect(await alone(swapped, "a", STRICT)).toEqual(["5"]);
    expect((await scanned(swapped, "any_value(account_id), any_value(followers)")).value).toEqual([
      "ann",
      "5",
    ]);
  });

  it("reads on where DuckDB stops: NUL bytes, mixed line ends, blank lines, other encodings", async () => {
    const bodies: [string, string | Buffer, string][] = [
      ["mark.csv", `\ufeff${csv(3)}`, "parallel"],
      ["crlf.csv", csv(3).replaceAll("\n", "\r\n"), "parallel"],
      ["semicolon.csv", csv(3).replaceAll(",", ";"), "parallel"],
      ["mixed.csv", csv(3).replace("\nuser1", "\r\nuser1"), "exact"],
      ["blank.csv", csv(3).replace("\nuser1", "\n\nuser1"), "exact"],
      ["stray.csv", csv(3, () => 'a "word" of'), "exact"],
      ["utf16.csv", Buffer.from(`\ufeff${csv(3)}`, "utf16le"), "exact"],
    ];
    for (const [name, body, way] of bodies) {
      const found = await scanned(
        file(name, body),
        "string_agg(account_id, ' ' ORDER BY account_id), sum(followers)",
      );
      expect([name, found]).toEqual([
        name,
        { value: ["user0 user1 user2", "3"], records: 3, way, rejected: {} },
      ]);
    }
    const nul = await scanned(
      file(
        "nul.csv",
        csv(3, (n) => (n === 1 ? "a\0b" : "me")),
      ),
      "sum(followers)",
    );
    expect(nul).toEqual({ value: ["2"], records: 3, way: "exact", rejected: { nul_byte: 1 } });
  });
});
