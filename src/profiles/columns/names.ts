import { z } from "zod";
import { dataFile, once } from "../../base/data.ts";
import { CANONICAL_COLUMNS, CANONICAL_NAMES, type CanonicalName } from "../canonical.ts";
import { COLUMN_NAMES } from "../providers/layouts.ts";

const words = z.array(z.string()).readonly();
const byName = <T extends z.ZodType>(value: T) =>
  z.partialRecord(z.enum(CANONICAL_NAMES as [CanonicalName, ...CanonicalName[]]), value);

/** The names that tables give their columns, of `data/columns/names.json`. */
export const columnWords = dataFile(
  "columns/names.json",
  z.object({
    about: z.string(),
    /** Code -> name in English. */
    languages: z.record(z.string(), z.string()),
    counting: words,
    context: words,
    elsewhere: words,
    /** What stands in brackets -> by how much the values are to be multiplied. */
    units: z.record(z.string(), z.number().positive()),
    likely: byName(words),
    /** Canonical name -> language -> names. */
    names: byName(z.record(z.string(), words)),
  }),
);

/** A canonical column that a name may stand for. */
export interface NamedColumn {
  readonly canonical: CanonicalName;
  /** How much of the name says so: 3 all of it, 2 without words that say no more, 1 it is a name too common to be sure by. */
  readonly rank: 1 | 2 | 3;
}

/** What the name of a column says. */
export interface ColumnName {
  /** The canonical columns it may stand for, the likeliest first. */
  readonly candidates: readonly NamedColumn[];
  /** By how much values are to be multiplied: 1000 for `Followers (K)`, 0.01 for `ER %`; null where the name says nothing of it. */
  readonly unit: number | null;
  /** Whether a word of it is one of columns that are not about the account itself: `Instagram handle`, `Video ID`. */
  readonly elsewhere: boolean;
}

const FULL_DATE = /\b\d{4}[-./]\d{1,2}[-./]\d{1,2}\b|\b\d{1,2}[-./]\d{1,2}[-./]\d{2,4}\b/;
const BRACKETS = /[([{]([^)\]}]*)[)\]}]/g;
/** Letters that have no accent to lose. */
const PLAIN_LETTERS: Readonly<Record<string, string>> = {
  ı: "i",
  ł: "l",
  đ: "d",
  ø: "o",
  ß: "ss",
  æ: "ae",
  œ: "oe",
};

/** The words of a name: small, without accents and punctuation; fullwidth forms and camel case taken apart. */
export function wordsOf(name: string): string[] {
  const plain = name
    .normalize("NFKC")
    .replace(/(\p{Ll}|\d)(\p{Lu})/gu, "$1 $2")
    .replace(/(\p{Lu}+)(\p{Lu}\p{Ll})/gu, "$1 $2")
    .toLowerCase()
    .replace(/tik[\s_-]tok/g, "tiktok")
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .normalize("NFC")
    .replace(/[ıłđøßæœ]/g, (letter) => PLAIN_LETTERS[letter]);
  return plain.match(/[\p{L}\p{N}]+|[#%٪@]/gu) ?? [];
}

interface Lexicon {
  readonly phrases: ReadonlyMap<string, readonly NamedColumn[]>;
  readonly counting: ReadonlySet<string>;
  readonly context: ReadonlySet<string>;
  readonly elsewhere: ReadonlySet<string>;
  readonly units: ReadonlyMap<string, number>;
}

const lexicon = once((): Lexicon => {
  const { counting, context, elsewhere, units, likely, names } = columnWords();
  const phrases = new Map<string, NamedColumn[]>();
  const add = (canonical: CanonicalName, name: string, rank: 1 | 3) => {
    const phrase = wordsOf(name).join(" ");
    const found = phrases.get(phrase) ?? [];
    if (!found.some((other) => other.canonical === canonical)) found.push({ canonical, rank });
    phrases.set(phrase, found);
  };
  for (const canonical of CANONICAL_NAMES) {
    add(canonical, canonical, 3);
    for (const name of Object.values(names[canonical] ?? {}).flat()) add(canonical, name, 3);
    for (const name of likely[canonical] ?? []) add(canonical, name, 1);
    for (const name of COLUMN_NAMES.columns[canonical] ?? []) add(canonical, name, 3);
  }
  const set = (list: readonly string[]) => new Set(list.flatMap(wordsOf));
  return {
    phrases,
    counting: set(counting),
    context: set(context),
    elsewhere: set(elsewhere),
    units: new Map(Object.entries(units).map(([name, unit]) => [wordsOf(name).join(" "), unit])),
  };
});

/** Characters of the longest text that is a name of something. */
const LONGEST_NAME = 100;
const NAMELESS: ColumnName = { candidates: [], unit: null, elsewhere: false };

/** What the name of a column says: `Nombre de abonnés`, `heartCount`, `Followers (K)`, `ER %`, `Followers 2024-05-01`. */
export function readColumnName(column: string): ColumnName {
  if (column.length > LONGEST_NAME) return NAMELESS;
  const { phrases, counting, context, elsewhere, units } = lexicon();
  let unit: number | null = null;
  const bare = column
    .normalize("NFKC")
    .replace(FULL_DATE, " ")
    .replace(BRACKETS, (all, inside: string) => {
      const said = wordsOf(inside);
      const found = units.get(said.join(" "));
      if (found !== undefined) unit = found;
      return found !== undefined || said.every((word) => counting.has(word) || context.has(word)) ? " " : all;
    });
  const said = wordsOf(bare);
  // Without brackets only percent is plain enough, wherever it stands: an `m` may be anything.
  const at = said.findIndex((word) => (units.get(word) ?? 1) < 1);
  if (unit === null && at >= 0) {
    unit = units.get(said[at]) ?? null;
    const pair = at > 0 && units.has(`${said[at - 1]} ${said[at]}`);
    said.splice(pair ? at - 1 : at, pair ? 2 : 1);
  }
  const found = new Map<CanonicalName, NamedColumn>();
  const look = (list: readonly string[], rank: 2 | 3, onlyCounts = false) => {
    for (const named of phrases.get(list.join(" ")) ?? []) {
      if (onlyCounts && CANONICAL_COLUMNS[named.canonical].type !== "BIGINT") continue;
      if (!found.has(named.canonical)) {
        found.set(named.canonical, { ...named, rank: Math.min(rank, named.rank) as 1 | 2 | 3 });
      }
    }
  };
  const end = said.findLastIndex((word) => word !== "tiktok" && word !== "tt") + 1;
  const uncounted = (list: readonly string[]) => list.filter((word) => !counting.has(word));
  look(said, 3);
  look(uncounted(said), 3, true);
  // The least is taken away that leaves a name: of `profile.userName` the user's, not any name.
  for (let start = 0; start < end && (start === 0 || context.has(said[start - 1])); start++) {
    const core = said.slice(start, end);
    look(core, 2);
    look(uncounted(core), 2, true);
    if (found.size > 0) break;
  }
  const fitting = [...found.values()].filter(({ canonical }) => fits(canonical, unit));
  return {
    candidates: fitting.sort((a, b) => b.rank - a.rank),
    unit,
    elsewhere: said.some((word) => elsewhere.has(word)),
  };
}

/** Whether a unit can be one of a column: thousands of followers, percent of a rate. */
function fits(canonical: CanonicalName, unit: number | null): boolean {
  if (unit === null) return true;
  return CANONICAL_COLUMNS[canonical].type === (unit < 1 ? "DOUBLE" : "BIGINT");
}
