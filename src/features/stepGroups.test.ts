import { expect, it } from "vitest";
import { kindNamed } from "./kinds.ts";
import { PRESETS } from "./presets.ts";
import { groupsOf, placesWithout, withoutGroups } from "./stepGroups.ts";

const { profile, original } = PRESETS;
const names = ({ steps }: typeof profile) =>
  steps.flatMap(({ kind, params }) => kindNamed(kind).outputs(kindNamed(kind).params.parse(params)));

it("knows the groups of a preset", () => {
  expect(groupsOf(profile)).toEqual(["texts", "bins", "age", "ratios"]);
  expect(groupsOf(original)).toEqual(["texts", "ratios"]);
  expect(groupsOf({ steps: profile.steps.filter(({ kind }) => kind === "logBins") })).toEqual([]);
});

it("leaves out what is of a group, and nothing else", () => {
  const out = names(profile).filter((name) => !names(withoutGroups(profile, ["age"])).includes(name));
  expect(out).toEqual(["account_age", "videos_per_day"]);
  expect(names(withoutGroups(profile, ["texts"])).filter((name) => name.startsWith("biography"))).toEqual([
    "biography_missing",
  ]);
  expect(names(withoutGroups(profile, ["ratios"]))).not.toContain("likes_per_follower");
  expect(withoutGroups(profile, [])).toBe(profile);
  expect(() => withoutGroups({ ...profile, steps: profile.steps.slice(-1) }, ["texts"])).toThrow(
    "no features left: the preset profile without texts",
  );
});

it("finds the places of what stays", () => {
  for (const groups of [["bins"], ["texts", "age"]] as const) {
    const all = names(profile);
    expect(placesWithout(profile.steps, groups).map((place) => all[place])).toEqual(
      names(withoutGroups(profile, groups)),
    );
  }
});
