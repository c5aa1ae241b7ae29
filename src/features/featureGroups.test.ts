import { describe, expect, it } from "vitest";
import { step } from "./feature.ts";
import { featureGroups } from "./featureGroups.ts";
import { phrases } from "./kinds/phrases.ts";
import { PRESETS } from "./presets.ts";

const groupsOf = (steps: (typeof PRESETS)["profile"]["steps"]) =>
  featureGroups({ steps: steps.map((one) => ({ ...one, fitted: {} })) });

describe("groups of features", () => {
  it.each(Object.values(PRESETS))(
    "takes each feature of $name once, with others of the same columns",
    (preset) => {
      const groups = groupsOf(preset.steps);
      const places = groups.flatMap((group) => group.places);
      expect([...places].sort((a, b) => a - b)).toEqual(places.map((_, i) => i));
      for (const group of groups) expect(group.features).toHaveLength(group.places.length);
      expect(new Set(groups.map(({ name }) => name)).size).toBe(groups.length);
    },
  );

  it("puts a count with its bins, a ratio by itself, and parts a biography by topics", () => {
    const groups = groupsOf(PRESETS.profile.steps);
    const named = (name: string) => groups.find((group) => group.name === name);
    expect(named("videos")?.features).toContain("recent_videos");
    expect(named("videos")?.features).toContain("videos_bin_8");
    expect(named("likes per follower")?.columns).toEqual(["likes", "followers"]);
    expect(named("likes per follower")?.features).not.toContain("likes");
    expect(named("account age")?.features).toEqual(["account_age"]);
    expect(named("biography contact")).toMatchObject({
      topic: "contact",
      features: ["biography_contact", "biography_email", "biography_mention", "biography_address"],
    });
    expect(named("biography emoji")?.features).toContain("biography_pointing");
    expect(named("biography length")?.features).toEqual(["biography_missing", "biography_length"]);
    expect(named("link")).toMatchObject({ topic: null });
  });

  it("knows the study's components, and a list of the user's own", () => {
    expect(groupsOf(PRESETS.original.steps).map(({ name }) => name)).toEqual([
      "biography",
      "likes and followers",
      "link",
      "likes per video",
      "comment rate",
      "like rate",
      "verified",
      "following",
    ]);
    const words = (output: string) =>
      step(phrases, { column: "biography", words: [output], fragments: [], output });
    const own = ["biography_yoga", "biography_chess", "swimming"].map(words);
    expect(groupsOf(own).map(({ name }) => name)).toEqual([
      "biography yoga",
      "biography chess",
      "biography swimming",
    ]);
    // Two are few enough to be one thing.
    expect(groupsOf(own.slice(1)).map(({ name }) => name)).toEqual(["biography"]);
  });
});
