import fc from "fast-check";
import { expect, it } from "vitest";
import { connect } from "../../../test/support/features/profiles.ts";
import { DUCKDB } from "../dialect.ts";
import { original } from "../presets/original.ts";
import { keywords } from "./keywords.ts";

/** Whether one of some words stands in a biography, by the plain twin. */
function found(words: readonly string[], biography: string): number {
  const into = new Float64Array(1);
  const sought = { keywords: [...words], imputed: "", output: "has" };
  keywords.twin({ column: "biography", ...sought }, {})({ biography }, into, 0);
  return into[0];
}

const params = keywords.params.parse(original.steps[0].params);

/** NLTK's English stop words without those written with an apostrophe, which are no single tokens. */
const STOP_WORDS = new Set(
  `i me my myself we our ours ourselves you your yours yourself yourselves he him his himself she her hers herself it its
   itself they them their theirs themselves what which who whom this that these those am is are was were be been being
   have has had having do does did doing a an the and but if or because as until while of at by for with about against
   between into through during before after above below to from up down in out on off over under again further then once
   here there when where why how all any both each few more most other some such no nor not only own same so than too very
   s t can will just don should now d ll m o re ve y ain aren couldn didn doesn hadn hasn haven isn ma mightn mustn needn
   shan shouldn wasn weren won wouldn`.split(/\s+/),
);

/** The study's way: lower case, tokens, stop words out, one of the six among the rest. */
function asTheStudyDid(text: string): number {
  const tokens = text.toLowerCase().match(/[\p{L}\p{N}_]+/gu) ?? [];
  return tokens.filter((token) => !STOP_WORDS.has(token)).some((token) => params.keywords.includes(token))
    ? 1
    : 0;
}

it("asks what the study asked: none of its keywords is a stop word", () => {
  expect(params.keywords.filter((keyword) => STOP_WORDS.has(keyword))).toEqual([]);
});

it("gives what lower-casing, splitting into tokens and taking stop words out gives", () => {
  const piece = fc.oneof(
    fc.constantFrom(
      ...params.keywords,
      "the",
      "MODEL",
      "Creator",
      "s",
      " ",
      " ",
      "\n",
      "_",
      "-",
      "é",
      "9",
      "م",
      "🥂",
      "’",
    ),
    fc.string({ unit: "grapheme", maxLength: 3 }),
  );
  fc.assert(
    fc.property(fc.array(piece), (pieces) => {
      const biography = pieces.join("");
      // The one letter whose lower case is two characters, the second of them no letter.
      fc.pre(!biography.includes("İ"));
      expect(found(params.keywords, biography)).toBe(asTheStudyDid(biography));
    }),
    { numRuns: 2000 },
  );
});

it("folds case as DuckDB does, in every alphabet that has it", async () => {
  const connection = await connect();
  // Latin, Greek, Cyrillic, Armenian, Georgian, Cherokee, their extensions, and the letterlike symbols.
  const blocks = [
    [0x41, 0x587],
    [0x10a0, 0x10ff],
    [0x13a0, 0x13ff],
    [0x1c80, 0x1c88],
    [0x1d79, 0x1fff],
    [0x2100, 0x214f],
  ];
  const letters = blocks.flatMap(([from, to]) =>
    Array.from({ length: to - from + 1 }, (_, i) => String.fromCodePoint(from + i)).filter((letter) =>
      /[\p{L}]/u.test(letter),
    ),
  );
  const cased = letters.filter(
    (letter) => letter.toLowerCase() !== letter || letter.toUpperCase() !== letter,
  );
  expect(cased.length).toBeGreaterThan(1000);
  const all = DUCKDB.text(cased.join(" "));
  for (const keyword of new Set([..."kKsSiIıİσςΣßẞµμåÅθϴжЖ", ...cased.filter((_, i) => i % 16 === 0)])) {
    const reader = await connection.runAndReadAll(
      `SELECT list_filter(string_split(${all}, ' '), lambda x: ${DUCKDB.containsWord("x", [keyword])})`,
    );
    const matched = cased.filter((letter) => found([keyword], letter) === 1);
    expect(reader.getRowsJS()[0][0], keyword).toEqual(matched);
  }
});

it("finds a word that begins inside of another place where it does not stand alone", () => {
  expect(found(["aa"], "aaa aa")).toBe(1);
  expect(found(["a a"], "xa a a")).toBe(1);
  expect(found(["\u{1f3ac}"], "\u{1f3ac}x \u{1f3ac}")).toBe(1);
  expect(found(["\u{10428}b"], "a\u{10400}B")).toBe(0);
  expect(found(["\u{10428}b"], "-\u{10400}B")).toBe(1);
});
