import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { saveModel } from "../bundle/save.ts";
import { type WriteOptions, writeFigures } from "../figures/write.ts";
import { modelCard } from "./modelCard.ts";
import type { TrainedProfiles } from "./trained.ts";
import { trainingFigures } from "./trainingFigures.ts";

/**
 * Writes what a training found into a folder that exists: `model/`, `metrics.json`, `predictions.csv`, `README.md` (the
 * model card) and `figures/`.
 *
 * @throws as `saveModel`; the signal's reason
 */
export async function saveTraining(
  folder: string,
  trained: TrainedProfiles,
  options: WriteOptions = {},
): Promise<void> {
  const { model, results, predictions, answers } = trained;
  const json = `${JSON.stringify(results, null, 2)}\n`;
  const card = modelCard(results);
  await saveModel(join(folder, "model"), model, { "metrics.json": json, "README.md": card });
  await writeFile(join(folder, "metrics.json"), json);
  await writeFile(join(folder, "predictions.csv"), predictions);
  if (answers !== undefined) await writeFile(join(folder, "answers.csv"), answers);
  await writeFile(join(folder, "README.md"), card);
  await mkdir(join(folder, "figures"));
  await writeFigures(join(folder, "figures"), trainingFigures(trained), options);
  options.signal?.throwIfAborted();
}
