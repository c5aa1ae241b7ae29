import { readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, it } from "vitest";
import { plainText } from "./contacts/contact.ts";
import { wordFinder, wordPattern } from "./wordPattern.ts";

const read = (name: string) =>
  JSON.parse(readFileSync(new URL(`../../data/shortlist/${name}.json`, import.meta.url), "utf8"));
const FLAGS: Record<string, Record<string, string[]>> = read("flags");
const NICHES: Record<string, string[]> = read("niches");

/** Regular expressions that no file has, and words of several scripts. */
const ODD = [
  "(?:ab|c?d)e?f",
  "a?b",
  "x*y",
  "a{2}b",
  "(?:a(?:b|c))d",
  "(?:ab)+c",
  "s\\.r\\.l",
  "\\d+ a",
  "dメイク",
  "メd",
  "𠮷野",
  "[ab]c",
  "[ab]{0,2}cd",
  "(?:ab){2}c",
  "(?<=(?:a|[ (]) )bc(?= ?[)]|)",
];
const lists = [
  ...Object.values(FLAGS).map((by) => Object.values(by).flat()),
  ...Object.values(NICHES),
  ...ODD.map((one) => [one, "zz"]),
];
const patterns = lists.map((words) => wordPattern(words));
const mayHold = wordFinder(lists);
const searched = (text: string) => [...patterns.keys()].filter((i) => text.match(patterns[i]) !== null);

/** Texts that a word, which may be a regular expression, is found in, and some near them. */
const writings = lists.flat().flatMap((word) => {
  const first = word.replace(/\(\?:([^()|]*)[^()]*\)/g, "$1").replace(/\(\?:([^()|]*)[^()]*\)/g, "$1");
  const last = word.replace(/\(\?:(?:[^()|]*\|)*([^()|]*)\)/g, "$1");
  return [first, last].flatMap((one) => {
    const literal = one
      .replace(/\\p\{L\}\+?/g, "x")
      .replace(/\\d\+?/g, "3")
      .replace(/\[(.).*?\]/g, "$1");
    return [literal.replace(/[?*+\\]|\{\d.*?\}/g, ""), literal.replace(/.[?*]|[+\\]|\{\d.*?\}/g, "")];
  });
});

it("names every list of which a pattern finds a word", () => {
  for (const text of writings)
    expect([...mayHold(plainText(text))], text).toEqual(expect.arrayContaining(searched(plainText(text))));
  const marks = fc.constantFrom("", " ", "\n", "#", "@", ".", "_", "-", "x", "é", "д", "メ", "✨", "𝟛", "3");
  const parts = fc.array(fc.tuple(marks, fc.constantFrom(...writings), fc.boolean(), marks), {
    maxLength: 4,
  });
  fc.assert(
    fc.property(parts, (parts) => {
      const text = plainText(
        parts.map(([before, one, loud, after]) => before + (loud ? one.toUpperCase() : one) + after).join(""),
      );
      expect([...mayHold(text)]).toEqual(expect.arrayContaining(searched(text)));
    }),
    { numRuns: 1000 },
  );
});

it("names few others", () => {
  const words = [
    ...Object.values(NICHES),
    ...Object.values(FLAGS).map((by) => Object.values(by).flat()),
  ].slice(0, 25);
  const few = wordFinder(words);
  expect([...few("a text of somebody who lives in Bern and says nothing, see name@mail.com")]).toEqual([]);
  expect([...few("beautyful")]).toEqual([0]);
  expect([...few("mybeauty @beauty .beauty")]).toEqual([]);
});

it("takes letters for the same that patterns without case take for the same", () => {
  const letters = [
    ...new Set(
      lists
        .flat()
        .join("")
        .toLowerCase()
        .match(/[\p{L}\p{N}\p{M}]/gu),
    ),
  ];
  const any = new RegExp(`[${letters.join("")}]`, "iu");
  for (let code = 0; code < 0x110000; code++) {
    const character = String.fromCodePoint(code);
    if (!any.test(character) || plainText(character) !== character) continue;
    const same = letters.filter((letter) => new RegExp(letter, "iu").test(character));
    const one = wordFinder(same.map((letter) => [`${letter}a`]));
    expect(one(`${character}a`).size, character).toBe(same.length);
  }
});
