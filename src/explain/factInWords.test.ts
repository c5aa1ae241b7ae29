import { describe, expect, it } from "vitest";
import { step } from "../features/feature.ts";
import { featureGroups } from "../features/featureGroups.ts";
import { column } from "../features/kinds/column.ts";
import { ln1p, logs } from "../features/kinds/logs.ts";
import { missing } from "../features/kinds/missing.ts";
import { PRESETS } from "../features/presets.ts";
import type { CanonicalProfile } from "../features/profile.ts";
import { factInWords } from "./factInWords.ts";

type Profile = Partial<CanonicalProfile>;
const fact = (steps: (typeof PRESETS)["profile"]["steps"], name: string, profile: Profile) => {
  const groups = featureGroups({ steps: steps.map((one) => ({ ...one, fitted: {} })) });
  const group = groups.find((one) => one.name === name);
  if (group === undefined) throw new Error(`no group ${name} in ${groups.map((one) => one.name).join()}`);
  return factInWords(group, profile);
};
const at = (days: number) => new Date(Date.UTC(2024, 0, 1) + days * 86_400_000);
const age = (days: number) => ({ created_at: at(0), observed_at: at(days) });

describe("facts in words", () => {
  it.each<[string, Profile, string]>([
    ["followers", { followers: 1_234_567n }, "1,234,567 followers"],
    ["followers", { followers: 1n }, "1 follower"],
    ["following", { following: 310 }, "310 followed accounts"],
    ["videos", {}, "videos unknown"],
    ["likes per follower", { likes: 41n, followers: 10n }, "4.1 likes per follower"],
    ["likes per follower", { likes: 41n, followers: 0n }, "41 likes and 0 followers"],
    ["likes per follower", { likes: 41n }, "followers unknown"],
    ["likes per video", { likes: 5n, videos_count: 5n }, "1 like per video"],
    ["likes per video", { likes: 0n, videos_count: 5n }, "0 likes per video"],
    ["videos per follower", { videos_count: 2n, followers: 1120n }, "one video per 560 followers"],
    [
      "likes per video and follower",
      { likes: 260n, videos_count: 2n, followers: 10_000n },
      "likes per video of 1.3 % of the followers",
    ],
    [
      "likes per video and follower",
      { likes: 5880n, videos_count: 2n, followers: 100n },
      "likes per video 29.4 times the followers",
    ],
    [
      "likes per video and follower",
      { likes: 200n, videos_count: 2n, followers: 100n },
      "likes per video of 100 % of the followers",
    ],
    [
      "likes per video and follower",
      { likes: 260n, videos_count: 0n, followers: 10_000n },
      "260 likes, 0 videos, 10,000 followers",
    ],
    ["likes per video and follower", { likes: 2n }, "videos and followers unknown"],
    ["account age", age(0), "account made today"],
    ["account age", age(1.5), "account 1 day old"],
    ["account age", age(150), "account 5 months old"],
    ["account age", age(1000), "account 2.7 years old"],
    ["account age", { created_at: at(0) }, "account age unknown"],
    ["videos per day", { videos_count: 312n, ...age(730.5) }, "312 videos in 2 years"],
    ["videos per day", { videos_count: 3n, ...age(0.2) }, "3 videos in a day"],
    ["verified", { is_verified: true }, "verified"],
    ["verified", { is_verified: false }, "not verified"],
    ["verified", { is_verified: null }, "verified unknown"],
    ["link", {}, "no link"],
    ["link", { bio_link: "https://linktr.ee/someone" }, "has a link"],
  ])("says of %s, %o: %s", (name, profile, words) => {
    expect(fact(PRESETS.profile.steps, name, profile)).toBe(words);
  });

  it("says what other presets look at, and what a user's own may", () => {
    const study = (name: string, profile: Profile) => fact(PRESETS.original.steps, name, profile);
    expect(study("likes and followers", { likes: 2n, followers: 3n })).toBe("2 likes, 3 followers");
    expect(study("like rate", { like_engagement_rate: 0.043 })).toBe("like rate of 4.3 %");
    expect(study("likes per video", { likes: 9n, videos_count: 2n })).toBe("4.5 likes per video");
    expect(study("link", { bio_link: "https://example.com" })).toBe("has a link");
    expect(study("biography", {})).toBe("no biography");
    expect(study("biography", { biography: "a model" })).toBe("has a biography (keyword)");
    const own = [
      step(missing, { column: "region", output: "region_missing" }),
      step(missing, { column: "likes", output: "likes_missing" }),
      step(column, { column: "is_private" }),
      step(logs, { terms: [ln1p("followers"), ln1p("following")], output: "crowd" }),
    ];
    expect(fact(own, "region", { region: "NO" })).toBe("has a region");
    expect(fact(own, "likes", {})).toBe("likes unknown");
    expect(fact(own, "private", { is_private: true })).toBe("private");
    expect(fact(own, "crowd", { followers: 2n, following: 1n })).toBe("2 followers, 1 followed account");
  });
});
