import { expect, it } from "vitest";
import {
  exportQuery,
  FIRST_SORT,
  filtersOf,
  NO_FILTERS,
  sortOf,
  sortQuery,
  withWord,
  wordsOf,
} from "./query.ts";

it("takes the filters out of an address, and no other words", () => {
  const query = new URLSearchParams("tiers=mega&search=&sort=rank:asc&has_email=true&x=1");
  expect(filtersOf(query)).toEqual({ tiers: "mega", has_email: "true" });
  expect(Object.keys(NO_FILTERS)).toEqual(expect.arrayContaining(["tiers", "has_email", "rows"]));
  expect(Object.values(NO_FILTERS).every((value) => value === undefined)).toBe(true);
});

it("reads an order and writes it; the first order is not written", () => {
  expect(sortOf("followers:desc")).toEqual({ id: "followers", desc: true });
  expect(sortQuery(sortOf("followers:desc"))).toBe("followers:desc");
  expect(sortQuery(sortOf(FIRST_SORT))).toBeUndefined();
  expect(sortQuery(undefined)).toBeUndefined();
});

it("puts words into a list and takes them out", () => {
  expect(wordsOf("a,,b,")).toEqual(["a", "b"]);
  expect(withWord("a,b", "c", true)).toBe("a,b,c");
  expect(withWord("a,b", "b", true)).toBe("a,b");
  expect(withWord("a,b", "a", false)).toBe("b");
  expect(withWord("a", "a", false)).toBe("");
});

it("downloads what is selected, else the first of the list as it is filtered", () => {
  expect(exportQuery("csv", false, [4, 2], { tiers: "mega" }, "20")).toBe(
    "format=csv&contacts=false&rows=4%2C2&top=2",
  );
  expect(exportQuery("ndjson", true, [], { tiers: "mega" }, "20")).toBe(
    "format=ndjson&contacts=true&tiers=mega&top=20",
  );
});
