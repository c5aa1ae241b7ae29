import { describe, expect, it } from "vitest";
import { connect } from "../../test/support/analysis/profilesTable.ts";
import { FOLLOWER_TIERS, parseTiers, TIER_RANGES, tierSql } from "./tiers.ts";

describe("tierSql", () => {
  it("knows the tiers of the trade, their lower ends included", async () => {
    const followers = [0, 999, 1000, 9_999, 10_000, 49_999, 50_000, 499_999, 500_000, 999_999, 1e6, 5e8];
    const names = tierSql(FOLLOWER_TIERS);
    const places = tierSql(TIER_RANGES, (_, place) => `${place}`);
    const connection = await connect();
    const reader = await connection.runAndReadAll(
      `SELECT ${names}, ${places} FROM (SELECT unnest([NULL, ${followers.join(", ")}]) AS followers)`,
    );
    const tiers = ["starter", "nano", "micro", "mid", "macro", "mega"];
    expect(reader.getRowsJS()).toEqual([
      [null, null],
      ...tiers.flatMap((name, place) => [
        [name, place],
        [name, place],
      ]),
    ]);
  });

  it("keeps a quote in a name", () => {
    expect(tierSql([{ name: "it's", from: 0 }])).toBe("CASE WHEN followers >= 0 THEN 'it''s' END");
  });
});

describe("parseTiers", () => {
  it("reads tiers and puts the lowest below them", () => {
    const tiers = parseTiers("small=100, big = 1.5K,huge=2m");
    expect(tiers).toEqual([
      { name: "starter", from: 0 },
      { name: "small", from: 100 },
      { name: "big", from: 1500 },
      { name: "huge", from: 2_000_000 },
    ]);
    expect(parseTiers("all=0")).toEqual([{ name: "all", from: 0 }]);
  });

  it.each([
    ["", "invalid tiers:  (expected nano=1K,micro=10K,mid=50K)"],
    ["nano", /^invalid tiers: nano \(expected/],
    ["nano=-1", /^invalid tiers/],
    ["nano=1K,micro=1K", "invalid tiers: micro starts from 1000, which is not above 1000"],
    ["nano=1K,nano=2K", "invalid tiers: two are called nano"],
  ])("refuses %j", (text, message) => {
    expect(() => parseTiers(text)).toThrow(message);
  });
});
