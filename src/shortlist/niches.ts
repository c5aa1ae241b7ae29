import { z } from "zod";
import { dataFile, once } from "../base/data.ts";
import { matchesIn, plainText } from "./contacts/contact.ts";
import { wordFinder, wordPattern } from "./wordPattern.ts";

/**
 * What accounts are about, each with the words of biographies that say so, in the languages of such data. Words stand by
 * themselves; a word that ends in `*` is the beginning of one; hashtags count like words.
 */
const nicheWords = dataFile("shortlist/niches.json", z.record(z.string(), z.array(z.string().min(1)).min(1)));

/** The niches, each with its pattern, and which of them a text may be about. */
const ofNiches = once(() => {
  const niches = Object.entries(nicheWords());
  return {
    patterns: niches.map(([niche, words]) => ({ niche, pattern: wordPattern(words) })),
    mayBe: wordFinder(niches.map(([, words]) => words)),
  };
});

/** What an account is about, and the words that say so. */
export interface Niche {
  readonly name: string;
  /** As they stand in the biography, in lower case, each once. */
  readonly words: readonly string[];
}

/**
 * What an account says it is about, the niche with the most words first.
 *
 * @param biography the account's own words; null where unknown
 */
export function nichesOf(biography: string | null | undefined): Niche[] {
  const text = searched(biography);
  const niches: Niche[] = [];
  const { patterns, mayBe } = ofNiches();
  for (const i of [...mayBe(text)].sort((a, b) => a - b)) {
    const { niche, pattern } = patterns[i];
    const words = wordsIn(text, pattern);
    if (words.length > 0) niches.push({ name: niche, words });
  }
  return niches.sort((a, b) => b.words.length - a.words.length);
}

/** Niches that {@link nichesOf} has found in a biography, by name. Their words are looked for when they are asked for: most lists do not tell them. */
export function nichesNamed(names: readonly string[], biography: string | null | undefined): Niche[] {
  return names.map((name) => ({
    name,
    get words() {
      const known = ofNiches().patterns.find(({ niche }) => niche === name);
      return known === undefined ? [] : wordsIn(searched(biography), known.pattern);
    },
  }));
}

const searched = (biography: string | null | undefined) => plainText(biography ?? "").replaceAll("#", " ");

const wordsIn = (text: string, pattern: RegExp) => [
  ...new Set(matchesIn(text, pattern).map(([word]) => word.toLowerCase())),
];
