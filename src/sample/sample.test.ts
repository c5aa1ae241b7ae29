import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { DuckDBInstance } from "@duckdb/node-api";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { quoteLiteral } from "../base/quote.ts";
import { SAMPLE_COLUMNS, sampleRecords, writeSample } from "./sample.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "sample-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const records = (rows: number, seed: number) => [...sampleRecords({ rows, seed })];

async function query(sql: string): Promise<(string | null)[][]> {
  const instance = await DuckDBInstance.create(":memory:");
  try {
    const reader = await (await instance.connect()).runAndReadAll(sql);
    return reader.getRows() as (string | null)[][];
  } finally {
    instance.closeSync();
  }
}

describe("sampleRecords", () => {
  it("makes the same rows from the same seed, and others from another", () => {
    expect(records(50, 5)).toEqual(records(50, 5));
    expect(records(50, 6)).not.toEqual(records(50, 5));
  });

  it("begins every larger sample of the seed", () => {
    expect(records(200, 5).slice(0, 50)).toEqual(records(50, 5));
  });

  it("gives every profile an id of its own, and nearly every one a handle", () => {
    const sample = records(20000, 1);
    expect(new Set(sample.map((record) => record[14])).size).toBe(20000);
    expect(new Set(sample.map((record) => record[1])).size).toBeGreaterThan(19900);
  });

  it.each([[{ rows: 0, seed: 1 }], [{ rows: 1.5, seed: 1 }], [{ rows: 2 ** 28, seed: 1 }]])(
    "refuses %j",
    (options) => {
      expect(() => sampleRecords(options).next()).toThrow(/^invalid rows: /);
    },
  );

  it.each([-1, 0.5, 2 ** 32, Number.NaN])("refuses the seed %d", (seed) => {
    expect(() => sampleRecords({ rows: 1, seed }).next()).toThrow(/^invalid seed: /);
  });
});

describe("writeSample", () => {
  it("writes the example that ships with the project, byte for byte", async () => {
    const path = join(folder, "profiles.csv");
    await writeSample(path, { rows: 1000, seed: 1 });
    const made = createHash("sha256").update(await readFile(path));
    const shipped = createHash("sha256").update(
      await readFile(new URL("../../examples/profiles.csv", import.meta.url)),
    );
    expect(made.digest("hex")).toBe(shipped.digest("hex"));
  });

  it("writes CSV that DuckDB reads back to the same values", async () => {
    const path = join(folder, "read.csv");
    await writeSample(path, { rows: 500, seed: 2 });
    const rows = await query(
      `SELECT * FROM read_csv(${quoteLiteral(path)}, all_varchar = true, parallel = false, nullstr = 'null',
        allow_quoted_nulls = true, header = true, delim = ',', quote = '"', escape = '"', new_line = '\\n')`,
    );
    expect(rows).toEqual(records(500, 2));
  });

  it("compresses the same CSV when the ending says so", async () => {
    const plain = join(folder, "plain.csv");
    const packed = join(folder, "packed.csv.gz");
    await writeSample(plain, { rows: 300, seed: 3 });
    await writeSample(packed, { rows: 300, seed: 3 });
    expect(gunzipSync(await readFile(packed)).equals(await readFile(plain))).toBe(true);
  });

  it.each(["ndjson", "parquet"])(
    "writes %s with numbers, flags and nulls, and the same values",
    async (ending) => {
      const path = join(folder, `typed.${ending}`);
      const progress: number[] = [];
      await writeSample(path, { rows: 3000, seed: 4 }, { onProgress: (rows) => progress.push(rows) });
      const from =
        ending === "ndjson"
          ? `read_json(${quoteLiteral(path)}, columns = ${jsonColumns()})`
          : quoteLiteral(path);
      const rows = await query(`SELECT * FROM ${from}`);
      const typed = records(3000, 4).map((record) =>
        record.map((text, i) => {
          const type = SAMPLE_COLUMNS[i][1];
          if (text === null || type === "text") return text;
          if (type === "flag") return text === "true";
          return type === "real" ? Number(text) : BigInt(text);
        }),
      );
      expect(rows).toEqual(typed);
      expect(progress.at(-1)).toBe(3000);
    },
  );

  it("refuses a file that exists, unless forced", async () => {
    const path = join(folder, "exists.csv");
    await writeFile(path, "mine");
    await expect(writeSample(path, { rows: 5, seed: 1 })).rejects.toThrow(/^output file exists: /);
    expect(await readFile(path, "utf8")).toBe("mine");
    await writeSample(path, { rows: 5, seed: 1 }, { force: true });
    expect(await readFile(path, "utf8")).toMatch(/^"timestamp","account_id"/);
  });

  it.each([
    ["sample.xlsx", /^unknown ending: sample\.xlsx \(expected \.csv, /],
    [".csv", /^unknown ending: /],
    ["nowhere/sample.csv", /^cannot write .*: the folder does not exist$/],
    ["nowhere/sample.parquet", /^cannot write /],
  ])("says what is wrong with %s", async (name, message) => {
    await expect(writeSample(join(folder, name), { rows: 5, seed: 1 })).rejects.toThrow(message);
  });

  it("refuses a folder", async () => {
    const path = join(await mkdtemp(join(folder, "x-")), ".");
    await expect(writeSample(`${path}`, { rows: 5, seed: 1 })).rejects.toThrow(/^unknown ending|is a folder/);
  });

  it.each(["csv", "csv.gz", "ndjson", "parquet"])(
    "leaves nothing behind when %s is aborted",
    async (ending) => {
      const inside = await mkdtemp(join(folder, "abort-"));
      const path = join(inside, `aborted.${ending}`);
      const controller = new AbortController();
      const onProgress = (rows: number): void => {
        if (rows > 0) controller.abort(new Error("stopped by the test"));
      };
      const writing = writeSample(
        path,
        { rows: 200_000, seed: 1 },
        { signal: controller.signal, onProgress },
      );
      await expect(writing).rejects.toThrow("stopped by the test");
      expect(existsSync(path)).toBe(false);
      expect(await readdir(inside)).toEqual([]);
    },
  );
});

function jsonColumns(): string {
  const types = { text: "VARCHAR", real: "DOUBLE", integer: "BIGINT", flag: "BOOLEAN" };
  return `{${SAMPLE_COLUMNS.map(([name, type]) => `${name}: '${types[type]}'`).join(", ")}}`;
}
