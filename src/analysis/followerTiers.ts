import { FOLLOWER_TIERS } from "../evaluation/slicesTiers.ts";

/** Accounts of about one size, by followers. */
export interface TierRange {
  readonly name: string;
  /** Followers from, and below; null where there is no end. */
  readonly from: number;
  readonly below: number | null;
}

/** The tiers that marketers speak of, each to where the next begins; what is under them is called by its end. */
export const TIER_RANGES: readonly TierRange[] = FOLLOWER_TIERS.map(({ name, from }, i) => ({
  name: from === 0 ? "under 1 K" : name,
  from,
  below: FOLLOWER_TIERS[i + 1]?.from ?? null,
}));

/** The place of an account's tier in the list, as SQL of INTEGER over `followers`; NULL where they are unknown. */
export function tierSql(tiers: readonly TierRange[]): string {
  const cases = tiers.map(
    ({ from, below }, i) =>
      `WHEN followers >= ${from}${below === null ? "" : ` AND followers < ${below}`} THEN ${i}`,
  );
  return `CASE ${cases.join(" ")} END`;
}
