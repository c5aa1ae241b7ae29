import { describe, expect, it } from "vitest";
import { featureGroups } from "./featureGroups.ts";
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

  it("puts a count with its cut-off twin, and a ratio by itself", () => {
    const groups = groupsOf(PRESETS.profile.steps);
    const named = (name: string) => groups.find((group) => group.name === name);
    expect(named("videos")?.features).toEqual(["videos", "recent_videos"]);
    expect(named("likes per follower")?.columns).toEqual(["likes", "followers"]);
    expect(named("likes per follower")?.features).toEqual(["likes_per_follower"]);
    expect(named("account age")?.features).toEqual(["account_age"]);
  });

  it("names the study's components by their columns", () => {
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
  });
});
