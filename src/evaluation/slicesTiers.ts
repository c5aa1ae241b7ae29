import { FOLLOWER_TIERS, type FollowerTier, requireTiers } from "../profiles/tiers.ts";

/** Rows put into named groups, each row into one. */
export interface Grouping {
  /** What the rows are grouped by: `followers`, `language`, `region`. */
  readonly dimension: string;
  /** Names of the groups, in the order to show them. */
  readonly names: readonly string[];
  /** Group of each row: a position in `names`. */
  readonly codes: Int32Array;
}

/** The group of rows whose value is unknown. */
export const UNKNOWN_GROUP = "unknown";

/**
 * Groups rows by followers. Groups come from the smallest tier up, `unknown` last and only where there are any.
 *
 * @param followers one a row, NaN where unknown
 * @param tiers rising, the first from 0
 * @throws InsightsError `invalid tiers: ...` where they do not rise from 0 or share a name
 */
export function followerTiers(
  followers: ArrayLike<number>,
  tiers: readonly FollowerTier[] = FOLLOWER_TIERS,
): Grouping {
  requireTiers(tiers);
  const codes = new Int32Array(followers.length);
  let unknown = false;
  for (let row = 0; row < codes.length; row++) {
    if (Number.isNaN(followers[row])) {
      codes[row] = tiers.length;
      unknown = true;
    } else {
      while (codes[row] + 1 < tiers.length && followers[row] >= tiers[codes[row] + 1].from) codes[row]++;
    }
  }
  const names = tiers.map(({ name }) => name);
  return { dimension: "followers", names: unknown ? [...names, UNKNOWN_GROUP] : names, codes };
}

/**
 * Groups rows by a word, like a language or a region: the most frequent ones, largest first, then `other` and `unknown`
 * where there are any.
 *
 * @param values one a row; null or empty where unknown
 * @param most words with a group of their own; 8 unless told
 */
export function wordGroups(dimension: string, values: readonly (string | null)[], most = 8): Grouping {
  const counts = new Map<string, number>();
  for (const value of values) if (value) counts.set(value, (counts.get(value) ?? 0) + 1);
  // Equal counts in the order of the alphabet, so that the order of the rows does not matter.
  const frequent = [...counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1)).slice(0, most);
  const places = new Map(frequent.map(([word], i) => [word, i]));
  const names = frequent.map(([word]) => word);
  const placeOf = (name: string) => {
    const known = names.indexOf(name, frequent.length);
    return known >= 0 ? known : names.push(name) - 1;
  };
  if (counts.size > frequent.length) placeOf("other");
  const codes = Int32Array.from(values, (value) =>
    value ? (places.get(value) ?? placeOf("other")) : placeOf(UNKNOWN_GROUP),
  );
  return { dimension, names, codes };
}
