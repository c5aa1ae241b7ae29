import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Claim } from "../base/output/claim.ts";
import { replaceFiles } from "../base/output/write.ts";
import { formatCsvLine } from "../base/quote.ts";
import { tuningTrialsFigure } from "../figures/tuningTrials.ts";
import { writeFigures } from "../figures/write.ts";
import { formatRecipeFile } from "../training/recipe.ts";
import type { TuningResults } from "./results.ts";
import { recipeInWords } from "./space.ts";

/** The files that a tuning leaves beside its journal. */
export const TUNING_FILES = [
  "recipe.json",
  "trials.csv",
  "tuning.json",
  ...["vl.json", "svg", "png"].map((ending) => `tuning-trials.${ending}`),
  "tuning-trials-dark.png",
];

/** The contents of `tuning.json`. */
export function formatTuning(results: TuningResults): string {
  return `${JSON.stringify(results, null, 2)}\n`;
}

/**
 * Writes a tuning's result into its folder, beside the journal: `recipe.json`, `trials.csv`, the picture of the trials, `tuning.json` and
 * the checksums of them.
 *
 * @throws InsightsError where a file of such a name stands there that no tuning wrote
 */
export async function saveTuning(
  claimed: Pick<Claim, "target" | "partial">,
  results: TuningResults,
  options: { readonly signal?: AbortSignal | undefined },
): Promise<void> {
  const { rungs, trials, search, recipe } = results;
  const figure = tuningTrialsFigure({
    rungs,
    evaluations: search.evaluations,
    words: trials.map((trial) => recipeInWords(trial.recipe)),
    chosen: search.chosen.trial,
  });
  await replaceFiles(claimed, TUNING_FILES, async (partial) => {
    const put = (name: string, text: string) => writeFile(join(partial, name), text);
    await writeFigures(partial, [figure], options);
    await put("recipe.json", formatRecipeFile(results.options.preset, recipe));
    await put("trials.csv", formatTrials(results));
    await put("tuning.json", formatTuning(results));
  });
}

/** The contents of `trials.csv`: a row a trial of the search over all rows, its recipe and its log loss on each rung. */
export function formatTrials({ rungs, trials, search }: TuningResults): string {
  const header = [
    "trial",
    ...rungs.map((_, i) => `log_loss_${i + 1}`),
    "roc_auc",
    "chosen",
    "hidden",
    "dropout",
    "learning_rate",
    "weight_decay",
    "epochs",
    "batch_size",
    "label_smoothing",
    "degree_share",
    "networks",
    "without",
    "failed",
  ];
  const lines = trials.map(({ trial, recipe }) => {
    const evaluations = search.evaluations.filter((one) => one.trial === trial);
    return formatCsvLine([
      trial,
      ...rungs.map((_, rung) => evaluations.find((one) => one.rung === rung)?.log_loss ?? null),
      evaluations.at(-1)?.roc_auc ?? null,
      trial === search.chosen.trial ? 1 : 0,
      recipe.hidden.join("-"),
      recipe.dropout,
      recipe.learningRate,
      recipe.weightDecay,
      recipe.epochs,
      recipe.batchSize,
      recipe.labelSmoothing,
      recipe.degreeShare,
      recipe.networks,
      recipe.without.join(" "),
      evaluations.find(({ failed }) => failed !== null)?.failed ?? null,
    ]);
  });
  return `${[header.join(","), ...lines].join("\n")}\n`;
}
