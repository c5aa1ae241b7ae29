import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import type { WhenRead } from "../base/age.ts";
import type { DatabaseOptions } from "../base/duckdb.ts";
import { InsightsError } from "../base/error.ts";
import { fileError } from "../base/files.ts";
import { type Split, stratifiedSplit } from "../evaluation/split.ts";
import { locateSplit, parseSplit } from "../evaluation/splitFile.ts";
import { type FittedPipeline, fitPipeline } from "../features/pipeline.ts";
import { presetInputs, presetNamed } from "../features/presets.ts";
import { type FeatureMatrix, rowsAt, transform } from "../features/transform.ts";
import type { Examples } from "../network/trainer.ts";
import { type Alert, decisionsOf } from "../profiles/alerts.ts";
import { requireColumns } from "../profiles/canonical.ts";
import { type Profiles, readProfiles } from "../profiles/read.ts";
import type { ReadingOptions } from "../profiles/readingOptions.ts";
import { lossWarningsOf } from "../profiles/readingWarnings.ts";
import { engagement } from "../targets/named.ts";
import { whenRead } from "../targets/snapshot.ts";
import { fixedTarget, type Labels, labelsOf, type Target } from "../targets/target.ts";
import { checkLostRecords } from "../training/lostRecords.ts";
import { viewOf } from "../training/rows.ts";
import type { Parts } from "./train.ts";

/** Name of the view that holds the training rows and no others. */
export const TRAINING_VIEW = "training_profiles";

/** The profiles of a study, what is known of their target, and how they are split. */
export interface StudyData {
  readonly profiles: Profiles;
  readonly target: Target;
  readonly labelled: Labelled;
  /** Labels of all profiles, 1, 0 and -1 for unknown, with their row numbers. */
  readonly allLabels: { readonly rows: Float64Array; readonly labels: Int8Array };
  /** Positions into `labelled`. */
  readonly split: Split;
  readonly alerts: readonly Alert[];
  /** When the profiles were read. */
  readonly read: WhenRead;
}

/** What decides how profiles are read for a study. */
interface ReadOptions {
  readonly preset: string;
  readonly seed: number;
  readonly splitFile?: string | undefined;
  /** Opens profiles that were read before, instead of the file. */
  readonly open?: (() => Promise<Profiles>) | undefined;
  readonly reading?: ReadingOptions | undefined;
  /** Whether to go on where many records cannot be read and differ from the others. */
  readonly allowRejected?: boolean | undefined;
  readonly database?: Pick<DatabaseOptions, "memoryLimit" | "temporaryDirectory"> | undefined;
  /** The present moment: no date after it is believed where a profile's snapshot is unknown. */
  readonly now: Date;
  readonly signal?: AbortSignal | undefined;
  readonly progress: (fraction: number | null, message: string) => void;
}

/** The error for a file that can be read, but not be studied. */
export class NotStudiedError extends InsightsError {}

/**
 * Checks that a file has the columns that a study needs, and that records that cannot be read do not differ from the others.
 *
 * @returns how they differ where they may, see {@link checkLostRecords}
 * @throws InsightsError that names the columns that are missing, or says how the records differ
 */
async function requireStudied(
  profiles: Profiles,
  { preset, allowRejected }: Pick<ReadOptions, "preset" | "allowRejected">,
): Promise<string[]> {
  requireColumns(profiles, engagement.inputs, `the target ${engagement.name}`);
  requireColumns(profiles, presetInputs(presetNamed(preset)), `the preset ${preset}`);
  return checkLostRecords(profiles, {
    definition: fixedTarget(engagement),
    preset: presetNamed(preset),
    allow: allowRejected === true,
  });
}

/**
 * Reads the profiles of a study, labels and splits them.
 *
 * @returns the data and what to say of it; the caller closes `profiles`
 * @throws NotStudiedError where the profiles are none that can be studied
 * @throws InsightsError where the file, its contents or the split cannot be used
 */
export async function read(
  file: string,
  options: ReadOptions,
): Promise<{ result: StudyData; message: string; told: readonly string[] }> {
  const { signal, progress, open } = options;
  presetNamed(options.preset);
  const profiles = await (open?.() ??
    readProfiles(file, {
      reading: options.reading,
      ...options.database,
      now: options.now,
      signal,
      onProgress: (done: number, total: number) => progress(total > 0 ? done / total : null, "reading"),
    }));
  try {
    const target = engagement;
    const differing = await requireStudied(profiles, options).catch((error) => {
      throw error instanceof InsightsError ? new NotStudiedError(error.message, { cause: error }) : error;
    });
    const { connection } = profiles;
    const allLabels = await labelsOf(connection, target, profiles.table);
    const labelled = knownLabels(allLabels);
    const { split, alerts } = await splitLabelled(labelled, { seed: options.seed, file: options.splitFile });
    const rows = Float64Array.from(split.train, (i) => labelled.rows[i]);
    await viewOf(connection, TRAINING_VIEW, profiles.table, rows);
    const warnings = [...lossWarningsOf(profiles), ...differing].map((sentence) => `warning: ${sentence}`);
    const rejected = profiles.rejectedCount === 0 ? "" : `, ${profiles.rejectedCount} rejected`;
    return {
      result: {
        ...{ profiles, target, labelled, allLabels, split, alerts },
        read: await whenRead(connection, profiles.table),
      },
      message: `${profiles.rows} profiles of ${profiles.provider}${rejected}`,
      told: [...warnings, ...decisionsOf(profiles.alerts)],
    };
  } catch (error) {
    await profiles.close();
    throw error;
  }
}

/** The profiles whose target is known, in the order of the table `profiles`. */
export interface Labelled {
  /** Row numbers in the file. */
  readonly rows: Float64Array;
  /** 1 for active, 0 for not. */
  readonly labels: Uint8Array;
  /** Positions of these profiles among all profiles. */
  readonly positions: Int32Array;
}

/** Leaves out the profiles whose target is unknown. */
export function knownLabels(found: Labels): Labelled {
  const positions = Int32Array.from(found.labels.keys()).filter((i) => found.labels[i] >= 0);
  return {
    positions,
    rows: Float64Array.from(positions, (i) => found.rows[i]),
    labels: Uint8Array.from(positions, (i) => found.labels[i]),
  };
}

/**
 * Splits labelled profiles in training, validation and test rows: by our own seeded, stratified splitter, or by the row
 * numbers of a file.
 *
 * @param labelled the profiles
 * @param options the seed, and the split file if one is to be replayed
 * @returns positions into `labelled`, and alerts about row numbers that are not at hand
 * @throws InsightsError where the file cannot be used, or a part has one class only
 */
export async function splitLabelled(
  labelled: Labelled,
  options: { seed: number; file?: string | undefined },
): Promise<{ split: Split; alerts: Alert[] }> {
  if (options.file === undefined) {
    return { split: stratifiedSplit(labelled.labels, { seed: options.seed }), alerts: [] };
  }
  const name = basename(options.file);
  const text = await readFile(options.file, "utf8").catch((error) => {
    throw fileError(name, error);
  });
  const { absent, ...split } = locateSplit(parseSplit(text, name), labelled.rows, name);
  for (const part of ["train", "valid", "test"] as const) {
    const labels = labelsAt(labelled, split[part]);
    if (!labels.includes(0) || !labels.includes(1)) {
      throw new InsightsError(`only one class: the ${part} rows of the split`, { place: { file: name } });
    }
  }
  const alerts: Alert[] = [];
  if (absent.length > 0) {
    alerts.push({
      level: "warning",
      code: "split_rows_absent",
      column: null,
      message: `${absent.length} row numbers of ${name} have no profile with a known target (the first: ${absent[0]}); they were left out.`,
    });
  }
  return { split, alerts };
}

/** The labels at positions into `labelled`. */
export function labelsAt(labelled: Labelled, positions: Int32Array): Uint8Array {
  return Uint8Array.from(positions, (i) => labelled.labels[i]);
}

/** The feature rows and labels at positions into `labelled`, in that order. */
export function examplesAt(matrix: FeatureMatrix, labelled: Labelled, positions: Int32Array): Examples {
  const places = Int32Array.from(positions, (position) => labelled.positions[position]);
  const x = rowsAt(matrix.values, matrix.columns, places);
  return { x, y: Float32Array.from(positions, (i) => labelled.labels[i]), rows: positions.length };
}

/** The fitted features of a study. */
export interface StudyFeatures {
  readonly pipeline: FittedPipeline;
  /** Features of all profiles. */
  readonly matrix: FeatureMatrix;
  /** Those of the labelled profiles, by part of the split. */
  readonly parts: Parts;
}

/** Fits the features of a preset on the training rows, and computes them for all profiles. */
export async function fitFeatures(
  data: StudyData,
  preset: string,
): Promise<{ result: StudyFeatures; message: string }> {
  const { connection, table } = data.profiles;
  const pipeline = await fitPipeline(connection, preset, TRAINING_VIEW);
  const matrix = await transform(connection, pipeline, table);
  const { train, valid, test } = data.split;
  const part = (positions: Int32Array) => examplesAt(matrix, data.labelled, positions);
  return {
    result: { pipeline, matrix, parts: { train: part(train), valid: part(valid), test: part(test) } },
    message: `${matrix.columns} features, fitted on ${train.length} training rows`,
  };
}
