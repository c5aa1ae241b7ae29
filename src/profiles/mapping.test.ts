import { describe, expect, it } from "vitest";
import { LAYOUTS } from "../../test/support/profiles/layouts.ts";
import type { InsightsError } from "../base/error.ts";
import type { UnknownColumnsError } from "./columns/unknownColumnsError.ts";
import { mapColumns } from "./mapping.ts";
import { COLUMN_NAMES } from "./providers/layouts.ts";
import { PROVIDERS } from "./providers/recognise.ts";
import { columnNames } from "./source/oddities.ts";
import { describeMapping } from "./table.ts";

const columnsOf = (name: string) =>
  Object.keys(LAYOUTS.find((layout) => layout.name === name)?.records[0] ?? {});
const brightData = columnsOf("Bright Data, 18 columns");

describe("recognising a provider", () => {
  it("does not depend on the order of the columns", () => {
    for (const layout of LAYOUTS) {
      const columns = [...new Set(layout.records.flatMap((record) => Object.keys(record)))];
      const there = mapColumns(columns, "f.csv");
      const back = mapColumns([...columns].reverse(), "f.csv");
      expect(back.provider).toBe(layout.provider);
      expect(back.columns).toEqual(there.columns);
    }
  });

  it("does not mind case, blanks and hyphens in headers", () => {
    const shouted = brightData.map((name) => ` ${name.toUpperCase().replaceAll("_", " ")} `);
    const { provider, columns, unmapped } = mapColumns(shouted, "f.csv");
    expect(provider).toBe("Bright Data");
    expect(columns.awg_engagement_rate).toEqual([" AWG ENGAGEMENT RATE "]);
    expect(unmapped).toEqual([]);
  });

  it("prefers the exact name", () => {
    expect(mapColumns(["ID", "id", "followers"], "f.csv").columns.id).toEqual(["id"]);
    // DuckDB does not tell capitals, so that one of the two is called otherwise.
    const columns = columnNames(["username", "Followers", "followers"], []);
    expect(columns).toEqual(["username", "Followers", "followers (column 3)"]);
    expect(mapColumns(columns, "f.csv").columns.followers).toEqual(["followers (column 3)"]);
    for (const [name, column] of [
      ["Followers", "Followers"],
      ["followers", "followers (column 3)"],
    ]) {
      expect(mapColumns(columns, "f.csv", { map: { followers: name } }).columns.followers).toEqual([column]);
    }
  });

  it("lets the layout with more known columns win, and says when another would fit", () => {
    const both = [...brightData, "username", "display_name", "follower_count", "stranger"];
    const { provider, alerts } = mapColumns(both, "f.csv");
    expect(provider).toBe("Bright Data");
    expect(alerts.map(({ code }) => code)).toEqual(["ambiguous_provider", "unmapped_columns"]);
    expect(alerts[0].message).toContain("TikTok Research API");
    // All that the Research API has, the Display API has too: no doubt there.
    expect(mapColumns(columnsOf("Display API"), "f.csv").alerts).toEqual([]);
  });

  it("reads what was added to a provider's file under a canonical name, except a number that may be anything", () => {
    const { provider, columns, unmapped } = mapColumns(
      [...columnsOf("Research API"), "observed_at", "region", "id"],
      "f.csv",
    );
    expect(provider).toBe("TikTok Research API");
    expect([columns.observed_at, columns.region, columns.id]).toEqual([
      ["observed_at"],
      ["region"],
      undefined,
    ]);
    expect(unmapped).toEqual(["avatar_url", "id"]);
    expect(mapColumns([...brightData, "created_at"], "f.csv").columns.created_at).toEqual([
      "create_time",
      "created_at",
    ]);
  });

  it("knows every canonical column that any of them gives under names of a file made by hand", () => {
    for (const provider of PROVIDERS.filter(({ video }) => video === undefined)) {
      for (const [name, sources] of Object.entries(provider.columns)) {
        expect(COLUMN_NAMES.columns[name as keyof typeof COLUMN_NAMES.columns]).toEqual(
          expect.arrayContaining([...sources]),
        );
      }
    }
  });
});

describe("--map", () => {
  it("goes before the provider's mapping", () => {
    const { provider, columns, unmapped } = mapColumns([...brightData, "fans2"], "f.csv", {
      map: {
        followers: "fans2",
        bio_link: "",
      },
    });
    expect(provider).toBe("Bright Data");
    expect(columns.followers).toEqual(["fans2"]);
    expect(columns.bio_link).toBeUndefined();
    expect(unmapped).toEqual(["bio_link", "followers"]);
  });

  it("stands alone where no layout is recognised", () => {
    const mapping = mapColumns(["Konto", "Fans am 1.", "x"], "f.csv", {
      map: {
        account_id: "konto",
        followers: "Fans am 1.",
      },
    });
    expect(mapping.provider).toBe("mapped");
    expect(describeMapping(mapping)).toEqual({ account_id: "Konto", followers: "Fans am 1." });
  });

  it("knows wrapped names without their wrapper", () => {
    const columns = columnsOf("web userInfo, exact and wrapped");
    expect(mapColumns(columns, "f.json", { map: { likes: "stats.heartCount" } }).columns.likes).toEqual([
      "userInfo.stats.heartCount",
    ]);
  });

  it("refuses names that are not there", () => {
    expect(() => mapColumns(brightData, "f.csv", { map: { folowers: "likes" } })).toThrow(
      /^unknown column: folowers \(expected id, account_id, /,
    );
    expect(() => mapColumns(["id", "likes"], "f.csv", { map: { followers: "fans" } })).toThrow(
      "unknown column: fans (expected id, likes)",
    );
    const wide = Array.from({ length: 100 }, (_, i) => `c${i}`);
    expect(() => mapColumns(wide, "f.csv", { map: { id: "c100" } })).toThrow(/c39, and 60 more\)$/);
    try {
      mapColumns(["id"], "f.csv", { map: { x: "id" } });
    } catch (error) {
      expect((error as InsightsError).exitCode).toBe(2);
    }
  });
});

describe("a file that cannot be mapped", () => {
  it("without a known column is refused with its columns and the way out", () => {
    expect(() => mapColumns(["nom", "abonnés"], "f.csv")).toThrow(
      "no known column: found nom, abonnés (say which is which with --map canonical=column, for example --map id=nom) (f.csv)",
    );
  });

  it.each([
    ["unknown columns", { nom: ["Ana Lima", "Bo Berg"], abonnés: ["1200", "3400"] }, "followers"],
    ["no accounts", { followers: ["1200", "3400"], wer: ["ana.lima", "bo_berg"] }, undefined],
    [
      "videos of nobody",
      { video_id: ["7100000000000000001"], video_views: ["5"], caption: ["a b"] },
      undefined,
    ],
  ])("tells what each column may be, with its values: %s", (_, columns, first) => {
    const samples = new Map(Object.entries(columns));
    try {
      mapColumns([...samples.keys()], "f.csv", { samples });
      expect.unreachable();
    } catch (error) {
      const { proposals } = error as UnknownColumnsError;
      expect(proposals.map(({ column }) => column)).toEqual(
        expect.arrayContaining([...samples.keys()].slice(-1)),
      );
      for (const { column, examples } of proposals) expect(examples).toEqual(samples.get(column));
      if (first !== undefined) expect(proposals.find(({ canonical }) => canonical === first)).toBeDefined();
    }
  });

  it.each([
    ["too short to tell by its length", ["4#\x18(7\x1f<2\x14"]],
    ["read as UTF-16", ["\u6d3c\ud0a1\ue4c2\u9a07", "\uf8b0\ufffd"]],
    ["read as Windows-1252", ["\xd1j\x81\xb0q\x90", "\x9dz\xe1"]],
  ])("of noise is told as such, not by its garbled names: %s", (_, names) => {
    expect(() => mapColumns(names, "a.csv")).toThrow(
      /^not a table of profiles: a\.csv is binary data of an unknown kind \(expected CSV/,
    );
  });

  it("with nothing to know accounts by is refused before all its records are", () => {
    expect(() => mapColumns(["followers", "likes"], "f.csv")).toThrow(
      /^missing column: id or account_id \(from id, /,
    );
  });
});

it("reads what Elasticsearch puts around records", () => {
  const columns = ["_index", "_id", "_source.account_id", "_source.followers"];
  expect(mapColumns(columns, "hits.json").columns).toMatchObject({
    account_id: ["_source.account_id"],
    followers: ["_source.followers"],
  });
});
