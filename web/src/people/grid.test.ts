import { describe, expect, it } from "vitest";
import type { ListedRow } from "../types.ts";
import { drawnOf, MOST_SELECTED, placeAfter, rowsBetween, slotsAfter, toggled } from "./grid.ts";

const rowOf = (row: number) => ({ row }) as ListedRow;

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

describe("a selection", () => {
  it("takes a row in and lets it go, and changes nothing in place", () => {
    const none: ReadonlyMap<number, ListedRow> = new Map();
    const one = toggled(none, rowOf(3));
    expect([[...none.keys()], [...one.keys()], [...toggled(one, rowOf(3)).keys()]]).toEqual([[], [3], []]);
  });

  it("that is full takes no more, and still lets go", () => {
    const full = new Map(Array.from({ length: MOST_SELECTED }, (_, i) => [i, rowOf(i)]));
    expect(toggled(full, rowOf(MOST_SELECTED)).size).toBe(MOST_SELECTED);
    expect(toggled(full, rowOf(0)).size).toBe(MOST_SELECTED - 1);
  });
});

it("lists the rows in view that are here", () => {
  const at = (index: number) => (index % 2 === 0 ? rowOf(index) : undefined);
  expect(rowsBetween({ at }, 3, 8).map(({ row }) => row)).toEqual([4, 6, 8]);
});

it("keeps a row's key while it is in view, and hands keys over after a jump", () => {
  const start = { first: 0, last: 9, shift: 0 };
  const scrolled = slotsAfter(start, 5, 14);
  expect(scrolled.shift).toBe(0);
  const jumped = slotsAfter(scrolled, 1000, 1009);
  expect(1000 + jumped.shift).toBe(5);
  expect(slotsAfter(jumped, 1001, 1010).shift).toBe(jumped.shift);
});

it("draws rows that were drawn, and a few of the others at a time", () => {
  const rows = ["a", "b", "c", "d", "e"];
  const first = drawnOf(rows, new Set(), 2);
  expect([[...first.drawn], first.complete]).toEqual([["a", "b"], false]);
  const second = drawnOf(rows, first.drawn, 2);
  expect([[...second.drawn], second.complete]).toEqual([["a", "b", "c", "d"], false]);
  const third = drawnOf(rows, second.drawn, 2);
  expect([third.drawn.size, third.complete]).toEqual([5, true]);
});
