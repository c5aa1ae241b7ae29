import { InsightsError } from "../base/error.ts";
import { quoteLiteral } from "../base/quote.ts";

/** Accounts of about one size: from `from` followers, up to the next tier. */
export interface FollowerTier {
  readonly name: string;
  /** Least number of followers, at least 0. */
  readonly from: number;
}

/**
 * The tiers of the trade: nano 1 K to 10 K followers, micro to 50 K, mid to 500 K, macro to 1 M, mega above. The trade has no
 * word for less than 1 K; here it is `starter`. The lower end belongs to a tier, the upper to the next.
 */
export const FOLLOWER_TIERS: readonly FollowerTier[] = [
  { name: "starter", from: 0 },
  { name: "nano", from: 1_000 },
  { name: "micro", from: 10_000 },
  { name: "mid", from: 50_000 },
  { name: "macro", from: 500_000 },
  { name: "mega", from: 1_000_000 },
];

/** A tier with its upper end. */
export interface TierRange extends FollowerTier {
  /** The first number of followers above it; null where there is no end. */
  readonly below: number | null;
}

/** {@link FOLLOWER_TIERS} as tables and figures show them, where the lowest is called by its end. */
export const TIER_RANGES: readonly TierRange[] = FOLLOWER_TIERS.map(({ name, from }, i) => ({
  name: from === 0 ? "under 1 K" : name,
  from,
  below: FOLLOWER_TIERS[i + 1]?.from ?? null,
}));

/**
 * The tier of an account, as SQL over `followers`: of VARCHAR its name, or what `value` says of it. NULL where the followers
 * are unknown.
 *
 * @param tiers rising
 * @param value SQL for a tier and its place in the list
 */
export function tierSql<T extends FollowerTier>(
  tiers: readonly T[],
  value: (tier: T, place: number) => string = ({ name }) => quoteLiteral(name),
): string {
  const cases = tiers.map((tier, place) => `WHEN followers >= ${tier.from} THEN ${value(tier, place)}`);
  return `CASE ${cases.reverse().join(" ")} END`;
}

/**
 * Checks that every account has one tier.
 *
 * @throws InsightsError `invalid tiers: ...` where they do not rise from 0 or share a name, exit code 2
 */
export function requireTiers(tiers: readonly FollowerTier[]): void {
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
 * Reads tiers from text: `nano=1000,micro=10000,mid=50K,macro=500K,mega=1M`, each with the followers it starts from. Accounts
 * below the first are in `starter`, unless a tier starts from 0.
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
