import { existsSync, readFileSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { DuckDBInstance } from "@duckdb/node-api";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { untrainedModel } from "../../test/support/scoring/model.ts";
import type { Model } from "../bundle/model.ts";
import { scoreProfiles } from "../bundle/score.ts";
import { type DataProfile, profileColumn } from "../evaluation/dataProfile.ts";
import { readProfiles } from "../profiles/read.ts";
import { writeSample } from "../sample/sample.ts";
import { scoreFiles } from "./scoreFiles.ts";

const folder = await mkdtemp(join(tmpdir(), "insights-scoring-"));
afterAll(() => rm(folder, { recursive: true, force: true }));
const at = (name: string) => join(folder, name);
const csv = at("a.csv");
let model: Model;
let expected: { ids: (string | null)[]; probabilities: number[] };

beforeAll(async () => {
  await writeSample(csv, { rows: 1200, seed: 11 });
  await writeSample(at("a.parquet"), { rows: 1200, seed: 11 });
  await writeSample(at("a.ndjson"), { rows: 1200, seed: 11 });
  model = await untrainedModel(csv);
  const profiles = await readProfiles(csv);
  const { ids, probabilities } = await scoreProfiles(profiles.connection, model, profiles.table);
  expected = { ids, probabilities: [...probabilities] };
  await profiles.close();
});

const text = (path: string) => readFile(path, "utf8");
const rowsOf = async (path: string) =>
  (await text(path))
    .trimEnd()
    .split("\n")
    .slice(1)
    .map((line) => line.split(","));

async function query(sql: string): Promise<unknown[][]> {
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  const rows = (await connection.runAndReadAll(sql)).getRows();
  connection.closeSync();
  instance.closeSync();
  return rows;
}

describe("scoreFiles", () => {
  it("gives the probabilities of the library, in the file's order, from every format", async () => {
    for (const name of ["a.csv", "a.parquet", "a.ndjson"]) {
      const out = at(`${name}.scores.csv`);
      const scored = await scoreFiles(model, [at(name)], { out });
      expect(scored).toMatchObject({ records: 1200, written: 1200, rejected: 0, rejectedFile: null });
      const rows = await rowsOf(out);
      expect(rows.map(([id]) => id)).toEqual(expected.ids);
      for (const [i, [, p]] of rows.entries()) expect(Number(p)).toBeCloseTo(expected.probabilities[i], 12);
      const active = rows.filter(([, , one]) => one === "1").length;
      expect(active).toBe(scored.active);
      expect(active).toBe(expected.probabilities.filter((p) => p >= 0.5).length);
      expect(existsSync(`${out}.partial`)).toBe(false);
    }
  });

  it("writes the same whether in one part or in many, as CSV, NDJSON and Parquet, packed or not", async () => {
    for (const ending of ["csv", "ndjson", "csv.gz", "parquet"]) {
      const [one, many] = [at(`one.${ending}`), at(`many.${ending}`)];
      const inputs = [at("a.parquet"), csv];
      await scoreFiles(model, inputs, { out: one, force: true });
      let told = 0;
      const onProgress = () => told++;
      await scoreFiles(model, inputs, { out: many, force: true, partBytes: 220_000, onProgress });
      expect(told).toBeGreaterThanOrEqual(3);
      const read = async (path: string) => {
        if (ending === "parquet") return query(`FROM '${path}'`);
        return ending.endsWith("gz") ? gunzipSync(await readFile(path)).toString() : text(path);
      };
      expect(await read(many)).toEqual(await read(one));
    }
  });

  it("goes on where it was stopped, with the parts that were finished, to the same bytes", async () => {
    const [whole, out] = [at("whole.csv"), at("broken.csv")];
    const common = { partBytes: 150_000 };
    await scoreFiles(model, [csv, at("a.parquet")], { ...common, out: whole });
    const stop = new AbortController();
    const stopped = scoreFiles(model, [csv, at("a.parquet")], {
      ...common,
      out,
      signal: stop.signal,
      // Told once more after each part.
      onProgress: () => {
        const { parts } = JSON.parse(readFileSync(`${out}.partial/manifest.json`, "utf8"));
        if (parts.length >= 2) stop.abort(new Error("stopped"));
      },
    });
    await expect(stopped).rejects.toThrow("stopped");
    expect(existsSync(out)).toBe(false);
    await expect(scoreFiles(model, [csv, at("a.parquet")], { ...common, out })).rejects.toThrow(
      /^unfinished run: .*broken\.csv\.partial holds its finished parts \(go on with --resume/,
    );
    const again = (files: readonly string[], other: Model, partBytes: number) =>
      scoreFiles(other, files, { partBytes, out, resume: true });
    const both = [csv, at("a.parquet")];
    for (const [run, message] of [
      [() => again(both, { ...model, threshold: 0.6 }, 150_000), "the model is not the one"],
      [() => again(both, model, 160_000), "the options are not those"],
      [() => again([csv], model, 150_000), "1 files instead of 2"],
      [() => again([csv, at("a.ndjson")], model, 150_000), "a.ndjson is not what it was"],
    ] as const) {
      await expect(run()).rejects.toThrow(`cannot resume: ${message}`);
    }
    const scored = await scoreFiles(model, [csv, at("a.parquet")], { ...common, out, resume: true });
    expect(scored.resumed).toBeGreaterThanOrEqual(2);
    expect(scored).toMatchObject({ records: 2400, written: 2400 });
    expect(await text(out)).toBe(await text(whole));
  });

  it("lists what it left out, by place and reason, and counts it", async () => {
    const files = await Promise.all(
      [1, 2].map(async (n) => {
        const path = at(`bad${n}.csv`);
        await writeFile(path, `id,followers,likes\n1,5,7\n2,many,7\n,,\n3,8,${n}\n`);
        return path;
      }),
    );
    const out = at("bad-scores.csv");
    const scored = await scoreFiles(model, files, { out });
    expect(scored).toMatchObject({
      records: 8,
      written: 6,
      rejected: 2,
      rejectedFile: `${out}.rejected.csv`,
    });
    expect(scored.rejectedByReason).toEqual({ missing_id: 2 });
    expect(scored.blanks).toEqual([
      { column: "followers", impossible: false, count: 2, value: "many", line: null },
    ]);
    expect(scored.unknown["bad1.csv"]).toContain("videos_count");
    expect((await rowsOf(out)).map(([id]) => id)).toEqual(["1", "2", "3", "1", "2", "3"]);
    const listed = await rowsOf(`${out}.rejected.csv`);
    expect(listed.map(([file, , row, reason]) => `${file} ${row} ${reason}`)).toEqual([
      "bad1.csv 1 blank_followers",
      "bad1.csv 2 missing_id",
      "bad2.csv 1 blank_followers",
      "bad2.csv 2 missing_id",
    ]);
  });

  it("counts what cannot be read alike however a file is cut", async () => {
    // As many of one as of the other; which comes first, and which is the more frequent of the first part, differs.
    const path = at("reasons.parquet");
    const followers = "CASE WHEN i IN (0, 399) THEN 'many' ELSE '5' END AS followers";
    const likes = "CASE WHEN i IN (1, 2) THEN 'some' ELSE '7' END AS likes";
    await query(`COPY (SELECT i + 1 AS id, ${followers}, ${likes} FROM range(400) t(i)) TO '${path}'`);
    for (const partBytes of [undefined, 1000]) {
      const out = at("reasons-scores.csv");
      const { blanks } = await scoreFiles(model, [path], { out, force: true, partBytes });
      expect(blanks.map(({ column, count }) => [column, count])).toEqual([
        ["followers", 2],
        ["likes", 2],
      ]);
      expect((await rowsOf(`${out}.rejected.csv`)).map(([, row]) => row)).toEqual(["0", "1", "2", "399"]);
    }
  });

  it("keeps every column when asked, and wants the same ones of all files", async () => {
    const path = at("named.csv");
    await writeFile(path, "id,followers,active,note\n1,5,perhaps,a\n2,6,,b\n");
    const out = at("all.csv");
    await scoreFiles(model, [path], { out, allColumns: true });
    const [head, first] = (await text(out)).split("\n");
    expect(head).toBe("id,followers,active,note,probability,model_active");
    expect(first).toMatch(/^1,5,perhaps,a,0\.\d+,[01]$/);
    await expect(scoreFiles(model, [path, csv], { out: at("never.csv"), allColumns: true })).rejects.toThrow(
      "a.csv has other columns than named.csv",
    );
  });

  it("gives the probabilities of the library where features are made outside of SQL", async () => {
    const spread = await untrainedModel(csv, "profile");
    const profiles = await readProfiles(csv);
    const { probabilities } = await scoreProfiles(profiles.connection, spread, profiles.table);
    await profiles.close();
    await scoreFiles(spread, [csv], { out: at("spread.csv") });
    const rows = await rowsOf(at("spread.csv"));
    expect(rows.map(([, p]) => Number(p))).toEqual([...probabilities]);
  });

  it("tells where the rows are unlike those the model was trained on", async () => {
    const { names } = model.pipeline;
    const alike = (name: string, value: number) => ({ name, unknown: 0, values: [value], counts: [1200] });
    const reference: DataProfile = {
      rows: 1200,
      columns: [],
      words: [],
      features: names.map((name) => alike(name, 7)),
      prediction: profileColumn("prediction", expected.probabilities),
    };
    const out = at("drift.csv");
    expect((await scoreFiles(model, [csv], { out })).drift).toEqual([]);
    const { drift } = await scoreFiles({ ...model, reference }, [csv], { out, force: true });
    expect(drift).toEqual([
      expect.stringContaining(`${names.length} of ${names.length} features moved a lot`),
    ]);
  });
});
