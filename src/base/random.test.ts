import { describe, expect, it } from "vitest";
import { Random } from "./random.ts";

describe("Random", () => {
  it("draws the numbers of xoshiro128** for a given state", () => {
    // First outputs of the reference C program (prng.di.unimi.it/xoshiro128starstar.c) for the state 1, 2, 3, 4.
    const random = new Random(0);
    random.state.set([1, 2, 3, 4]);
    expect([random.bits(), random.bits(), random.bits(), random.bits()]).toEqual([
      11520, 0, 5927040, 70819200,
    ]);
  });

  it("gives the same numbers for the same seed and others for another", () => {
    const draw = (seed: number) =>
      Array.from(
        { length: 5 },
        (
          (random) => () =>
            random.bits()
        )(new Random(seed)),
      );
    expect(draw(7)).toEqual(draw(7));
    expect(draw(7)).not.toEqual(draw(8));
  });

  it("is uniform and normal to within three standard errors", () => {
    const random = new Random(3);
    const n = 100_000;
    let sum = 0;
    let normalSum = 0;
    let normalSquares = 0;
    for (let i = 0; i < n; i++) {
      sum += random.uniform();
      const z = random.normal();
      normalSum += z;
      normalSquares += z * z;
    }
    expect(Math.abs(sum / n - 0.5)).toBeLessThan(3 / Math.sqrt(12 * n));
    expect(Math.abs(normalSum / n)).toBeLessThan(3 / Math.sqrt(n));
    expect(Math.abs(normalSquares / n - 1)).toBeLessThan(3 * Math.sqrt(2 / n));
  });

  it("shuffles to a permutation and forks into streams of their own", () => {
    const random = new Random(5);
    const array = random.shuffle(Int32Array.from({ length: 100 }, (_, i) => i));
    expect([...array].sort((a, b) => a - b)).toEqual(Array.from({ length: 100 }, (_, i) => i));
    expect([...array]).not.toEqual(Array.from({ length: 100 }, (_, i) => i));
    expect(new Random(5).fork(0).bits()).not.toBe(new Random(5).fork(1).bits());
  });
});
