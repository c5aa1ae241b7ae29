import { z } from "zod";
import { count } from "../base/schemas.ts";
import type { CanonicalName } from "../profiles/canonical.ts";

const known = z.number().nullable();
const share = z.number().min(0).max(1);

/** What one column holds. The numbers are null for text, dates and lists, and where there is no value. */
export const columnSummarySchema = z.object({
  name: z.string(),
  /** DuckDB's type. */
  type: z.string(),
  /** Known values. */
  count: count,
  missing: count,
  /** Different known values. */
  distinct: count,
  /** For a flag the share of true. */
  mean: known,
  /** With n - 1; null for one value. */
  standard_deviation: known,
  min: known,
  /** Exact quantiles, linear between neighbours. */
  p05: known,
  p25: known,
  median: known,
  p75: known,
  p95: known,
  max: known,
  /** Adjusted Fisher-Pearson, as in pandas; null for fewer than three values or a constant. */
  skewness: known,
});

/** A summary of a canonical column. */
export interface ColumnSummary extends Readonly<z.infer<typeof columnSummarySchema>> {
  readonly name: CanonicalName;
}

/** A correlation of each column with each: square, symmetric, 1 on the diagonal, null where a column is constant. */
export const correlationSchema = z.object({ columns: z.array(z.string()), values: z.array(z.array(known)) });

/** A correlation of canonical columns. */
export interface CorrelationMatrix extends Readonly<z.infer<typeof correlationSchema>> {
  readonly columns: CanonicalName[];
}

/** A table of profiles in numbers. */
export const summarySchema = z.object({
  /** One entry a canonical column of the relation, in canonical order. */
  columns: z.array(columnSummarySchema),
  pearson: correlationSchema,
  spearman: correlationSchema,
  /** Rows the study calls outliers. */
  outliers: z.object({ rule: z.string(), rows: count }),
  /** Followers of accounts that are not verified and of those that are; empty where the file does not say who is. */
  verified: z.array(
    z.object({
      is_verified: z.boolean(),
      accounts: count,
      followers_min: known,
      followers_median: known,
      followers_max: known,
    }),
  ),
});

/** A summary of canonical columns. */
export interface Summary extends Readonly<z.infer<typeof summarySchema>> {
  readonly columns: ColumnSummary[];
  readonly pearson: CorrelationMatrix;
  readonly spearman: CorrelationMatrix;
}

/** How lately the accounts posted, as seen when the profiles were read. */
export const activitySchema = z.object({
  /** Accounts with at least one dated post and a snapshot. */
  accounts: count,
  median_days_since_last_post: z.number(),
  posted_within_30_days: share,
  posted_within_90_days: share,
  /** Where the moment of reading came from, in words. */
  snapshot: z.string(),
  /** Share that posted within 30 days among the target's positives and negatives; null where there are none. */
  posted_within_30_days_by_target: z.object({ positive: share.nullable(), negative: share.nullable() }),
});

/** What one column tells about the target. */
export const informationScoreSchema = z.object({
  /** Nats, >= 0. */
  score: z.number(),
  /** Mean score over shuffled labels, nats: what chance gives. */
  shuffled: z.number(),
  /** How the column was read: nearest neighbours for numbers, counts for flags and categories. */
  kind: z.enum(["numeric", "flag", "category"]),
});

/** What one column tells about the target. */
export type InformationScore = Readonly<z.infer<typeof informationScoreSchema>>;
