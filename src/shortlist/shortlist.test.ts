import { DuckDBInstance } from "@duckdb/node-api";
import { describe, expect, it } from "vitest";
import { CANONICAL_COLUMNS, CANONICAL_NAMES } from "../profiles/canonical.ts";
import { filterSchema, filterSql } from "./filter.ts";
import { formatShortlist } from "./format.ts";
import { nichesOf } from "./niches.ts";
import { RANKED, RANKED_COLUMNS } from "./ranked.ts";
import {
  makeShortlist,
  profileAddress,
  type Shortlist,
  type ShortlistEntry,
  type ShortlistOptions,
} from "./shortlist.ts";

const ENTRY: ShortlistEntry = {
  rank: 1,
  id: "6812345678901234567",
  account: "=cmd|calc",
  name: "Ann | <b>\nB",
  url: "https://www.tiktok.com/@ann",
  probability: 0.91234567,
  still_posting: 0.98765432,
  well_answered: 0.7,
  evidence: "posts+rate",
  reasons: ["posted 2 days ago", "answered better than 75 % of accounts of this size"],
  flags: [
    { name: "giveaway", words: 'biography says "giveaway"' },
    { name: "private", words: "the account is private" },
  ],
  tier: "micro",
  followers: 12_345,
  engagement_rate: 0.0431234,
  engagement_percentile: 0.75,
  last_post: "2024-01-31",
  days_since_last_post: 3.4,
  posts_per_week: 2.345,
  posts_last_30_days: 9,
  expected_posts: 7.26,
  expected_low: 1,
  expected_high: 15,
  account_age_days: 700.2,
  language: "en",
  region: null,
  verified: false,
  niches: [{ name: "food", words: ["chef", "vegan"] }],
  contacts: [
    { kind: "email", platform: null, value: "a@b.com", source: "biography" },
    { kind: "handle", platform: "instagram", value: "ann", source: "biography" },
  ],
};

describe("formatShortlist", () => {
  it("writes CSV with formulas disarmed", () => {
    const [head, row] = formatShortlist([ENTRY], "csv", { contacts: true }).split("\n");
    expect(head).toBe(
      "rank,account,name,url,probability,still_posting,well_answered,evidence,reason_1,reason_2,reason_3,look_twice,tier,followers,engagement_rate,engagement_percentile,last_post,days_since_last_post,posts_per_week,posts_last_30_days,expected_posts,expected_low,expected_high,account_age_days,language,region,verified,emails,handles,links,phones,niche,niche_words,id",
    );
    expect(row).toBe(
      `1,'=cmd|calc,Ann | <b> B,https://www.tiktok.com/@ann,0.9123,0.9877,0.7,posts+rate,posted 2 days ago,answered better than 75 % of accounts of this size,,"giveaway: biography says ""giveaway""; private: the account is private",micro,12345,0.04312,0.75,2024-01-31,3,2.35,9,7.3,1,15,700,en,,no,a@b.com,instagram: ann,,,food,chef; vegan,6812345678901234567`,
    );
  });

  it("writes CSV for spreadsheets with their mark, line ends, and no number that they would round", () => {
    const text = formatShortlist([ENTRY], "excel", { contacts: true });
    expect(text.startsWith("\uFEFFrank,")).toBe(true);
    expect(text.split("\r\n")).toHaveLength(3);
    expect(text).not.toContain("6812345678901234567");
  });

  it("leaves contacts out where they are not wanted, in every form", () => {
    for (const format of ["csv", "excel", "ndjson", "markdown"] as const) {
      const text = formatShortlist([ENTRY], format, { contacts: false });
      expect(text).not.toContain("a@b.com");
      expect(text).not.toMatch(/contact|emails/);
    }
  });

  it("writes NDJSON that reads back", () => {
    expect(JSON.parse(formatShortlist([ENTRY], "ndjson", { contacts: true }))).toEqual(ENTRY);
  });

  it("writes Markdown in which nothing runs and no cell breaks", () => {
    const lines = formatShortlist([ENTRY], "markdown", { contacts: true }).trimEnd().split("\n");
    expect(lines).toHaveLength(3);
    expect(lines[2]).toContain("[=cmd\\|calc](<https://www.tiktok.com/@ann>)");
    expect(lines[2]).toContain("4.3 %, above 75 % of its size");
    expect(lines[2]).toContain('giveaway: biography says "giveaway"; private: the account is private');
  });

  it.each([
    [1, "4.3 %, above 99 % of its size"],
    [0.999, "4.3 %, above 99 % of its size"],
    [0, "4.3 %, above 0 % of its size"],
    [null, "| 4.3 % |"],
  ])("says where in its tier an engagement of percentile %j stands", (share, words) => {
    const text = formatShortlist([{ ...ENTRY, engagement_percentile: share }], "markdown", {
      contacts: true,
    });
    expect(text).toContain(words);
  });

  it("puts addresses first in Markdown, then two other ways at most", () => {
    const other = (value: string) =>
      ({ kind: "handle", platform: "instagram", value, source: "biography" }) as const;
    const mail = (value: string) => ({ kind: "email", platform: null, value, source: "biography" }) as const;
    const contacts = [other("one"), mail("a@b.com"), other("two"), other("three"), mail("c@d.com")];
    const text = formatShortlist([{ ...ENTRY, contacts }], "markdown", { contacts: true });
    expect(text).toContain("| a@b.com, c@d.com, instagram: one, instagram: two |");
  });

  it("keeps an address of a page in one cell and in its brackets", () => {
    const text = formatShortlist([{ ...ENTRY, url: "https://x.y/a b|c<d>" }], "markdown", {
      contacts: false,
    });
    expect(text).toContain("(<https://x.y/a%20b%7Cc%3Cd%3E>)");
  });

  it("tells the words of the niche that it names, not those of others", () => {
    const niches = [
      { name: "music", words: ["dj", "rapper"] },
      { name: "food", words: ["baker"] },
    ];
    const text = formatShortlist([{ ...ENTRY, niches }], "csv", { contacts: true });
    expect(text).toContain(",music,dj; rapper,");
    expect(text).not.toContain("baker");
  });

  it("runs no text of a profile in a spreadsheet", () => {
    expect(formatShortlist([{ ...ENTRY, name: "=1+1" }], "excel", { contacts: false })).toContain(",'=1+1,");
  });
});

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
      const filled = { flags: "[]", out_of_fold: "false", ...row };
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
      `INSERT INTO ${RANKED} ("row", rank, probability, flags, out_of_fold) SELECT i, i + 1, 0.5, [], false FROM range(250) t(i)`,
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
