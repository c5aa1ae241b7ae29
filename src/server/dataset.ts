import { join } from "node:path";
import { activityJson, activityReport } from "../analysis/activityReport.ts";
import { summarise } from "../analysis/summary.ts";
import { comparedTargets } from "../analysis/targetTables.ts";
import type { WhenRead } from "../base/age.ts";
import { InsightsError } from "../base/error.ts";
import { loadModel, type Model } from "../bundle/model.ts";
import { createExplainer, type Explainer } from "../explain/explainer.ts";
import { activityFigures } from "../figures/activityFigures.ts";
import { type Profiles, readProfiles } from "../profiles/read.ts";
import type { ReadingOptions } from "../profiles/readingOptions.ts";
import { readPupils } from "../shortlist/outOfFold.ts";
import { rankProfiles } from "../shortlist/ranked.ts";
import { requireStudied } from "../study/read.ts";
import { whenRead } from "../targets/snapshot.ts";
import type { JobContext } from "./jobs.ts";
import { createNeighbours, type Neighbours } from "./neighbours.ts";
import { makeStudy, type StudyView } from "./study.ts";

/** What a file of profiles was recognised as, and what is in it. */
export type DatasetSummary = Awaited<ReturnType<typeof summaryOf>>;

/** Profiles that are looked at: read, ranked by a model, studied. Parts come one after the other; each is null until then. */
export interface Dataset {
  readonly id: string;
  /** As its sender calls it. */
  readonly name: string;
  readonly made_at: string;
  profiles: Profiles | null;
  summary: DatasetSummary | null;
  /** When its profiles were read. */
  read: WhenRead | null;
  model: Model | null;
  explainer: Explainer | null;
  neighbours: Neighbours | null;
  study: StudyView | null;
  /** Why there is no study or no model, in words. */
  without: string | null;
}

/** What a dataset is made with. */
export interface MakeOptions {
  /** The file's path. */
  readonly path: string;
  /** A folder of its own, for what is made on the way. */
  readonly folder: string;
  /** The model that ranks; without one, one is trained on the file. */
  readonly model: Model | null;
  /** That model's folder; null for the one that ships. */
  readonly of: string | null;
  readonly reading: ReadingOptions;
  readonly now: () => Date;
  /** Whether it is the made-up sample. */
  readonly synthetic: boolean;
}

/** An empty dataset, to be filled by {@link fillDataset}. */
export function newDataset(id: string, name: string, now: Date): Dataset {
  return {
    id,
    name,
    made_at: now.toISOString(),
    profiles: null,
    summary: null,
    read: null,
    model: null,
    explainer: null,
    neighbours: null,
    study: null,
    without: null,
  };
}

/**
 * Reads the file, says what is in it, ranks it, studies it. What is done is there at once for whoever looks.
 *
 * @throws InsightsError where the file cannot be read
 */
export async function fillDataset(
  dataset: Dataset,
  { path, folder, model, of, reading, now, synthetic }: MakeOptions,
  { signal, progress }: JobContext,
): Promise<void> {
  progress("reading the file", 0);
  const profiles = await readProfiles(path, {
    reading,
    now: now(),
    signal,
    onProgress: (done, total) => progress("reading the file", total > 0 ? done / total : null),
  });
  dataset.profiles = profiles;
  dataset.read = await whenRead(profiles.connection, profiles.table);
  if (model !== null) await rankBy(dataset, profiles, { model, of }, { signal, progress });
  progress("looking at the data", null);
  dataset.summary = await summaryOf(dataset.name, profiles, signal);
  // Without its columns no study starts, and no thread for it.
  const refused = messageOfRefusal(() => requireStudied(profiles, "original"));
  if (refused !== null) {
    dataset.without = refused;
    return;
  }
  const study = await makeStudy(path, join(folder, "study"), { reading, synthetic, signal, progress });
  dataset.study = study.view;
  if (dataset.model === null && study.model !== null) {
    const own = { model: await loadModel(study.model), of: study.model };
    await rankBy(dataset, profiles, own, { signal, progress });
  }
  dataset.without = study.without;
}

/** The message of a check that fails for a reason that the user can mend; null where it passes. */
function messageOfRefusal(check: () => void): string | null {
  try {
    check();
    return null;
  } catch (error) {
    if (error instanceof InsightsError) return error.message;
    throw error;
  }
}

async function rankBy(
  dataset: Dataset,
  profiles: Profiles,
  { model, of }: { readonly model: Model; readonly of: string | null },
  { signal, progress }: JobContext,
): Promise<void> {
  progress("scoring the accounts", null);
  const { connection, table, source } = profiles;
  const { outOfFold } = await readPupils(connection, model, of, source.fingerprint);
  await rankProfiles(connection, model, table, { outOfFold, signal });
  dataset.explainer = createExplainer(model);
  dataset.neighbours = await createNeighbours(connection, model, table);
  dataset.model = model;
}

async function summaryOf(name: string, profiles: Profiles, signal: AbortSignal) {
  const { connection, table, source, provider, rows, rejectedCount, rejectedByReason, duplicates } = profiles;
  const { mapped, unmapped, missing } = profiles;
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
    duplicates,
    mapped,
    unmapped,
    missing,
    alerts: [...profiles.alerts, ...alerts, ...activity.alerts],
    columns: summary.columns,
    activity: activityJson(activity),
    figures: activityFigures(activity),
  };
}
