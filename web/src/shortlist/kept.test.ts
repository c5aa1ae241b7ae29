import { expect, it } from "vitest";
import { type KeptList, listsOf, visibleColumns, withoutList } from "./kept.ts";

const list: KeptList = {
  name: "Spring",
  file: "a.csv",
  rows: 10,
  accounts: [{ row: 1, id: "12", account: "one" }],
};

it("reads the lists that the browser kept, and nothing else", () => {
  expect(listsOf(JSON.stringify([list]))).toEqual([list]);
  for (const text of [null, "", "{", "null", "{}", "7"]) expect(listsOf(text)).toEqual([]);
  const broken = [
    null,
    1,
    { ...list, name: 1 },
    { ...list, accounts: [{ row: -1 }] },
    { ...list, accounts: 1 },
  ];
  expect(listsOf(JSON.stringify([...broken, list]))).toEqual([list]);
});

it("takes a list out by name and file", () => {
  const other = { ...list, file: "b.csv" };
  expect(withoutList([list, other], { ...list, rows: null })).toEqual([other]);
});

it("shows the columns that were chosen, and the others as at first", () => {
  const first = { likes: false, tier: true };
  expect(visibleColumns('{"likes":true,"x":"yes"}', first)).toEqual({ likes: true, tier: true });
  for (const text of [null, "{", "null", "[]"]) expect(visibleColumns(text, first)).toEqual(first);
});
