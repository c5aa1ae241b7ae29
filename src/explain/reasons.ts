import type { Contribution, Explanation } from "./explanation.ts";

/** Smaller shares of a logit are nobody's reason: 0.05 moves a probability by about one percent at most. */
const NEGLIGIBLE = 0.05;

/** Whether a contribution is too small to be a reason, or too uncertain to say which way it speaks. */
export function isNegligible({ value, error }: Contribution): boolean {
  return Math.abs(value) < Math.max(NEGLIGIBLE, 2 * error);
}

/** Which way a contribution speaks. */
export function directionOf({ value }: Contribution): "for" | "against" {
  return value >= 0 ? "for" : "against";
}

/**
 * The weightiest reasons, most first: `for: 312 videos in 2 years`, `against: not verified`. Fewer where fewer count.
 *
 * @param most how many at most
 */
export function reasonsInWords({ contributions }: Explanation, most: number): string[] {
  return contributions
    .filter((one) => !isNegligible(one))
    .slice(0, most)
    .map((one) => `${directionOf(one)}: ${one.words}`);
}
