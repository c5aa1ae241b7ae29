import { countInWords, countOfThings, shareInWords } from "../base/words.ts";
import type { QuestionCard } from "./reportCard.ts";

/** A question as a heading, and what those did of whom it came true. */
export const QUESTIONS: Readonly<Record<QuestionCard["question"], readonly [asked: string, did: string]>> = {
  still_posting: ["Will they go on posting?", "posted"],
  well_answered: ["Are they answered above the norm for their size?", "were answered above it"],
};

/** Why forecasts could not be held to anything, in the order in which it is said. */
const REASONS: Readonly<Record<keyof QuestionCard["not_judged"], string>> = {
  too_early: "are too young: nothing was read so many days later",
  not_seen_again: "are of accounts that later files do not show",
  undated: "are of profiles of which no file says when they were read",
  without_posts: "are of accounts that came again without a dated post",
  out_of_reach: "are of accounts whose listed posts begin after these days",
  without_rate: "are of accounts that came again without an engagement rate or followers",
  nothing_new: "are of accounts without a new post since: the rate is the one of then",
};

/** How those did who were forecast above 80 %, in one sentence; null where nobody was: `Of 279 people forecast above 80 %, 248 posted (…).` */
export function likelyInWords({ question, likely }: QuestionCard): string | null {
  if (likely === null) return null;
  const of =
    likely.people === likely.forecasts
      ? `${countOfThings(likely.people, "person", "people")} forecast above 80 %`
      : `${countInWords(likely.forecasts)} forecasts above 80 % for ${countOfThings(likely.people, "person", "people")}`;
  const [, did] = QUESTIONS[question];
  const words = likely.came_true === 1 ? did.replace(/^were/, "was") : did;
  return `Of ${of}, ${countInWords(likely.came_true)} ${words} (${shareInWords(likely.share)}, ${rangeInWords(likely)}).`;
}

/** How many forecasts could be held to what happened, and why others could not, one line each. */
export function judgedInWords({ forecasts, judged, not_judged }: QuestionCard): {
  readonly held: string;
  readonly others: readonly string[];
} {
  const others = (Object.keys(REASONS) as (keyof typeof REASONS)[])
    .filter((reason) => not_judged[reason] > 0)
    .map((reason) => `${countInWords(not_judged[reason])} ${REASONS[reason]}`);
  const held = `${countInWords(judged)} of ${countOfThings(forecasts, "forecast")} could be held to what happened`;
  return { held: others.length === 0 ? `${held}.` : `${held}. Of the others`, others };
}

/** An interval of shares: `82.7 to 90.2 %`. */
export function rangeInWords({ low, high }: { readonly low: number; readonly high: number }): string {
  return `${shareInWords(low).replace(/ %$/, "")} to ${shareInWords(high)}`;
}
