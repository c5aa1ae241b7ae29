/** What a group of features did to a profile's score. */
export interface Contribution {
  /** What it is about: `followers`, `likes per follower`. */
  readonly group: string;
  /** Names of its features in the pipeline. */
  readonly features: readonly string[];
  /** Its Shapley value, a share of the logit: above 0 it speaks for "active", below 0 against. */
  readonly value: number;
  /** Standard error of the value; 0 where it is exact. */
  readonly error: number;
  /** What the profile shows of it: `312 videos in 2 years`, `4.1 likes per follower`, `not verified`. */
  readonly words: string;
}

/** Why a model gives a profile its probability. */
export interface Explanation {
  /** The model's logit of the profile, before calibration: `base` and all contributions together, within 1e-6. */
  readonly logit: number;
  /** The model's mean logit over the background: of somebody of whom nothing is known. */
  readonly base: number;
  /** The calibrated probability, as scoring gives it. */
  readonly probability: number;
  /** What `base` is as a probability, calibrated the same way. */
  readonly baseProbability: number;
  /** The probability from which on the model calls a profile active. */
  readonly threshold: number;
  readonly active: boolean;
  /** The largest size first. */
  readonly contributions: readonly Contribution[];
  /** Whether every coalition was asked about, or a sample of orders. */
  readonly method: "exact" | "sampled";
}

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
