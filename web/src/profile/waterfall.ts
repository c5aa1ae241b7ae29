import type { Explanation } from "../types.ts";

/** Steps that are shown one by one; the rest are one step. */
const MOST_STEPS = 8;

/** A step of a waterfall, in logits. */
export interface Step {
  readonly words: string;
  readonly value: number;
  readonly from: number;
  readonly to: number;
}

/** The steps from what is usual to this account, each where the one before ended. */
export function stepsOf({ base, contributions }: Pick<Explanation, "base" | "contributions">): Step[] {
  const shown = contributions.slice(0, MOST_STEPS);
  const rest = contributions.slice(MOST_STEPS);
  const parts = shown.map(({ words, value }) => ({ words, value }));
  if (rest.length > 0) {
    parts.push({
      words: `${rest.length} smaller things together`,
      value: rest.reduce((sum, { value }) => sum + value, 0),
    });
  }
  let at = base;
  return parts.map(({ words, value }) => {
    const from = at;
    at += value;
    return { words, value, from, to: at };
  });
}
