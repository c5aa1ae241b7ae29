import { InsightsError } from "../base/error.ts";
import { creatorWith } from "../targets/named.ts";
import { resolveTarget } from "../targets/resolve.ts";
import type { Target, TargetDefinition } from "../targets/target.ts";
import type { ModelConfiguration } from "./configuration.ts";
import type { Model } from "./model.ts";

/**
 * What a model keeps of its target: the words it was asked for with, and what was learnt from the training rows.
 *
 * @param wording as the user wrote it
 * @param activeDays where the user said so
 */
export function keptTarget(
  target: Target,
  wording: string,
  activeDays: number | undefined,
): ModelConfiguration["target"] {
  const { name, expression, norm } = target;
  return {
    name,
    expression,
    wording: wording.trim(),
    ...(activeDays === undefined ? {} : { active_days: activeDays }),
    ...(norm === undefined ? {} : { norm }),
  };
}

/**
 * The target a model was trained for, made anew from its words, so that no SQL of a file is run unchecked: `fit` gives it
 * with what the training rows taught and learns nothing from others.
 *
 * @throws InsightsError where the words are no target of this program
 */
export async function targetOf({ target }: Pick<Model, "target">): Promise<TargetDefinition> {
  const { name, wording = name, active_days: activeDays, norm } = target;
  const definition = await resolveTarget(wording, { activeDays });
  if (!definition.learns) return definition;
  if (norm === undefined) {
    throw new InsightsError(`invalid model: it has not kept what the target ${name} learnt`);
  }
  const fitted = creatorWith(norm, activeDays);
  return { ...definition, learns: false, fit: async () => fitted };
}
