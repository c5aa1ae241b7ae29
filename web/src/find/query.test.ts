import { expect, it } from "vitest";
import { PEOPLE_COLUMNS } from "../../../src/shortlist/columns.ts";
import { COLUMNS } from "../people/columns.tsx";
import { exportAddress, fileColumns, keptQuery, openList, openQuery, partsWithSemicolons } from "./query.ts";

const ALL = { columns: null, merge: false, contacts: true };

it("keeps of an address who is wanted and the order, whatever order its words have", () => {
  const kept = keptQuery(
    new URLSearchParams("sort=name:asc&tiers=nano&search=&saved=3&x=1&min_followers=10"),
  );
  expect(kept).toBe(keptQuery(new URLSearchParams("min_followers=10&tiers=nano&sort=name:asc")));
  expect(Object.fromEntries(new URLSearchParams(kept))).toEqual({
    ...{ min_followers: "10", tiers: "nano", sort: "name:asc" },
  });
});

it("opens a saved search and a list in place of all that was asked for", () => {
  const opened = openQuery("tiers=nano&sort=name%3Aasc&evil=1", 3);
  expect(opened).toMatchObject({ tiers: "nano", sort: "name:asc", saved: "3" });
  expect(Object.keys(opened)).toEqual(expect.arrayContaining(["min_followers", "people"]));
  expect(opened).not.toHaveProperty("evil");
  expect(opened.min_followers).toBeUndefined();
  expect(openList(4)).toMatchObject({ lists: "4", statuses: "all", tiers: undefined, saved: undefined });
});

it("takes along what is on screen", () => {
  const query = new URLSearchParams("tiers=nano&sort=followers:desc&saved=3");
  const taken = { ...ALL, format: "xlsx", most: null };
  const words = (address: string) => Object.fromEntries(new URL(address, "http://x").searchParams);
  expect(words(exportAddress(query, taken))).toEqual({
    ...{ tiers: "nano", sort: "followers:desc", format: "xlsx", with_contacts: "true" },
  });
  expect(
    words(
      exportAddress(query, {
        ...taken,
        contacts: false,
        most: 50,
        columns: ["growth", "contact"],
      }),
    ),
  ).toEqual({
    ...{
      tiers: "nano",
      sort: "followers:desc",
      format: "xlsx",
      with_contacts: "false",
      limit: "50",
    },
    columns: "account,name,url,followers_growth_rate",
  });
});

it("names columns as files do: as on screen, for letters, with contacts or without", () => {
  expect(fileColumns(ALL)).toBeUndefined();
  expect(fileColumns({ ...ALL, columns: ["why", "contact", "flags"] })).toEqual(
    "account name url why emails phones links look_twice".split(" "),
  );
  expect(fileColumns({ ...ALL, merge: true })).toEqual("first_name handle why link email".split(" "));
  expect(fileColumns({ columns: ["why"], merge: true, contacts: false })).toEqual(
    "first_name handle why link".split(" "),
  );
});

it("finds each column of the page in a file", () => {
  const named = fileColumns({ ...ALL, columns: COLUMNS.map(({ id }) => id), merge: true });
  expect(PEOPLE_COLUMNS).toEqual(expect.arrayContaining([...(named ?? [])]));
});

it("knows where semicolons part columns", () => {
  expect(["de-DE", "en-GB", "fr-FR", "ja-JP"].map(partsWithSemicolons)).toEqual([true, false, true, false]);
});
