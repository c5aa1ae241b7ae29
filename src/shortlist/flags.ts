import { z } from "zod";
import { dataFile, once } from "../base/data.ts";
import { countInWords, countOfThings, daysInWords } from "../base/words.ts";
import { matchesIn, plainText } from "./contacts/contact.ts";
import { wordFinder, wordPattern } from "./wordPattern.ts";

/** Reasons to look at an account twice, by name, with what they are about. None leaves an account out by itself. */
export const FLAGS = {
  giveaway: "giveaways and prize draws",
  reselling: "sells accounts, followers or other people's goods",
  "follow-for-follow": "follows whoever follows",
  "young-burst": "a young account with a large following and a burst of posts",
  likes: "likes that do not fit the followers",
  following: "follows more than fits the followers",
  "zero-likes": "no likes with many followers",
  organisation: "a company or a medium, not a person",
  private: "a private account",
  "no-posts": "an account without posts",
} as const;

/** See {@link FLAGS}. */
export type FlagName = keyof typeof FLAGS;

/** The names, in the order in which flags are told. */
export const FLAG_NAMES = Object.keys(FLAGS) as FlagName[];

/** A reason to look twice at an account. */
export interface Flag {
  readonly name: FlagName;
  /** What was seen: `biography says "follow for follow"`, `follows 9,761 accounts and has 5,007 followers`. */
  readonly words: string;
}

/** What the rules look at. Null where unknown. */
export interface FlagFacts {
  readonly nickname: string | null;
  readonly biography: string | null;
  readonly is_private: boolean | null;
  readonly followers: number | null;
  readonly following: number | null;
  readonly likes: number | null;
  readonly videos_count: number | null;
  /** At the snapshot. */
  readonly account_age_days: number | null;
  readonly posts_last_30_days: number | null;
}

/** Gives what was seen, in words; null where there is nothing. */
type Rule = (facts: FlagFacts) => string | null;

/** From so many followers on an account is too large to have been liked by nobody. */
const MANY_FOLLOWERS = 1_000;

/** A young account with a large following that posts at least daily. */
const YOUNG_DAYS = 90;
const LARGE_FOLLOWING = 10_000;
const BURST = 30;

/** Fewer likes than one for so many followers, in all videos together, from so many videos on. */
const FOLLOWERS_PER_LIKE = 3;
const FEWEST_VIDEOS = 10;
/** More likes a video than so many times the followers, and in all. */
const TIMES_FOLLOWERS = 100;
const MANY_LIKES = 100_000;

/** TikTok lets nobody follow more than 10,000. Following half of that, or more than follow, is no person's interest. */
const MASS_FOLLOWING = 5_000;
const MUCH_FOLLOWING = 2_000;

const NUMBER_RULES = Object.entries<Rule>({
  "young-burst": ({ account_age_days: age, followers, posts_last_30_days: posts, videos_count: videos }) => {
    if (age === null || age > YOUNG_DAYS || (followers ?? 0) < LARGE_FOLLOWING) return null;
    // Where posts have no dates, all of a young account's videos are of late.
    const burst = posts ?? (videos === null ? 0 : (videos * 30) / Math.max(age, 30));
    if (burst < BURST) return null;
    const many =
      posts === null ? countOfThings(videos ?? 0, "video") : `${countOfThings(posts, "post")} in 30 days`;
    return `account ${daysInWords(age)} old with ${countOfThings(followers ?? 0, "follower")} and ${many}`;
  },
  likes: ({ likes, followers, videos_count: videos }) => {
    if (likes === null || followers === null || videos === null || likes === 0 || videos === 0) return null;
    const few = FOLLOWERS_PER_LIKE * likes < followers && videos >= FEWEST_VIDEOS;
    const many = likes >= MANY_LIKES && likes > TIMES_FOLLOWERS * videos * Math.max(followers, 1);
    if (!few && !many) return null;
    return `${countOfThings(likes, "like")} in ${countOfThings(videos, "video")} with ${countOfThings(followers, "follower")}`;
  },
  following: ({ following, followers }) => {
    if (following === null || followers === null) return null;
    const mass = following >= MASS_FOLLOWING && 10 * following >= followers;
    const much = following >= MUCH_FOLLOWING && following > followers;
    return mass || much
      ? `follows ${countInWords(following)} and has ${countOfThings(followers, "follower")}`
      : null;
  },
  "zero-likes": ({ likes, followers }) =>
    likes === 0 && followers !== null && followers >= MANY_FOLLOWERS
      ? `no likes with ${countOfThings(followers, "follower")}`
      : null,
  private: ({ is_private }) => (is_private === true ? "the account is private" : null),
  "no-posts": ({ videos_count: videos }) => (videos === 0 ? "no videos on the page" : null),
} satisfies Partial<Record<FlagName, Rule>>) as [FlagName, Rule][];

const wordList = z.array(z.string().min(1)).min(1);

/** Words that give an account away: anywhere in name and biography, in the name, where it begins, where it ends. */
const flagWords = dataFile(
  "shortlist/flags.json",
  z.partialRecord(
    z.enum(FLAG_NAMES),
    z.strictObject({
      text: wordList.optional(),
      name: wordList.optional(),
      begins: wordList.optional(),
      ends: wordList.optional(),
    }),
  ),
);

/** What takes back a word that comes after it: "no giveaways", "ex reseller", "don't ask me to follow back". */
const DENIED = new RegExp(
  "(?:^|[^\\p{L}])(?:(?:no|not|ex|former|sin|sem|kein|keine|non|pas de|нет|не|без|yok|bukan|gak)[ -](?:an? |any |the )?" +
    "|(?:don['’]?t|never|stop) (?:\\p{L}+ ){0,4})$",
  "iu",
);

/** The patterns of each flag, for the name and for the biography, and which of the flags a text may give away. */
const ofFlags = once(() => {
  const all = Object.entries(flagWords()) as [
    FlagName,
    NonNullable<ReturnType<typeof flagWords>[FlagName]>,
  ][];
  const patterns = all.map(([flag, { text, name, begins, ends }]) => {
    const anywhere = text ? [wordPattern(text)] : [];
    const inName = [
      ...(name ? [wordPattern(name)] : []),
      ...(begins ? [wordPattern(begins, "begins")] : []),
      ...(ends ? [wordPattern(ends, "ends")] : []),
    ];
    return { flag, inName: [...inName, ...anywhere], inBiography: anywhere };
  });
  return {
    patterns,
    mayBe: wordFinder(all.map(([, lists]) => Object.values(lists).flatMap((words) => words ?? []))),
  };
});

/** What patterns find first that is not denied; null where they find nothing. */
function firstOf(text: string, patterns: readonly RegExp[]): string | null {
  for (const pattern of patterns)
    for (const match of matchesIn(text, pattern))
      if (!DENIED.test(text.slice(0, match.index))) return match[0];
  return null;
}

/** Flags that words of name and biography give away. */
function saidFlags({ nickname, biography }: Pick<FlagFacts, "nickname" | "biography">): [FlagName, string][] {
  if (!nickname && !biography) return [];
  const [name, text] = [plainText(nickname ?? ""), plainText(biography ?? "")];
  const { patterns, mayBe } = ofFlags();
  const [inName, inText] = [mayBe(name), mayBe(text)];
  if (inName.size + inText.size === 0) return [];
  return patterns.flatMap(({ flag, ...looked }, i): [FlagName, string][] => {
    const called = inName.has(i) ? firstOf(name, looked.inName) : null;
    if (called !== null) return [[flag, `name says "${called}"`]];
    const said = inText.has(i) ? firstOf(text, looked.inBiography) : null;
    return said === null ? [] : [[flag, `biography says "${said}"`]];
  });
}

/** Why to look at an account twice, in the order of {@link FLAGS}. */
export function flagsOf(facts: FlagFacts): Flag[] {
  const found = new Map<FlagName, string>();
  for (const [flag, words] of saidFlags(facts)) found.set(flag, words);
  for (const [flag, rule] of NUMBER_RULES) {
    const words = rule(facts);
    if (words !== null) found.set(flag, words);
  }
  if (found.size === 0) return [];
  return FLAG_NAMES.flatMap((name) => {
    const words = found.get(name);
    return words === undefined ? [] : [{ name, words }];
  });
}

/** Flags with what was seen, as one text. */
export function flagsInWords(flags: readonly Flag[]): string {
  return flags.map(({ name, words }) => `${name}: ${words}`).join("; ");
}
