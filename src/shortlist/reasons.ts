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

const EMAIL = "e-mail in the bio";
const VERIFIED = "verified";

function standingOut(row: RankedRow): Said[] {
  return [
    ...latePosts(row),
    ...(row.has_email ? [{ words: EMAIL }] : []),
    ...(row.is_verified === true ? [{ words: VERIFIED }] : []),
  ];
}

/** How many posts of late, where they are many. */
function latePosts({ posted_at, observed_at, posts_last_30_days: late }: RankedRow): Said[] {
  if (late === null || late < MANY_POSTS || observed_at === null) return [];
  const facts = postingFacts((posted_at ?? []).map(seconds), seconds(observed_at));
  return facts === null ? [] : [{ words: latePostsInWords(facts) }];
}

/** Posts of late that no list shows more of. */
const MOST_LATE = 35;

/**
 * What sets an account apart, in a line: the two things known of it that are the least usual, with a `but` before what speaks against it.
 * Of a model of another question it is the weightiest reason. Empty where nothing is known.
 */
export function whyOf(row: RankedRow, reasons: () => readonly string[]): string {
  if (row.still_posting === null && row.well_answered === null)
    return reasons()[0]?.replace(AGAINST, "") ?? "";
  const apart = [lately(row), standing(row), ...others(row)]
    .filter(({ rare }) => rare > 0)
    .sort((a, b) => b.rare - a.rare)
    .slice(0, 2);
  if (apart.length === 0) return aboutPosting(row).words;
  const words = (against: boolean) =>
    apart
      .filter((one) => (one.against ?? false) === against)
      .map((one) =>
        one.words
          .replace("accounts of this size", "its size")
          .replace(
            / posts or more in the last | posts in the last /,
            (late) => `${late.includes("more") ? "+" : ""} posts in `,
          ),
      )
      .join(", ");
  return [words(false), words(true)].filter((part) => part !== "").join(", but ");
}

/** Something known of an account, and how unusual it is, 0 to 1. */
type Apart = Said & { readonly rare: number };

function lately(row: RankedRow): Apart {
  const posting = aboutPosting(row);
  if (row.last_post === null) return { ...posting, rare: 0 };
  if (posting.against) return { ...posting, rare: 1 };
  const [late] = latePosts(row);
  return late === undefined
    ? { ...posting, rare: 0.2 }
    : { ...late, rare: Math.min(1, (row.posts_last_30_days ?? 0) / MOST_LATE) };
}

function standing(row: RankedRow): Apart {
  const share = row.engagement_percentile ?? row.likes_percentile ?? 0.5;
  return { words: "", ...aboutAnswers(row), rare: Math.abs(2 * share - 1) };
}

function others({ has_email, is_verified }: RankedRow): Apart[] {
  return [
    ...(has_email ? [{ words: EMAIL, rare: 0.4 }] : []),
    ...(is_verified === true ? [{ words: VERIFIED, rare: 0.8 }] : []),
  ];
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
