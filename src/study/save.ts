import { mkdir, readdir, writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { formatCsvLine } from "../base/quote.ts";
import { targetAnswer } from "../bundle/answers.ts";
import type { Model } from "../bundle/model.ts";
import { saveModel } from "../bundle/save.ts";
import { createPredictor } from "../network/predictor.ts";
import { formatRejected } from "../profiles/read.ts";
import type { Metrics } from "../report/metrics.ts";
import { renderReport } from "../report/report.tsx";
import { saveTraining } from "../training/saveTraining.ts";
import { backgroundOf } from "../training/trainedModel.ts";
import { FIGURES_FOLDER, type StudyFigure } from "./figures.ts";
import { TRAINING_VIEW } from "./read.ts";
import type { Story } from "./story.ts";

/** Folder of the recommended model, laid out as `insights train` does. */
const RECOMMENDED_FOLDER = "recommended";

/** `metrics.json` as it is written and printed. */
export function formatMetrics(metrics: Metrics): string {
  return `${JSON.stringify(metrics, null, 2)}\n`;
}

/** How the network was trained, for the record: all that is not in its shape. */
function trainingOf({ network, training }: Metrics): NonNullable<Model["training"]> {
  const { hidden: _, parameters: __, ...options } = network;
  return { ...options, epochs: training.epochs, best_epoch: training.best_epoch, stopped: training.stopped };
}

/** The first seed's network as a model that can be loaded again. */
async function modelOf({ data, features, runs }: Story, metrics: Metrics): Promise<Model> {
  const { file, fingerprint, rows } = metrics.dataset;
  const { pipeline } = features;
  const { seed } = runs[0];
  return {
    created_at: metrics.created_at,
    versions: metrics.versions,
    seed,
    data: { file, fingerprint, rows },
    target: { name: data.target.name, expression: data.target.expression },
    threshold: metrics.threshold.value,
    training: trainingOf(metrics),
    pipeline,
    answers: [targetAnswer(pipeline, runs[0].trained.network)],
    background: await backgroundOf(data.profiles.connection, pipeline, TRAINING_VIEW, seed),
  };
}

/**
 * The contents of `predictions.csv`: `id,split,probability,predicted,target`, a line a profile in the order of the file.
 * A profile whose target is unknown, or that is in no part of the split, has an empty `split`; the handle stands in for
 * an id that is not there.
 */
async function formatPredictions({ data, features, runs }: Story, threshold: number): Promise<string> {
  const { profiles, labelled, split, allLabels } = data;
  const reader = await profiles.connection.runAndReadAll(
    `SELECT coalesce(id, account_id) FROM ${profiles.table} ORDER BY "row"`,
  );
  const [ids] = reader.getColumnsJS() as (string | null)[][];
  const parts: string[] = new Array(ids.length).fill("");
  for (const part of ["train", "valid", "test"] as const) {
    for (const position of split[part]) parts[labelled.positions[position]] = part;
  }
  const probabilities = createPredictor(runs[0].trained.network).probabilities(
    features.matrix.values,
    ids.length,
  );
  const lines = ids.map((id, i) => {
    const target = allLabels.labels[i] < 0 ? "" : allLabels.labels[i];
    return formatCsvLine([id, parts[i], probabilities[i], probabilities[i] >= threshold ? 1 : 0, target]);
  });
  return `${["id,split,probability,predicted,target", ...lines].join("\n")}\n`;
}

/**
 * Writes everything but the figures, which are there already: numbers, predictions, model, rejects, report.
 *
 * @returns the paths of all files in the folder, relative to it, in order
 */
export async function saveStudy(
  story: Story,
  figures: readonly StudyFigure[],
  metrics: Metrics,
  directory: string,
  signal?: AbortSignal,
): Promise<{ result: string[]; message: string }> {
  const put = (name: string, text: string) => writeFile(join(directory, name), text);
  const { rejectedCount, cells } = story.data.profiles;
  const numbers = formatMetrics(metrics);
  await put("metrics.json", numbers);
  await put("predictions.csv", await formatPredictions(story, metrics.threshold.value));
  await saveModel(join(directory, "model"), await modelOf(story, metrics), { "metrics.json": numbers });
  if (story.recommended.trained !== null) {
    await mkdir(join(directory, RECOMMENDED_FOLDER));
    const earlier = { directory: join(directory, FIGURES_FOLDER), figures };
    await saveTraining(join(directory, RECOMMENDED_FOLDER), story.recommended.trained, { signal, earlier });
  }
  if (rejectedCount + cells.length > 0) await put("rejected.csv", formatRejected(story.data.profiles));
  const listed = async () => {
    const entries = await readdir(directory, { recursive: true, withFileTypes: true });
    return entries
      .filter((entry) => entry.isFile())
      .map((entry) => relative(directory, join(entry.parentPath, entry.name)).replaceAll("\\", "/"))
      .sort();
  };
  await put(
    "report.html",
    await renderReport({ metrics, found: story.found, figures, files: await listed() }),
  );
  const files = await listed();
  return { result: files, message: `${files.length} files` };
}
