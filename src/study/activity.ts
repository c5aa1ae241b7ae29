import { type ActivityReport, quantilesOf } from "../analysis/activityReport.ts";
import type { Metrics } from "../report/metrics.ts";

/** The parts of `metrics.json` that are about posting. */
type ActivityMetrics = Pick<Metrics["summary"], "activity" | "posting" | "targets" | "size_norm">;

function postingMetrics({ pace, times, ages }: ActivityReport): ActivityMetrics["posting"] {
  const weekly = pace === null ? null : quantilesOf(pace.postsPerWeek);
  const years = ages === null ? null : quantilesOf(ages.years);
  return {
    pace:
      pace === null || weekly === null
        ? null
        : {
            accounts: pace.accounts,
            median_posts_per_week: weekly.median,
            more_than_once_a_week: pace.postsPerWeek.filter((posts) => posts > 1).length / pace.accounts,
          },
    times:
      times === null
        ? null
        : {
            posts: times.posts,
            oldest: times.oldest,
            newest: times.newest,
            by_weekday_and_hour: times.counts.map((hours) => [...hours]),
          },
    account_age:
      ages === null || years === null ? null : { accounts: ages.years.length, median_years: years.median },
  };
}

/** What is known of the accounts' activity, for `metrics.json`. */
export function activityMetrics(report: ActivityReport): ActivityMetrics {
  const { lastPost, targets, norm } = report;
  return {
    activity: lastPost?.activity ?? null,
    posting: postingMetrics(report),
    targets: targets.map(({ name, about, tables }) => {
      const { positives, negatives, unknown, posted, tiers } = tables;
      return {
        name,
        about,
        positives,
        negatives,
        unknown,
        posted_within_30_days: {
          positive: posted.positive.posted?.share ?? null,
          negative: posted.negative.posted?.share ?? null,
        },
        tiers: tiers.map(({ tier, ...counts }) => ({
          ...tier,
          positives: counts.positives,
          negatives: counts.negatives,
          unknown: counts.unknown,
        })),
      };
    }),
    size_norm: norm === null ? null : structuredClone(norm.norm),
  };
}
