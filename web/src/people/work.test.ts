import { describe, expect, it } from "vitest";
import { peopleFilterSchema } from "../../../src/workspace/find.ts";
import { COLUMNS, fitting, keptColumns, leastWidth, moved, tracksOf } from "./columns.tsx";
import { filterInBody, filterOf } from "./filter.ts";
import { deedOf } from "./keys.ts";
import {
  countSelected,
  everybody,
  isAll,
  isSelected,
  NOBODY,
  toggled,
  whomOf,
  withPeople,
  wordsOf,
} from "./selection.ts";

const pressed = (key: string, held: Partial<KeyboardEvent> = {}) => ({
  ...{ key, ctrlKey: false, metaKey: false, altKey: false },
  ...held,
});

describe("a key", () => {
  it.each([
    ["j", "control", { does: "move", by: 1 }],
    ["k", "list", { does: "move", by: -1 }],
    ["1", "list", { does: "status", status: "new" }],
    ["7", "control", { does: "status", status: "never" }],
    ["n", "list", { does: "note" }],
    ["/", "control", { does: "search" }],
    ["u", "list", { does: "undo" }],
    [" ", "list", { does: "select" }],
    ["Enter", "list", { does: "open" }],
  ] as const)("%s on the %s does something", (key, where, deed) => {
    expect(deedOf(pressed(key), where)).toEqual(deed);
  });

  it.each([
    ["j", "text"],
    ["2", "text"],
    [" ", "control"],
    ["Enter", "control"],
    ["8", "list"],
    ["toString", "list"],
  ] as const)("%s on the %s is left to the browser", (key, where) => {
    expect(deedOf(pressed(key), where)).toBeUndefined();
  });

  it("is the browser's where another is held", () => {
    for (const held of [{ ctrlKey: true }, { metaKey: true }, { altKey: true }])
      expect(deedOf(pressed("u", held), "list")).toBeUndefined();
  });
});

describe("a selection", () => {
  it("takes people in and lets them go, and changes nothing in place", () => {
    const one = toggled(NOBODY, 3);
    expect([countSelected(NOBODY), countSelected(one), isSelected(one, 3), isSelected(one, 4)]).toEqual([
      0,
      1,
      true,
      false,
    ]);
    expect(countSelected(toggled(one, 3))).toBe(0);
    expect(whomOf(withPeople(one, [3, 5]))).toEqual({ people: [3, 5] });
  });

  it("of all that match is told as the filter, and as all but those who were let go", () => {
    const all = everybody({ search: "x" }, 212);
    expect([countSelected(all), isAll(all), isSelected(all, 99), wordsOf(all)]).toEqual([
      212,
      true,
      true,
      {},
    ]);
    expect(whomOf(all)).toEqual({ filter: { search: "x" } });
    const most = toggled(toggled(all, 2), 7);
    expect([countSelected(most), isAll(most), isSelected(most, 2), isSelected(most, 3)]).toEqual([
      210,
      false,
      false,
      true,
    ]);
    expect(whomOf(most)).toEqual({ filter: { search: "x", no_people: "2,7" } });
    expect(whomOf(withPeople(most, [1, 2]))).toEqual({ filter: { search: "x", no_people: "7" } });
  });
});

it("a filter of an address has the types of the API in a body", () => {
  const words =
    "search=a,b&owner=Ada&verified=false&no_flags=true&min_growth=-0.1&active_days=30&tiers=micro,mid&lists=2&no_people=3,4";
  expect(peopleFilterSchema.parse(filterInBody(filterOf(new URLSearchParams(words))))).toEqual({
    ...{ search: "a,b", owner: "Ada", verified: false, no_flags: true, min_growth: -0.1, active_days: 30 },
    ...{ tiers: ["micro", "mid"], lists: [2], no_people: [3, 4] },
  });
});

describe("columns", () => {
  it("are those that were kept, known and once each; the first ones where nothing was kept", () => {
    expect(keptColumns(["flags", "why", "flags", "x"])).toEqual(["flags", "why"]);
    expect(keptColumns([])).toEqual([]);
    expect(keptColumns(null)).toContain("still_posting");
  });

  it("are moved by a place, not over an end", () => {
    expect(moved(["a", "b", "c"], "b", -1)).toEqual(["b", "a", "c"]);
    expect(moved(["a", "b"], "b", 1)).toEqual(["a", "b"]);
    expect(moved(["a", "b"], "x", 1)).toEqual(["a", "b"]);
  });

  it("are left out where a row has no room for them, the later ones first", () => {
    const columns = COLUMNS.filter(({ id }) => ["why", "followers", "last_post", "flags"].includes(id));
    const room = leastWidth(columns);
    expect(fitting(columns, room)).toEqual(columns);
    expect(fitting(columns, room - 3).map(({ id }) => id)).toEqual(["why", "followers", "last_post"]);
    expect(fitting(columns, room - 4).map(({ id }) => id)).toEqual(["why", "followers", "flags"]);
    expect(tracksOf(columns.slice(0, 2))).toBe(
      "2.5rem 2rem minmax(10rem, 2fr) minmax(13.75rem, 3fr) 4.75rem",
    );
  });
});
