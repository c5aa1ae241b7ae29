import { InsightsError } from "../base/error.ts";

/** Rows put into named groups, each row into one. */
export interface Grouping {
  /** What the rows are grouped by: `followers`, `language`, `region`. */
  readonly dimension: string;
  /** Names of the groups, in the order to show them. */
  readonly names: readonly string[];
  /** Group of each row: a position in `names`. */
  readonly codes: Int32Array;
}

/** A range of followers: from `from` on, up to the next tier. */
export interface FollowerTier {
  readonly name: string;
  /** Least number of followers, at least 0. */
  readonly from: number;
}

/**
 * The tiers of the trade: nano 1 K to 10 K followers, micro to 50 K, mid to 500 K, macro to 1 M, mega above; below 1 K there
 * is no word for it but `starter`. The lower end belongs to a tier, the upper to the next.
 */
export const FOLLOWER_TIERS: readonly FollowerTier[] = [
  { name: "starter", from: 0 },
  { name: "nano", from: 1_000 },
  { name: "micro", from: 10_000 },
  { name: "mid", from: 50_000 },
  { name: "macro", from: 500_000 },
  { name: "mega", from: 1_000_000 },
];

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

function requireTiers(tiers: readonly FollowerTier[]): void {
  const refuse = (why: string) => {
    throw new InsightsError(`invalid tiers: ${why}`, { exitCode: 2 });
  };
  if (tiers.length === 0 || tiers[0].from !== 0) refuse("the first has to start from 0 followers");
  tiers.forEach(({ name, from }, i) => {
    if (i > 0 && !(from > tiers[i - 1].from))
      refuse(`${name} starts from ${from}, which is not above ${tiers[i - 1].from}`);
    if (tiers.findIndex((tier) => tier.name === name) !== i) refuse(`two are called ${name}`);
  });
}

/**
 * Reads tiers from text: `nano=1000,micro=10000,mid=50K,macro=500K,mega=1M`, each with the followers it starts from. Below the
 * first is `starter`, unless a tier starts from 0.
 *
 * @throws InsightsError `invalid tiers: ...`, exit code 2
 */
export function parseTiers(text: string): FollowerTier[] {
  const tiers = text.split(",").map((part) => {
    const match = /^\s*([^=\s][^=]*?)\s*=\s*(\d+(?:\.\d+)?)\s*([KM]?)\s*$/i.exec(part);
    if (match === null)
      throw new InsightsError(`invalid tiers: ${text} (expected nano=1K,micro=10K,mid=50K)`, { exitCode: 2 });
    const unit = { "": 1, K: 1e3, M: 1e6 }[match[3].toUpperCase()] ?? 1;
    return { name: match[1], from: Number(match[2]) * unit };
  });
  const all = tiers[0].from > 0 ? [FOLLOWER_TIERS[0], ...tiers] : tiers;
  requireTiers(all);
  return all;
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
