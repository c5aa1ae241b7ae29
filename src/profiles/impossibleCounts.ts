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

/** The condition that a count of a canonical column can be: at most the column's `most`, and not where 32 bits end; undefined where any can. */
export function possibleSql(name: string): ((count: string) => string) | undefined {
  const most = mostOf(name);
  return most === undefined ? undefined : (count) => `${count} <= ${most} AND ${count} <> ${COUNTER_END}`;
}

/** A kind of count of which casts are sure only where they {@link possibleSql can be}. */
export function possibleCount(kind: ValueKind, name: string): ValueKind {
  const fits = possibleSql(name);
  if (fits === undefined) return kind;
  const { sure, stored } = kind;
  return {
    ...kind,
    sure: (cast, text) => `${sure(cast, text)} AND ${fits(cast)}`,
    stored: (type) => {
      const typed = stored?.(type);
      return typed && { ...typed, sure: (cast, text) => `${typed.sure(cast, text)} AND ${fits(cast)}` };
    },
  };
}

/** Likes that their account cannot have: where 32 bits end, or none in spite of its followers and videos. */
export const IMPOSSIBLE_LIKES = `coalesce(likes = ${COUNTER_END} OR (likes = 0 AND followers >= ${LIKED_FROM} AND videos_count IS DISTINCT FROM 0), false)`;

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
