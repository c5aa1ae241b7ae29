import { expect, it } from "vitest";
import {
  choiceOf,
  choiceWords,
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

it("lists the short list, everybody for the asking, and what is asked for by row", () => {
  const choice = (text: string) => choiceOf(new URLSearchParams(text));
  expect(choice("sort=followers:desc")).toEqual({ filters: {}, top: undefined, short: true });
  expect(choice("tiers=nano&top=50")).toEqual({ filters: { tiers: "nano" }, top: "50", short: true });
  expect(choice("all=1&tiers=nano")).toEqual({ filters: { tiers: "nano" }, top: undefined, short: false });
  expect(choice("rows=1,2").short).toBe(false);
  expect(choiceWords(choice("tiers=nano&top=50"))).toEqual({ tiers: "nano", short: "true", top: "50" });
  expect(choiceWords(choice("all=1"))).toEqual({});
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
  const choice = { filters: { tiers: "mega" }, short: true, top: undefined };
  expect(exportQuery("csv", false, [4, 2], choice, "20")).toBe("format=csv&contacts=false&rows=4%2C2&top=2");
  expect(exportQuery("ndjson", true, [], choice, "20")).toBe(
    "format=ndjson&contacts=true&tiers=mega&short=true&top=20",
  );
  expect(exportQuery("csv", true, [], { ...choice, short: false }, undefined)).toBe(
    "format=csv&contacts=true&tiers=mega",
  );
});
