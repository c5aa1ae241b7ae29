import { fixedTarget, type TargetDefinition } from "../definition.ts";
import { parseCondition } from "./parse.ts";

/**
 * A target from a condition that a user wrote: `followers >= 10000 and awg_engagement_rate > 0.03`.
 *
 * @throws InsightsError as {@link parseCondition}
 */
export async function conditionTarget(text: string): Promise<TargetDefinition> {
  const { expression, inputs } = await parseCondition(text);
  const name = text.trim().replace(/\s+/g, " ");
  return fixedTarget({ name, about: "a condition of the user's", expression, inputs, written: true });
}
