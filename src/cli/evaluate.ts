import type { Command } from "@commander-js/extra-typings";
import { countInWords, countOfThings, intervalInWords, scoreInWords, shareInWords } from "../base/words.ts";
import { targetOf } from "../bundle/configuration.ts";
import { requireColumns } from "../profiles/canonical.ts";
import { evaluateForecast, type ForecastEvaluation } from "../training/evaluateForecast.ts";
import { type Evaluation, evaluateModel } from "../training/evaluateModel.ts";
import { chooseModel, modelAndFiles, readChosen } from "./chooseModel.ts";
import {
  debugOption,
  jsonOption,
  type OptionsOf,
  type ReadingFlags,
  readingOf,
  seedOption,
  tiersOption,
  withReadingOptions,
} from "./options.ts";
import { withProfiles } from "./profiles.ts";
import { type Effects, formatTable, measureRows, sliceText } from "./terminal.ts";

/** The arguments and options of `insights evaluate`. */
export const declared = (command: Command) =>
  modelAndFiles(
    withReadingOptions(command),
    "FILE",
    "the file to judge by; it must have the target's columns",
  )
    .option("--backtest", "judge the forecast alone, by the posts of the file: they are all that is needed")
    .addOption(tiersOption())
    .addOption(seedOption())
    .addOption(jsonOption("the numbers"))
    .addOption(debugOption());

type Options = OptionsOf<typeof declared> & ReadingFlags;

/**
 * `insights evaluate`: how a model does on labelled profiles, in all, by follower tier, language and region.
 *
 * @throws InsightsError for whatever the user can mend
 */
export async function run(paths: readonly string[], options: Options, effects: Effects): Promise<void> {
  const choice = await chooseModel(paths, options, "FILE");
  const [file] = choice.files;
  const model = await readChosen(choice, effects);
  if (options.backtest === true) {
    await withProfiles(file, { reading: readingOf(options) }, effects, async (profiles) => {
      requireColumns(profiles, ["posted_at"], "a back-test");
      const found = await evaluateForecast(profiles, model, options);
      effects.stdout(options.json === true ? `${JSON.stringify(found, null, 2)}\n` : forecastText(found));
    });
    return;
  }
  const definition = await targetOf(model);
  const asked = { reading: readingOf(options), keep: definition.columns };
  await withProfiles(file, asked, effects, async (profiles) => {
    // Where no profile tells its snapshot, the newest date of the file stands in for it.
    const needed = [...definition.inputs, ...definition.context].filter((name) => name !== "observed_at");
    requireColumns(profiles, needed, `the target ${definition.name}`);
    const found = await evaluateModel(profiles, model, definition, {
      seed: options.seed,
      tiers: options.tiers,
    });
    effects.stdout(options.json === true ? `${JSON.stringify(found, null, 2)}\n` : evaluationText(found));
  });
}

const SEEN =
  "The model was trained on this very file: it has seen these accounts, and the numbers flatter it.";

function forecastText(found: ForecastEvaluation): string {
  const { dataset, trained_on, horizon, accounts, came, intervals, bias, days_since_last_post: days } = found;
  const named = [
    ["ROC AUC", "roc_auc"],
    ["log loss", "log_loss"],
    ["Brier score", "brier"],
    ["calibration slope", "slope"],
    ["calibration intercept", "intercept"],
  ] as const;
  const rows = named.map(([words, name]) => [
    words,
    scoreInWords(found[name]),
    intervalInWords(intervals[name]),
  ]);
  const lines = [
    `${countOfThings(dataset.rows, "profile")} (${dataset.provider}), taken back by ${countOfThings(horizon, "day")}: ${countOfThings(accounts, "account")} with posts before that, ${countInWords(came)} (${shareInWords(came / accounts)}) posted again`,
    ...(trained_on ? [SEEN] : []),
    "",
    formatTable(
      [
        ["will they go on posting", "", "95 % interval"],
        ...rows,
        ["mean probability less share that posted", scoreInWords(bias), ""],
        ["ROC AUC of days since the last post alone", scoreInWords(days.roc_auc), ""],
      ],
      [1],
    ),
    "",
    momentsText(found.moments),
  ];
  return `${lines.join("\n")}\n`;
}

/** The forecast at several moments of the past, beside what it has to beat. */
function momentsText(moments: ForecastEvaluation["moments"]): string {
  const head = [
    "as of",
    "accounts",
    "posted again",
    "ROC AUC",
    "silence alone",
    "page alone",
    "log loss",
    "slope",
  ];
  const rows = moments.map(({ days_before, accounts, came, measured }) => [
    `${countOfThings(days_before, "day")} before`,
    countInWords(accounts),
    shareInWords(came / accounts),
    ...(measured === null
      ? ["", "", "", "", ""]
      : [
          measured.roc_auc,
          measured.days_since_last_post,
          measured.profile_page,
          measured.log_loss,
          measured.slope,
        ].map((value) => scoreInWords(value))),
  ]);
  return formatTable([head, ...rows], [1, 2, 3, 4, 5, 6, 7]);
}

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
  const lines = [
    `${countOfThings(dataset.rows, "profile")} (${dataset.provider})`,
    `target ${target.name}: ${shareInWords(target.positives / known)} positive${left}`,
  ];
  if (trained_on) lines.push(SEEN);
  lines.push(
    ...warnings,
    "",
    formatTable(
      [
        [`at ${metrics.threshold.toFixed(3)}`, "", "95 % interval"],
        ...measureRows(metrics),
        ["Brier score", scoreInWords(metrics.brier), intervalInWords(metrics.intervals.brier)],
        ["mean probability less share of positives", scoreInWords(bias), ""],
      ],
      [1],
    ),
  );
  if (slices.length > 0) lines.push("", sliceText(slices));
  return `${lines.join("\n")}\n`;
}
