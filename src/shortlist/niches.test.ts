import { readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, it } from "vitest";
import { plainText } from "./contacts/contact.ts";
import { nichesOf } from "./niches.ts";
import { wordPattern } from "./wordPattern.ts";

const WORDS: Record<string, string[]> = JSON.parse(
  readFileSync(new URL("../../data/shortlist/niches.json", import.meta.url), "utf8"),
);
const patterns = Object.entries(WORDS).map(([name, words]) => ({ name, pattern: wordPattern(words) }));

/** The names of all niches whose pattern is found in a text. */
const searched = (text: string) => {
  const plain = plainText(text).replaceAll("#", " ");
  return patterns
    .filter(({ pattern }) => plain.match(pattern) !== null)
    .map(({ name }) => name)
    .sort();
};
const found = (text: string) =>
  nichesOf(text)
    .map(({ name }) => name)
    .sort();

/** Ways to write a word. */
const written = fc.constantFrom<((word: string) => string)[]>(
  (word) => word,
  (word) => word.toUpperCase(),
  (word) => `#${word}`,
  (word) => `the ${word}, of course`,
  (word) => `x${word}`,
  (word) => `@${word}`,
  (word) => `✨${word}🎮`,
  (word) => `${word}s`,
);
const word = fc.constantFrom(...Object.values(WORDS).flat()).map((one) => one.replace(/ \?|\*$/g, ""));

it("finds the same niches as their patterns, whose words are not all looked for", () => {
  const text = fc.array(
    fc.oneof(
      fc.tuple(word, written).map(([one, write]) => write(one)),
      fc.string({ unit: "grapheme", maxLength: 8 }),
    ),
    { maxLength: 4 },
  );
  fc.assert(
    fc.property(text, (parts) => {
      const biography = parts.join(" ");
      expect(found(biography)).toEqual(searched(biography));
    }),
    { numRuns: 400 },
  );
});

it("finds each niche by each of its words", () => {
  for (const [name, words] of Object.entries(WORDS))
    for (const one of words) {
      const plain = one.replace(/ \?|\*$/g, "");
      if (searched(plain).includes(name)) expect(found(plain), one).toContain(name);
    }
});
