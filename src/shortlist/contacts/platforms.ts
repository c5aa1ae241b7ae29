import { z } from "zod";
import { dataFile, once } from "../../base/data.ts";

const words = z.array(z.string().min(1)).min(1);
const pattern = z.string().transform((source) => new RegExp(source));

const platform = z.strictObject({
  name: z.string(),
  /** Words for it that stand by themselves, as regular expressions. */
  words,
  /** The same in scripts that write words together. */
  joined: words.optional(),
  /** Emoji that stand for it where a handle follows. */
  emoji: words.optional(),
  /** Hosts of its pages with the path that leads to an account, whose name is the first group. */
  pages: z.array(z.strictObject({ host: pattern, path: pattern })).optional(),
  /** Characters of a name, as the inside of a class; letters, digits, dots and underscores where it is not said. */
  characters: z.string().optional(),
  /** Names may have dots. */
  dotted: z.boolean().optional(),
  /** Names may have blanks: one word after the platform's may be the beginning of a name, and is no handle. */
  spaced: z.boolean().optional(),
});

/** What a platform is called in biographies, and where its pages are. */
export type Platform = z.infer<typeof platform>;

/** The platforms, in the order in which their names are tried. */
export const platforms = dataFile("shortlist/platforms.json", z.array(platform));

const set = words.transform((list) => new Set(list));

/** Alternatives of a regular expression. */
const alternatives = words.transform((list) => list.join("|"));

/** Words that contacts are recognised by. Lists called `...Joined` are of scripts that write words together. */
export const contactWords = dataFile(
  "shortlist/words.json",
  z.strictObject({
    about: z.string(),
    /** Mail providers whose name alone says the whole domain. */
    mailProviders: z.record(z.string(), z.string()),
    /** Words before an address that say it is one. */
    mail: alternatives,
    /** What people write for the @ of an address, to hide it from machines. */
    at: alternatives,
    dot: alternatives,
    /** Ends of domains that are no ends of sentences: a name before them is an address even without a scheme. */
    domainEnds: alternatives,
    whatsapp: alternatives,
    whatsappJoined: alternatives,
    /** Words that a number to call comes after; some of them say other things too. */
    call: alternatives,
    callJoined: alternatives,
    /** Words that may stand between a platform's name and a handle. */
    filler: alternatives,
    fillerJoined: alternatives,
    /** Words before a spoken "at" that make a sentence of it, first labels after it that do, and what comes after a street's name. */
    noLocal: set,
    noDomain: set,
    streets: set,
    /** Words that are no handles, wherever they stand. */
    noHandle: set,
  }),
);

const label = once(() => {
  const names = platforms().flatMap(({ words, joined = [] }) => [...words, ...joined]);
  return new RegExp(`^(?:${names.join("|")}|tik ?tok|tt)$`, "iu");
});

/** Whether a text is a word for a platform and nothing else. */
export function isPlatformLabel(text: string): boolean {
  return label().test(text.trim());
}

const nameBefore = once(() => {
  const names = platforms()
    .filter(({ dotted }) => dotted)
    .flatMap(({ words, joined = [] }) => [`(?<![\\p{L}\\p{N}_@.])(?:${words.join("|")})`, ...joined]);
  return new RegExp(`(?:${names.join("|")})(?: (?:id|is))?(\\s?[:=~>@→➡👉-]?[ \\n]?@?)$`, "iu");
});

/**
 * Whether a text ends with a word for a platform whose names may have dots: `name.shop` after "Insta: " is a name, no address.
 *
 * @param top the end of what could be an address: without a mark between, `.com` says that it is one
 */
export function isNameWithDots(before: string, top: string): boolean {
  const named = nameBefore().exec(before.slice(-40));
  return named !== null && (/[^\s]/.test(named[1]) || !/^(?:com|net|org)$/i.test(top));
}
