import type { z } from "zod";
import { phrases } from "./kinds/phrases.ts";
import { textLength } from "./kinds/textLength.ts";
import { textPattern } from "./kinds/textPattern.ts";
import { kindNamed } from "./kinds.ts";
import { createLogTable, type LogTable } from "./logTable.ts";
import { minMax } from "./minMax.ts";
import { createPhraseSearch, MOST_LISTS, type PhraseList } from "./phraseSearch.ts";
import type { FittedPipeline } from "./pipeline.ts";
import type { CanonicalProfile, TextName } from "./profile.ts";
import { createTextReader, type ReadText, SIGNS, scriptBit } from "./textReader.ts";

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

/** Writes the unscaled features of a step, from a place on. The profile's texts and logarithms have been read. */
type Write = (profile: Partial<CanonicalProfile>, into: Float64Array, at: number) => void;

/** Signs of each of which a text must hold one, or the pattern cannot stand in it: most texts are passed over at once. */
const NEEDED: Readonly<Record<string, readonly number[]>> = {
  email: [SIGNS.at, SIGNS.dot],
  mention: [SIGNS.at],
  hashtag: [SIGNS.hash],
  address: [SIGNS.dot | SIGNS.colon],
  goal: [SIGNS.digit, SIGNS.km],
};

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

  const logs = createLogTable();
  let columnsWritten = 0;
  const writes = pipeline.steps.map(({ kind, params, fitted }) => {
    const known = kindNamed(kind);
    const at = columnsWritten;
    columnsWritten += known.outputs(params).length;
    const write =
      kind === phrases.kind
        ? writePhrases(params as Params<typeof phrases>, columnNamed)
        : kind === textLength.kind
          ? writeLength(params as Params<typeof textLength>, columnNamed)
          : kind === textPattern.kind
            ? writePattern(params as Params<typeof textPattern>, columnNamed)
            : writeOfLogs(known, params, fitted, logs);
    const plain: Write = (profile, into, at) => into.set(known.evaluate(params, fitted, profile), at);
    return { at, write: write ?? plain };
  });
  const row = new Float64Array(columnsWritten);
  const scaled = min.some((low, i) => low !== 0 || max[i] !== 1);

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
    logs.read(profile);
    for (let i = 0; i < writes.length; i++) writes[i].write(profile, row, writes[i].at);
    if (scaled) for (let i = 0; i < row.length; i++) row[i] = minMax(row[i], min[i], max[i]);
    into.set(row, at);
  };
}

function writeOfLogs(
  kind: ReturnType<typeof kindNamed>,
  params: unknown,
  fitted: unknown,
  logs: LogTable,
): Write | undefined {
  const write = kind.ofLogs?.(params, fitted, logs.placeOf);
  return write && ((_profile, into, at) => write(logs.sums(), into, at));
}

function writePhrases(
  { column: name, words, fragments, absent }: Params<typeof phrases>,
  columnNamed: (name: TextName) => Column,
): Write {
  const column = columnNamed(name);
  const place = column.lists.push({ words, fragments }) - 1;
  const search = Math.floor(place / MOST_LISTS);
  const bit = 1 << (place % MOST_LISTS);
  return (_profile, into, at) => {
    const found = (column.found[search] & bit) !== 0;
    into[at] = (absent ? column.text !== "" && !found : found) ? 1 : 0;
  };
}

function writeLength(
  { column: name, thresholds }: Params<typeof textLength>,
  columnNamed: (name: TextName) => Column,
): Write {
  const column = columnNamed(name);
  return (_profile, into, at) => {
    let reached = 0;
    for (const least of thresholds) if (column.read.characters >= least) reached++;
    into[at] = reached / thresholds.length;
  };
}

function writePattern(
  params: Params<typeof textPattern>,
  columnNamed: (name: TextName) => Column,
): Write | undefined {
  const column = columnNamed(params.column);
  const bit = scriptBit(params.pattern);
  if (bit !== undefined) {
    return (_profile, into, at) => {
      into[at] = (column.read.scripts & bit) === 0 ? 0 : 1;
    };
  }
  const needed = NEEDED[params.pattern];
  if (needed === undefined) return undefined;
  return (profile, into, at) => {
    const possible = needed.every((signs) => (column.read.signs & signs) !== 0);
    into[at] = possible ? textPattern.evaluate(params, {}, profile)[0] : 0;
  };
}

function groupsOf<T>(list: readonly T[], most: number): T[][] {
  return Array.from({ length: Math.ceil(list.length / most) }, (_, i) =>
    list.slice(i * most, (i + 1) * most),
  );
}
