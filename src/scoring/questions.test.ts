import { readFileSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { someCreatorModel } from "../../test/support/bundle/creatorModel.ts";
import { openDatabase } from "../base/duckdb.ts";
import { formatCsvLine } from "../base/quote.ts";
import type { Model } from "../bundle/model.ts";
import { type Scores, scoreProfiles } from "../bundle/score.ts";
import { readProfiles } from "../profiles/read.ts";
import { SAMPLE_COLUMNS, sampleRecords } from "../sample/sample.ts";
import { scoreFiles } from "./scoreFiles.ts";

const folder = await mkdtemp(join(tmpdir(), "insights-questions-"));
afterAll(() => rm(folder, { recursive: true, force: true }));
const at = (name: string) => join(folder, name);

/** Made-up profiles, of whom this and that is unknown by turns: every kind of evidence that there is. */
function someCsv(rows: number): string {
  const names = SAMPLE_COLUMNS.map(([name]) => name);
  const lines = [...sampleRecords({ rows, seed: 8 })].map((record, row) => {
    const unknown = new Set<string>();
    if (row % 3 === 0) unknown.add("awg_engagement_rate");
    if (row % 4 === 0) unknown.add("top_videos");
    if (row % 5 === 0) for (const name of ["followers", "likes", "videos_count"]) unknown.add(name);
    return formatCsvLine(names.map((name, i) => (unknown.has(name) ? null : record[i])));
  });
  return `${[formatCsvLine(names), ...lines].join("\n")}\n`;
}

const HEAD = ["id", "probability", "active", "still_posting", "well_answered", "evidence"];
let model: Model;
let expected: Scores;

beforeAll(async () => {
  await writeFile(at("a.csv"), someCsv(1500));
  const { connection, close } = await openDatabase();
  const source = `read_csv('${at("a.csv")}', all_varchar = true, parallel = false)`;
  await connection.run(`COPY (FROM ${source}) TO '${at("a.parquet")}' (FORMAT parquet)`);
  await connection.run(`COPY (FROM ${source}) TO '${at("a.ndjson")}' (FORMAT json)`);
  close();
  const profiles = await readProfiles(at("a.csv"));
  model = await someCreatorModel(profiles.connection, profiles.table);
  expected = await scoreProfiles(profiles.connection, model, profiles.table);
  await profiles.close();
});

const text = (path: string) => readFile(path, "utf8");
const rowsOf = async (path: string) =>
  (await text(path))
    .trimEnd()
    .split("\n")
    .map((line) => line.split(","));

describe("scoring files by two questions", () => {
  it("gives the library's answers and evidence, in the file's order, from every format", async () => {
    const { probabilities, answers, ids } = expected;
    for (const name of ["a.csv", "a.parquet", "a.ndjson"]) {
      const out = at(`${name}.scores.csv`);
      const scored = await scoreFiles(model, [at(name)], { out });
      expect(scored).toMatchObject({ records: 1500, written: 1500, rejected: 0, undated: 0 });
      const [head, ...rows] = await rowsOf(out);
      expect(head).toEqual(HEAD);
      expect(rows.map(([id]) => id)).toEqual(ids);
      expect(rows.map((row) => row[5])).toEqual(answers?.evidence);
      for (const [i, [, p, active, still, well]] of rows.entries()) {
        expect(Number(p)).toBeCloseTo(probabilities[i], 12);
        expect(active).toBe(String(Number(probabilities[i] >= model.threshold)));
        expect(Number(still)).toBeCloseTo(answers!.still_posting[i], 12);
        expect(Number(well)).toBeCloseTo(answers!.well_answered[i], 12);
      }
      expect(scored.active).toBe(rows.filter(([, , active]) => active === "1").length);
      const none = rows.filter((row) => row[5] === "none+none");
      expect(scored.unanswered).toBe(none.length);
    }
    const kinds = [
      "none+none",
      "posts+none",
      "posts+profile",
      "posts+rate",
      "profile+profile",
      "profile+rate",
    ];
    expect([...new Set(answers?.evidence)].sort()).toEqual(kinds);
  });

  it("writes the same whether in one part or in many, as text and as Parquet, and after a break", async () => {
    const inputs = [at("a.parquet"), at("a.csv")];
    const whole = await scoreFiles(model, inputs, { out: at("whole.csv") });
    const many = await scoreFiles(model, inputs, { out: at("many.csv"), partBytes: 100_000 });
    expect(await text(at("many.csv"))).toBe(await text(at("whole.csv")));
    const { drift: _, ...counts } = whole;
    expect(many).toMatchObject(counts);
    const stop = new AbortController();
    const stopped = scoreFiles(model, inputs, {
      out: at("broken.csv"),
      partBytes: 100_000,
      signal: stop.signal,
      onProgress() {
        const { parts } = JSON.parse(readFileSync(at("broken.csv.partial/manifest.json"), "utf8"));
        if (parts.length > 0) stop.abort(new Error("stopped"));
      },
    });
    await expect(stopped).rejects.toThrow("stopped");
    const again = await scoreFiles(model, inputs, {
      out: at("broken.csv"),
      partBytes: 100_000,
      resume: true,
    });
    expect(again.resumed).toBeGreaterThan(0);
    expect(again).toMatchObject({ unanswered: whole.unanswered, undated: 0, written: 3000 });
    expect(await text(at("broken.csv"))).toBe(await text(at("whole.csv")));

    await scoreFiles(model, inputs, { out: at("whole.parquet") });
    const { connection, close } = await openDatabase();
    const reader = await connection.runAndReadAll(
      `(SELECT * FROM '${at("whole.parquet")}' EXCEPT ALL FROM read_csv('${at("whole.csv")}', types = {'id': 'VARCHAR'}))`,
    );
    expect(reader.getRows()).toEqual([]);
    const types = await connection.runAndReadAll(
      `SELECT column_name, column_type FROM (DESCRIBE '${at("whole.parquet")}')`,
    );
    expect(types.getRows()).toEqual([
      ["id", "VARCHAR"],
      ["probability", "DOUBLE"],
      ["active", "INTEGER"],
      ["still_posting", "DOUBLE"],
      ["well_answered", "DOUBLE"],
      ["evidence", "VARCHAR"],
    ]);
    close();
  });

  it("leaves out what is no profile, and says so, with and without the file's columns", async () => {
    const head = "id,followers,evidence,active,timestamp,top_videos";
    const post = "https://www.tiktok.com/@a/video/7250000000000000000";
    const lines = [
      `1,5,mine,x,2023-08-01,${post}`,
      "2,many,mine,x,2023-08-01,",
      `,,,,,`,
      "3,,mine,x,2023-08-01,",
    ];
    await writeFile(at("bad.csv"), `${[head, ...lines].join("\n")}\n`);
    for (const allColumns of [false, true]) {
      const out = at("bad-scores.csv");
      const scored = await scoreFiles(model, [at("bad.csv")], { out, allColumns, force: true });
      expect(scored).toMatchObject({ records: 4, written: 3, rejected: 1, unanswered: 2 });
      expect(scored.rejectedByReason).toEqual({ missing_id: 1 });
      expect(scored.blanks).toEqual([
        { column: "followers", impossible: false, count: 1, value: "many", line: null },
      ]);
      const [names, ...rows] = await rowsOf(out);
      const ours = ["probability", "model_active", "still_posting", "well_answered", "model_evidence"];
      expect(names).toEqual(allColumns ? [...head.split(","), ...ours] : HEAD);
      expect(rows.map((row) => row.at(-1))).toEqual(["posts+profile", "none+none", "none+none"]);
      if (allColumns) expect(rows.map((row) => row[2])).toEqual(["mine", "mine", "mine"]);
    }
  });

  it("answers by the profile where it is not known when posts were read, and counts those rows", async () => {
    const post = "https://www.tiktok.com/@a/video/7250000000000000000";
    const lines = [`1,5,${post},2023-08-01`, `2,6,${post},`, "3,7,,", "4,8,,2023-08-01"];
    await writeFile(at("undated.csv"), `id,followers,top_videos,timestamp\n${lines.join("\n")}\n`);
    const scored = await scoreFiles(model, [at("undated.csv")], { out: at("undated-scores.csv") });
    expect(scored).toMatchObject({ written: 4, undated: 1, unanswered: 0 });
    const [, ...rows] = await rowsOf(at("undated-scores.csv"));
    expect(rows.map((row) => row[5])).toEqual([
      "posts+profile",
      "profile+profile",
      "profile+profile",
      "profile+profile",
    ]);
  });

  it("refuses a file of which neither question can be answered", async () => {
    await writeFile(at("handles.csv"), "account_id,nickname\na,A\nb,B\n");
    await expect(scoreFiles(model, [at("handles.csv")], { out: at("never.csv") })).rejects.toThrow(
      /^missing columns: neither question can be answered\. .*posted_at.*awg_engagement_rate and followers/,
    );
  });
});
