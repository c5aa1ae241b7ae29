import { describe, expect, it } from "vitest";
import { Random } from "../base/random.ts";
import { repeatedFeatureRows, repeatedFindings, repeatedIds } from "./repeatedRows.ts";

describe("repeatedIds", () => {
  it("counts rows whose account is in another part already", () => {
    const ids = ["a", "b", "a", "a", "", "", "b", "c"];
    const parts = Int32Array.of(0, 0, 0, 1, 0, 1, -1, 1);
    expect(repeatedIds(ids, parts)).toEqual({ rows: Int32Array.of(3), of: 7 });
  });
});

describe("repeatedFeatureRows", () => {
  const random = new Random(1);
  const names = ["followers", "log_followers", "likes", "videos", "flag"];
  const madeOf = [["followers"], ["followers"], ["likes"], ["videos"], ["bio_link"]];
  const rows = 1000;
  const parts = Int32Array.from({ length: rows }, (_, row) => row % 2);
  const fresh = () => {
    const values = new Float64Array(rows * names.length);
    for (let row = 0; row < rows; row++) {
      const followers = 1 + random.integer(1e6);
      values.set(
        [followers, Math.log(followers), 1 + random.integer(1e6), 1 + random.integer(1e5), row % 3 ? 0 : 1],
        row * names.length,
      );
    }
    return values;
  };
  const copyRow = (values: Float64Array, from: number, to: number) =>
    values.copyWithin(to * names.length, from * names.length, (from + 1) * names.length);

  it("finds copies across parts, not within one", () => {
    const values = fresh();
    copyRow(values, 10, 11);
    copyRow(values, 20, 22);
    copyRow(values, 30, 901);
    expect([...repeatedFeatureRows({ names, values }, madeOf, parts).rows]).toEqual([11, 901]);
  });

  it("does not take accounts with nothing in them for copies, nor what agrees in one thing said twice", () => {
    const values = fresh();
    for (let row = 0; row < 40; row++) values.fill(0, row * names.length, (row + 1) * names.length);
    expect(repeatedFeatureRows({ names, values }, madeOf, parts).rows).toHaveLength(0);
    // The same followers and their logarithm, and nothing else known: 10 bits, not 20.
    for (const row of [50, 51]) values.set([7, Math.log(7), 0, 0, 0], row * names.length);
    expect(repeatedFeatureRows({ names, values }, madeOf, parts).rows).toHaveLength(0);
  });

  it("takes -0 for 0 and unknown for unknown", () => {
    const values = fresh();
    copyRow(values, 10, 11);
    values[11 * names.length + 4] = -0;
    values[10 * names.length + 4] = 0;
    copyRow(values, 12, 13);
    for (const row of [12, 13]) values[row * names.length + 4] = Number.NaN;
    expect([...repeatedFeatureRows({ names, values }, madeOf, parts).rows]).toEqual([11, 13]);
  });
});

it("is severe from one row in a hundred", () => {
  const of = (count: number) => ({ rows: new Int32Array(count), of: 1000 });
  expect(repeatedFindings("repeated_id", of(0))).toEqual([]);
  expect(repeatedFindings("repeated_id", of(1))[0]).toMatchObject({
    severity: "warn",
    message:
      "1 row of 1,000 (0.1 %) has an id that is in another part of the split too, so the model is tested on what it was trained on.",
  });
  expect(repeatedFindings("repeated_row", of(10))[0]).toMatchObject({ severity: "severe", value: 10 });
});
