import { describe, expect, it } from "vitest";
import { weightsOf } from "./data.ts";
import { Draw, mix } from "./draw.ts";

const numbers = (draw: Draw, row: number, part: number): number[] => {
  draw.begin(row, part);
  return [draw.bits(), draw.bits(), draw.bits()];
};

describe("Draw", () => {
  it("gives a row the same stream whatever was drawn before", () => {
    const draw = new Draw(7);
    const first = numbers(draw, 5, 1);
    numbers(draw, 6, 1);
    expect(numbers(draw, 5, 1)).toEqual(first);
    expect(numbers(new Draw(7), 5, 1)).toEqual(first);
  });

  it("gives rows, parts and seeds streams of their own", () => {
    const draw = new Draw(7);
    const streams = [
      numbers(draw, 5, 1),
      numbers(draw, 6, 1),
      numbers(draw, 5, 2),
      numbers(new Draw(8), 5, 1),
    ];
    expect(new Set(streams.flat()).size).toBe(12);
  });

  it("is uniform over the rows", () => {
    const draw = new Draw(3);
    let below = 0;
    for (let row = 0; row < 20000; row++) {
      draw.begin(row, 1);
      if (draw.uniform() < 0.25) below++;
    }
    // Four standard errors: 4 * sqrt(0.25 * 0.75 / 20000).
    expect(Math.abs(below / 20000 - 0.25)).toBeLessThan(0.0123);
  });

  it("picks by weight", () => {
    const draw = new Draw(1);
    draw.begin(0, 1);
    const counts = [0, 0, 0];
    for (let i = 0; i < 10000; i++) counts[draw.weighted(weightsOf([1, 0, 3]))]++;
    expect(counts[1]).toBe(0);
    expect(counts[2] / 10000).toBeCloseTo(0.75, 1);
  });

  it("stays within its bounds", () => {
    const draw = new Draw(1);
    draw.begin(0, 1);
    const drawn = new Set(Array.from({ length: 200 }, () => draw.between(2, 4)));
    expect([...drawn].sort()).toEqual([2, 3, 4]);
  });
});

describe("mix", () => {
  it("is one to one", () => {
    expect(new Set(Array.from({ length: 100000 }, (_, i) => mix(i))).size).toBe(100000);
  });
});
