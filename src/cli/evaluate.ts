import { countInWords, countOfThings, shareInWords } from "../base/words.ts";
import { targetOf } from "../bundle/configuration.ts";
import { loadModel } from "../bundle/model.ts";
import { requireColumns } from "../profiles/missing.ts";
import { readProfiles } from "../profiles/read.ts";
import { parseTiers } from "../profiles/tiers.ts";
import { type Evaluation, evaluateModel } from "../training/evaluateModel.ts";
import type { Effects } from "./effects.ts";
import { sliceText } from "./sliceText.ts";
import { formatTable } from "./table.ts";

/** Options of `insights evaluate`. */
export interface EvaluateCommandOptions {
  readonly map: Readonly<Record<string, string>>;
  /** Follower tiers as `nano=1K,micro=10K`; those of the trade unless told. */
  readonly tiers?: string;
  /** Of the resamples behind the intervals. */
  readonly seed: number;
  readonly json?: boolean;
}

/**
 * `insights evaluate`: how a model does on labelled profiles, in all, by follower tier, language and region.
 *
 * @returns the exit code
 * @throws InsightsError for whatever the user can mend
 */
export async function evaluateCommand(
  modelFolder: string,
  file: string,
  options: EvaluateCommandOptions,
  effects: Effects,
): Promise<number> {
  const tiers = options.tiers === undefined ? undefined : parseTiers(options.tiers);
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
    const found = await evaluateModel(profiles, model, definition, { seed: options.seed, tiers });
    effects.stdout(options.json === true ? `${JSON.stringify(found, null, 2)}\n` : evaluationText(found));
    return 0;
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
