import { z } from "zod";
import { count } from "../base/schemas.ts";

const rate = z.number().min(0).max(1);

/** How often and when the accounts post; a part is null where the file cannot tell. */
const posting = z.object({
  pace: z
    .object({
      /** Accounts with two dated posts or more. */
      accounts: count,
      /** Over the span from the oldest to the newest listed post. */
      median_posts_per_week: z.number().min(0),
      /** Share of the accounts with more than one post a week. */
      more_than_once_a_week: rate,
    })
    .nullable(),
  times: z
    .object({
      /** Dated posts. */
      posts: count,
      oldest: z.iso.datetime(),
      newest: z.iso.datetime(),
      /** Posts in UTC: a list a weekday from Monday, with 24 hours each. */
      by_weekday_and_hour: z.array(z.array(count).length(24)).length(7),
    })
    .nullable(),
  account_age: z.object({ accounts: count, median_years: z.number() }).nullable(),
});

/** Whom a target calls active, against posting and size. */
const comparedTarget = z.object({
  name: z.string(),
  about: z.string(),
  positives: count,
  negatives: count,
  unknown: count,
  posted_within_30_days: z.object({ positive: rate.nullable(), negative: rate.nullable() }),
  tiers: z.array(
    z.object({
      name: z.string(),
      /** Followers from, and below; null where there is no end. */
      from: z.number(),
      below: z.number().nullable(),
      positives: count,
      negatives: count,
      unknown: count,
    }),
  ),
});

/** What is normal for each size, fitted on all accounts for its picture: lists with an entry a bin of followers. */
const sizeNorm = z.object({
  log10_followers: z.array(z.number()).min(1),
  /** ln(engagement rate + 1e-4). */
  log_rate: z.array(z.number()).min(1),
  /** Accounts the bin stands on. */
  rows: z.array(count).min(1),
});

/** The parts of `summary` that are about posting, and about targets by size. */
export const postingSummary = {
  posting,
  /** Targets that the file's columns allow; empty where they allow none. */
  targets: z.array(comparedTarget),
  size_norm: sizeNorm.nullable(),
};
