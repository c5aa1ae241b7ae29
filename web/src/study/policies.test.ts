import { expect, it } from "vitest";
import { askedThreshold, lowestCost, lowestFor, nearest, type Table, thousandAt } from "./policies.ts";

/** A file with one creator in four: at 0.2 all are found among half of the accounts, at 0.8 half of them and nobody else. */
const table = {
  threshold: [0, 0.2, 0.8, 1],
  precision: [0.25, 0.5, 1, null],
  recall: [1, 1, 0.5, 0],
  f1: [0.4, 0.667, 0.667, null],
  queue_rate: [1, 0.5, 0.125, 0],
} as unknown as Table;

it("picks more accounts the more a missed one costs", () => {
  // At 0.8 an eighth is missed and nobody picked wrongly; at 0.2 nobody is missed and a quarter picked wrongly.
  expect(lowestCost(table, 1.9, 0.25)).toBe(0.8);
  expect(lowestCost(table, 2.1, 0.25)).toBe(0.2);
});

it("picks no more accounts than can be written to", () => {
  expect([1, 0.5, 0.3, 0.1, 0].map((most) => lowestFor(table, most))).toEqual([0, 0.2, 0.8, 1, 1]);
});

it("tells what a threshold does to a thousand accounts", () => {
  expect(thousandAt(table, 1, 0.25)).toEqual({ tp: 250, fp: 250, fn: 0, tn: 500 });
  expect(thousandAt(table, 2, 0.25)).toEqual({ tp: 125, fp: 0, fn: 125, tn: 750 });
});

it("finds the nearest value", () => {
  expect([0, 0.45, 0.95].map((wanted) => nearest(table.threshold, wanted))).toEqual([0, 1, 3]);
});

it("takes thresholds from an address only from 0 to 1", () => {
  const asked = (text: string) => askedThreshold(new URLSearchParams(text));
  expect([asked("threshold=0.4"), asked("threshold=0"), asked("threshold=1")]).toEqual([0.4, 0, 1]);
  for (const text of ["", "threshold=", "threshold=x", "threshold=1.1", "threshold=-0.1"])
    expect(asked(text)).toBeNull();
});
