import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Random } from "../base/random.ts";
import { initialise } from "../network/network.ts";
import { createPredictor } from "../network/predictor.ts";
import { drawPlan, sampledShapley } from "./sampledShapley.ts";
import {
  coalitionsOf,
  createGame,
  differing,
  exactShapley,
  type Game,
  type Logits,
  type Played,
  play,
} from "./shapley.ts";

const random = new Random(7);
const COLUMNS = 6;
const GROUPS = [[0, 3], [1], [2], [4, 5]];
const numbers = (count: number) => Float32Array.from({ length: count }, () => random.normal());
const networks = [0.5, 0.3, 0.2].map((weight) => ({
  weight,
  logits: createPredictor(initialise(COLUMNS, [5], random)).logits,
}));
const background = { rows: 9, values: numbers(9 * COLUMNS) };
const game = createGame(networks, GROUPS, background);
const x = numbers(COLUMNS);

const differences = (of: Game, { x }: Played) =>
  Array.from({ length: of.rows }, (_, row) => differing(of, x, row));
const exact = (of: Game, played: Played) => exactShapley(of, played, differences(of, played)).values;
const sampled = (of: Game, played: Played, budget: number, seed = 1) =>
  sampledShapley(of, played, drawPlan(of, budget, seed), differences(of, played));
const total = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0);

/** The mean logit of the background with some groups from the profile: the definition, without any of the short cuts. */
function worth(
  { rows, columns, background, networks, groups }: Game,
  x: Float32Array,
  coalition: number,
): number {
  const mixed = background.slice();
  for (let row = 0; row < rows; row++) {
    groups.forEach((places, group) => {
      if (coalition & (1 << group)) for (const place of places) mixed[row * columns + place] = x[place];
    });
  }
  return networks.reduce(
    (sum, { logits, weight }) => sum + (weight * logits(mixed, rows).reduce((all, z) => all + z, 0)) / rows,
    0,
  );
}

/** Shapley values by all orders of the groups. */
function bruteForce(of: Game, x: Float32Array): number[] {
  const orders = (rest: number[]): number[][] =>
    rest.length === 0
      ? [[]]
      : rest.flatMap((one) => orders(rest.filter((o) => o !== one)).map((o) => [one, ...o]));
  const all = orders(of.groups.map((_, group) => group));
  const values = of.groups.map(() => 0);
  for (const order of all) {
    let coalition = 0;
    for (const group of order) {
      const before = worth(of, x, coalition);
      coalition |= 1 << group;
      values[group] += (worth(of, x, coalition) - before) / all.length;
    }
  }
  return values;
}

describe("Shapley values by all coalitions", () => {
  it("are those of all orders of a small network's groups", () => {
    const played = play(game, x);
    const expected = bruteForce(game, x);
    exact(game, played).forEach((value, group) => {
      expect(value).toBeCloseTo(expected[group], 6);
    });
    expect(played.logit).toBeCloseTo(worth(game, x, 15), 6);
    expect(game.base).toBeCloseTo(worth(game, x, 0), 6);
  });

  it("counts what it would have to ask, and only groups that differ", () => {
    const played = play(game, background.values.subarray(0, COLUMNS));
    const found = differences(game, played);
    expect(found[0]).toEqual([]);
    expect(coalitionsOf(game, found)).toBe(3 * (1 + 8 * 2 ** GROUPS.length));
    expect(coalitionsOf(game, [Array.from({ length: 17 }, (_, i) => i)])).toBe(Number.POSITIVE_INFINITY);
  });

  it("gives equals the same, and who makes no difference nothing", () => {
    // Columns 0 and 1 count the same, column 2 not at all; the others multiply.
    const logits: Logits = (x, rows) =>
      Float32Array.from({ length: rows }, (_, row) => {
        const [a, b, , d, e, f] = x.subarray(row * COLUMNS, (row + 1) * COLUMNS);
        return Math.max(0, a + b) * (1 + d) + e * f;
      });
    const single = Array.from({ length: COLUMNS }, (_, place) => [place]);
    const even = background.values.slice();
    for (let row = 0; row < 9; row++) even[row * COLUMNS + 1] = even[row * COLUMNS];
    const fair = createGame([{ logits, weight: 1 }], single, { rows: 9, values: even });
    const values = exact(fair, play(fair, [0.7, 0.7, 5, 0.3, -1, 2]));
    expect(values[0]).toBeCloseTo(values[1], 10);
    expect(values[0]).not.toBe(0);
    expect(values[2]).toBe(0);
    expect(sampled(fair, play(fair, [0.7, 0.7, 5, 0.3, -1, 2]), 400).values[2]).toBe(0);
  });
});

describe("Shapley values by sampled orders", () => {
  it("come to the exact ones, within the errors they tell", () => {
    const played = play(game, x);
    const expected = exact(game, played);
    for (const [budget, tolerance] of [
      [600, 0.1],
      [60_000, 0.005],
    ] as const) {
      const { values, errors } = sampled(game, played, budget);
      values.forEach((value, group) => {
        expect(Math.abs(value - expected[group])).toBeLessThan(tolerance);
        expect(Math.abs(value - expected[group])).toBeLessThan(5 * errors[group] + 1e-6);
      });
    }
  });

  it("are off by about as much as they say, over many draws", () => {
    const played = play(game, x);
    const expected = exact(game, played);
    const draws = Array.from({ length: 200 }, (_, seed) => sampled(game, played, 150, seed));
    expected.forEach((value, group) => {
      const off = Math.sqrt(draws.reduce((sum, { values }) => sum + (values[group] - value) ** 2, 0) / 200);
      const told = draws.reduce((sum, { errors }) => sum + errors[group], 0) / 200;
      expect(off).toBeGreaterThan(told / 3);
      expect(off).toBeLessThan(1.5 * told);
    });
  });

  it("add up to the logit less the base, whatever was drawn, as exact ones do", () => {
    fc.assert(
      fc.property(
        fc.array(fc.float({ min: -4, max: 4, noNaN: true }), { minLength: COLUMNS, maxLength: COLUMNS }),
        fc.integer({ min: 1, max: 1e6 }),
        fc.constantFrom(1, 40, 3000),
        fc.integer({ min: 1, max: 9 }),
        (features, seed, budget, rows) => {
          const values = background.values.subarray(0, rows * COLUMNS);
          const some = createGame(networks, GROUPS, { rows, values });
          const played = play(some, features);
          expect(total(sampled(some, played, budget, seed).values)).toBeCloseTo(played.logit - some.base, 9);
          expect(total(exact(some, played))).toBeCloseTo(played.logit - some.base, 9);
        },
      ),
      { numRuns: 60 },
    );
  });

  it("are nothing for a profile that is the background", () => {
    const one = createGame(networks, GROUPS, { rows: 1, values: x });
    const { values, errors } = sampled(one, play(one, x), 100);
    expect([...values, ...errors].every((value) => Math.abs(value) < 1e-12)).toBe(true);
    expect(total(exact(one, play(one, x)))).toBe(0);
  });
});
