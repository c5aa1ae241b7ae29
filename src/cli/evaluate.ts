import type { Command } from "@commander-js/extra-typings";
import { countInWords, countOfThings, shareInWords } from "../base/words.ts";
import { targetOf } from "../bundle/configuration.ts";
import { loadModel } from "../bundle/model.ts";
import { requireColumns } from "../profiles/canonical.ts";
import { readProfiles } from "../profiles/read.ts";
import { type Evaluation, evaluateModel } from "../training/evaluateModel.ts";
import {
  type Declare,
  debugOption,
  jsonOption,
  mapOption,
  type OptionsOf,
  seedOption,
  tiersOption,
} from "./options.ts";

import { type Effects, formatTable, sliceText } from "./terminal.ts";

const declared = (command: Command) =>
  command
    .argument("<model>", "a model's folder")
    .argument("<file>", "the file to judge by; it must have the target's columns")
    .addOption(tiersOption())
    .addOption(mapOption())
    .addOption(seedOption())
    .addOption(jsonOption("the numbers"))
    .addOption(debugOption());

type Options = OptionsOf<typeof declared>;

/** Declares `insights evaluate`. */
export const declare: Declare = (command, effects) =>
  declared(command).action((model, file, options) => run(model, file, options, effects));

/**
 * `insights evaluate`: how a model does on labelled profiles, in all, by follower tier, language and region.
 *
 * @throws InsightsError for whatever the user can mend
 */
async function run(modelFolder: string, file: string, options: Options, effects: Effects): Promise<void> {
  const model = await loadModel(modelFolder);
  const definition = await targetOf(model);
  const profiles = await readProfiles(file, {
    map: options.map,
    keep: definition.columns,
    now: effects.now(),
    signal: effects.signal,
  });
  try {
    // Where no profile tells its snapshot, the newest date of the file stands in for it.
    const needed = [...definition.inputs, ...definition.context].filter((name) => name !== "observed_at");
    requireColumns(profiles, needed, `the target ${definition.name}`);
    const found = await evaluateModel(profiles, model, definition, {
      seed: options.seed,
      tiers: options.tiers,
    });
    effects.stdout(options.json === true ? `${JSON.stringify(found, null, 2)}\n` : evaluationText(found));
  } finally {
    await profiles.close();
  }
}

const SHOWN = [
  ["ROC AUC", "roc_auc"],
  ["average precision", "average_precision"],
  ["precision", "precision"],
  ["recall", "recall"],
  ["F1", "f1"],
  ["Brier score", "brier"],
] as const;

function evaluationText({
  dataset,
  trained_on,
  target,
  metrics,
  bias,
  slices,
  warnings,
}: Evaluation): string {
  const known = target.positives + target.negatives;
  const left = target.unknown === 0 ? "" : `, ${countInWords(target.unknown)} unknown and left out`;
  const range = ({ low, high }: { low: number; high: number }) => `${low.toFixed(3)} to ${high.toFixed(3)}`;
  const lines = [
    `${countOfThings(dataset.rows, "profile")} (${dataset.provider})`,
    `target ${target.name}: ${shareInWords(target.positives / known)} positive${left}`,
  ];
  if (trained_on) {
    lines.push(
      "The model was trained on this very file: it has seen these accounts, and the numbers flatter it.",
    );
  }
  lines.push(
    ...warnings,
    "",
    formatTable(
      [
        [`at ${metrics.threshold.toFixed(3)}`, "", "95 % interval"],
        ...SHOWN.map(([words, name]) => [words, metrics[name].toFixed(3), range(metrics.intervals[name])]),
        ["mean probability less share of positives", bias.toFixed(3), ""],
      ],
      [1],
    ),
  );
  if (slices.length > 0) lines.push("", sliceText(slices));
  return `${lines.join("\n")}\n`;
}
