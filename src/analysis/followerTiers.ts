/** Accounts of about one size, by followers. */
export interface FollowerTier {
  readonly name: string;
  /** Followers from, and below; null where there is no end. */
  readonly from: number;
  readonly below: number | null;
}

/** The tiers that marketers speak of, and what is under them. */
export const FOLLOWER_TIERS: readonly FollowerTier[] = [
  { name: "under 1 K", from: 0, below: 1000 },
  { name: "nano", from: 1000, below: 10_000 },
  { name: "micro", from: 10_000, below: 50_000 },
  { name: "mid", from: 50_000, below: 500_000 },
  { name: "macro", from: 500_000, below: 1_000_000 },
  { name: "mega", from: 1_000_000, below: null },
];

/** The place of an account's tier in the list, as SQL of INTEGER over `followers`; NULL where they are unknown. */
export function tierSql(tiers: readonly FollowerTier[]): string {
  const cases = tiers.map(
    ({ from, below }, i) =>
      `WHEN followers >= ${from}${below === null ? "" : ` AND followers < ${below}`} THEN ${i}`,
  );
  return `CASE ${cases.join(" ")} END`;
}
