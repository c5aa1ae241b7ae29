import { expect, it } from "vitest";
import { stepsOf } from "./waterfall.ts";

const contributions = (values: readonly number[]) =>
  values.map((value, i) => ({ group: `g${i}`, features: [], value, error: 0, words: `words ${i}` }));

it("begins each step where the one before ended, and ends at the logit", () => {
  const steps = stepsOf({ base: -1, contributions: contributions([2, -0.5, 0.25]) });
  expect(steps.map(({ from, to }) => [from, to])).toEqual([
    [-1, 1],
    [1, 0.5],
    [0.5, 0.75],
  ]);
});

it("puts what is small together", () => {
  const values = Array.from({ length: 11 }, (_, i) => 11 - i);
  const steps = stepsOf({ base: 0, contributions: contributions(values) });
  expect(steps).toHaveLength(9);
  expect(steps[8]).toMatchObject({ words: "3 smaller things together", value: 6, to: 66 });
});
