import { CANONICAL_NAMES, type CanonicalName } from "../canonical.ts";
import type { SourceColumns } from "../providers/layouts.ts";
import type { Samples } from "../readingOptions.ts";
import { type ColumnValues, judge, refutes, type Verdict, valuesOf } from "./evidence.ts";
import { type ColumnName, readColumnName, wordsOf } from "./names.ts";

/** What a column of a file is taken for. */
export interface Proposal {
  readonly column: string;
  readonly canonical: CanonicalName | null;
  /** `sure` is used; `likely` only where the user says so; `unknown` goes with no canonical column. */
  readonly sureness: "sure" | "likely" | "unknown";
  /** What it was told by, in words: "its name and its values". */
  readonly why: string;
  /** Up to three values of it. */
  readonly examples: readonly string[];
}

/** What is settled before anything is guessed. */
export interface Settled {
  /** Columns of the file by the canonical ones that they are read for. */
  readonly columns: Readonly<Partial<Record<CanonicalName, SourceColumns>>>;
  /** Canonical columns of which the user has said what they are read from. */
  readonly said: readonly CanonicalName[];
  /** Columns that are known to be something else. */
  readonly known: ReadonlySet<string>;
}

/** A column that may be a canonical one, and how good the guess is. */
interface Guess {
  readonly column: string;
  readonly canonical: CanonicalName;
  readonly verdict: Verdict;
  /** Rank of the name, see `NamedColumn`; 0 where only the values tell. */
  readonly rank: number;
  readonly sure: boolean;
}

/** Figures that tell of posts: `likes` beside one of them may be those of a post. */
const POST_FIGURES = /^(comment|share|play|view|save)s?( count)?$/;
/** How many times the likes of a video the followers of an account are, at least. All that an account ever got are mostly more. */
const FOLLOWERS_A_LIKE = 4;

/**
 * Proposes for each column of a file what it is, by its name in many languages and by its first values. No two columns are proposed
 * for one canonical column, and none for one that is settled.
 *
 * @param samples the first values of each column; a column without any is judged by its name
 */
export function proposeColumns(columns: readonly string[], samples: Samples, settled: Settled): Proposal[] {
  const settledAs = new Map<string, CanonicalName>();
  for (const canonical of CANONICAL_NAMES) {
    for (const column of settled.columns[canonical] ?? []) settledAs.set(column, canonical);
  }
  const looked = columns.map((column) => {
    const name = readColumnName(column);
    return { column, name, values: valuesOf(samples.get(column) ?? []) };
  });
  const doubted = likesOfPosts(columns, samples, settled.columns.followers);
  const guesses = looked
    .filter(({ column }) => !settledAs.has(column) && !settled.known.has(column))
    .flatMap(guessesOf)
    .filter(({ canonical }) => settled.columns[canonical] === undefined && !settled.said.includes(canonical))
    .map((guess) =>
      guess.canonical === "likes" && doubted(guess.column) ? { ...guess, sure: false } : guess,
    );
  const best = bestGuesses(guesses);
  return looked.map(({ column, values: { examples } }): Proposal => {
    const known = settledAs.get(column);
    if (known !== undefined) return { column, canonical: known, sureness: "sure", why: "its name", examples };
    const guess = best.get(column);
    if (guess === undefined) return { column, canonical: null, sureness: "unknown", why: "", examples };
    const sureness = guess.sure ? "sure" : "likely";
    return { column, canonical: guess.canonical, sureness, why: whyOf(guess), examples };
  });
}

/** A column whose values cannot be what its well-known name says. */
export interface Refuted {
  readonly column: string;
  readonly canonical: CanonicalName;
  /** `posts` where likes are so few beside the followers that they must be those of a post. */
  readonly by: "values" | "posts";
}

/**
 * Takes away columns whose values cannot be what their names say: `Likes` of words, `likes` that are those of a post.
 *
 * @param found columns by what their names say they are
 */
export function unrefuted(
  found: Settled["columns"],
  columns: readonly string[],
  samples: Samples,
): { readonly columns: Settled["columns"]; readonly refuted: readonly Refuted[] } {
  const left: Partial<Record<CanonicalName, SourceColumns>> = {};
  const refuted: Refuted[] = [];
  const ofPosts = likesOfPosts(columns, samples, found.followers);
  const figures = columns.some((column) => POST_FIGURES.test(wordsOf(column.slice(0, 40)).join(" ")));
  for (const [name, sources] of Object.entries(found)) {
    const canonical = name as CanonicalName;
    const kept = sources.filter((column) => {
      const by = refutes(canonical, valuesOf(samples.get(column) ?? []))
        ? "values"
        : canonical === "likes" && figures && ofPosts(column)
          ? "posts"
          : undefined;
      if (by !== undefined) refuted.push({ column, canonical, by });
      return by === undefined;
    });
    if (kept.length > 0) left[canonical] = kept;
  }
  return { columns: left, refuted };
}

/** Whether a column of likes has so few beside the followers that they must be those of a post. */
function likesOfPosts(
  columns: readonly string[],
  samples: Samples,
  followers: SourceColumns | undefined,
): (column: string) => boolean {
  const named = (column: string) =>
    readColumnName(column).candidates.some(({ canonical, rank }) => canonical === "followers" && rank > 1);
  const beside = followers?.[0] ?? columns.find(named);
  const medianOf = (column: string) => valuesOf(samples.get(column) ?? []).median;
  return (column) =>
    beside !== undefined &&
    medianOf(column) * FOLLOWERS_A_LIKE * (readColumnName(column).unit ?? 1) <
      medianOf(beside) * (readColumnName(beside).unit ?? 1);
}

/** Canonical columns that a name alone may be sure of where the values leave it open. */
const SURE_BY_NAME: readonly CanonicalName[] = ["account_id", "nickname", "biography"];
/** Canonical columns that values alone may be sure of. */
const SURE_BY_VALUES: readonly CanonicalName[] = ["id", "account_id", "url"];
/** Canonical columns that values alone make likely. */
const LIKELY_BY_VALUES: readonly CanonicalName[] = ["region", "bio_link"];

function guessesOf({
  column,
  name,
  values,
}: {
  column: string;
  name: ColumnName;
  values: ColumnValues;
}): Guess[] {
  const named = name.candidates
    .map(({ canonical, rank }) => ({ column, canonical, rank, verdict: judge(canonical, values, name.unit) }))
    .filter(({ verdict }) => verdict !== "against");
  const guesses: Guess[] = named.map((guess) => {
    const { canonical, rank, verdict } = guess;
    const rivals = named.filter((other) => other !== guess && other.rank > 1);
    const sure =
      verdict === "strong" ||
      (rank > 1 &&
        (verdict === "fits"
          ? rivals.every((rival) => rival.verdict === "open")
          : rivals.length === 0 && (verdict === "none" || SURE_BY_NAME.includes(canonical))));
    return { ...guess, sure };
  });
  if (guesses.length > 0 || name.elsewhere) return guesses;
  // What its name says to be something else than who it is, it hardly is by chance: "Fans" may list names of fans.
  const free = name.candidates.every(({ canonical }) => SURE_BY_VALUES.includes(canonical));
  const byValues = (canonicals: readonly CanonicalName[], wanted: Verdict) =>
    canonicals
      .filter((canonical) => judge(canonical, values) === wanted)
      .map((canonical) => ({
        column,
        canonical,
        rank: 0,
        verdict: wanted,
        sure: wanted === "strong" && free,
      }));
  return [...byValues(SURE_BY_VALUES, "strong"), ...byValues(LIKELY_BY_VALUES, "fits")];
}

const VERDICTS: readonly Verdict[] = ["none", "open", "fits", "strong"];

function scoreOf({ sure, rank, verdict }: Guess): number {
  return (sure ? 100 : 0) + (rank > 0 ? 50 : 0) + 10 * VERDICTS.indexOf(verdict) + rank;
}

/** The guess for each column: the best first, each canonical column once. Of two that are as good, neither is sure. */
function bestGuesses(guesses: readonly Guess[]): Map<string, Guess> {
  const best = new Map<string, Guess>();
  const taken = new Set<CanonicalName>();
  // The sort is stable, so that equals keep the file's order.
  for (const guess of [...guesses].sort((a, b) => scoreOf(b) - scoreOf(a))) {
    const { column, canonical } = guess;
    if (best.has(column) || taken.has(canonical)) continue;
    const equal = guesses.some(
      (other) =>
        other.canonical === canonical &&
        other.column !== column &&
        !best.has(other.column) &&
        scoreOf(other) === scoreOf(guess),
    );
    best.set(column, equal ? { ...guess, sure: false } : guess);
    taken.add(canonical);
  }
  return best;
}

function whyOf({ rank, verdict }: Guess): string {
  if (rank === 0) return "its values";
  return verdict === "none" || verdict === "open" ? "its name" : "its name and its values";
}
