import { stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { InsightsError } from "../base/error.ts";
import { requireNewFolder, writeFolder } from "../base/files.ts";
import { loadModel, type Model } from "../bundle/model.ts";
import { type FittedPipeline, featureColumns, fitPipeline } from "../features/pipeline.ts";
import { type Preset, presetNamed } from "../features/presets.ts";
import { driftFigure } from "../figures/drift.ts";
import { writeFigures } from "../figures/write.ts";
import { type Profiles, readProfiles } from "../profiles/read.ts";
import {
  type ComparedSide,
  type Comparison,
  compareSides,
  sideOfProfiles,
  sideOfReference,
} from "../training/compareProfiles.ts";
import { compareText } from "./compareText.ts";
import type { Effects } from "./effects.ts";

/** Options of `insights compare`. */
export interface CompareCommandOptions {
  /** Folder of a model, for the prediction. */
  readonly model?: string;
  /** Which features, without a model. */
  readonly preset: string;
  /** Folder for the figure and the numbers; none without. */
  readonly out?: string;
  readonly map: Readonly<Record<string, string>>;
  readonly trainMap: Readonly<Record<string, string>>;
  /** Of the rows drawn from large files. */
  readonly seed: number;
  readonly json?: boolean;
}

/** What the older set is compared by, and the features it gave. */
interface Before {
  readonly side: ComparedSide;
  readonly pipeline: FittedPipeline;
  readonly model: Model | null;
}

/**
 * `insights compare`: how new profiles differ from those a model was trained on, column by column.
 *
 * @param train a file, or the folder of a model, which has kept what its training rows looked like
 * @returns the exit code
 * @throws InsightsError for whatever the user can mend
 */
export async function compareCommand(
  train: string,
  file: string,
  options: CompareCommandOptions,
  effects: Effects,
): Promise<number> {
  const { out, seed } = options;
  const preset = presetNamed(options.preset);
  if (out !== undefined) await requireNewFolder(out);
  const before = await readBefore(train, preset, options, effects);
  const profiles = await open(file, options.map, effects);
  let after: ComparedSide;
  try {
    after = await sideOfProfiles(profiles, before.pipeline, before.model, seed);
  } finally {
    await profiles.close();
  }
  const columns = featureColumns(before.pipeline);
  const madeOf = Object.fromEntries(before.pipeline.names.map((name, i) => [name, columns[i]]));
  const found = compareSides(before.side, after, madeOf);
  const json = `${JSON.stringify(found, null, 2)}\n`;
  if (out !== undefined) {
    await writeFolder(out, false, async (folder) => {
      await writeFile(join(folder, "comparison.json"), json);
      await writeFigures(folder, [figureOf(found)], { signal: effects.signal });
    });
  }
  effects.stdout(options.json === true ? json : compareText(found));
  if (out !== undefined) effects.stderr(`1 picture and comparison.json in ${out}\n`);
  return 0;
}

async function readBefore(
  train: string,
  preset: Preset,
  options: CompareCommandOptions,
  effects: Effects,
): Promise<Before> {
  const found = await stat(train).catch(() => undefined);
  if (found?.isDirectory() === true) {
    if (options.model !== undefined) {
      throw new InsightsError("too many models: a folder to compare with and --model (expected one)", {
        exitCode: 2,
      });
    }
    const model = await loadModel(train);
    if (model.reference === undefined) {
      throw new InsightsError(
        `the model has not kept what its training rows looked like: ${train} (train it anew, or compare with the file it was trained on)`,
      );
    }
    return { side: sideOfReference(model.reference, model.data), pipeline: model.pipeline, model };
  }
  const model = options.model === undefined ? null : await loadModel(options.model);
  const profiles = await open(train, options.trainMap, effects);
  try {
    const { connection, table, source } = profiles;
    const pipeline = model?.pipeline ?? (await fitPipeline(connection, preset, table));
    const side = await sideOfProfiles(profiles, pipeline, model, options.seed);
    // A model is surer of accounts it has learnt from than of others like them: its out-of-fold probabilities are the measure.
    const own = model?.reference !== undefined && model.data.fingerprint === source.fingerprint;
    const prediction = own ? sideOfReference(model.reference, model.data).prediction : side.prediction;
    return { side: { ...side, prediction }, pipeline, model };
  } finally {
    await profiles.close();
  }
}

function open(file: string, map: Readonly<Record<string, string>>, effects: Effects): Promise<Profiles> {
  return readProfiles(file, { map, now: effects.now(), signal: effects.signal });
}

function figureOf({ columns, features, prediction, train, new: now }: Comparison) {
  const named = new Set(columns.map(({ name }) => name));
  return driftFigure({
    drifts: [
      ...(prediction === null ? [] : [prediction]),
      ...columns,
      // Some columns are features as they are: one bar is enough.
      ...features.filter(({ name }) => !named.has(name)),
    ],
    train: train.file,
    now: now.file,
  });
}
