import { DuckDBInstance } from "@duckdb/node-api";
import { describe, expect, it } from "vitest";
import { CANONICAL_COLUMNS, CANONICAL_NAMES } from "../profiles/canonical.ts";
import { filterSchema, filterSql } from "./filter.ts";
import { nichesOf } from "./niches.ts";
import { RANKED, RANKED_COLUMNS } from "./ranked.ts";
import { makeShortlist, profileAddress, type Shortlist, type ShortlistOptions } from "./shortlist.ts";

describe("filterSql", () => {
  it("asks nothing, or everything at once, and quotes what it is given", () => {
    expect(filterSql({})).toBe("true");
    expect(filterSql({ tiers: ["it's"], min_followers: 5 }, "likes > 1")).toBe(
      "(followers >= 5) AND (lower(tier) IN ('it''s')) AND (coalesce((likes > 1), false))",
    );
  });

  it.each<[object, boolean]>([
    [{ tiers: ["x".repeat(40)], languages: ["x".repeat(40)], regions: ["US"] }, true],
    [{ tiers: ["x".repeat(41)] }, false],
    [{ languages: ["x".repeat(41)] }, false],
    [{ tiers: [] }, false],
    [{ languages: [] }, false],
    [{ regions: [] }, false],
    [{ flags: [] }, false],
    [{ flags: ["giveaway"] }, true],
    [{ flags: ["giveaways"] }, false],
    [{ no_flags: true }, true],
    [{ no_flags: false }, false],
    [{ min_followers: 0, min_probability: 0, min_still_posting: 1, active_days: 1 }, true],
    [{ min_followers: -1 }, false],
    [{ min_followers: 0.5 }, false],
    [{ max_followers: -1 }, false],
    [{ active_days: 0 }, false],
    [{ active_days: 36_501 }, false],
    [{ min_probability: 1.01 }, false],
    [{ min_still_posting: 1.01 }, false],
    [{ min_still_posting: -0.01 }, false],
    [{ search: "x".repeat(200) }, true],
    [{ search: "x".repeat(201) }, false],
    [{ other: 1 }, false],
  ])("takes %j: %s", (filter, taken) => expect(filterSchema.safeParse(filter).success).toBe(taken));
});

describe("profileAddress", () => {
  it("is made of the handle, else the file's where it leads to TikTok", () => {
    expect(profileAddress({ url: "https://www.tiktok.com/@undefined", account_id: "b c" })).toBe(
      "https://www.tiktok.com/@b%20c",
    );
    const known = "https://www.tiktok.com/@a";
    expect(profileAddress({ url: known, account_id: null })).toBe(known);
    for (const url of ["javascript:alert(1)", "https://tiktok.com.evil.example/@a", "not one", null])
      expect(profileAddress({ url, account_id: null })).toBeNull();
  });
});

describe("nichesOf", () => {
  it.each([
    ["Vegan chef & foodie, sometimes travel", ["food", "travel"]],
    ["#makeupartist 💄", ["beauty"]],
    ["визажист | путешествия", ["beauty", "travel"]],
    ["旅行とグルメ", ["food", "travel"]],
    ["seafood_lover gamesome", []],
    ["", []],
  ])("reads %j", (biography, expected) => {
    expect(
      nichesOf(biography)
        .map(({ name }) => name)
        .sort(),
    ).toEqual([...expected].sort());
  });
});

describe("makeShortlist", () => {
  /** The table `ranked` of accounts with some columns; the first is the likeliest. */
  async function ranked(rows: readonly Record<string, string>[]) {
    const instance = await DuckDBInstance.create(":memory:");
    const connection = await instance.connect();
    const types = CANONICAL_NAMES.map((name) => `${name} ${CANONICAL_COLUMNS[name].type}`);
    const added = Object.entries(RANKED_COLUMNS).map(([name, type]) => `${name} ${type}`);
    await connection.run(`CREATE TABLE ${RANKED} ("row" BIGINT, ${[...types, ...added].join(", ")})`);
    for (const [i, row] of rows.entries()) {
      const filled = { flags: "[]", niches: "[]", out_of_fold: "false", ...row };
      await connection.run(
        `INSERT INTO ${RANKED} ("row", rank, probability, ${Object.keys(filled).join(", ")})
         VALUES (${i}, ${i + 1}, ${1 - i / 1000}, ${Object.values(filled).join(", ")})`,
      );
    }
    const close = () => {
      connection.closeSync();
      instance.closeSync();
    };
    return { connection, close };
  }
  const account = (name: string, followers: string, still: string, more = {}) => ({
    ...{ account_id: `'${name}'`, followers, still_posting: still, ...more },
  });
  const quiet = { reasons: () => [], contacts: false };

  const people = (names: readonly string[]) => new Map(names.map((name) => [name, name]));

  const PEOPLE = [
    account("silent", "5000", "0.49"),
    account("small", "999", "0.9"),
    account("a", "1000", "0.5", { out_of_fold: "true" }),
    account("unknown", "NULL", "NULL"),
    account("Big", "90000", "0.8", {
      flags: "['private', 'no-posts']",
      is_private: "true",
      videos_count: "0",
    }),
  ];

  it.each<[Partial<ShortlistOptions>, string[], Partial<Shortlist>]>([
    // What is unknown speaks against nobody.
    [{}, ["a", "unknown", "Big"], { considered: 5, matching: 5, preferred: 3, beyond: 0, out_of_fold: 1 }],
    [{ all: true }, ["silent", "small", "a", "unknown", "Big"], { preferred: 5, beyond: 0 }],
    [{ all: true, top: 2 }, ["silent", "small"], { out_of_fold: 0 }],
    [{ top: 2 }, ["a", "unknown"], { beyond: 0 }],
    // As many as are asked for, those that a list prefers first.
    [{ top: 4 }, ["a", "unknown", "Big", "silent"], { beyond: 1 }],
    [{ top: 9 }, ["a", "unknown", "Big", "silent", "small"], { beyond: 2 }],
    // Whoever asks for followers or posting has said how many.
    [{ filter: { min_followers: 999 } }, ["small", "a", "Big"], { matching: 4, preferred: 3 }],
    [{ filter: { max_followers: 999 } }, ["small"], { matching: 1, preferred: 1 }],
    [{ filter: { min_still_posting: 0.49 } }, ["silent", "a", "Big"], { preferred: 3 }],
    [{ filter: { flags: ["private", "giveaway"] } }, ["Big"], { matching: 1 }],
    [{ filter: { no_flags: true } }, ["a", "unknown"], { matching: 4 }],
    [{ condition: "followers > 1000" }, ["Big"], { matching: 2, preferred: 1 }],
    [{ excluded: people(["big", "a"]) }, ["unknown"], { excluded: 2, beyond: 0 }],
    [{ excluded: people(["big", "a"]), top: 2 }, ["unknown", "silent"], { excluded: 2, beyond: 1 }],
    [
      { only: people(["big", "it's", "small"]), all: true },
      ["small", "Big"],
      { matching: 2, absent: ["it's"] },
    ],
    [
      { only: people(["big", "small"]), excluded: people(["small"]), all: true },
      ["Big"],
      { excluded: 1, absent: [] },
    ],
    // An account that is there by one of its names is there.
    [
      {
        only: new Map([
          ["6812345678901234567", "big"],
          ["big", "big"],
          ["6812345678901234568", "gone"],
          ["gone", "gone"],
        ]),
        all: true,
      },
      ["Big"],
      { absent: ["gone"] },
    ],
  ])("with %j lists %j", async (options, accounts, facts) => {
    const { connection, close } = await ranked(PEOPLE);
    const list = await makeShortlist(connection, { ...quiet, ...options });
    expect(list.entries.map((entry) => entry.account)).toEqual(accounts);
    expect(list.entries.map(({ rank }) => rank)).toEqual(accounts.map((_, i) => i + 1));
    expect(list).toMatchObject(facts);
    close();
  });

  it("holds 200 unless more is asked for", async () => {
    const { connection, close } = await ranked([]);
    await connection.run(
      `INSERT INTO ${RANKED} ("row", rank, probability, flags, niches, out_of_fold) SELECT i, i + 1, 0.5, [], [], false FROM range(250) t(i)`,
    );
    const count = async (options: Partial<ShortlistOptions>) =>
      (await makeShortlist(connection, { ...quiet, ...options })).entries.length;
    expect([await count({}), await count({ top: 230 }), await count({ all: true })]).toEqual([200, 230, 250]);
    close();
  });

  it("says why to look twice", async () => {
    const { connection, close } = await ranked([
      PEOPLE[4],
      { flags: "['following']", following: "2500", followers: "2400" },
    ]);
    const { entries } = await makeShortlist(connection, quiet);
    expect(entries.map(({ flags }) => flags.map(({ words }) => words))).toEqual([
      ["the account is private", "no videos on the page"],
      ["follows 2,500 and has 2,400 followers"],
    ]);
    close();
  });

  it("hears between two accounts that it shall stop", async () => {
    const { connection, close } = await ranked(Array.from({ length: 100 }, () => ({})));
    const stop = new AbortController();
    let explained = 0;
    const reasons = () => {
      explained++;
      // As a signal of the system comes: only when the loop of events turns.
      setImmediate(() => stop.abort(new Error("interrupted")));
      return [];
    };
    const list = makeShortlist(connection, { top: 100, reasons, contacts: false, signal: stop.signal });
    await expect(list).rejects.toThrow("interrupted");
    expect(explained).toBeLessThan(5);
    close();
  });
});
