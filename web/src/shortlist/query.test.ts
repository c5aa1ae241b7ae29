import { expect, it } from "vitest";
import {
  choiceOf,
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

it("lists the short list where nobody asked for anything, and else what was asked for", () => {
  const choice = (text: string, questions = true) => choiceOf(new URLSearchParams(text), questions);
  const likely = { min_followers: "1000", min_still_posting: "0.5" };
  expect(choice("sort=followers:desc")).toEqual({ filters: likely, top: "200", short: true });
  expect(choice("top=50")).toEqual({ filters: likely, top: "50", short: true });
  // Of a model that does not ask, nobody knows who is still posting.
  expect(choice("", false)).toEqual({ filters: { min_followers: "1000" }, top: "200", short: true });
  expect(choice("all=1")).toEqual({ filters: {}, top: undefined, short: false });
  expect(choice("search=jo")).toEqual({ filters: { search: "jo" }, top: undefined, short: false });
  expect(Object.keys(NO_FILTERS)).toEqual(expect.arrayContaining(["all", "top"]));
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
