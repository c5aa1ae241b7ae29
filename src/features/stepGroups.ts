import { InsightsError } from "../base/error.ts";
import type { Step } from "./feature.ts";
import { kindNamed } from "./kinds.ts";
import type { Preset } from "./preset.ts";
import { isTextKind } from "./textFeatures.ts";

/** Groups of features that a preset may be asked to do without. */
export const STEP_GROUPS = ["texts", "bins", "age", "ratios"] as const;

/**
 * What a group of features has in common: `texts` look into a text, `bins` cut a number into ranges, `age` asks how old the
 * account was at the snapshot, `ratios` weigh one count against another.
 */
export type StepGroup = (typeof STEP_GROUPS)[number];

/** The group that a step is of; null for the plain ones, which always stay. */
function stepGroup({ kind, params }: Step): StepGroup | null {
  const known = kindNamed(kind);
  if (isTextKind(kind)) return "texts";
  if (kind === "logBins") return "bins";
  const inputs = known.inputs(known.params.parse(params));
  if (inputs.includes("created_at")) return "age";
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

/** Places, from 0, of the numbers that the steps give, those of some groups left out. */
export function placesWithout(steps: readonly Step[], groups: readonly StepGroup[]): number[] {
  const stays = steps.flatMap((step) => {
    const known = kindNamed(step.kind);
    return known.outputs(known.params.parse(step.params)).map(() => !isOf(step, groups));
  });
  return stays.flatMap((yes, place) => (yes ? [place] : []));
}

function isOf(step: Step, groups: readonly StepGroup[]): boolean {
  const group = stepGroup(step);
  return group !== null && groups.includes(group);
}
