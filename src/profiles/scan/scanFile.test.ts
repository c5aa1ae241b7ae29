import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { LAYOUTS } from "../../../test/support/profiles/layouts.ts";
import { writeRecords } from "../../../test/support/profiles/writeRecords.ts";
import { openDatabase } from "../../base/duckdb.ts";
import { quoteLiteral } from "../../base/quote.ts";
import { CANONICAL_NAMES, type CanonicalName } from "../canonical.ts";
import { readProfiles } from "../read.ts";
import type { ScanOptions } from "./scan.ts";
import { scanFile } from "./scanFile.ts";

const folder = mkdtempSync(join(tmpdir(), "scan-test-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A record an account, flat and nested, and a record a video. */
const SOME_LAYOUTS = LAYOUTS.filter(({ name }) =>
  ["Bright Data, 18 columns", "web userInfo, exact and wrapped", "Apify, dotted"].includes(name),
);

const NAMES = CANONICAL_NAMES.join(", ");

/** Scans a file into its good rows, as JSON values, in the order of their accounts. */
async function rowsOf(path: string, options: ScanOptions = {}) {
  let calls = 0;
  const scanned = await scanFile(path, { threads: 2, ...options }, async (connection, scan) => {
    calls++;
    const reader = await connection.runAndReadAll(
      `SELECT _reason, ${NAMES} FROM (${scan.select}) ORDER BY ALL`,
    );
    const rows = reader.getRowsJson();
    return {
      rows: rows.length,
      value: rows.filter(([reason]) => reason === null).map((row) => row.slice(1)),
    };
  });
  return { ...scanned, calls };
}

function file(name: string, bytes: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}

/** About `megabytes` of plain CSV: too much to be checked before the scan. */
function large(
  megabytes: number,
  line = (n: number) => `${n + 1},"about me,\n${"y".repeat(400)}",7\n`,
): string {
  const lines = ["id,biography,followers\n"];
  for (let size = 0, n = 0; size < megabytes * 1e6; n++) {
    lines.push(line(n));
    size += lines[lines.length - 1].length;
  }
  return lines.join("");
}

describe("scanFile", () => {
  it.each(SOME_LAYOUTS.map((layout) => [layout.name, layout] as const))(
    "gives the profiles that the reader gives: %s",
    async (_, layout) => {
      for (const format of ["csv", "ndjson", "parquet"] as const) {
        const path = join(folder, `layout.${format}`);
        await writeRecords(path, format, layout.records);
        const profiles = await readProfiles(path);
        const expected = await profiles.connection.runAndReadAll(
          `SELECT ${NAMES} FROM profiles ORDER BY ALL`,
        );
        const { value, records, rows, scan } = await rowsOf(path);
        // The reader keeps one record of an account, the scan all of them.
        expect(new Set(value.map((row) => JSON.stringify(row)))).toEqual(
          new Set(expected.getRowsJson().map((row) => JSON.stringify(row))),
        );
        expect(records).toBe(profiles.source.records);
        expect(rows + scan.rejectedCount + scan.merged).toBe(records);
        expect([scan.provider, scan.mapped, scan.missing]).toEqual([
          profiles.provider,
          profiles.mapped,
          profiles.missing,
        ]);
        const parallel = format !== "ndjson" && !scan.perVideo;
        expect(scan.way).toBe(parallel ? "parallel" : "exact");
        await profiles.close();
      }
    },
  );

  it("makes of numbers and flags of a Parquet file what it makes of their texts", async () => {
    const path = join(folder, "typed.parquet");
    const { connection, close } = await openDatabase();
    const lists = {
      followers: ["5::BIGINT", "-5", "NULL", "0"],
      following: ["7::UBIGINT", "18446744073709551615", "NULL"],
      likes: ["12::DOUBLE", "NULL", "'NaN'", "1.5", "-0.0", "1e15", "123456789012345", "1e18", "-3", "'inf'"],
      videos_count: ["3::UTINYINT", "NULL"],
      like_engagement_rate: [
        "0.1::DOUBLE",
        "-0.1",
        "NULL",
        "'NaN'",
        "1e300",
        "'inf'",
        "0.0000655307994757536",
      ],
      comment_engagement_rate: ["0.1::FLOAT", "2", "NULL"],
      is_verified: ["true", "false", "NULL"],
      is_private: ["1::TINYINT", "0", "2", "NULL"],
    };
    // Each odd value alone, so that none hides another.
    const rows = Object.keys(lists).flatMap((odd) =>
      lists[odd as keyof typeof lists].map((value) =>
        Object.entries(lists).map(([name, [first]]) => (name === odd ? value : first)),
      ),
    );
    const values = rows.map((row, i) => `(${[i + 1, ...row].join(", ")})`);
    await connection.run(
      `COPY (FROM (VALUES ${values.join(", ")}) AS t(id, ${Object.keys(lists).join(", ")})) TO ${quoteLiteral(path)} (FORMAT parquet)`,
    );
    close();
    const all = async (way?: "exact") => {
      const { value } = await scanFile(path, { way }, async (database, scan) => {
        const reader = await database.runAndReadAll(`FROM (${scan.select}) ORDER BY "row"`);
        return { rows: rows.length, value: reader.getRowsJson() };
      });
      return value;
    };
    const typed = await all();
    expect(typed).toEqual(await all("exact"));
    expect(new Set(typed.map((row) => row[row.length - 2] /* _blanks */)).size).toBeGreaterThan(5);
  });

  it("reads a large file in threads, and numbers its rows only where that is asked for", async () => {
    const path = file("large.csv", large(9));
    for (const [which, last] of [
      ["select", (rows: number) => rows - 1],
      ["unnumbered", () => null],
    ] as const) {
      const { rows, records, distrust, value, scan } = await scanFile(path, {}, async (connection, given) => {
        const sql = `SELECT count(*)::DOUBLE, max("row")::DOUBLE, max(id::BIGINT)::DOUBLE FROM (${given[which]})`;
        const [[n, row, id]] = (await connection.runAndReadAll(sql)).getRows();
        return { rows: Number(n), value: [row, id] };
      });
      expect([rows > 10_000, records, distrust, scan.way]).toEqual([true, rows, null, "parallel"]);
      expect(value).toEqual([last(rows), rows]);
    }
  });

  it("scans exactly, and says why, when a large file has a fault at its end", async () => {
    const path = file("fault.csv", `${large(6)}1,2\n9,9,9\n`);
    const { value, records, distrust, scan, calls } = await rowsOf(path);
    expect([calls, scan.way, distrust]).toEqual([
      2,
      "exact",
      expect.stringMatching(/^too few columns on line 28\d\d\d$/),
    ]);
    expect(scan.rejects).toMatchObject([{ reason: "too_few_columns" }]);
    expect(scan.rejectedByReason).toEqual({ too_few_columns: 1 });
    expect(records).toBe(value.length + 1);
  });

  it("knows before the scan of a small file that it takes the exact reader", async () => {
    const { calls, scan, distrust } = await rowsOf(file("small.csv", "id,followers\n1,2\n2\n3,4\n"));
    expect([calls, scan.way, scan.rows, scan.rejectedCount, distrust]).toEqual([1, "exact", 2, 1, null]);
  });

  it("does not trust rows that are not as many as the records", async () => {
    const path = file("count.csv", large(5));
    const used = async (wrong: readonly string[]) => {
      const ways: string[] = [];
      const { rows, records, distrust } = await scanFile(path, {}, async (connection, scan) => {
        ways.push(scan.way);
        const reader = await connection.runAndReadAll(`SELECT count(*)::DOUBLE FROM (${scan.select})`);
        const n = Number(reader.getRows()[0][0]);
        return { rows: wrong.includes(scan.way) ? n - 1 : n, value: null };
      });
      expect(rows).toBe(records);
      return [ways, distrust];
    };
    expect(await used(["parallel"])).toEqual([["parallel", "sequential"], null]);
    expect(await used(["parallel", "sequential"])).toEqual([
      ["parallel", "sequential", "exact"],
      expect.stringMatching(/^the sequential reader gave \d+ rows of \d+ records$/),
    ]);
    await expect(used(["parallel", "sequential", "exact"])).rejects.toThrow(/gave \d+ rows of \d+ /);
  });

  it("passes on what the caller throws, and does not try again for it", async () => {
    let calls = 0;
    const scanning = scanFile(file("mine.csv", "id,followers\n1,2\n"), {}, async () => {
      calls++;
      throw new Error("of my own");
    });
    await expect(scanning).rejects.toThrow("of my own");
    expect(calls).toBe(1);
  });

  it("can be stopped", async () => {
    const path = file("stop.csv", large(6));
    const stop = new AbortController();
    const scanning = scanFile(path, { signal: stop.signal }, async (connection, scan) => {
      stop.abort(new Error("enough"));
      const reader = await connection.runAndReadAll(`SELECT count(*) FROM (${scan.select}) a, range(100000)`);
      return { rows: reader.currentRowCount, value: null };
    });
    await expect(scanning).rejects.toThrow("enough");
  });

  it("can be stopped while it looks counts over", async () => {
    const path = file(
      "written.csv",
      large(12, (n) => `${n + 1},me,1.${100 + (n % 900)}\n`),
    );
    const stop = new AbortController();
    let calls = 0;
    const scanned = scanFile(path, { signal: stop.signal }, async (connection, { unnumbered }) => {
      calls++;
      const query = connection.runAndReadAll(`SELECT sum(followers) FROM (${unnumbered})`);
      await query.catch((error: unknown) => {
        setTimeout(() => stop.abort(new Error("enough")), 10);
        throw error;
      });
      return { rows: 0, value: null };
    });
    await expect(scanned).rejects.toThrow("enough");
    expect(calls).toBe(1);
  });

  it("leaves alone what nobody needs, and keeps columns that are asked for", async () => {
    const path = file("needed.csv", "id,followers,likes,label\n1,2,many,x\n2,some,3,null\n");
    const { value } = await scanFile(
      path,
      { needed: ["followers"], keep: ["label"] },
      async (connection, scan) => {
        const reader = await connection.runAndReadAll(
          `SELECT id, followers, likes, "column:label", _blanks, _value FROM (${scan.select}) ORDER BY id`,
        );
        return { rows: 2, value: reader.getRowsJson() };
      },
    );
    expect(value).toEqual([
      ["1", "2", null, "x", null, null],
      ["2", null, null, null, "followers", "some"],
    ]);
  });

  it("keeps however many columns", async () => {
    const names = Array.from({ length: 1000 }, (_, i) => `c${i}`);
    const line = (n: number) => `${n},${names.map((name) => `${name} of ${n}`).join(",")}\n`;
    const path = file("wide.csv", `id,${names.join(",")}\n${line(1)}${line(2)}`);
    for (const keep of [names.slice(600), names]) {
      const { value, scan } = await scanFile(path, { keep }, async (connection, { select }) => {
        const reader = await connection.runAndReadAll(
          `SELECT "column:c600", "column:c999" FROM (${select}) ORDER BY "row"`,
        );
        return { rows: 2, value: reader.getRowsJson() };
      });
      expect(scan.way).toBe("parallel");
      expect(value).toEqual([1, 2].map((n) => [`c600 of ${n}`, `c999 of ${n}`]));
    }
  });

  it("reads handles for those without an id only, unless they are asked for", async () => {
    const path = file("handles.csv", "id,account_id\n1,one\n,@two\n0,null\n12e2, three \n007,seven\n");
    const handles = async (used: readonly CanonicalName[] | undefined) => {
      const { value, scan } = await scanFile(path, { used }, async (connection, { select }) => {
        const reader = await connection.runAndReadAll(
          `SELECT id, account_id, _reason FROM (${select}) ORDER BY "row"`,
        );
        return { rows: 5, value: reader.getRowsJson() };
      });
      expect(scan.way).toBe("parallel");
      return value;
    };
    const rest = [
      [null, "two", null],
      [null, null, "missing_id"],
      [null, "three", null],
    ];
    const all = [["1", "one", null], ...rest, ["007", "seven", null]];
    expect(await handles(undefined)).toEqual(all);
    expect(await handles(["account_id"])).toEqual(all);
    expect(await handles(["id"])).toEqual([["1", null, null], ...rest, ["007", null, null]]);
  });

  it("leaves nothing behind and obeys its memory limit", async () => {
    const temporaryDirectory = mkdtempSync(join(folder, "temporary-"));
    const path = file("odd[1].csv", "id,followers\n1,2\n2\n");
    const { value } = await scanFile(
      path,
      { temporaryDirectory, memoryLimit: "300MB", threads: 1 },
      async (connection) => {
        const reader = await connection.runAndReadAll(
          "SELECT current_setting('memory_limit'), current_setting('threads')",
        );
        return { rows: 1, value: reader.getRowsJson()[0] };
      },
    );
    expect(value).toEqual(["286.1 MiB", "1"]);
    expect(readdirSync(temporaryDirectory)).toEqual([]);
  });
});
