import { expect, it } from "vitest";
import type { Filter } from "../shortlist/filter.ts";
import type { Shortlist } from "../shortlist/shortlist.ts";
import { listText } from "./shortlistText.ts";

const NOBODY: Shortlist = {
  entries: [],
  considered: 10,
  matching: 5,
  preferred: 0,
  beyond: 0,
  excluded: 0,
  absent: [],
  asked: true,
  out_of_fold: 0,
};

it.each<[Partial<Shortlist>, Filter, string]>([
  [{}, {}, "5 match, 0 of them of at least 1,000 followers and likely still posting (--all lists everybody)"],
  [{ asked: false }, {}, "5 match, 0 of them of at least 1,000 followers (--all lists everybody)"],
  [{}, { max_followers: 500 }, "5 match, 0 of them likely still posting (--all lists everybody)"],
  [{}, { min_still_posting: 0.2 }, "5 match, 0 of them of at least 1,000 followers (--all lists everybody)"],
  [{ matching: 0 }, {}, "10 profiles, 0 match\n"],
])("says what a list asks for where it holds nobody: %j %j", (change, filter, words) => {
  expect(listText({ ...NOBODY, ...change }, { contacts: true, filter }, "", "a.csv")).toContain(words);
});
