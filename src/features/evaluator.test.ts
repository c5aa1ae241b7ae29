import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { anyProfile } from "../../test/support/features/anyProfile.ts";
import { connect, createProfiles, NASTY_PROFILES } from "../../test/support/features/profiles.ts";
import { createEvaluator } from "./evaluator.ts";
import { createPhraseSearch } from "./phraseSearch.ts";
import { evaluatePipeline, type FittedPipeline, fitPipeline } from "./pipeline.ts";
import { profile } from "./presets/profile.ts";
import { createTextReader } from "./textReader.ts";
import { containsFragment, containsWord } from "./wordSearch.ts";

describe("createEvaluator", () => {
  const pipelines: FittedPipeline[] = [];
  beforeAll(async () => {
    const connection = await connect();
    await createProfiles(connection, "fitted_on", NASTY_PROFILES);
    for (const preset of ["original", "profile"]) {
      pipelines.push(await fitPipeline(connection, preset, "fitted_on"));
    }
  });

  it("gives the numbers of evaluatePipeline, at any place", () => {
    for (const pipeline of pipelines) {
      const evaluate = createEvaluator(pipeline);
      const columns = pipeline.names.length;
      fc.assert(
        fc.property(fc.array(anyProfile, { maxLength: 5 }), (some) => {
          const profiles = [...NASTY_PROFILES, ...some];
          const into = new Float64Array(profiles.length * columns);
          profiles.forEach((one, i) => {
            evaluate(one, into, i * columns);
          });
          const twin = profiles.flatMap((one) => [...evaluatePipeline(pipeline, one)]);
          expect([...into]).toEqual(twin);
        }),
        { numRuns: 60 },
      );
    }
  });
});

describe("patterns that are passed over for want of a sign", () => {
  it("are found where they stand", async () => {
    const connection = await connect();
    await createProfiles(connection, "fitted_on", NASTY_PROFILES);
    const pipeline = await fitPipeline(connection, "profile", "fitted_on");
    const evaluate = createEvaluator(pipeline);
    const into = new Float64Array(pipeline.names.length);
    const found = new Set<string>();
    const whole = fc.constantFrom(
      "http://x",
      "HTTPS://y",
      "www.",
      "a.com",
      "a@b.io",
      "@me",
      "#x",
      "10k",
      "1,5M",
    );
    const torn = fc.constantFrom(
      "@",
      "#",
      ".",
      ":",
      "//",
      "k",
      "M",
      "7",
      "http",
      "a",
      "\u212a",
      " ",
      "é",
      "😀",
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(whole, torn), { maxLength: 5 }), (pieces) => {
        const one = { biography: pieces.join("") };
        evaluate(one, into, 0);
        expect([...into]).toEqual([...evaluatePipeline(pipeline, one)]);
        for (const [i, name] of pipeline.names.entries()) if (into[i] === 1) found.add(name);
      }),
      { numRuns: 2000 },
    );
    for (const name of ["email", "mention", "hashtag", "address", "goal"])
      expect(found).toContain(`biography_${name}`);
  });
});

/** The lists of the preset, and some that try the edges: marks that fold to letters, astral letters, signs in words. */
const LISTS = [
  ...profile.steps
    .filter(({ kind }) => kind === "phrases")
    .map(({ params }) => params as { words: readonly string[]; fragments: readonly string[] }),
  { words: ["aιb", "𐐨x", "c++", "-a", "é"], fragments: ["ιb", "𐐨", "📧"] },
];

describe("createPhraseSearch", () => {
  it("finds what containsWord and containsFragment find", () => {
    const search = createPhraseSearch(LISTS);
    const read = createTextReader();
    const pieces = LISTS.flatMap(({ words, fragments }) => [...words, ...fragments]);
    const edges = [
      "a\u0345b",
      "A\u0345B",
      "𐐀X",
      "C++",
      "\ud801",
      "\udc00",
      " ",
      ".",
      "_",
      "İ",
      "ß",
      "ſ",
      "K",
      "-A",
    ];
    const piece = fc.oneof(
      fc.constantFrom(...pieces),
      fc.constantFrom(...pieces).map((text) => text.toUpperCase()),
      fc.constantFrom(...edges),
      fc.string({ unit: "binary", maxLength: 3 }),
    );
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 8 }).map((parts) => parts.join("")),
        (text) => {
          const expected = LISTS.map(
            ({ words, fragments }) => containsWord(text, words) || containsFragment(text, fragments),
          );
          const found = search(read(text));
          expect(LISTS.map((_, i) => (found & (1 << i)) !== 0)).toEqual(expected);
        },
      ),
      { numRuns: 2000 },
    );
  });

  it("reads texts longer than any before", () => {
    const read = createTextReader();
    const search = createPhraseSearch([{ words: ["shop"], fragments: [] }]);
    expect(search(read(`${"x ".repeat(5000)}SHOP`))).toBe(1);
    expect(search(read("shopping"))).toBe(0);
    expect(read("a\u{1f4e7}\ud800").characters).toBe(3);
  });
});
