import { countInWords, countOfThings, numberInWords, shareInWords } from "../base/words.ts";
import { columnInWords } from "../features/featureGroups.ts";
import { type Measure, measureReader } from "../features/logTerms.ts";
import type { CanonicalProfile } from "../features/profile.ts";
import { CANONICAL_COLUMNS } from "../profiles/canonical.ts";

const YEAR = 365.25;
const MONTH = YEAR / 12;

/** The number of a profile; null where unknown. */
export function amountOf(measure: Measure, profile: Partial<CanonicalProfile>): number | null {
  const amount = measureReader(measure)(profile);
  return Number.isNaN(amount) ? null : amount;
}

/** What the things are that a count counts: one, and several. */
const THINGS: Partial<Record<Measure, readonly [one: string, many: string]>> = {
  followers: ["follower", "followers"],
  following: ["followed account", "followed accounts"],
  likes: ["like", "likes"],
  videos_count: ["video", "videos"],
};

/** One of what a measure counts: `follower`. */
export function oneOf(measure: Measure): string {
  return THINGS[measure]?.[0] ?? nameOf(measure);
}

/** Several of what a measure counts: `followers`. */
export function manyOf(measure: Measure): string {
  return THINGS[measure]?.[1] ?? nameOf(measure);
}

/** A measure's name: `account age`. */
export function nameOf(measure: Measure): string {
  return measure === "account_age" ? "account age" : columnInWords(measure);
}

/** A length of time: `2 years`, `5 months`, `1 day`. */
export function daysInWords(days: number): string {
  if (days < 1) return "less than a day";
  if (days < 2 * MONTH) return countOfThings(Math.floor(days), "day");
  if (days < 2 * YEAR) return countOfThings(Math.round(days / MONTH), "month");
  return `${Number((days / YEAR).toFixed(1))} years`;
}

/** One number of a profile: `1,755 followers`, `verified`, `like rate of 4.3 %`, `account 2.1 years old`, `likes unknown`. */
export function amountInWords(measure: Measure, profile: Partial<CanonicalProfile>): string {
  const amount = amountOf(measure, profile);
  if (amount === null) return `${nameOf(measure)} unknown`;
  if (measure === "account_age")
    return amount < 1 ? "account made today" : `account ${daysInWords(amount)} old`;
  const { type } = CANONICAL_COLUMNS[measure];
  if (type === "BOOLEAN") return amount === 1 ? nameOf(measure) : `not ${nameOf(measure)}`;
  if (type === "DOUBLE") return `${nameOf(measure)} of ${shareInWords(amount)}`;
  const things = THINGS[measure];
  if (things === undefined) return `${nameOf(measure)} of ${countInWords(amount)}`;
  return countOfThings(amount, ...things);
}

/**
 * One number over another: `4.1 likes per follower`, `one video per 560 followers`, `312 videos in 2 years`, `12 likes and 0
 * followers` where there is nothing to divide by.
 */
export function ratioInWords(over: Measure, under: Measure, profile: Partial<CanonicalProfile>): string {
  const [a, b] = [amountOf(over, profile), amountOf(under, profile)];
  if (a === null || b === null) return unknownInWords([over, under], profile);
  if (under === "account_age")
    return `${amountInWords(over, profile)} in ${daysInWords(b).replace(/^less than /, "")}`;
  if (b <= 0) return `${amountInWords(over, profile)} and ${amountInWords(under, profile)}`;
  const ratio = a / b;
  if (a > 0 && ratio < 0.1) return `one ${oneOf(over)} per ${numberInWords(1 / ratio)} ${manyOf(under)}`;
  return `${numberInWords(ratio)} ${ratio === 1 ? oneOf(over) : manyOf(over)} per ${oneOf(under)}`;
}

/** `likes and videos unknown`: those of some measures that are. */
export function unknownInWords(measures: readonly Measure[], profile: Partial<CanonicalProfile>): string {
  return `${measures
    .filter((measure) => amountOf(measure, profile) === null)
    .map(nameOf)
    .join(" and ")} unknown`;
}
