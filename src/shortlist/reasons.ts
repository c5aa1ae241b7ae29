import { capitalised } from "../base/words.ts";
import { asksQuestions } from "../bundle/answers.ts";
import type { Model } from "../bundle/model.ts";
import { createExplainer, type Explainer } from "../explain/explainer.ts";
import { directionOf, type Explanation, isNegligible } from "../explain/explanation.ts";
import { postingFacts } from "../explain/postingFacts.ts";
import { answeredInWords, beaten, latePostsInWords, postingInWords } from "../explain/sentences.ts";
import type { RankedRow } from "./ranked.ts";

/** Most reasons an account. */
export const REASONS = 3;

/** So many posts of late make an account stand out. */
const MANY_POSTS = 8;

/** Above so many of its tier in likes a video, or below, an account stands out. */
const HIGH = 0.75;
const LOW = 0.25;

/** Below so much an account is not said to go on. */
const LIKELY = 0.5;

/** What a reason begins with that speaks against the account. */
const AGAINST = "but: ";

/** Gives an account's reasons in words, the weightiest first; what speaks against it begins with `but: `. */
export type Reasons = (row: RankedRow) => string[];

/**
 * Makes the reasons of a list. A model of the two questions has them from facts: how somebody posts, how they are answered, what
 * makes them stand out among accounts of their size. A model of another question has its own, by Shapley values.
 *
 * @param explainer the model's, where there is one already
 * @throws InsightsError where a model of another question has no background
 */
export function createReasons(model: Model, explainer?: Explainer): Reasons {
  if (asksQuestions(model)) return reasonsFromFacts;
  const { explain } = explainer ?? createExplainer(model);
  return (row) => reasonsOf(explain(row), REASONS);
}

/** A reason, and whether it speaks against the account. */
interface Said {
  readonly words: string;
  readonly against?: boolean;
}

/** Reasons out of what is known of an account. */
export function reasonsFromFacts(row: RankedRow): string[] {
  const said = [aboutPosting(row), aboutAnswers(row), ...standingOut(row)].filter((one) => one !== null);
  return said.slice(0, REASONS).map(({ words, against }) => (against ? AGAINST + words : words));
}

/** What an account's facts say to each of the two questions, in words; null where nothing is known of how it is answered. */
export function questionsInWords(row: RankedRow): { readonly still: string; readonly well: string | null } {
  return { still: aboutPosting(row).words, well: aboutAnswers(row)?.words ?? null };
}

function aboutPosting({ posted_at, observed_at, still_posting, evidence }: RankedRow): Said {
  const facts =
    posted_at === null || observed_at === null
      ? null
      : postingFacts(posted_at.map(seconds), seconds(observed_at));
  if (facts === null && evidence?.startsWith("none+"))
    return { words: "nothing in the file says whether they go on" };
  if (facts === null)
    return {
      words: evidence?.endsWith("+rate")
        ? "no dated posts known: the profile page alone says whether they go on"
        : "no dated posts known: judged by the profile page alone",
    };
  return { words: postingInWords(facts), against: (still_posting ?? 0) < LIKELY };
}

function aboutAnswers({ engagement_percentile: share, likes_percentile: likes }: RankedRow): Said | null {
  if (share !== null) {
    const { words, speaks } = answeredInWords(share);
    return { words, against: speaks === "against" };
  }
  if (likes === null || (likes > LOW && likes < HIGH)) return null;
  return likes >= HIGH
    ? { words: `likes per video higher than ${beaten(likes)} of accounts of this size` }
    : { words: `likes per video lower than ${beaten(1 - likes)} of accounts of this size`, against: true };
}

function standingOut({ has_email, is_verified, ...row }: RankedRow): Said[] {
  const { posted_at, observed_at, posts_last_30_days: late } = row;
  const facts =
    late !== null && late >= MANY_POSTS && observed_at !== null
      ? postingFacts((posted_at ?? []).map(seconds), seconds(observed_at))
      : null;
  return [
    ...(facts === null ? [] : [{ words: latePostsInWords(facts) }]),
    ...(has_email ? [{ words: "e-mail in the bio" }] : []),
    ...(is_verified === true ? [{ words: "verified" }] : []),
  ];
}

/** The weightiest reason for an account as a sentence, for a letter or a line; of one that nothing speaks for, the weightiest against. Null where there is none. */
export function whyInWords(reasons: readonly string[]): string | null {
  const why = reasons.find((reason) => !reason.startsWith(AGAINST)) ?? reasons[0]?.slice(AGAINST.length);
  return why === undefined ? null : `${capitalised(why)}.`;
}

const seconds = (moment: Date) => moment.getTime() / 1000;

/**
 * Why an account stands where it does by Shapley values, in words for a list: what speaks for it as it is, what speaks against it
 * with a `but`.
 *
 * @param most how many reasons at most, the weightiest first
 */
export function reasonsOf({ contributions }: Explanation, most: number): string[] {
  return contributions
    .filter((one) => !isNegligible(one))
    .slice(0, most)
    .map((one) => (directionOf(one) === "for" ? one.words : AGAINST + one.words));
}
