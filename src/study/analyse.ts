import { type ActivityReport, activityReport } from "../analysis/activityReport.ts";
import { type InformationTable, informationTable } from "../analysis/information.ts";
import { type LikesPerVideoCount, likesPerVideoCount } from "../analysis/likesPerVideoCount.ts";
import type { Finding } from "../analysis/query.ts";
import {
  type FollowersPerRatio,
  followersPerRatio,
  type LikesVsFollowers,
  likesVsFollowers,
} from "../analysis/scatters.ts";
import { summarise } from "../analysis/summary.ts";
import type { Summary } from "../analysis/summarySchema.ts";
import { comparedTargets } from "../analysis/targetTables.ts";
import { countOfThings } from "../base/words.ts";
import { featureColumns } from "../features/pipeline.ts";
import { valuesAt } from "../features/requireColumns.ts";
import { auditLeakage } from "../leakage/audit.ts";
import type { LeakageAudit } from "../leakage/finding.ts";
import { targetSource } from "../leakage/source.ts";
import type { Alert } from "../profiles/alerts.ts";
import type { Hooks } from "./events.ts";
import { examplesAt, type StudyData, type StudyFeatures } from "./read.ts";

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

/** Which part of the split each labelled profile is in: 0 to 2, or -1 for none. */
function partsOf({ labelled, split }: StudyData): Int32Array {
  const parts = new Int32Array(labelled.rows.length).fill(-1);
  [split.train, split.valid, split.test].forEach((positions, part) => {
    for (const position of positions) parts[position] = part;
  });
  return parts;
}

/**
 * Looks for leakage in the features of a study, before anything is trained: against the target's columns, the number it was
 * cut from, the labels, and across the parts of the split.
 *
 * @param seed seed of folds, samples and shuffles
 */
export async function auditStudy(
  data: StudyData,
  { pipeline, matrix }: StudyFeatures,
  seed: number,
  { signal }: Hooks,
): Promise<{ result: LeakageAudit; message: string }> {
  const { profiles, target, labelled } = data;
  const { connection, table } = profiles;
  const all = Int32Array.from(labelled.rows.keys());
  const [ids] = await valuesAt(connection, table, ["coalesce(id, account_id, '')"], labelled.rows);
  const result = await auditLeakage(
    {
      features: { names: matrix.names, values: examplesAt(matrix, labelled, all).x },
      madeOf: featureColumns(pipeline),
      labels: labelled.labels,
      target: { name: target.name, inputs: [...target.inputs, ...(target.context ?? [])] },
      source: await targetSource(connection, table, target.inputs, labelled.rows),
      parts: partsOf(data),
      ids: ids as string[],
    },
    { seed, signal },
  );
  const severe = result.findings.filter(({ severity }) => severity === "severe").length;
  const found = countOfThings(result.findings.length, "finding");
  return { result, message: severe === 0 ? found : `${found}, ${severe} severe` };
}
