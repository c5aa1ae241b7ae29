import { z } from "zod";
import { dataFile } from "../base/data.ts";
import { PROBABILITIES } from "./quantiles.ts";

const words = z.array(z.string().min(1)).min(1);
const weight = z.number().nonnegative();

/**
 * What people who write one language put into a profile. All names, handles and sentences are made up; none is taken from a
 * real profile.
 *
 * Sentences may hold slots: `{me}` the account's handle, `{mail}` an address at a domain reserved for examples, `{name}`,
 * `{city}`, `{flag}`, `{e}` an emoji, `{age}`, `{goal}` a number of followers ("10k"), `{date}`, `{year}`, `{n}` and `{n2}`
 * small and larger numbers, `{day}`, `{code}`, `{pronouns}`, `{sign}` of the zodiac, `{status}`.
 */
const language = z.strictObject({
  /** BCP 47 tag. */
  tag: z.string(),
  /** Share of accounts with at most 300, about 4,000 and at least 30,000 followers; relative to the other languages. */
  share: z.array(weight).length(3),
  /** Hours east of Greenwich where its writers live, each as likely; people post in the evening. */
  offsets: z.array(z.number().min(-12).max(14)).min(1),
  /** Given names as they are shown. */
  given: words,
  /** Family names as they are shown; may be empty. */
  family: z.array(z.string().min(1)),
  /** Names and words in a-z, of which handles are made. */
  stems: z.array(z.string().regex(/^[a-z0-9]+$/)).min(1),
  /** Names of shops, fan pages and jokes, shown instead of a person's name. */
  titles: words,
  cities: words,
  /** Flags as emoji, the likeliest first. */
  flags: words,
  /** Short pieces that say what one is or does, joined by bars and dots. */
  roles: words,
  /** Whole lines: sayings, jokes, wishes. */
  sayings: words,
  /** Lines that ask for something or point elsewhere. */
  calls: words,
});

/** What people who write one language put into a profile. */
export type Language = z.infer<typeof language>;

/** Every language a profile may be written in. */
export const languages = dataFile("sample/languages.json", z.array(language).min(1));

/** Words and addresses of profiles in any language. */
export const commonWords = dataFile(
  "sample/words.json",
  z.strictObject({
    about: z.string(),
    emoji: words,
    /** Biographies with one of the six words that the original study looks for. */
    keywordLines: words,
    greetings: words,
    /** Made-up surnames are put together from these. */
    syllables: words,
    endings: words,
    goals: words,
    days: words,
    pronouns: words,
    signs: words,
    statuses: words,
    mailDomains: words,
    mailboxes: words,
    /** What stands between the roles of a line. */
    joints: words,
    /** Where pictures are kept: the address before and after a picture's name, and how many of 1000 profiles have it there. */
    pictures: z.array(z.strictObject({ before: z.url(), after: z.string(), weight })).transform(weighted),
    /** Addresses people link to, with `@` for the handle, and how many of the 191 links among 1000 profiles lead there. */
    links: z.array(z.strictObject({ address: z.string().includes("@"), weight })).transform(weighted),
  }),
);

/** Things, each as likely as its weight is of the total. */
export interface Weights<T = unknown> {
  readonly items: readonly T[];
  readonly weights: readonly number[];
  readonly total: number;
}

function weighted<T extends { readonly weight: number }>(items: readonly T[]): Weights<T> {
  return { items, ...weightsOf(items.map((item) => item.weight)) };
}

/** Weights of the places in a list. */
export function weightsOf(weights: readonly number[]): Omit<Weights, "items"> {
  return { weights, total: weights.reduce((a, b) => a + b, 0) };
}

/** Numbers with a sentence that says what they are. */
const noted = (values: z.ZodType<number[]>) =>
  z.strictObject({ about: z.string(), values }).transform((entry) => entry.values);

/** An object with these names and one kind of entry. */
const each = <K extends string, T extends z.ZodType>(names: readonly K[], entry: T) =>
  z.strictObject(Object.fromEntries(names.map((name) => [name, entry])) as Record<K, T>);

const table = z.array(z.number()).length(PROBABILITIES.length).refine(rises, "does not rise");

/**
 * What a population of TikTok profiles looks like, in aggregate figures measured on the thousand profiles of the original
 * study. The file says what each figure is.
 */
export const population = dataFile(
  "sample/population.json",
  z.strictObject({
    about: z.string(),
    quantiles: each(
      ["followersEarly", "followersLate", "firstPostShare", "listedOfFew", "listedOfMany", "burst"],
      noted(table),
    ),
    conditional: each(
      [
        ...["videos", "likeRate", "following", "silence", "commentsPerLike", "likesBeyondListed"],
        ...["lifetimeRate", "age", "spanShare", "biographyLength"],
      ] as const,
      z.strictObject({ about: z.string(), knots: z.array(z.number()), tables: z.array(table) }),
    ),
    correlations: z.strictObject({
      about: z.string(),
      order: z.array(z.string()).length(9),
      matrix: z.array(z.array(z.number()).length(9)).length(9),
    }),
    curves: each(
      ["verified", "link", "mail", "lineBreak", "undatedEarly", "undatedLate"],
      z.strictObject({ about: z.string(), knots: z.array(z.number()), values: z.array(weight) }),
    ),
    shares: each(
      [
        ...["late", "noComments", "shortId", "undatedVideos", "biographyMissing", "biographyUnset"],
        ...["emojiOnly", "keyword"],
      ],
      z.strictObject({ about: z.string(), value: z.number().min(0).max(1) }).transform(({ value }) => value),
    ),
    goingOn: z.strictObject({
      about: z.string(),
      pace: z.number().positive(),
      giveUp: z.number().positive(),
    }),
    counts: each(
      ["lines", "earlyDays", "lateDays", "readingHours", "postingHours"],
      noted(z.array(weight)).transform(weightsOf),
    ),
  }),
);

function rises(values: readonly number[]): boolean {
  return values.every((value, i) => i === 0 || value >= values[i - 1]);
}
