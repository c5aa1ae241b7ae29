import { describe, expect, it } from "vitest";
import { connect, createProfiles } from "../../test/support/features/profiles.ts";
import { Random } from "../base/random.ts";
import { fitPipeline } from "../features/pipeline.ts";
import { postingPreset } from "../features/presets/creator.ts";
import { columnsByName, transform } from "../features/transform.ts";
import { backtest } from "../targets/backtest.ts";
import { snapshotOf } from "../targets/snapshot.ts";
import { cutOffListFindings, listedPosts } from "./cutOffLists.ts";

const column = (name: string, values: ArrayLike<number>) => ({
  name,
  columns: ["posted_at"],
  values: Float64Array.from(values),
});

/** Rows whose lists end at 35: so many before the moment, the rest after it. */
const listed = (...before: number[]) => ({
  before: Float64Array.from(before),
  after: Float64Array.from(before, (count) => 35 - count),
});
const counts = Array.from({ length: 60 }, (_, row) => 12 + (row % 20));

describe("features that follow the number of listed posts", () => {
  it("are told, with a sentence", () => {
    expect(cutOffListFindings([column("posts_before", counts)], listed(...counts))).toEqual([
      {
        severity: "severe",
        code: "cut_off_list",
        features: ["posts_before"],
        columns: ["posted_at"],
        message:
          "posts_before follows how many posts are listed before the moment, and lists end at 35: of a list that long, what is missing before the moment came after it.",
        measure: "r_squared",
        value: 1,
      },
    ]);
  });

  it.each([
    [0.1, "severe"],
    [1.3, "warn"],
    [3, undefined],
  ])("up to noise of %d posts: %s", (noise, severity) => {
    const random = new Random(3);
    const many = Array.from({ length: 2000 }, (_, row) => 12 + (row % 20));
    const noisy = many.map((count) => count + noise * random.normal());
    const [found] = cutOffListFindings([column("x", noisy)], listed(...many));
    expect(found?.severity).toBe(severity);
    // The share of the variance that is not noise: counts from 12 to 31 have one of 33.25.
    if (found) expect(found.value).toBeCloseTo(33.25 / (33.25 + noise ** 2), 2);
  });

  it("are looked for where 50 lists were cut off, within two of the longest", () => {
    const find = (before: number[], short: number, by: number) => {
      const of = listed(...before);
      for (let row = 0; row < short; row++) of.after[row] -= by;
      return cutOffListFindings([column("x", before)], of).length;
    };
    expect(find(counts, 10, 3)).toBe(1);
    expect(find(counts, 11, 3)).toBe(0);
    expect(find(counts, 11, 2)).toBe(1);
  });

  it("are judged on the rows that know them", () => {
    const knownBy = (rows: number) => counts.map((count, row) => (row < rows ? count : Number.NaN));
    const find = (rows: number) => cutOffListFindings([column("x", knownBy(rows))], listed(...counts));
    expect(find(50)).toMatchObject([{ severity: "severe", value: 1 }]);
    expect(find(49)).toEqual([]);
  });

  it("are none that are constant, or that are another number for each row", () => {
    const random = new Random(1);
    expect(
      cutOffListFindings(
        [
          column(
            "x",
            counts.map(() => 7),
          ),
        ],
        listed(...counts),
      ),
    ).toEqual([]);
    expect(
      cutOffListFindings(
        [
          column(
            "x",
            counts.map(() => random.uniform()),
          ),
        ],
        listed(...counts),
      ),
    ).toEqual([]);
    const different = Array.from({ length: 60 }, (_, row) => row / 2);
    expect(cutOffListFindings([column("x", different)], listed(...different))).toEqual([]);
  });
});

it("finds the count among the features of posts, and none of these, on a back-test of lists that end at 35", async () => {
  const random = new Random(5);
  const observed = Date.UTC(2024, 0, 1);
  const profiles = Array.from({ length: 300 }, () => {
    // From several posts a day to one in three months, half of them stopped some time ago.
    const pace = Math.exp(4 * random.uniform() - 1);
    let age = random.uniform() < 0.5 ? 0 : 300 * random.uniform();
    const posts = Array.from({ length: 35 }, () => {
      age -= pace * Math.log(1 - random.uniform());
      return new Date(observed - age * 86_400_000);
    });
    return { observed_at: new Date(observed), posted_at: posts };
  });
  const connection = await connect();
  await createProfiles(connection, "profiles", profiles);
  await backtest(connection, "profiles", "examples", {
    horizon: 30,
    snapshot: await snapshotOf(connection, "profiles"),
  });
  await connection.run(
    'CREATE VIEW latest AS SELECT * REPLACE (account AS "row") FROM examples WHERE cut = 0',
  );
  const pipeline = await fitPipeline(connection, postingPreset(30), "latest");
  const matrix = await transform(connection, pipeline, "latest");
  const features = columnsByName(matrix);
  const { before, after } = await listedPosts(connection, "latest", "profiles", matrix.rows);
  const moment = observed - 30 * 86_400_000;
  matrix.rows.forEach((row, i) => {
    expect(before[i]).toBe(profiles[row].posted_at.filter((post) => post.getTime() < moment).length);
    expect(before[i] + after[i]).toBe(35);
  });
  const columns = Object.entries(features).map(([name, values]) => column(name, values));
  const found = cutOffListFindings([...columns, column("posts_listed", before)], { before, after });
  expect(found.map(({ features: [name], severity }) => [name, severity])).toEqual([
    ["posts_listed", "severe"],
  ]);
});
