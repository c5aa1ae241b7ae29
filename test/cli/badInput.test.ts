import { readFileSync } from "node:fs";
import { mkdir, readFile, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { DuckDBInstance } from "@duckdb/node-api";
import { describe, expect, it } from "vitest";
import { ROOT, runHere, scratchFolder } from "../support/harness.ts";

const scratch = await scratchFolder();
const sample = readFileSync(join(ROOT, "examples/profiles.csv"));

const HEADER =
  "account_id,id,biography,awg_engagement_rate,comment_engagement_rate,like_engagement_rate,bio_link,is_verified,followers,following,likes,videos_count";

/** Made-up people, enough of them to train on; half of them above 0.05. */
function people(n: number, change: (fields: string[], i: number) => string[] = (fields) => fields): string[] {
  return Array.from({ length: n }, (_, i) => {
    const like = i % 2 === 0 ? 0.08 + i / 10_000 : 0.01 + i / 100_000;
    const comment = 0.001 + (i % 7) / 10_000;
    const id = String(6_800_000_000_000_000_000n + BigInt(i));
    const fields = [`person${i}`, id, "hello there", String(like + comment), String(comment), String(like)];
    return change(
      [...fields, "null", "false", String(1000 + i), "20", String(30_000 + i * 11), "12"],
      i,
    ).join(",");
  });
}

function csv(rows: string[], header = HEADER): string {
  return `${[header, ...rows].join("\n")}\n`;
}

/** Puts a value in a column of one row. */
function put(row: number, column: string, value: string) {
  const at = HEADER.split(",").indexOf(column);
  return (fields: string[], i: number) => (i === row ? fields.with(at, value) : fields);
}

let made = 0;
async function file(content: string | Uint8Array, ending = "csv"): Promise<string> {
  made += 1;
  const path = join(scratch, `input${made}.${ending}`);
  await writeFile(path, content);
  return path;
}

async function study(path: string, ...words: string[]) {
  made += 1;
  const out = join(scratch, `out${made}`);
  const finished = await runHere([
    "study",
    path,
    "--out",
    out,
    "--max-epochs",
    "10",
    "--no-recommended",
    ...words,
  ]);
  return { ...finished, out };
}

describe("a clear error, exit code 1, no stack trace, no output", () => {
  const cases: [string, () => Promise<string>, RegExp][] = [
    ["no such file", async () => join(scratch, "none.csv"), /no such file/],
    ["a folder", async () => scratch, /folder/],
    ["an empty file", () => file(""), /empty/],
    ["a header only", () => file(`${HEADER}\n`), /no profiles/],
    ["no known column", () => file("a,b\n1,2\n"), /(a, b|--map)/],
    [
      "a needed column missing",
      () => file(csv(people(60), HEADER.replace(",likes", ",xx"))),
      /missing column: likes/,
    ],
    ["one class only", () => file(csv(people(60, (f) => f.with(3, "0.5")))), /one class/],
    ["fewer rows than the split needs", () => file(csv(people(5))), /(too few|fewer)/],
    [
      "all rows rejected",
      () => file(csv(people(9, (f) => f.with(0, "").with(1, "12abc")))),
      /no profiles left: all 9 records were rejected/,
    ],
    ["a truncated gz", () => file(gzipSync(sample).subarray(0, 50_000), "csv.gz"), /truncated gzip/],
    [
      "a corrupt gz",
      () => {
        const bytes = gzipSync(sample);
        bytes[bytes.length - 6] ^= 0xff;
        return file(bytes, "csv.gz");
      },
      /gzip/,
    ],
    [
      "JSON that stops in the middle",
      () => file('[{"username":"a","follower_count":1},{"userna', "json"),
      /json/i,
    ],
    [
      "a picture",
      () => file(Buffer.from("89504e470d0a1a0a0000000d49484452", "hex"), "csv"),
      /PNG|picture|image|not a table/i,
    ],
  ];
  it.each(cases)("%s", async (_, make, message) => {
    const { code, stdout, stderr, out } = await study(await make());
    expect(stderr).toMatch(message);
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toMatch(/^error: /m);
    expect(stderr).not.toMatch(/^\s+at |INTERNAL|Error:/m);
    await expect(readFile(join(out, "metrics.json"))).rejects.toThrow("ENOENT");
  });

  it("a truncated Parquet", async () => {
    const path = join(scratch, "cut.parquet");
    const instance = await DuckDBInstance.create();
    const connection = await instance.connect();
    await connection.run(
      `COPY (SELECT i::VARCHAR AS id, i AS followers FROM range(9999) t(i)) TO '${path}' (FORMAT parquet)`,
    );
    connection.closeSync();
    await truncate(path, 5000);
    const { code, stderr } = await study(path);
    expect(code).toBe(1);
    expect(stderr).toMatch(/parquet/i);
    expect(stderr).not.toMatch(/INTERNAL|^\s+at /m);
  });

  it("an output folder that exists, or is no folder", async () => {
    const path = await file(csv(people(60)));
    const out = join(scratch, "taken");
    await mkdir(out);
    await writeFile(join(out, "cat.txt"), "x");
    const first = await runHere(["study", path, "--out", out]);
    expect([first.code, first.stderr]).toEqual([1, expect.stringContaining("--force")]);
    const forced = await runHere(["study", path, "--out", out, "--force"]);
    expect([forced.code, forced.stderr]).toEqual([1, expect.stringContaining("not an earlier result")]);
    const file_ = await runHere(["study", path, "--out", path]);
    expect([file_.code, file_.stderr]).toEqual([1, expect.stringContaining("a file stands there")]);
  });
});

describe("a counted reject, and no good row lost", () => {
  const rows = 80;
  const line = (i: number) => i + 2;
  const rejectedCases: [string, string, RegExp, number][] = [
    ["a NUL byte", csv(people(rows, put(34, "biography", "a\u0000b"))), /NUL/i, line(34)],
    ["a long row", csv(people(rows, put(35, "biography", "a,b"))), /./, line(35)],
    ["an unclosed quote", csv(people(rows, put(36, "biography", '"never closed'))), /quote/i, line(36)],
  ];
  it.each(rejectedCases)("%s", async (_, text, detail, at) => {
    const { code, stdout } = await runHere(["inspect", await file(text), "--json"]);
    const found = JSON.parse(stdout);
    expect({ code, ...found }).toMatchObject({ code: 0, records: rows, rows: rows - 1, rejected: 1 });
    expect(found.rejects).toEqual([
      expect.objectContaining({ line: at, detail: expect.stringMatching(detail) }),
    ]);
  });

  it.each([
    ["followers", "12abc", [{ column: "followers", count: 1, value: "12abc", line: line(30) }]],
    ["likes", "-5", [{ column: "likes", count: 1, value: "-5", line: line(30) }]],
    ["videos_count", "inf", [{ column: "videos_count", count: 1, value: "inf", line: line(30) }]],
    ["following", "NaN", []],
  ])("%s of %j costs its cell", async (column, value, blanks) => {
    const path = await file(csv(people(rows, put(30, column, value))));
    const { stdout } = await runHere(["inspect", path, "--json"]);
    expect(JSON.parse(stdout)).toMatchObject({ rows, rejected: 0, rejects: [], blanks });
  });

  it("blanks its cell, is written to rejected.csv, and costs no row its prediction", async () => {
    const { code, stdout, out } = await study(await file(csv(people(rows, put(30, "followers", "12abc")))));
    expect(code).toBe(0);
    expect(stdout).not.toContain("rejected");
    const rejected = await readFile(join(out, "rejected.csv"), "utf8");
    expect(rejected).toBe('line,row,reason,detail\n32,30,blank_followers,"invalid followers: ""12abc"""\n');
    const metrics = JSON.parse(await readFile(join(out, "metrics.json"), "utf8"));
    expect(metrics.dataset).toMatchObject({
      rows,
      rejected: 0,
      blanks: [{ column: "followers", count: 1, value: "12abc", line: 32 }],
    });
    const predictions = await readFile(join(out, "predictions.csv"), "utf8");
    expect(predictions.trim().split("\n").length).toBe(rows + 1);
  });

  it("keeps a rate over 1 and says so", async () => {
    const path = await file(csv(people(rows, put(3, "like_engagement_rate", "63"))));
    const { stdout } = await runHere(["inspect", path, "--json"]);
    const found = JSON.parse(stdout);
    expect(found).toMatchObject({ rows, rejected: 0 });
    expect(found.alerts).toContainEqual(expect.objectContaining({ code: "high_rate" }));
  });
});

describe("read as it is", () => {
  const rows = 60;
  const plain = csv(people(rows, put(1, "biography", "café")));
  const cases: [string, string | Uint8Array, string][] = [
    ["ids over 2^53 and 2^63", csv(people(rows, put(0, "id", "18446744073709551617"))), "csv"],
    ["a BOM", `\ufeff${plain}`, "csv"],
    ["CRLF", plain.replaceAll("\n", "\r\n"), "csv"],
    ["UTF-16", Buffer.from(`\ufeff${plain}`, "utf16le"), "csv"],
    ["Latin-1", Buffer.from(plain, "latin1"), "csv"],
    [
      "a duplicate header",
      csv(
        people(rows).map((row) => `${row},7`),
        `${HEADER},likes`,
      ),
      "csv",
    ],
    ["a 10 MB field", csv(people(rows, put(2, "biography", `"${"x".repeat(10_000_000)}"`))), "csv"],
    ["tabs", plain.replaceAll(",", "\t"), "tsv"],
    ["gzip", gzipSync(plain), "csv.gz"],
  ];
  it.each(cases)("%s", async (_, content, ending) => {
    const { code, stdout, stderr } = await runHere(["inspect", await file(content, ending), "--json"]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(JSON.parse(stdout)).toMatchObject({ rows, rejected: 0 });
  });

  it("keeps long ids exact in the predictions", async () => {
    const { out } = await study(await file(csv(people(rows, put(0, "id", "18446744073709551617")))));
    const predictions = await readFile(join(out, "predictions.csv"), "utf8");
    expect(predictions).toContain("18446744073709551617,");
    expect(predictions).toContain("6800000000000000059,");
  });
});
