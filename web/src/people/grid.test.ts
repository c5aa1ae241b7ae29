import { expect, it } from "vitest";
import { drawnOf, placeAfter, rowsBetween, slotsAfter } from "./grid.ts";

it.each([
  ["ArrowDown", 5, 6],
  ["ArrowDown", 99, 99],
  ["ArrowUp", 0, 0],
  ["PageDown", 5, 15],
  ["PageDown", 95, 99],
  ["PageUp", 5, 0],
  ["Home", 50, 0],
  ["End", 50, 99],
  ["a", 50, undefined],
  ["toString", 50, undefined],
])("%s leads from %i to %s", (key, active, place) => {
  expect(placeAfter(key, active, 10, 100)).toBe(place);
});

it("lists the rows in view that are here", () => {
  const at = (index: number) => (index % 2 === 0 ? index : undefined);
  expect(rowsBetween({ at }, 3, 8)).toEqual([4, 6, 8]);
});

it("keeps a row's key while half of the rows stay in view, and hands keys over where fewer do", () => {
  const start = { first: 0, last: 9, shift: 0 };
  const scrolled = slotsAfter(start, 5, 14);
  expect(scrolled.shift).toBe(0);
  const down = slotsAfter(scrolled, 11, 20);
  expect(11 + down.shift).toBe(5);
  const up = slotsAfter(down, 3, 12);
  expect(3 + up.shift).toBe(5);
  const jumped = slotsAfter(up, 1000, 1009);
  expect(1000 + jumped.shift).toBe(5);
  expect(slotsAfter(jumped, 1001, 1010).shift).toBe(jumped.shift);
});

it("draws a few rows at a time where hardly any were drawn, and all where they take the places of others", () => {
  const rows = ["a", "b", "c", "d", "e"];
  const first = drawnOf(rows, new Set(), 2);
  expect([...first]).toEqual(["a", "b"]);
  const second = drawnOf(rows, first, 2);
  expect([...second]).toEqual(["a", "b", "c", "d"]);
  expect([...drawnOf(rows, second, 2)]).toEqual(rows);
  expect([...drawnOf(["v", "w", "x", "y", "z"], new Set(rows), 2)]).toEqual(["v", "w", "x", "y", "z"]);
});
