import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { connect, createProfiles, NASTY_PROFILES } from "../../test/support/features/profiles.ts";
import { CANONICAL_NAMES } from "../profiles/canonical.ts";
import { double } from "./dialect.ts";
import { step } from "./feature.ts";
import { column } from "./kinds/column.ts";
import { kindNamed } from "./kinds.ts";
import { LARGEST_SCALED, minMax } from "./minMax.ts";
import {
  evaluatePipeline,
  type FittedPipeline,
  fitPipeline,
  parsePipeline,
  pipelineInputs,
  pipelineSql,
} from "./pipeline.ts";
import { PRESETS, presetInputs, presetNamed } from "./presets.ts";
import { featureName } from "./profile.ts";
import { transform } from "./transform.ts";

const connection = await connect();
await createProfiles(connection, "nasty", NASTY_PROFILES);
const pipeline = await fitPipeline(connection, "original", "nasty");
const copy = (): FittedPipeline => JSON.parse(JSON.stringify(pipeline));

describe("a fitted pipeline", () => {
  it("comes back from JSON the same, to the bit", () => {
    expect(parsePipeline(copy())).toEqual(pipeline);
    expect(pipelineSql(parsePipeline(copy()))).toEqual(pipelineSql(pipeline));
  });

  it("gives the same by its query and by its twin, finite in 32 bits", async () => {
    const { values, rows, columns, names } = await transform(connection, pipeline, "nasty");
    expect(names).toEqual(pipeline.names);
    expect([...rows]).toEqual(NASTY_PROFILES.map((_, i) => i));
    expect(values).toHaveLength(rows.length * columns);
    NASTY_PROFILES.forEach((profile, i) => {
      expect(values.subarray(i * columns, (i + 1) * columns)).toEqual(
        Float32Array.from(evaluatePipeline(pipeline, profile)),
      );
    });
    expect(values.every(Number.isFinite)).toBe(true);
  });

  it("puts the training rows in 0..1", async () => {
    const { values } = await transform(connection, pipeline, "nasty");
    expect(Math.min(...values)).toBe(0);
    expect(Math.max(...values)).toBe(1);
  });

  it("orders by row, over more than one chunk", async () => {
    await connection.run(
      `CREATE TABLE many AS SELECT 2999 - i AS "row", biography, bio_link, is_verified, followers, i AS following, likes,
         videos_count, like_engagement_rate, comment_engagement_rate
       FROM range(3000) t(i), (FROM nasty WHERE "row" = 3)`,
    );
    const { rows, values, columns, names } = await transform(connection, pipeline, "many");
    const following = names.indexOf("following");
    expect(rows).toEqual(Float64Array.from({ length: 3000 }, (_, i) => i));
    for (const row of [0, 1, 2047, 2048, 2999]) {
      const expected = minMax(2999 - row, pipeline.scaling.min[following], pipeline.scaling.max[following]);
      expect(values[row * columns + following]).toBe(Math.fround(expected));
    }
  });

  it("gives an empty matrix for no profiles", async () => {
    await createProfiles(connection, "none", []);
    const { rows, values } = await transform(connection, pipeline, "none");
    expect([rows.length, values.length]).toEqual([0, 0]);
  });

  it("names the column that a relation lacks", async () => {
    await connection.run('CREATE TABLE bare AS SELECT "row", * EXCLUDE (likes, "row") FROM nasty');
    const message = /^missing column: likes \(from .*; or --map likes=COLUMN\)$/;
    await expect(transform(connection, pipeline, "bare")).rejects.toThrow(message);
    await expect(fitPipeline(connection, "original", "bare")).rejects.toThrow(message);
    await connection.run("CREATE TABLE barer AS SELECT * EXCLUDE (following) FROM bare");
    await expect(transform(connection, pipeline, "barer")).rejects.toThrow(
      /^missing columns: likes, following \(likes from .*; following from .*; or --map likes=COLUMN\)$/,
    );
  });

  it("lists what it reads", () => {
    expect(pipelineInputs(pipeline)).toEqual(presetInputs(PRESETS.original));
    for (const name of pipelineInputs(pipeline)) expect(CANONICAL_NAMES).toContain(name);
  });
});

describe("fitting", () => {
  it("needs at least one row", async () => {
    await createProfiles(connection, "empty", []);
    await expect(fitPipeline(connection, "original", "empty")).rejects.toThrow("too few rows");
  });

  it("makes a feature that is constant in training 0 everywhere", async () => {
    await createProfiles(connection, "alike", [{ followers: 5n }, { followers: 5n }]);
    const preset = { name: "one", about: "", steps: [step(column, { column: "followers" })] };
    const one = await fitPipeline(connection, preset, "alike");
    await createProfiles(connection, "unlike", [{ followers: 5n }, { followers: 9n }, {}]);
    expect([...(await transform(connection, one, "unlike")).values]).toEqual([0, 0, 0]);
    expect([...evaluatePipeline(one, { followers: 9n })]).toEqual([0]);
  });

  it("does not clip what lies outside the training range, but keeps it finite", async () => {
    await createProfiles(connection, "narrow", [
      { like_engagement_rate: 0 },
      { like_engagement_rate: 1e-20 },
    ]);
    const preset = { name: "one", about: "", steps: [step(column, { column: "like_engagement_rate" })] };
    const one = await fitPipeline(connection, preset, "narrow");
    await createProfiles(connection, "wide", [
      { like_engagement_rate: 3e-20 },
      { like_engagement_rate: -1e-20 },
      { like_engagement_rate: 1e29 },
    ]);
    const { values } = await transform(connection, one, "wide");
    expect(values[0]).toBeCloseTo(3, 6);
    expect(values[1]).toBe(-1);
    expect(values[2]).toBe(Math.fround(LARGEST_SCALED));
  });

  it("knows presets and kinds by name", async () => {
    await expect(fitPipeline(connection, "nosuch", "nasty")).rejects.toThrow(
      "unknown preset: nosuch (expected original, profile, original-log, creator, posting)",
    );
    expect(() => presetNamed("constructor")).toThrow("unknown preset");
    expect(() => kindNamed("x")).toThrow(
      "unknown feature kind: x (expected keywords, principalComponents, missing, ratio, column, logs, known, posting, rate)",
    );
  });
});

describe("presets", () => {
  it.each(Object.entries(PRESETS))("%s has its own name and valid steps", (name, preset) => {
    expect(preset.name).toBe(name);
    const names = preset.steps.flatMap(({ kind, params }) => {
      return kindNamed(kind).outputs(kindNamed(kind).params.parse(params));
    });
    for (const output of names) expect(featureName.safeParse(output).success).toBe(true);
    expect(new Set(names).size).toBe(names.length);
  });
});

describe("reading a pipeline that was tampered with", () => {
  const cases: [string, (pipeline: FittedPipeline) => unknown, string][] = [
    [
      "an unknown kind",
      (p) => Object.assign(p.steps[0], { kind: "magic" }),
      "invalid pipeline: unknown feature kind: magic",
    ],
    ["a step without parameters", (p) => Object.assign(p.steps[0], { params: {} }), "invalid pipeline: "],
    [
      "a column that is none",
      (p) => Object.assign(p.steps[2], { params: { column: "1; DROP", output: "x" } }),
      "invalid pipeline",
    ],
    ["a name too many", (p) => p.names.push("x"), "its names are not those of its steps"],
    ["a scale too few", (p) => p.scaling.min.pop(), "its scaling is not of 9 features"],
    ["a scale that is no number", (p) => p.scaling.max.fill(Number.NaN), "invalid pipeline"],
    [
      "a name twice",
      (p) => {
        p.steps.push(p.steps[3]);
        p.names.push(p.names[4]);
      },
      "two features have the same name",
    ],
  ];
  it.each(cases)("refuses %s", (_what, change, message) => {
    const changed = copy();
    change(changed);
    expect(() => parsePipeline(changed)).toThrow(message);
  });
  it("refuses what is no pipeline", () => {
    expect(() => parsePipeline(null)).toThrow("invalid pipeline");
  });
});

it("writes numbers that SQL reads back to the same bits", async () => {
  const numbers = [
    ...fc.sample(fc.double({ noDefaultInfinity: true, noNaN: true }), { numRuns: 300, seed: 5 }),
    0.1,
    1e-7,
    2 ** 61,
    Number.MAX_VALUE,
    Number.MIN_VALUE,
  ];
  const reader = await connection.runAndReadAll(`SELECT ${numbers.map(double).join(", ")}`);
  expect(reader.getRowsJS()[0].map((value) => Number(value) + 0)).toEqual(numbers.map((value) => value + 0));
  expect(() => double(Number.NaN)).toThrow(RangeError);
});
