import { join } from "node:path";
import type { DatabaseOptions } from "../base/duckdb.ts";
import { InsightsError } from "../base/error.ts";
import { loadModel, type Model } from "../bundle/model.ts";
import { createExplainer, type Explainer } from "../explain/explainer.ts";
import { type Profiles, readProfiles } from "../profiles/read.ts";
import type { ReadingOptions } from "../profiles/readingOptions.ts";
import type { UnpackLimits } from "../profiles/source/file.ts";
import { readPupils } from "../shortlist/outOfFold.ts";
import { rankProfiles } from "../shortlist/ranked.ts";
import { createReasons, type Reasons } from "../shortlist/reasons.ts";
import { requireStudied } from "../study/read.ts";
import { whenRead } from "../targets/snapshot.ts";
import { type DatasetParts, summaryOf } from "./dataset.ts";
import type { JobContext } from "./jobs.ts";
import { modelFacts } from "./modelFacts.ts";
import { createNeighbours, type Neighbours } from "./neighbours.ts";
import { makeStudy } from "./study.ts";

/** A file of profiles that has been read, and what lists need of it. */
export interface OpenDataset {
  readonly profiles: Profiles;
  /** Null until the accounts are ranked. */
  ranked: {
    readonly model: Model;
    readonly explainer: Explainer;
    readonly reasons: Reasons;
    readonly neighbours: Neighbours;
  } | null;
}

/** What a dataset is made with. */
export interface MakeOptions {
  /** The file's path, and its name as its sender calls it. */
  readonly path: string;
  readonly name: string;
  /** A folder of its own, for what is made on the way. */
  readonly folder: string;
  /** The model that ranks; without one, one is trained on the file. */
  readonly model: Model | null;
  /** That model's folder; null for the one that ships. */
  readonly of: string | null;
  readonly reading: ReadingOptions;
  readonly limits: UnpackLimits;
  readonly now: Date;
  readonly database: Pick<DatabaseOptions, "memoryLimit" | "temporaryDirectory">;
  /** Whether it is the made-up sample. */
  readonly synthetic: boolean;
}

/** Who hears how a dataset comes to be. */
export interface MakeContext extends JobContext {
  /** Told of the open file as soon as it is read, before there is more of it. */
  readonly opened: (open: OpenDataset) => void;
  /** Told of each part when it is there. */
  readonly tell: (parts: Partial<DatasetParts>) => void;
}

/**
 * Reads the file, says what is in it, ranks it, studies it. What is done is there at once for whoever looks.
 *
 * @throws InsightsError where the file cannot be read
 */
export async function fillDataset(options: MakeOptions, context: MakeContext): Promise<void> {
  const { path, name, folder, model, of, reading, limits, now, synthetic, database } = options;
  const { signal, progress, opened, tell } = context;
  progress("reading the file", 0);
  const profiles = await readProfiles(path, {
    ...{ reading, limits, now, signal, ...database },
    onProgress: (done, total) => progress("reading the file", total > 0 ? done / total : null),
  });
  const open: OpenDataset = { profiles, ranked: null };
  opened(open);
  tell({ rows: profiles.rows, read: await whenRead(profiles.connection, profiles.table) });
  if (model !== null) await rankBy(open, { model, of }, context);
  progress("looking at the data", null);
  tell({ summary: await summaryOf(name, profiles, signal) });
  // A file that cannot be studied needs no thread for it.
  const refused = await messageOfRefusal(() => requireStudied(profiles, { preset: "original" }));
  if (refused !== null) {
    tell({ without: refused });
    return;
  }
  const study = await makeStudy(path, join(folder, "study"), {
    reading,
    synthetic,
    database,
    signal,
    progress,
  });
  tell({ study: study.view });
  if (open.ranked === null && study.model !== null) {
    await rankBy(open, { model: await loadModel(study.model), of: study.model }, context);
  }
  tell({ without: study.without });
}

/** The message of a check that fails for a reason that the user can mend; null where it passes. */
async function messageOfRefusal(check: () => Promise<unknown>): Promise<string | null> {
  try {
    await check();
    return null;
  } catch (error) {
    if (error instanceof InsightsError) return error.message;
    throw error;
  }
}

async function rankBy(
  open: OpenDataset,
  { model, of }: { readonly model: Model; readonly of: string | null },
  { signal, progress, tell }: MakeContext,
): Promise<void> {
  progress("scoring the accounts", null);
  const { connection, table, source } = open.profiles;
  const { outOfFold } = await readPupils(connection, model, of, source.fingerprint);
  await rankProfiles(connection, model, table, { outOfFold, signal });
  const neighbours = await createNeighbours(connection, model, table);
  const explainer = createExplainer(model);
  open.ranked = { model, explainer, reasons: createReasons(model, explainer), neighbours };
  tell({ model: modelFacts(model) });
}
