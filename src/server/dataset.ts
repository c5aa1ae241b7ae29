import type { z } from "@hono/zod-openapi";
import { activityJson, activityReport } from "../analysis/activityReport.ts";
import { summarise } from "../analysis/summary.ts";
import { comparedTargets } from "../analysis/targetTables.ts";
import type { WhenRead } from "../base/age.ts";
import { activityFigures } from "../figures/activityFigures.ts";
import { decisionsOf, mostSeriousFirst } from "../profiles/alerts.ts";
import type { Profiles } from "../profiles/read.ts";
import { lossWarningsOf } from "../profiles/readingWarnings.ts";
import type { modelSchema } from "./modelFacts.ts";
import type { StudyView } from "./study.ts";

/** What a file of profiles was recognised as, and what is in it. */
export type DatasetSummary = Awaited<ReturnType<typeof summaryOf>>;

/** What is known of a dataset. Parts come one after the other; each is null until then. */
export interface DatasetParts {
  readonly rows: number | null;
  readonly summary: DatasetSummary | null;
  /** When its profiles were read. */
  readonly read: WhenRead | null;
  readonly model: z.infer<typeof modelSchema> | null;
  readonly study: StudyView | null;
  /** Why there is no study or no model, in words. */
  readonly without: string | null;
}

/** Profiles that are looked at: read, ranked by a model, studied. */
export interface Dataset extends DatasetParts {
  readonly id: string;
  /** As its sender calls it. */
  readonly name: string;
  readonly made_at: string;
}

/** What is known of a dataset at first. */
export const NO_PARTS: DatasetParts = {
  rows: null,
  summary: null,
  read: null,
  model: null,
  study: null,
  without: null,
};

/** Rejected records that are shown. */
const SHOWN_REJECTS = 20;

/** Says what is in a file. @param name as its sender calls it */
export async function summaryOf(name: string, profiles: Profiles, signal: AbortSignal) {
  const { connection, table, source, provider, rows, rejectedCount, rejectedByReason, duplicates } = profiles;
  const { mapped, unmapped, missing, blanks } = profiles;
  const { summary, alerts } = await summarise(connection, table);
  signal.throwIfAborted();
  const labelled = await comparedTargets(connection, table, missing);
  const activity = await activityReport(connection, table, labelled, { signal });
  return {
    file: name,
    format: source.format,
    provider,
    records: source.records,
    rows,
    rejected: rejectedCount,
    rejected_by_reason: rejectedByReason,
    rejects: profiles.rejects.slice(0, SHOWN_REJECTS),
    blanks,
    losses: lossWarningsOf(profiles),
    decided: decisionsOf(profiles.alerts),
    duplicates,
    mapped,
    unmapped,
    missing,
    alerts: mostSeriousFirst([...profiles.alerts, ...alerts, ...activity.alerts]),
    columns: summary.columns,
    activity: activityJson(activity),
    figures: activityFigures(activity),
  };
}
