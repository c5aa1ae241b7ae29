import { describe, expect, it } from "vitest";
import { RowSampler } from "./rowSample.ts";

/** Rows from a number on: feature `a` is the row's number, `b` ten times that, the probability a thousandth. */
function rows(from: number, count: number): [Float32Array, Float64Array] {
  return [
    Float32Array.from({ length: 2 * count }, (_, i) => (from + (i >> 1)) * (i % 2 === 0 ? 1 : 10)),
    Float64Array.from({ length: count }, (_, i) => (from + i) / 1000),
  ];
}

describe("RowSampler", () => {
  it("keeps every row while there is room", () => {
    const sampler = new RowSampler(2, 4);
    sampler.take(...rows(0, 3));
    expect([...sampler.sample().values]).toEqual([0, 0, 1, 10, 2, 20]);
    expect([...sampler.sample().probabilities]).toEqual([0, 0.001, 0.002]);
  });

  it.each([1, 3, 7, 64, 1000])("keeps one row in so many of all, however they come: by %d", (size) => {
    const sampler = new RowSampler(2, 16);
    for (let from = 0; from < 1000; from += size) sampler.take(...rows(from, Math.min(size, 1000 - from)));
    const { values, probabilities } = sampler.sample();
    const kept = [...probabilities].map((p) => Math.round(1000 * p));
    expect(kept).toEqual(Array.from({ length: 16 }, (_, i) => 64 * i));
    expect([...values]).toEqual(kept.flatMap((row) => [row, 10 * row]));
  });
});
