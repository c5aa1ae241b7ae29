import type { CanonicalName } from "../../../src/profiles/canonical.ts";
import type { ColumnGuess } from "./types.ts";

/** What the columns that the tool reads are called, in the order in which they are offered. */
export const FIELDS: Readonly<Record<CanonicalName, string>> = {
  account_id: "Handle",
  id: "TikTok's number of the account",
  url: "Address of the profile",
  nickname: "Name",
  followers: "Followers",
  following: "Following",
  likes: "Likes, of all videos",
  videos_count: "Videos, how many",
  posted_at: "Dates of posts",
  observed_at: "When it was read",
  biography: "Biography",
  bio_link: "Link in the biography",
  awg_engagement_rate: "Engagement rate",
  like_engagement_rate: "Engagement rate, likes only",
  comment_engagement_rate: "Engagement rate, comments only",
  predicted_lang: "Language",
  region: "Country",
  created_at: "When the account was made",
  is_verified: "Verified",
  is_private: "Private",
};

const CODES = new RegExp(
  `\\b(?:${Object.keys(FIELDS)
    .filter((name) => name.includes("_"))
    .join("|")})\\b`,
  "g",
);

/** A sentence in which our columns have their names of code, with what they are called: `"Engagement rate" over 1`. */
export function inFieldWords(sentence: string): string {
  return sentence.replaceAll(CODES, (name) => `"${FIELDS[name as CanonicalName]}"`);
}

/** What is chosen for a column that is not read. */
export const NOT_READ = "";

/** Which of our columns each column of a file is, by its place in the file; {@link NOT_READ} for none. */
export type Choice = readonly (CanonicalName | typeof NOT_READ)[];

/** How sure a guess has to be to be chosen at first. */
const LIKELY = 0.5;

/** What is chosen at first: the surest guesses, each of our columns once. */
export function firstChoice(columns: readonly ColumnGuess[]): Choice {
  const choice: (CanonicalName | typeof NOT_READ)[] = columns.map(() => NOT_READ);
  const guesses = columns
    .flatMap(({ guesses }, place) => guesses.map((guess) => ({ ...guess, place })))
    .filter(({ canonical, sure }) => sure >= LIKELY && canonical in FIELDS)
    .sort((a, b) => b.sure - a.sure);
  for (const { canonical, place } of guesses) {
    const field = canonical as CanonicalName;
    if (choice[place] === NOT_READ && !choice.includes(field)) choice[place] = field;
  }
  return choice;
}

/** A choice in which a column is something else. What another column was before is that column's no more. */
export function chosen(choice: Choice, place: number, field: Choice[number]): Choice {
  return choice.map((before, i) => {
    if (i === place) return field;
    return before === field ? NOT_READ : before;
  });
}

/** Whether a choice says who is who. */
export function namesAccounts(choice: Choice): boolean {
  return choice.includes("account_id") || choice.includes("id") || choice.includes("url");
}

/** A choice as lines `canonical=source`. What was guessed and not chosen is left out of the file. */
export function mapOf(columns: readonly ColumnGuess[], choice: Choice): string[] {
  const named = choice.flatMap((field, i) => (field === NOT_READ ? [] : [`${field}=${columns[i].name}`]));
  const refused = new Set(
    columns
      .flatMap(({ guesses }) => guesses.map(({ canonical }) => canonical as CanonicalName))
      .filter((canonical) => canonical in FIELDS && !choice.includes(canonical))
      // Handles are read from addresses where nothing else tells them.
      .filter((canonical) => canonical !== "account_id" || !choice.includes("url")),
  );
  return [...named, ...[...refused].map((canonical) => `${canonical}=`)];
}

const TOLD_BY = { name: "its name", values: "its values", both: "its name and its values" } as const;

/** How sure a guess is, in a word: `surely`, `probably`, `perhaps`. */
export function surenessOf({ sure }: ColumnGuess["guesses"][number]): string {
  return sure >= 0.9 ? "surely" : sure >= LIKELY ? "probably" : "perhaps";
}

/** How sure a guess is, and what told it: `probably, by its name and its values`. */
export function sureInWords(guess: ColumnGuess["guesses"][number]): string {
  return `${surenessOf(guess)}, by ${TOLD_BY[guess.by]}`;
}
