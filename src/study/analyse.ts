import { type ActivityReport, activityReport } from "../analysis/activityReport.ts";
import { comparedTargets } from "../analysis/comparedTargets.ts";
import { type FollowersPerRatio, followersPerRatio } from "../analysis/followersPerRatio.ts";
import { type InformationTable, informationTable } from "../analysis/information.ts";
import { type LikesPerVideoCount, likesPerVideoCount } from "../analysis/likesPerVideoCount.ts";
import { type LikesVsFollowers, likesVsFollowers } from "../analysis/likesVsFollowers.ts";
import type { Finding } from "../analysis/presence.ts";
import { type Summary, summarise } from "../analysis/summary.ts";
import type { Alert } from "../profiles/alert.ts";
import type { Hooks } from "./events.ts";
import type { StudyData } from "./read.ts";

/** What the profiles say by themselves, before any training. A part is null where the file lacks columns for it. */
export interface StudyAnalysis {
  readonly summary: Summary;
  readonly activity: ActivityReport;
  readonly information: InformationTable;
  readonly likesVsFollowers: LikesVsFollowers | null;
  readonly likesPerVideoCount: LikesPerVideoCount | null;
  readonly followersPerRatio: FollowersPerRatio | null;
  readonly alerts: readonly Alert[];
}

/**
 * Looks at the profiles: columns, correlations, mutual information with the target, activity, and the figures' data.
 *
 * @param seed seed of shuffles, noise and samples
 */
export async function analyse(
  data: StudyData,
  seed: number,
  hooks: Hooks,
): Promise<{ result: StudyAnalysis; message: string }> {
  const { connection, table, missing } = data.profiles;
  const alerts: Alert[] = [];
  let done = 0;
  const part = async <T>(name: string, work: () => Promise<T>): Promise<T> => {
    hooks.signal?.throwIfAborted();
    hooks.progress(done++ / 6, name);
    return work();
  };
  const found = async <T>(name: string, work: () => Promise<Finding<T>>): Promise<T | null> => {
    const finding = await part(name, work);
    alerts.push(...finding.alerts);
    return finding.value;
  };
  const described = await part("columns and correlations", () => summarise(connection, table));
  alerts.push(...described.alerts);
  const activity = async () =>
    activityReport(connection, table, await comparedTargets(connection, table, missing), {
      labels: data.allLabels,
      signal: hooks.signal,
    });
  const result: StudyAnalysis = {
    summary: described.summary,
    information: await part("mutual information", () =>
      informationTable(connection, table, data.allLabels, { seed }),
    ),
    activity: await part("activity", activity),
    likesVsFollowers: await found("likes and followers", () => likesVsFollowers(connection, table, { seed })),
    likesPerVideoCount: await found("likes and videos", () =>
      likesPerVideoCount(connection, table, { seed }),
    ),
    followersPerRatio: await found("likes per video", () => followersPerRatio(connection, table, { seed })),
    alerts,
  };
  alerts.push(...result.activity.alerts);
  const warnings = alerts.filter(({ level }) => level !== "info").length;
  return { result, message: `${result.summary.columns.length} columns, ${warnings} warnings` };
}
