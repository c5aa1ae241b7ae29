import type { z } from "zod";
import { phrases } from "./kinds/phrases.ts";
import { textLength } from "./kinds/textLength.ts";
import { textPattern } from "./kinds/textPattern.ts";
import { kindNamed } from "./kinds.ts";
import { minMax } from "./minMax.ts";
import { createPhraseSearch, MOST_LISTS, type PhraseList } from "./phraseSearch.ts";
import type { FittedPipeline } from "./pipeline.ts";
import type { CanonicalProfile, TextName } from "./profile.ts";
import { createTextReader, type ReadText, scriptBit } from "./textReader.ts";

/** Writes the scaled features of one profile, as `evaluatePipeline` gives them, from a place on. */
export type Evaluator = (
  profile: Partial<CanonicalProfile>,
  into: Float32Array | Float64Array,
  at: number,
) => void;

type Params<Kind extends { readonly params: z.ZodType }> = z.infer<Kind["params"]>;

/** A text of a profile, read once for all features that look into it. */
interface Column {
  readonly name: TextName;
  /** What its features look for, in as many searches as have to be. */
  readonly lists: PhraseList[];
  text: string;
  read: ReadText;
  /** What was found, a number a search. */
  found: number[];
}

/** One number, or several, of a profile. */
type Part = (profile: Partial<CanonicalProfile>) => number | readonly number[];

/** Characters without which a pattern cannot stand in a text: most texts are passed over at once. */
const NEEDED: Readonly<Record<string, string>> = { email: "@", mention: "@", hashtag: "#" };

/**
 * Makes ready a pipeline for many profiles, one at a time: kinds are looked up once, and a text is read once for all features
 * that look into it. The numbers are those of `evaluatePipeline`.
 */
export function createEvaluator(pipeline: FittedPipeline): Evaluator {
  const { min, max } = pipeline.scaling;
  const columns = new Map<TextName, Column>();
  const readText = new Map<Column, (text: string) => ReadText>();
  function columnNamed(name: TextName): Column {
    let column = columns.get(name);
    if (column === undefined) {
      const reader = createTextReader();
      column = { name, lists: [], text: "", read: reader(""), found: [] };
      readText.set(column, reader);
      columns.set(name, column);
    }
    return column;
  }

  const parts = pipeline.steps.map(({ kind, params, fitted }): Part => {
    if (kind === phrases.kind) return phrasesPart(params as Params<typeof phrases>, columnNamed);
    if (kind === textLength.kind) return lengthPart(params as Params<typeof textLength>, columnNamed);
    if (kind === textPattern.kind) {
      const part = patternPart(params as Params<typeof textPattern>, columnNamed);
      if (part !== undefined) return part;
    }
    const { evaluate } = kindNamed(kind);
    return (profile) => evaluate(params, fitted, profile);
  });

  const texts = [...columns.values()].map((column) => ({
    column,
    read: readText.get(column) as (text: string) => ReadText,
    searches: groupsOf(column.lists, MOST_LISTS).map(createPhraseSearch),
  }));

  return (profile, into, at) => {
    for (const { column, read, searches } of texts) {
      const text = profile[column.name] ?? "";
      column.text = text;
      column.read = read(text);
      for (let i = 0; i < searches.length; i++) column.found[i] = searches[i](column.read);
    }
    let place = 0;
    for (const part of parts) {
      const values = part(profile);
      if (typeof values === "number") {
        into[at + place] = minMax(values, min[place], max[place]);
        place++;
        continue;
      }
      for (let i = 0; i < values.length; i++, place++) {
        into[at + place] = minMax(values[i], min[place], max[place]);
      }
    }
  };
}

function phrasesPart(
  { column: name, words, fragments, absent }: Params<typeof phrases>,
  columnNamed: (name: TextName) => Column,
): Part {
  const column = columnNamed(name);
  const place = column.lists.push({ words, fragments }) - 1;
  const search = Math.floor(place / MOST_LISTS);
  const bit = 1 << (place % MOST_LISTS);
  if (absent) return () => (column.text !== "" && (column.found[search] & bit) === 0 ? 1 : 0);
  return () => ((column.found[search] & bit) === 0 ? 0 : 1);
}

function lengthPart(
  { column: name, thresholds }: Params<typeof textLength>,
  columnNamed: (name: TextName) => Column,
): Part {
  const column = columnNamed(name);
  return () => {
    let reached = 0;
    for (const least of thresholds) if (column.read.characters >= least) reached++;
    return reached / thresholds.length;
  };
}

function patternPart(
  params: Params<typeof textPattern>,
  columnNamed: (name: TextName) => Column,
): Part | undefined {
  const column = columnNamed(params.column);
  const bit = scriptBit(params.pattern);
  if (bit !== undefined) return () => ((column.read.scripts & bit) === 0 ? 0 : 1);
  const needed = NEEDED[params.pattern];
  if (needed === undefined) return undefined;
  return (profile) => (column.text.includes(needed) ? textPattern.evaluate(params, {}, profile) : 0);
}

function groupsOf<T>(list: readonly T[], most: number): T[][] {
  return Array.from({ length: Math.ceil(list.length / most) }, (_, i) =>
    list.slice(i * most, (i + 1) * most),
  );
}
