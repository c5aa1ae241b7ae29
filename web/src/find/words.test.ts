import { expect, it } from "vitest";
import { CHOICES, chipsOf, choose, chosenOf, type Names, RANGES, rangeOf, tierRange } from "./words.ts";

const NAMES: Names = { list: new Map([["3", "Spring"]]), import: new Map([["1", "may.csv"]]) };
const told = (words: string) =>
  chipsOf(new URLSearchParams(words), NAMES).map(({ label, words: text }) => `${label}: ${text}`);

it("tells each filter that is on, with what takes it away", () => {
  const words =
    "min_followers=10000&max_followers=50000&niches=beauty,food&lists=3&imports=1,9&search=anna&sort=name:asc&page=2";
  expect(told(words)).toEqual([
    "Followers: 10K to 50K",
    "About: Beauty, Food",
    "On a list: Spring",
    "In a file: may.csv, file 9",
  ]);
  const chips = chipsOf(new URLSearchParams(words), NAMES);
  expect(chips[0].clear).toEqual({ min_followers: undefined, max_followers: undefined });
  expect(chips[1].clear).toEqual({ niches: undefined });
});

it("tells codes by name, shares in per cent, and of many values how many more", () => {
  expect(told("languages=en,de,xyz1&regions=US")).toEqual([
    "Language: English, German, xyz1",
    "Country: United States",
  ]);
  expect(told("niches=a,b,c,d,e")).toEqual(["About: A, B and 3 more"]);
  expect(told("min_still_posting=0.8&max_growth=-0.05")).toEqual([
    "Goes on posting: 80 % or more",
    "Growth in 30 days: up to -5 %",
  ]);
  expect(told("statuses=all&no_flags=true&active_days=30&people=1,2")).toEqual([
    "Only: 2\u00a0people",
    "Posted within: 30 days",
    "Flags: None",
    "Status: Everybody",
  ]);
});

it("lets an address that says nonsense be", () => {
  expect(told("min_followers=many&max_followers=&niches=,")).toEqual([]);
  expect(rangeOf(new URLSearchParams("min_followers=x&max_followers=5"), RANGES.followers)).toEqual({
    from: undefined,
    to: 5,
  });
});

it("puts values into a filter and takes them out", () => {
  const query = new URLSearchParams("niches=food&statuses=agreed,never&verified=true&owner=Doe, Jane");
  expect(choose(query, CHOICES.niches, "pets", true)).toEqual({ niches: "food,pets" });
  expect(choose(query, CHOICES.niches, "food", false)).toEqual({ niches: undefined });
  expect(choose(query, CHOICES.verified, "false", true)).toEqual({ verified: "false" });
  expect(choose(query, CHOICES.verified, "true", false)).toEqual({ verified: undefined });
  expect(choose(query, CHOICES.statuses, "all", true)).toEqual({ statuses: "all" });
  expect(choose(new URLSearchParams("statuses=all"), CHOICES.statuses, "new", true)).toEqual({
    statuses: "new",
  });
  expect(chosenOf(query, CHOICES.owner)).toEqual(["Doe, Jane"]);
});

it("shows the range of a size beside its name", () => {
  expect(["starter", "nano", "micro", "mega", "huge"].map(tierRange)).toEqual([
    "under 1K",
    "1K–10K",
    "10K–50K",
    "1M or more",
    undefined,
  ]);
});
