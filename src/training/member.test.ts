import { beforeEach, describe, expect, it, vi } from "vitest";
import { Random } from "../base/random.ts";
import { stratifiedSplit } from "../evaluation/split.ts";
import { createPredictor } from "../network/predictor.ts";
import type { Examples } from "../network/trainer.ts";
import { type MemberJob, trainMember } from "./member.ts";
import { BEST_FEATURE, ENSEMBLE, MAJORITY, trainOptions } from "./recipe.ts";

/** What the trainer was given: training rows, rows that say when to stop, options. */
const given: [Examples, Examples | null, object][] = [];
vi.mock(import("../network/train.ts"), async (original) => {
  const { train, ...rest } = await original();
  return {
    ...rest,
    train: (examples, valid, options) => {
      given.push([examples, valid, options]);
      return train(examples, valid, options);
    },
  };
});

const COLUMNS = 3;
const random = new Random(2);
const labels = Uint8Array.from({ length: 50 }, (_, row) => (row % 5 < 2 ? 1 : 0));
const x = Float32Array.from({ length: 150 }, () => random.normal());
const job: MemberJob = {
  recipe: { ...ENSEMBLE, hidden: [3], epochs: 1, withoutDates: 0 },
  seed: 7,
  columns: COLUMNS,
  x,
  labels,
  goals: Float32Array.from(labels, (label, row) => 0.8 * label + row / 1000),
  testX: x.slice(0, 12),
  testRows: 4,
  snapshotColumns: [],
};
const rowOf = (from: Float32Array, row: number) => [...from.subarray(row * COLUMNS, (row + 1) * COLUMNS)];

beforeEach(() => {
  given.length = 0;
});

describe("what a network learns from", () => {
  it("is all training rows and their goals, and nothing that says when to stop", async () => {
    const { network, logits } = await trainMember(job);
    expect(given).toEqual([
      [{ x, y: job.goals, rows: 50 }, null, { ...trainOptions(job.recipe, 50, 7), signal: undefined }],
    ]);
    expect(logits).toEqual(createPredictor(network).logits(job.testX, 4));
  });

  it("is four fifths of the rows where the others say when to stop", async () => {
    const recipe = { ...job.recipe, earlyStopping: true };
    await trainMember({ ...job, recipe });
    const [[examples, valid]] = given;
    const { train, valid: second, test } = stratifiedSplit(labels, { test: 0.2, valid: 0.2, seed: 7 });
    const places = [...train, ...second];
    expect([examples.rows, valid?.rows]).toEqual([40, 10]);
    expect([...examples.y]).toEqual(places.map((row) => job.goals[row]));
    expect([...examples.x]).toEqual(places.flatMap((row) => rowOf(x, row)));
    expect([...valid!.y]).toEqual(Array.from(test, (row) => job.goals[row]));
    expect([...valid!.x]).toEqual([...test].flatMap((row) => rowOf(x, row)));
  });

  it("is some rows once more without their dates, drawn by the seed", async () => {
    const recipe = { ...job.recipe, withoutDates: 0.3 };
    await trainMember({ ...job, recipe, snapshotColumns: [1] });
    const [[examples]] = given;
    const again = examples.rows - 50;
    expect(again).toBeGreaterThan(5);
    expect(again).toBeLessThan(25);
    expect(examples.x.subarray(0, 150)).toEqual(x);
    expect(examples.y.subarray(0, 50)).toEqual(job.goals);
    const places = Array.from({ length: 50 }, (_, row) => row);
    let last = -1;
    for (let i = 50; i < examples.rows; i++) {
      const [first, hidden, third] = rowOf(examples.x, i);
      expect(hidden).toBe(0);
      const place = places.findIndex((row) => x[row * COLUMNS] === first && x[row * COLUMNS + 2] === third);
      expect(examples.y[i]).toBe(job.goals[place]);
      expect(place).toBeGreaterThan(last);
      last = place;
    }
    await trainMember({ ...job, recipe, snapshotColumns: [1], seed: 8 });
    expect(given[1][0].rows === examples.rows && [...given[1][0].y].join() === [...examples.y].join()).toBe(
      false,
    );
  });

  it("is every row once where no column asks for a date, whatever the share", async () => {
    await trainMember({ ...job, recipe: { ...job.recipe, withoutDates: 1 } });
    await trainMember({ ...job, recipe: { ...job.recipe, withoutDates: 1 }, snapshotColumns: [0] });
    expect(given.map(([examples]) => examples.rows)).toEqual([50, 100]);
  });
});

describe("baselines", () => {
  /** The labels themselves stand in one column, upwards or downwards; the others are noise. */
  const telling = (place: number, sign: number) =>
    x.map((value, i) => (i % COLUMNS === place ? sign * labels[Math.floor(i / COLUMNS)] : value));

  it.each([
    [0, 1],
    [1, -1],
    [2, 1],
  ])("rank by the best column, whichever way it points: %i, %i", async (place, sign) => {
    const { network, logits } = await trainMember({
      ...job,
      recipe: BEST_FEATURE,
      x: telling(place, sign),
    });
    const weight = [0, 0, 0];
    weight[place] = sign;
    expect(network.layers).toHaveLength(1);
    expect([...network.layers[0].weight]).toEqual(weight);
    expect([...logits]).toEqual(Array.from({ length: 4 }, (_, row) => sign * x[row * COLUMNS + place]));
    expect(given).toHaveLength(0);
  });

  it("take the first of equals, and the farther from chance", async () => {
    const twice = x.map((_, i) => (i % COLUMNS === 2 ? 0 : labels[Math.floor(i / COLUMNS)]));
    const { network } = await trainMember({ ...job, recipe: BEST_FEATURE, x: twice });
    expect([...network.layers[0].weight]).toEqual([1, 0, 0]);
  });

  it("call every row the same where they look at nothing", async () => {
    const { logits } = await trainMember({ ...job, recipe: MAJORITY });
    expect([...logits]).toEqual([0, 0, 0, 0]);
  });
});
