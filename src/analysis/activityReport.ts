import type { DuckDBConnection } from "@duckdb/node-api";
import { percentile } from "../base/statistics.ts";
import type { Alert } from "../profiles/alerts.ts";
import { type SnapshotFacts, snapshotOf } from "../targets/snapshot.ts";
import type { Labels } from "../targets/target.ts";
import { type Activity, activityOf } from "./activity.ts";
import {
  type AccountAges,
  accountAges,
  type PostingPace,
  type PostingTimes,
  postingPace,
  postingTimes,
} from "./posting.ts";
import type { Finding } from "./query.ts";
import { type SizeNormPoints, sizeNormPoints } from "./scatters.ts";
import { type SilenceCurve, silenceCurves } from "./survival.ts";
import { type AnsweredTarget, type TargetTables, targetTables } from "./targetTables.ts";

/** Where the accounts stand between the least and the most. */
interface Quantiles {
  readonly p10: number;
  readonly p25: number;
  readonly median: number;
  readonly p75: number;
  readonly p90: number;
}

/** A target and whom it calls active. */
export interface TargetFinding {
  readonly name: string;
  readonly about: string;
  readonly tables: TargetTables;
}

/** All there is to know of the activity of a file's accounts; a part is null where the file cannot tell. */
export interface ActivityReport {
  readonly snapshot: SnapshotFacts;
  readonly lastPost: Activity | null;
  readonly pace: PostingPace | null;
  readonly times: PostingTimes | null;
  /** How long accounts stay silent after a post; empty where too few are known. */
  readonly silences: readonly SilenceCurve[] | null;
  readonly ages: AccountAges | null;
  readonly targets: readonly TargetFinding[];
  /** Rates against followers, where one of the targets has a norm for them. */
  readonly norm: SizeNormPoints | null;
  /** What is missing, each said once. */
  readonly alerts: readonly Alert[];
}

/**
 * Looks at last posts, posting pace and times, account ages, and at targets against them.
 *
 * @param relation a table or view with `row` and the canonical columns
 * @param labelled targets with their answers for all rows
 * @param options.labels answers that last posts are held against as well
 */
export async function activityReport(
  connection: DuckDBConnection,
  relation: string,
  labelled: readonly AnsweredTarget[],
  options: { readonly labels?: Labels; readonly signal?: AbortSignal | undefined } = {},
): Promise<ActivityReport> {
  const alerts = new Map<string, Alert>();
  const found = async <T>(work: () => Promise<Finding<T>>): Promise<T | null> => {
    options.signal?.throwIfAborted();
    const { value, alerts: said } = await work();
    // One missing column is missing for several parts, and is said for the first.
    for (const alert of said) if (!alerts.has(`${alert.column}`)) alerts.set(`${alert.column}`, alert);
    return value;
  };
  const snapshot = await snapshotOf(connection, relation);
  const lastPost = await found(() => activityOf(connection, relation, options.labels));
  const pace = await found(() => postingPace(connection, relation));
  const times = await found(() => postingTimes(connection, relation));
  const silences = await found(() => silenceCurves(connection, relation));
  const ages = await found(() => accountAges(connection, relation));
  options.signal?.throwIfAborted();
  const norm = labelled.find(({ target }) => target.norm !== undefined)?.target.norm;
  const tables = await targetTables(
    connection,
    relation,
    labelled.map(({ labels }) => labels),
    snapshot,
  );
  return {
    snapshot,
    lastPost,
    pace,
    times,
    silences,
    ages,
    targets: labelled.map(({ target: { name, about } }, i) => ({ name, about, tables: tables[i] })),
    norm: norm === undefined ? null : await sizeNormPoints(connection, relation, norm),
    alerts: [...alerts.values()],
  };
}

/** Quantiles of one number an account; null where there is none. */
export function quantilesOf(values: Float64Array): Quantiles | null {
  if (values.length === 0) return null;
  const sorted = values.slice().sort();
  const [p10, p25, median, p75, p90] = [0.1, 0.25, 0.5, 0.75, 0.9].map((share) => percentile(sorted, share));
  return { p10, p25, median, p75, p90 };
}

/** A report as plain JSON: what is drawn from one number an account is given in quantiles. */
export function activityJson(report: ActivityReport): Record<string, unknown> {
  const { snapshot, lastPost, pace, times, ages, targets } = report;
  const hours = times?.counts[0].map((_, hour) => times.counts.reduce((sum, day) => sum + day[hour], 0));
  return {
    snapshot: {
      profiles: snapshot.profiles,
      observed: snapshot.observed,
      newest_date: snapshot.newest === null ? null : new Date(snapshot.newest * 1000).toISOString(),
    },
    last_post:
      lastPost === null
        ? null
        : {
            accounts: lastPost.activity.accounts,
            measured_from: lastPost.activity.snapshot,
            days_since: quantilesOf(lastPost.daysSinceLastPost),
            posted_within_30_days: lastPost.activity.posted_within_30_days,
            posted_within_90_days: lastPost.activity.posted_within_90_days,
          },
    pace:
      pace === null
        ? null
        : {
            accounts: pace.accounts,
            posts_per_week: quantilesOf(pace.postsPerWeek),
            longest_gap_days: quantilesOf(pace.longestGapDays),
          },
    times_utc:
      times === null
        ? null
        : {
            posts: times.posts,
            oldest: times.oldest,
            newest: times.newest,
            by_hour: hours,
            by_weekday_from_monday: times.counts.map((day) => day.reduce((sum, posts) => sum + posts, 0)),
            by_weekday_and_hour: times.counts,
          },
    account_age:
      ages === null
        ? null
        : { accounts: ages.years.length, undated: ages.undated, years: quantilesOf(ages.years) },
    targets: targets.map(({ name, about, tables: { days, posted, tiers, ...counts } }) => ({
      name,
      about,
      ...counts,
      posted_within_days: days,
      posted,
      tiers: tiers.map(({ tier, ...answers }) => ({ ...tier, ...answers })),
    })),
  };
}
