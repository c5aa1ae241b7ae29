import { describe, expect, it } from "vitest";
import { CANONICAL_COLUMNS, requireColumns } from "./canonical.ts";

const profiles = { missing: ["likes", "awg_engagement_rate"] as const, source: { file: "p.csv" } };

describe("needed columns", () => {
  it("that are there are no trouble", () => {
    expect(() => requireColumns(profiles, ["id", "followers"], "the target engagement")).not.toThrow();
  });

  it("that are missing are named with where they could come from", () => {
    expect(() => requireColumns(profiles, ["followers", "likes", "likes"])).toThrow(
      `missing column: likes (from ${CANONICAL_COLUMNS.likes.from}; or --map likes=COLUMN) (p.csv)`,
    );
    expect(() => requireColumns(profiles, ["awg_engagement_rate", "likes"], "the target engagement")).toThrow(
      /^missing columns: awg_engagement_rate, likes, needed for the target engagement \(awg_engagement_rate from .*; likes from .*; or --map awg_engagement_rate=COLUMN\) \(p\.csv\)$/,
    );
  });
});
