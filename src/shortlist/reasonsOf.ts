import type { Explanation } from "../explain/explanation.ts";
import { directionOf, isNegligible } from "../explain/reasons.ts";

/**
 * Why an account stands where it does, in words for a list: what speaks for it as it is, what speaks against it with a `but`.
 *
 * @param most how many reasons at most, the weightiest first
 */
export function reasonsOf({ contributions }: Explanation, most: number): string[] {
  return contributions
    .filter((one) => !isNegligible(one))
    .slice(0, most)
    .map((one) => (directionOf(one) === "for" ? one.words : `but: ${one.words}`));
}
