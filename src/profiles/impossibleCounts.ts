import { CANONICAL_COLUMNS, isCanonical } from "./canonical.ts";
import type { ValueKind } from "./values.ts";

/**
 * Counts of followers, following and videos that no account has: they come of a counter that overflowed. They are unknown, and said to
 * be. (What likes can be depends on the other counts.)
 */

/** Where a signed number of 32 bits ends: what a counter shows that cannot count further. */
const CAP = 2_147_483_647;

/** A kind of count as it is for a canonical column: at most the column's `most`, and not where 32 bits end. */
export function possibleCount(kind: ValueKind, name: string): ValueKind {
  const column = isCanonical(name) ? CANONICAL_COLUMNS[name] : undefined;
  if (column === undefined || !("most" in column)) return kind;
  const fits = (count: string) => `${count} <= ${column.most} AND ${count} <> ${CAP}`;
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

/** Likes that cannot be: a 32-bit number at its end, or none of a million followers or more for videos that are there. */
export const IMPOSSIBLE_LIKES =
  "coalesce(likes = 2147483647 OR (likes = 0 AND followers >= 1000000 AND videos_count IS DISTINCT FROM 0), false)";

/** Whether a text that was blanked in a column of counts is a count, but one that cannot be. */
export function isImpossibleCount(column: string, text: string): boolean {
  return isCanonical(column) && "most" in CANONICAL_COLUMNS[column] && /^-?[0-9]+([.]0*)?$/.test(text);
}
