import { describe, expect, it } from "vitest";
import { createProfileReader } from "./profile.ts";

const read = (fields: object) => createProfileReader()({ account_id: "ann", ...fields });

describe("a profile in a request is read as in files:", () => {
  it.each([
    [{ followers: 10_000_000_001 }, { followers: null }],
    [
      { followers: "2147483647", likes: 0 },
      { followers: null, likes: 0 },
    ],
    [
      { following: 1_000_001, videos_count: 10_000_001 },
      { following: null, videos_count: null },
    ],
    [
      { following: 1_000_000, videos_count: 10_000_000 },
      { following: 1_000_000, videos_count: 10_000_000 },
    ],
    [{ followers: 1_000_000, likes: 0 }, { likes: null }],
    [{ followers: 1_000_000, likes: 0, videos_count: 12 }, { likes: null }],
    [{ followers: 1_000_000, likes: 0, videos_count: 0 }, { likes: 0 }],
    [{ followers: 999_999, likes: 0 }, { likes: 0 }],
    [{ followerCount: 5, likes: 2_147_483_647 }, { likes: null }],
  ])("counts that an account cannot have are unknown: %j", (fields, counts) => {
    expect(read(fields).profile).toMatchObject(counts);
  });

  it("NA is the code of Namibia, and nobody's language or name", () => {
    const [{ profile }, none] = [
      read({ region: "NA", predicted_lang: "NA", nickname: "NA" }),
      read({ region: "null" }),
    ];
    expect(profile).toMatchObject({ region: "NA", predicted_lang: null, nickname: null });
    expect(none.profile?.region).toBeNull();
  });

  it("a rate over a million is none, as a number and as text", () => {
    expect(read({ awg_engagement_rate: 1_000_000 }).profile).toMatchObject({
      awg_engagement_rate: 1_000_000,
    });
    for (const rate of [1_000_001, "1000001"])
      expect(read({ awg_engagement_rate: rate }).faults).toMatchObject([{ path: "awg_engagement_rate" }]);
  });
});
