import { CANONICAL_COLUMNS, CANONICAL_NAMES, type CanonicalName, isCanonical } from "./canonical.ts";
import type { ValueKind } from "./values.ts";

/**
 * Counts that no account has: they come of a counter that overflowed, or of one that was never read. They are unknown, and said to be. What
 * likes can be depends on the other counts.
 */

/** Where a signed number of 32 bits ends: what a counter shows that cannot count further. */
export const COUNTER_END = 2_147_483_647;

/** From so many followers on an account that shows videos has likes. */
export const LIKED_FROM = 1_000_000;

/** The most that counts can be, by canonical name. */
export const MOST_OF_COUNTS: Readonly<Partial<Record<CanonicalName, number>>> = Object.fromEntries(
  CANONICAL_NAMES.flatMap((name) => {
    const column = CANONICAL_COLUMNS[name];
    return "most" in column ? [[name, column.most]] : [];
  }),
);

const mostOf = (name: string) => (isCanonical(name) ? MOST_OF_COUNTS[name] : undefined);

/** A kind of count as it is for a canonical column: at most the column's `most`, and not where 32 bits end. */
export function possibleCount(kind: ValueKind, name: string): ValueKind {
  const most = mostOf(name);
  if (most === undefined) return kind;
  const fits = (count: string) => `${count} <= ${most} AND ${count} <> ${COUNTER_END}`;
  const { sure, exact, stored } = kind;
  return {
    ...kind,
    sure: (cast, text) => `${sure(cast, text)} AND ${fits(cast)}`,
    exact: (text) => `list_filter([${exact(text)}], lambda c: ${fits("c")})[1]`,
    stored: (type) => {
      const typed = stored?.(type);
      return typed && { ...typed, sure: (cast, text) => `${typed.sure(cast, text)} AND ${fits(cast)}` };
    },
  };
}

/** Likes that their account cannot have: where 32 bits end, or none in spite of its followers and videos. */
export const IMPOSSIBLE_LIKES = `coalesce(likes = ${COUNTER_END} OR (likes = 0 AND followers >= ${LIKED_FROM} AND videos_count IS DISTINCT FROM 0), false)`;

/**
 * The condition that a value is a number that its account cannot have, as SQL of the steps that read it; undefined where any number can be.
 *
 * @param kind the kind without {@link possibleCount}
 */
export function impossibleSql(kind: ValueKind, name: string): string | undefined {
  if (name === "likes") return "_impossible_likes";
  if (mostOf(name) === undefined) return undefined;
  return `${name} IS NULL AND ${kind.exact(`_raw_${name}`)} IS NOT NULL`;
}

/** As files are read, of one profile: counts that its account cannot have become null. */
export function takeOutImpossible(profile: { [name in CanonicalName]?: unknown }): void {
  for (const [name, most] of Object.entries(MOST_OF_COUNTS) as [CanonicalName, number][]) {
    const count = Number(profile[name] ?? 0);
    if (count > most || count === COUNTER_END) profile[name] = null;
  }
  const { likes, followers, videos_count } = profile;
  const none = likes === 0 && Number(followers ?? 0) >= LIKED_FROM && videos_count !== 0;
  if (none || likes === COUNTER_END) profile.likes = null;
}
