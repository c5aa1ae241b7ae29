import { z } from "@hono/zod-openapi";
import type { RankedRow } from "../shortlist/ranked.ts";
import type { Reasons } from "../shortlist/reasons.ts";
import { flagsOfRow, profileAddress } from "../shortlist/shortlist.ts";

/** An account in an answer. */
export const accountSchema = z.object({
  id: z.string().nullable(),
  account: z.string().nullable(),
  name: z.string().nullable(),
  url: z.string().nullable(),
  /** Null where no model has ranked it. */
  probability: z.number().nullable(),
  active: z.boolean().nullable(),
  /** Probability that a post comes within the model's horizon; null where the model asks something else. */
  still_posting: z.number().nullable(),
  /** Probability that the engagement is above what is usual for the size; null as above. */
  well_answered: z.number().nullable(),
  /** What the two stand on, still posting first: `posts+rate`, `profile+profile`; null as above. */
  evidence: z.string().nullable(),
  /** Why it stands where it does, in sentences. */
  reasons: z.array(z.string()),
  /** Reasons to look twice, and what was seen. */
  flags: z.array(z.object({ name: z.string(), words: z.string() })),
  /** Posts in the days that the model looks ahead, with an interval; null where no post is dated or nothing is forecast. */
  expected_posts: z.object({ mean: z.number(), low: z.number(), high: z.number() }).nullable(),
  tier: z.string().nullable(),
  followers: z.number().nullable(),
  following: z.number().nullable(),
  likes: z.number().nullable(),
  videos: z.number().nullable(),
  engagement_rate: z.number().nullable(),
  engagement_percentile: z.number().nullable(),
  last_post: z.string().nullable(),
  days_since_last_post: z.number().nullable(),
  posts_per_week: z.number().nullable(),
  account_age_days: z.number().nullable(),
  language: z.string().nullable(),
  region: z.string().nullable(),
  verified: z.boolean().nullable(),
  has_email: z.boolean(),
});

/** An account, as the API tells it. */
export type AccountFacts = z.infer<typeof accountSchema>;

/** What is known of an account, in the API's words. */
export function accountFacts(row: RankedRow, reasons: Reasons): AccountFacts {
  const whole = (value: bigint | number | null) => (value === null ? null : Number(value));
  return {
    id: row.id,
    account: row.account_id,
    name: row.nickname,
    url: profileAddress(row),
    probability: row.probability,
    active: row.active,
    still_posting: row.still_posting,
    well_answered: row.well_answered,
    evidence: row.evidence,
    reasons: reasons(row),
    flags: flagsOfRow(row),
    expected_posts: expectedOf(row),
    tier: row.tier,
    followers: whole(row.followers),
    following: whole(row.following),
    likes: whole(row.likes),
    videos: whole(row.videos_count),
    engagement_rate: row.awg_engagement_rate,
    engagement_percentile: row.engagement_percentile,
    last_post: row.last_post?.toISOString() ?? null,
    days_since_last_post: row.days_since_last_post,
    posts_per_week: row.posts_per_week,
    account_age_days: row.account_age_days,
    language: row.predicted_lang,
    region: row.region,
    verified: row.is_verified,
    has_email: row.has_email,
  };
}

function expectedOf({ expected_posts: mean, expected_low: low, expected_high: high }: RankedRow) {
  return mean === null || low === null || high === null ? null : { mean, low, high };
}
