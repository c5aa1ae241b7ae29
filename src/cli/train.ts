import { readFile, writeFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { type Command, Option } from "@commander-js/extra-typings";
import { InsightsError } from "../base/error.ts";
import { fileError } from "../base/files.ts";
import { claimFolder } from "../base/output/write.ts";
import {
  countInWords,
  countOfThings,
  intervalInWords,
  listed,
  scoreInWords,
  shareInWords,
} from "../base/words.ts";
import { parsePolicy, type ThresholdPolicy } from "../evaluation/policies.ts";
import { type Preset, presetInputs, presetNamed } from "../features/presets.ts";
import { requireColumns } from "../profiles/canonical.ts";
import { formatRejected, type Profiles } from "../profiles/read.ts";
import { versions } from "../study/events.ts";
import { resolveTarget } from "../targets/resolve.ts";
import type { TargetDefinition } from "../targets/target.ts";
import { OPPONENTS } from "../training/leaderboard.ts";
import { checkLostRecords } from "../training/lostRecords.ts";
import { ENSEMBLE, parseRecipeFile, type Recipe } from "../training/recipe.ts";
import type { TrainingResults } from "../training/results.ts";
import { saveTraining } from "../training/saveTraining.ts";
import { asksCreator, requireCreatorColumns } from "../training/trainCreator.ts";
import { trainProfiles } from "../training/trainProfiles.ts";
import {
  debugOption,
  jsonOption,
  type OptionsOf,
  part,
  type ReadingFlags,
  readingOf,
  targetDays,
  tiersOption,
  trainingOptions,
  wholeNumberOption,
} from "./options.ts";
import { withProfiles } from "./profiles.ts";
import { showTrainProgress } from "./progress.ts";
import { questionsText } from "./questionsText.ts";
import { type Effects, formatTable, measureRows } from "./terminal.ts";

/** The arguments and options of `insights train`. */
export const declared = (command: Command) =>
  trainingOptions(command, {
    out: "folder for the model",
    force: "replace an earlier result in that folder",
  })
    .addOption(wholeNumberOption("--folds <count>", "folds a repeat", 2, 100).default(5))
    .addOption(wholeNumberOption("--repeats <count>", "how often folds are dealt anew", 1, 100).default(3))
    .option("--recipe <file>", "how to train: a recipe.json of insights tune")
    .addOption(
      wholeNumberOption(
        "--networks <count>",
        `networks a fold (${ENSEMBLE.networks}, or as the recipe says)`,
        1,
        64,
      ),
    )
    .addOption(
      new Option(
        "--test-size <share>",
        "set this share of the profiles aside and look at them once, at the end, like 0.2",
      ).argParser(part),
    )
    .option("--min-precision <share>", "threshold: the most accounts found with at least this precision")
    .option("--min-recall <share>", "threshold: the fewest wrong with at least this share found")
    .option("--max-f1", "threshold: the best F1 (without any other)")
    .option("--cost <prices>", "threshold: the lowest cost, like false_positive=1,false_negative=5")
    .option("--queue <count>", "threshold: as many as a team can contact, like 500 or 500/20000")
    .option("--leaderboard", "train other models on the same folds too, and rank them all")
    .addOption(tiersOption())
    .addOption(jsonOption("metrics.json"))
    .addOption(debugOption());

type Options = OptionsOf<typeof declared> & ReadingFlags;

/**
 * `insights train`: trains a model and writes a folder with it, its numbers and its card.
 *
 * @throws InsightsError for whatever the user can mend
 */
export async function run(file: string, options: Options, effects: Effects): Promise<void> {
  const { out, folds, repeats, seed } = options;
  const policy = policyOf(options);
  const preset = presetNamed(options.preset);
  const activeDays = targetDays(options);
  const definition = await resolveTarget(options.target, { activeDays });
  const recipe = await recipeFor(options);
  await using output = await claimFolder(out, {
    force: options.force === true,
    reads: [file, options.recipe],
  });
  const { tell, close } = showTrainProgress(effects);
  const asked = { reading: readingOf(options), keep: definition.columns };
  await withProfiles(file, asked, effects, async (profiles) => {
    requireTrainable(profiles, definition, preset);
    const lost = await checkLostRecords(profiles, {
      definition,
      preset,
      allow: options.allowRejected === true,
    });
    for (const sentence of lost) effects.stderr(`warning: ${sentence}\n`);
    const trained = await trainProfiles(profiles, {
      definition,
      wording: options.target.trim(),
      activeDays,
      preset,
      recipe,
      folds,
      repeats,
      seed,
      workers: options.workers ?? availableParallelism(),
      policy,
      testSize: options.testSize,
      tiers: options.tiers,
      opponents: options.leaderboard === true ? OPPONENTS : undefined,
      allowLeakage: options.allowLeakage === true,
      versions: await versions(),
      createdAt: effects.now(),
      elapsed: effects.elapsed,
      signal: effects.signal,
      onProgress: tell,
    });
    const { results } = trained;
    await output.fill(async (folder) => {
      await saveTraining(folder, trained, { signal: effects.signal });
      if (profiles.rejectedCount + profiles.cells.length > 0) {
        await writeFile(join(folder, "rejected.csv"), formatRejected(profiles));
      }
      effects.signal.throwIfAborted();
    });
    close();
    effects.stdout(options.json === true ? `${JSON.stringify(results, null, 2)}\n` : trainText(results, out));
  }).finally(close);
}

/** The threshold policy that was asked for; the best F1 where none was. */
function policyOf(options: Options): ThresholdPolicy {
  const { minPrecision, minRecall, maxF1, cost, queue } = options;
  const asked = [
    ["min-precision", minPrecision],
    ["min-recall", minRecall],
    ["max-f1", maxF1 === true ? "" : undefined],
    ["cost", cost],
    ["queue", queue],
  ].filter((one): one is [string, string] => one[1] !== undefined);
  if (asked.length > 1) {
    const names = asked.map(([name]) => `--${name}`).join(" and ");
    throw new InsightsError(`too many policies: ${names} (expected one)`, { exitCode: 2 });
  }
  const [[name, text] = ["max-f1", ""]] = asked;
  return parsePolicy(name, text);
}

/** More features taken out than this are told in one line. */
const FEW = 3;

/** What became of features that give the target away: a sentence each where they are few. */
function takenOut(
  { taken_out: taken, sentences }: TrainingResults["leakage"],
  card: string,
): readonly string[] {
  if (taken.length <= FEW) return sentences;
  return [`Taken out: ${listed(taken)}. They give the target away; ${card} tells how.`];
}

/** How the model does on the rows that were set aside. */
function testText({ rows, metrics }: NonNullable<TrainingResults["test"]>): string {
  return formatTable(
    [
      [`${countOfThings(rows, "profile")} set aside`, "", "95 % interval"],
      ...measureRows(metrics, metrics.threshold),
    ],
    [1],
  );
}

/** Models on the same folds, best first. */
function leaderboardText({ entries }: NonNullable<TrainingResults["leaderboard"]>): string {
  const rows = entries.map(({ name, roc_auc, average_precision, brier, difference, training_ms }) => [
    name,
    roc_auc.value.toFixed(3),
    intervalInWords(roc_auc),
    average_precision.value.toFixed(3),
    brier.value.toFixed(3),
    difference === null ? "" : intervalInWords(difference),
    `${(training_ms / 1000).toFixed(1)} s`,
  ]);
  const head = [
    "on the same folds",
    "ROC AUC",
    "95 % interval",
    "av. precision",
    "Brier",
    "against the best",
    "training",
  ];
  return formatTable([head, ...rows], [1, 3, 4, 6]);
}

/** What a person wants to know at the end: what came in, what was found, how good it is, what to do next. */
export function trainText(results: TrainingResults, out: string): string {
  const {
    dataset,
    target,
    leakage,
    out_of_fold: measured,
    calibration,
    threshold,
    test,
    leaderboard,
  } = results;
  const left = target.unknown === 0 ? "" : `, ${countInWords(target.unknown)} unknown and left out`;
  const rejected =
    dataset.rejected === 0
      ? ""
      : `, ${countInWords(dataset.rejected)} rejected (${join(out, "rejected.csv")})`;
  const unknown =
    dataset.unknown_columns.length === 0
      ? []
      : [`the file does not have ${dataset.unknown_columns.join(", ")}: unknown throughout`];
  const shown = leakage.findings.filter(({ severity }) => severity === "warn").map(({ message }) => message);
  return `
${[
  `${countOfThings(dataset.rows, "profile")} (${dataset.provider})${rejected}`,
  `target ${target.name}: ${shareInWords(target.positive_rate)} positive${left}`,
  ...unknown,
  ...takenOut(leakage, join(out, "README.md")),
  ...shown.map((message) => `look at: ${message}`),
].join("\n")}

${formatTable(
  [
    ["out of fold", "", "95 % interval"],
    ...measureRows(measured, measured.threshold),
    ["calibration slope", scoreInWords(calibration.slope), intervalInWords(calibration.intervals.slope)],
  ],
  [1],
)}

${threshold.explanation}${results.questions === null ? "" : `\n\n${questionsText(results.questions)}`}${test === null ? "" : `\n\n${testText(test)}`}${leaderboard === null ? "" : `\n\n${leaderboardText(leaderboard)}`}

model    ${join(out, "model")}
card     ${join(out, "README.md")}
figures  ${join(out, "figures")}
numbers  ${join(out, "metrics.json")}
`;
}

/**
 * The recipe that was asked for.
 *
 * @throws InsightsError where the file cannot be read, is no recipe, or is one for other features
 */
async function recipeFor({ recipe: file, preset, networks }: Options): Promise<Recipe> {
  if (file === undefined) return { ...ENSEMBLE, networks: networks ?? ENSEMBLE.networks };
  const text = await readFile(file, "utf8").catch((error) => {
    throw fileError(file, error);
  });
  const { preset: made, recipe } = parseRecipeFile(text, file);
  if (made !== preset) {
    throw new InsightsError(`invalid recipe: for the preset ${made}, not ${preset} (add --preset ${made})`, {
      place: { file },
    });
  }
  return { ...recipe, networks: networks ?? recipe.networks };
}

/**
 * Refuses a file that lacks what the target is made of, or all that the features are.
 *
 * @throws InsightsError `missing column: ...`
 */
export function requireTrainable(profiles: Profiles, definition: TargetDefinition, preset: Preset): void {
  const { inputs, context, name } = definition;
  if (asksCreator({ definition, preset })) requireCreatorColumns(profiles);
  // Where no profile tells its snapshot, the newest date of the file stands in for it.
  const needed = [...inputs, ...context].filter((column) => column !== "observed_at");
  requireColumns(profiles, needed, `the target ${name}`);
  // An id alone has a date in it, which says nothing by itself.
  const read = presetInputs(preset).filter((column) => column !== "created_at" && column !== "observed_at");
  if (read.every((column) => profiles.missing.includes(column)))
    requireColumns(profiles, read, `the preset ${preset.name}`);
}
