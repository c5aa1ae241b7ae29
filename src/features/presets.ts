import { InsightsError, unknownName } from "../base/error.ts";
import type { CanonicalName } from "../profiles/canonical.ts";
import type { Preset, Step } from "./feature.ts";
import { kindNamed } from "./kinds.ts";
import { creatorPreset, postingPreset } from "./presets/creator.ts";
import { original, originalLog } from "./presets/original.ts";
import { profile } from "./presets/profile.ts";

export type { Preset } from "./feature.ts";

/** All presets by name. A new one is a file in `presets/` and an entry here. */
export const PRESETS: Readonly<Record<string, Preset>> = {
  original,
  profile,
  "original-log": originalLog,
  creator: creatorPreset(),
  posting: postingPreset(),
};

/**
 * The preset of that name.
 *
 * @throws InsightsError `unknown preset: x (expected original, profile, original-log, creator, posting)`, exit code 2
 */
export function presetNamed(name: string): Preset {
  if (!Object.hasOwn(PRESETS, name)) throw unknownName("preset", name, Object.keys(PRESETS));
  return PRESETS[name];
}

/** The canonical columns that a preset's features are made of, each once. */
export function presetInputs(preset: Preset): CanonicalName[] {
  return [...new Set(preset.steps.flatMap(({ kind, params }) => kindNamed(kind).inputs(params)))];
}

/** Groups of features that a preset may be asked to do without. */
export const STEP_GROUPS = ["age", "ratios"] as const;

/**
 * What a group of features has in common: `age` asks how old the account was at the snapshot, `ratios` weigh one count against
 * another.
 */
export type StepGroup = (typeof STEP_GROUPS)[number];

/** The group that a step is of; null for the plain ones, which always stay. */
function stepGroup({ kind, params }: Step): StepGroup | null {
  const known = kindNamed(kind);
  const inputs = known.inputs(known.params.parse(params));
  if (kind === "logs" && inputs.includes("observed_at")) return "age";
  return kind === "ratio" || (kind === "logs" && inputs.length > 1) ? "ratios" : null;
}

/** Groups that a preset has features of, in the order of `STEP_GROUPS`; none where nothing else would be left. */
export function groupsOf({ steps }: Pick<Preset, "steps">): StepGroup[] {
  const found = steps.map(stepGroup);
  return found.includes(null) ? STEP_GROUPS.filter((group) => found.includes(group)) : [];
}

/**
 * A preset without some groups of features; the same object where there are none.
 *
 * @throws InsightsError where nothing is left
 */
export function withoutGroups(preset: Preset, groups: readonly StepGroup[]): Preset {
  if (groups.length === 0) return preset;
  const steps = preset.steps.filter((step) => !isOf(step, groups));
  if (steps.length === 0) {
    throw new InsightsError(`no features left: the preset ${preset.name} without ${groups.join(", ")}`);
  }
  return { ...preset, steps };
}

/** Places, from 0, of the numbers that the steps of some groups give among those of all steps. */
export function placesOf(steps: readonly Step[], groups: readonly StepGroup[]): number[] {
  const those = steps.flatMap((step) => {
    const known = kindNamed(step.kind);
    return known.outputs(known.params.parse(step.params)).map(() => isOf(step, groups));
  });
  return those.flatMap((yes, place) => (yes ? [place] : []));
}

function isOf(step: Step, groups: readonly StepGroup[]): boolean {
  const group = stepGroup(step);
  return group !== null && groups.includes(group);
}
