import { describe, expect, it } from "vitest";
import { samplesFor } from "../../../test/support/profiles/headers.ts";
import { mapColumns } from "../mapping.ts";
import { type Proposal, proposeColumns } from "./propose.ts";

/** Samples of columns by the kinds of their values, `Creator: at`. */
const table = (kinds: Readonly<Record<string, string>>, records = 5, seed = 1) =>
  samplesFor(
    Object.entries(kinds).map(([header, values]) => ({ header, values, canonical: null })),
    records,
    seed,
  );

const NOTHING = { columns: {}, said: [], known: new Set<string>() };

/** What each column is surely or likely taken for. */
const told = (proposals: readonly Proposal[]) =>
  Object.fromEntries(
    proposals.map(({ column, canonical, sureness }) => [
      column,
      canonical === null ? sureness : `${sureness} ${canonical}`,
    ]),
  );

/** The same where no name is known before. */
const proposed = (samples: ReadonlyMap<string, readonly string[]>) =>
  told(proposeColumns([...samples.keys()], samples, NOTHING));

const map = (samples: ReadonlyMap<string, readonly string[]>, options = {}) =>
  mapColumns([...samples.keys()], "f.csv", { samples, ...options });

describe("a column told by name and values", () => {
  it("says by what it was told, and some values", () => {
    const samples = new Map([
      ["Creator", ["@ana.lima", "@bo_kim", "@ana.lima", "@cleo", "@dina"]],
      ["Fans (K)", ["10.9", "3"]],
      ["Note", []],
    ]);
    const why = "its name and its values";
    expect(proposeColumns([...samples.keys()], samples, NOTHING)).toEqual([
      {
        column: "Creator",
        canonical: "account_id",
        sureness: "sure",
        why,
        examples: ["@ana.lima", "@bo_kim", "@cleo"],
      },
      { column: "Fans (K)", canonical: "followers", sureness: "sure", why, examples: ["10.9", "3"] },
      { column: "Note", canonical: null, sureness: "unknown", why: "", examples: [] },
    ]);
  });

  it("is what its values leave of what its name may mean", () => {
    for (const [kind, canonical] of [
      ["at", "sure account_id"],
      ["name", "sure nickname"],
      ["first", "likely account_id"],
      ["count", "unknown"],
    ]) {
      expect(proposed(table({ Creator: kind }))).toEqual({ Creator: canonical });
    }
    expect(proposed(table({ TikTok: "at" }))).toEqual({ TikTok: "sure account_id" });
    expect(proposed(table({ TikTok: "address" }))).toEqual({ TikTok: "sure url" });
    const mixed = ["@ana.lima", "https://www.tiktok.com/@bo_kim", "tiktok.com/@cleo?lang=en", "@dina"];
    expect(proposed(new Map([["TikTok", mixed]]))).toEqual({ TikTok: "sure account_id" });
    expect(proposed(new Map([["TikTok", [...mixed, "edi_5", "fay"]]]))).toEqual({
      TikTok: "sure account_id",
    });
    expect(proposed(table({ "TikTok ID": "id" }))).toEqual({ "TikTok ID": "sure id" });
    expect(proposed(table({ "TikTok ID": "at" }))).toEqual({ "TikTok ID": "sure account_id" });
  });

  it("is a count where what is counted stands behind it", () => {
    const likes = ["1.1M likes", "10.9K likes", "1,234 likes", "7 likes", "12 345 mentions J’aime"];
    const samples = new Map([
      ["account_id", ["a", "b", "c", "d", "e"]],
      ["likes", likes],
      ["Fans", ["1,234 Follower", "10.9K followers", "3.4万 人", "5 Takipçi", "1 234 подписчика"]],
    ]);
    expect(map(samples).columns).toEqual({
      account_id: ["account_id"],
      likes: ["likes"],
      followers: ["Fans"],
    });
  });

  it("is not sure where the name is too common, or the values are not what it says", () => {
    expect(proposed(table({ Description: "text", Joined: "day", Location: "country" }))).toEqual({
      Description: "likely biography",
      Joined: "likely created_at",
      Location: "likely region",
    });
    expect(proposed(table({ Engagement: "small" }))).toEqual({ Engagement: "unknown" });
    expect(proposed(table({ Fans: "name", Hearts: "place", Clips: "id" }))).toEqual({
      Fans: "unknown",
      Hearts: "unknown",
      Clips: "unknown",
    });
    expect(proposed(table({ Fans: "at" }))).toEqual({ Fans: "likely account_id" });
  });

  it("is what its name says where there are no values, if that is one thing only", () => {
    const samples = new Map([
      ["Website", []],
      ["Creator", ["", "null", "N/A"]],
    ]);
    expect(proposed(samples)).toEqual({ Website: "sure bio_link", Creator: "likely account_id" });
  });

  it("never stands beside another for one canonical column: of two as good, neither is sure", () => {
    expect(proposed(table({ "Followers 2024-05-01": "count", "Followers 2024-06-01": "count" }))).toEqual({
      "Followers 2024-05-01": "likely followers",
      "Followers 2024-06-01": "unknown",
    });
    // The better one is: a name that says no more, or values that show it.
    expect(proposed(table({ "Creator followers": "count", Fans: "count" }))).toMatchObject({
      Fans: "sure followers",
    });
    expect(proposed(table({ Creator: "name", "Creator name": "at" }))).toEqual({
      Creator: "sure nickname",
      "Creator name": "sure account_id",
    });
  });
});

describe("a column told by values alone", () => {
  it("is sure where nothing else looks like them, and nothing in its name says whose they are", () => {
    expect(proposed(table({ who: "at", number: "id", z: "address" }))).toEqual({
      who: "sure account_id",
      number: "sure id",
      z: "sure url",
    });
    expect(proposed(table({ "Brand handle": "at", "Video no": "id", "Instagram page": "address" }))).toEqual({
      "Brand handle": "unknown",
      "Video no": "unknown",
      "Instagram page": "unknown",
    });
    expect(proposed(table({ c1: "at", c2: "at" }))).toEqual({ c1: "likely account_id", c2: "unknown" });
  });

  it("takes more than two values, and that they differ", () => {
    expect(proposed(table({ c1: "at" }, 2))).toEqual({ c1: "unknown" });
    expect(proposed(new Map([["c1", Array(9).fill("@ana.lima")]]))).toEqual({ c1: "unknown" });
  });

  it("takes no numbers, words or dates for anything", () => {
    const kinds = [
      "count",
      "small",
      "first",
      "word",
      "text",
      "name",
      "day",
      "unix",
      "flag",
      "rate",
      "percent",
      "row",
    ];
    const samples = table(Object.fromEntries(kinds.map((kind, i) => [`c${i}`, kind])), 60);
    expect(new Set(Object.values(proposed(samples)))).toEqual(new Set(["unknown"]));
  });
});

describe("a well-known name", () => {
  const mapped = (samples: ReadonlyMap<string, readonly string[]>) => told(map(samples).proposals);

  it("is refuted by many values that cannot be what it says", () => {
    expect(
      mapped(table({ likes: "text", followers: "name", bio: "count", account_id: "id", url: "word" })),
    ).toEqual({
      likes: "unknown",
      followers: "unknown",
      bio: "unknown",
      account_id: "sure id",
      url: "unknown",
    });
    expect(mapped(table({ username: "handle", likes: "text" }, 4))).toMatchObject({ likes: "sure likes" });
  });

  it("of likes is not believed where they must be those of a post", () => {
    const columns = { username: "handle", followers: "total", likes: "small", comments: "small" };
    expect(mapped(table(columns))).toMatchObject({ likes: "likely likes" });
    expect(map(table(columns)).alerts.map(({ message }) => message)).toContain(
      'Column "likes" was not read as likes: beside the followers they are so few that they must be those of a post. If it is: --map likes=likes',
    );
    const { comments, ...bare } = columns;
    expect(mapped(table(bare))).toMatchObject({ likes: "sure likes" });
    expect(mapped(table({ ...columns, likes: "total", followers: "small" }))).toMatchObject({
      likes: "sure likes",
    });
    expect(mapped(table({ username: "handle", followers: "total", Hearts: "small" }))).toMatchObject({
      Hearts: "likely likes",
    });
  });
});

describe("mapColumns", () => {
  const list = table({ Creator: "at", Fans: "short", ER: "percent", Summary: "text" });

  it("reads what is surely there, says so, and how to read what likely is", () => {
    const { provider, columns, unmapped, alerts } = map(list);
    expect(provider).toBe("column names");
    expect(columns).toEqual({ account_id: ["Creator"], followers: ["Fans"], awg_engagement_rate: ["ER"] });
    expect(unmapped).toEqual(["Summary"]);
    expect(alerts.map(({ code, message }) => [code, message])).toEqual([
      ["percent", "awg_engagement_rate is read as percent: 2.9 is 0.029."],
      [
        "guessed_columns",
        '2 columns were taken by their names and values: "Creator" as account_id, "ER" as awg_engagement_rate. If one is wrong, leave it out like this: --map account_id=',
      ],
      ["likely_columns", "Not read, but likely what you want to read: --map biography=Summary"],
    ]);
    const { alerts: ofOne } = map(table({ Creator: "at", followers: "count" }));
    expect(ofOne[0].message).toBe(
      'Column "Creator" was taken as account_id (by its name and its values). If not: --map account_id=',
    );
  });

  it("lets the user go first", () => {
    const { columns } = map(list, { map: { followers: "", account_id: "Summary" } });
    expect(columns).toEqual({ account_id: ["Summary"], awg_engagement_rate: ["ER"] });
  });

  it("guesses nothing without samples", () => {
    expect(() => mapColumns([...list.keys()], "f.csv")).toThrow(
      "missing column: id or account_id (from id, user.id, authorMeta.id, account_id, username, uniqueId; or --map account_id=COLUMN) (f.csv)",
    );
  });

  it("adds to a layout what it lacks, but nothing that the layout leaves alone", () => {
    const file = table({
      username: "handle",
      follower_count: "count",
      Bio: "text",
      avatar_url: "address",
      open_id: "id",
    });
    const { provider, columns } = map(file);
    expect(provider).toBe("TikTok Display API");
    expect(columns).toEqual({
      account_id: ["username", "open_id"],
      followers: ["follower_count"],
      biography: ["Bio"],
    });
  });

  it("takes handles from the addresses of profiles where no column has them", () => {
    expect(map(table({ Link: "address", Fans: "count" })).columns).toEqual({
      account_id: ["Link"],
      followers: ["Fans"],
      url: ["Link"],
    });
  });

  it("refuses what names nobody with its columns, a value of each, and the options to copy", () => {
    const names = new Map([
      ["Name", ["Ana", "Bo"]],
      ["Fans on 1 May", ["12", "$5"]],
      ["Summary", ["a long text that says much of nothing at all"]],
      ["followers", ["1", "2"]],
      ["empty", []],
    ]);
    expect(() => map(names)).toThrow(
      'or --map account_id=COLUMN): found Name ("Ana"), Fans on 1 May ("12"), Summary ("a long text that says much of ..."), followers ("1"), empty (no value); the best guess: --map account_id=Name --map biography=Summary (f.csv)',
    );
  });

  it("quotes names for a shell, and says what was refuted", () => {
    const { alerts } = map(table({ username: "handle", 'my "likes" $': "count", likes: "text" }));
    expect(alerts[0]).toMatchObject({ code: "refuted_column", level: "warning", column: "likes" });
    expect(alerts[0].message).toMatch(
      /^Column "likes" was not read as likes: its values, such as ".*", cannot be that. If it is: --map likes=likes$/,
    );
    const common = map(table({ username: "handle", "(Description)": "text" }));
    expect(common.alerts[0].message).toMatch(/--map biography="\(Description\)"$/);
  });
});
