import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { DuckDBInstance } from "@duckdb/node-api";
import { beforeAll, describe, expect, it } from "vitest";
import {
  type Compared,
  compared,
  ksDistance,
  type SizeNorm,
  spearman,
} from "../../test/support/sample/compared.ts";
import { quoteLiteral } from "../base/quote.ts";
import { SAMPLE_COLUMNS, sampleRecords } from "./sample.ts";

const realFile = fileURLToPath(new URL("../../../shared/data/tiktok.csv", import.meta.url));
const reference = (name: string) =>
  fileURLToPath(new URL(`../../../shared/reference/${name}`, import.meta.url));

/** As in reference/size-norm.json, for the checks that need no real file. */
const NORM: SizeNorm = {
  log10_followers: [1.15, 1.77, 2.23, 2.76, 3.2, 3.78, 4.21, 4.78, 5.19, 5.71, 6.3],
  rate: [1.2709, 0.38, 0.1575, 0.0909, 0.0402, 0.0239, 0.0239, 0.0239, 0.0194, 0.0193, 0.0193],
};

const ROWS = 20000;
let sample: Compared[];

beforeAll(() => {
  const place = new Map(SAMPLE_COLUMNS.map(([name], i) => [name as string, i]));
  sample = [...sampleRecords({ rows: ROWS, seed: 1 })].map((record) =>
    compared((column) => record[place.get(column) ?? -1] ?? "null", NORM),
  );
});

const share = (of: readonly Compared[], flag: string): number =>
  of.filter((row) => row.flags[flag]).length / of.length;
const column = (of: readonly Compared[], name: string): number[] => of.map((row) => row.numbers[name]);

describe("the synthetic population", () => {
  // The rates of the thousand real profiles, in reference/targets.csv and the notes on the data. Four standard errors
  // of a share p of 1000: 4 * sqrt(p (1 - p) / 1000).
  it.each([
    ["engagement", 0.51],
    ["activity", 0.395],
    ["creator", 0.217],
    ["verified", 0.019],
    ["link", 0.191],
    ["biography_missing", 0.003],
    ["keyword", 0.012],
    ["lines", 0.5],
    ["undated_account", 0.084],
  ])("has the share of %s of the real one", (flag, real) => {
    expect(Math.abs(share(sample, flag) - real)).toBeLessThan(4 * Math.sqrt((real * (1 - real)) / 1000));
  });

  it("posts less where the label is positive, as the real one does", () => {
    const positive = share(sample, "activity_of_positive") / share(sample, "engagement");
    const other =
      (share(sample, "activity") - share(sample, "activity_of_positive")) / (1 - share(sample, "engagement"));
    expect(positive).toBeCloseTo(0.28, 1);
    expect(other).toBeCloseTo(0.51, 1);
  });

  it("fell silent 97 days ago in the middle", () => {
    const days = column(sample, "silence")
      .filter(Number.isFinite)
      .sort((a, b) => a - b);
    expect(days[days.length >> 1]).toBeGreaterThan(60);
    expect(days[days.length >> 1]).toBeLessThan(150);
  });

  it("holds nothing impossible", () => {
    for (const { numbers, flags } of sample) {
      expect(numbers.listed).toBeLessThanOrEqual(Math.min(numbers.videos_count, 35));
      expect(numbers.biography_length).toBeLessThanOrEqual(80);
      expect(numbers.biography_length).toBeGreaterThan(0);
      expect(numbers.nickname_length).toBeLessThanOrEqual(30);
      expect(numbers.handle_length).toBeLessThanOrEqual(24);
      expect(numbers.rate).toBeCloseTo(numbers.like_rate + numbers.comment_rate, 12);
      // The hour of the picture's address is rounded down, so a post may seem up to an hour late.
      if (!flags.all_undated_posts) expect(numbers.silence).toBeGreaterThan(-1 / 24);
      if (Number.isFinite(numbers.age + numbers.silence)) {
        expect(numbers.age).toBeGreaterThan(numbers.silence + numbers.span);
      }
    }
  });
});

describe.skipIf(!existsSync(realFile))("next to the real profiles", () => {
  let real: Compared[];

  beforeAll(async () => {
    const norm = JSON.parse(readFileSync(reference("size-norm.json"), "utf8")) as SizeNorm;
    expect(norm.rate).toEqual(NORM.rate);
    const instance = await DuckDBInstance.create(":memory:");
    const reader = await (await instance.connect()).runAndReadAll(
      `SELECT * FROM read_csv(${quoteLiteral(realFile)}, all_varchar = true, parallel = false, quote = '"', escape = '"')`,
    );
    real = reader.getRowObjects().map((row) => compared((name) => row[name] as string, norm));
    instance.closeSync();
  });

  // A sample of 1000 of the very same distribution is nearer than 0.043 in 95 of 100 cases, and 0.06 in all but 2 of
  // 1000 (1.86 / sqrt(1000)). What is wider is known: ages, which are drawn above the silence, and texts.
  it.each([
    ["followers", 0.06],
    ["following", 0.06],
    ["likes", 0.06],
    ["videos_count", 0.06],
    ["like_rate", 0.06],
    ["comment_rate", 0.06],
    ["rate", 0.06],
    ["silence", 0.06],
    ["listed", 0.06],
    ["span", 0.08],
    ["age", 0.08],
    ["biography_length", 0.12],
    ["nickname_length", 0.12],
    ["handle_length", 0.12],
  ])("distributes %s alike", (name, most) => {
    expect(ksDistance(column(real, name), column(sample, name))).toBeLessThan(most);
  });

  it("ranks all pairs of numbers alike", () => {
    const names = [
      "followers",
      "following",
      "likes",
      "videos_count",
      "like_rate",
      "comment_rate",
      "rate",
      "silence",
      "age",
      "listed",
    ];
    const far: string[] = [];
    for (const [i, a] of names.entries()) {
      for (const b of names.slice(i + 1)) {
        const [is, should] = [sample, real].map((of) => spearman(column(of, a), column(of, b)));
        // Three standard errors of a rank correlation of 1000 rows are 0.095.
        if (Math.abs(is - should) > 0.095) far.push(`${a} ~ ${b}: ${is.toFixed(2)} for ${should.toFixed(2)}`);
      }
    }
    expect(far).toEqual([]);
  });

  it("has the shares of the real one, within four standard errors and two points", () => {
    const far: string[] = [];
    for (const flag of Object.keys(real[0].flags)) {
      const [is, should] = [share(sample, flag), share(real, flag)];
      const most = 4 * Math.sqrt((should * (1 - should)) / 1000) + 0.02;
      if (Math.abs(is - should) > most) far.push(`${flag}: ${is.toFixed(3)} for ${should.toFixed(3)}`);
    }
    expect(far).toEqual([]);
  });

  it("is written in the same scripts", () => {
    const shares = (of: readonly Compared[]) => (script: string) =>
      of.filter((row) => row.script === script).length / of.length;
    for (const script of [
      "Latin",
      "Arabic",
      "Cyrillic",
      "Thai",
      "Devanagari",
      "Bengali",
      "Khmer",
      "Hiragana",
    ]) {
      const should = shares(real)(script);
      const most = 4 * Math.sqrt((should * (1 - should)) / 1000);
      expect(Math.abs(shares(sample)(script) - should), script).toBeLessThan(most);
    }
  });
});
