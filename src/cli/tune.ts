import { availableParallelism } from "node:os";
import { join } from "node:path";
import type { Command } from "@commander-js/extra-typings";
import { InsightsError } from "../base/error.ts";
import { outputError } from "../base/files.ts";
import { claim } from "../base/output/claim.ts";
import { shellWord } from "../base/quote.ts";
import { countInWords, countOfThings } from "../base/words.ts";
import { presetNamed } from "../features/presets.ts";
import type { Profiles } from "../profiles/read.ts";
import { versions } from "../study/events.ts";
import { resolveTarget } from "../targets/resolve.ts";
import { checkLostRecords } from "../training/lostRecords.ts";
import { type Journal, openJournal } from "../tuning/journal.ts";
import type { TuningResults } from "../tuning/results.ts";
import { formatTuning, saveTuning } from "../tuning/save.ts";
import { recipeInWords } from "../tuning/space.ts";
import { tuneRecipe } from "../tuning/tune.ts";
import {
  debugOption,
  jsonOption,
  type OptionsOf,
  type ReadingFlags,
  readingOf,
  readingWords,
  targetDays,
  trainingOptions,
  wholeNumberOption,
} from "./options.ts";
import { withProfiles } from "./profiles.ts";
import { showTuneProgress } from "./progress.ts";
import { type Effects, formatTable } from "./terminal.ts";
import { requireTrainable } from "./train.ts";

/** The arguments and options of `insights tune`. */
export const declared = (command: Command) =>
  trainingOptions(command, {
    out: "folder for the trials; an earlier tuning in it is gone on with",
    force: "forget an earlier tuning in that folder",
  })
    .addOption(
      wholeNumberOption("--trials <count>", "recipes to try, the usual one among them", 1, 10_000).default(
        60,
      ),
    )
    .addOption(
      wholeNumberOption("--outer-folds <count>", "parts to hold out, each of a whole search", 2, 20).default(
        3,
      ),
    )
    .addOption(wholeNumberOption("--folds <count>", "folds a deal", 2, 100).default(5))
    .addOption(
      wholeNumberOption("--repeats <count>", "deals of the folds for the last trials", 1, 100).default(3),
    )
    .addOption(wholeNumberOption("--networks <count>", "networks a fold, at most", 1, 64).default(8))
    .addOption(
      wholeNumberOption(
        "--most-rows <count>",
        "labelled profiles to tune on, at most",
        20,
        1_000_000_000,
      ).default(2000),
    )
    .addOption(jsonOption("tuning.json"))
    .addOption(debugOption());

type Options = OptionsOf<typeof declared> & ReadingFlags;

/**
 * `insights tune`: looks for a better recipe, says whether it is one, and writes a folder with it and the trials. Goes on with
 * an earlier tuning of the same file and options.
 *
 * @throws InsightsError for whatever the user can mend
 */
export async function run(file: string, options: Options, effects: Effects): Promise<void> {
  const { out, seed, trials, outerFolds, folds, repeats, networks, mostRows } = options;
  const preset = presetNamed(options.preset);
  const activeDays = targetDays(options);
  const definition = await resolveTarget(options.target, { activeDays });
  const wording = options.target.trim();
  const allowLeakage = options.allowLeakage === true;
  const made = await versions();
  await using claimed = await claim(out, true);
  const { tell, close } = showTuneProgress(effects);
  const reading = readingOf(options);
  let journal: Journal | undefined;
  const work = async (profiles: Profiles) => {
    requireTrainable(profiles, definition, preset);
    const lost = await checkLostRecords(profiles, {
      definition,
      preset,
      allow: options.allowRejected === true,
    });
    for (const sentence of lost) effects.stderr(`warning: ${sentence}\n`);
    journal = await openJournal(out, {
      of: {
        file: profiles.source.fingerprint,
        "--map": Object.keys(options.map).length === 0 ? null : JSON.stringify(options.map),
        "--sheet": options.sheet ?? null,
        "--encoding": options.encoding ?? null,
        "--decimal": options.decimal ?? null,
        "--preset": preset.name,
        "--target": wording,
        "--horizon": options.horizon ?? null,
        "--active-days": options.activeDays ?? null,
        "--trials": trials,
        "--outer-folds": outerFolds,
        "--folds": folds,
        "--repeats": repeats,
        "--networks": networks,
        "--most-rows": mostRows,
        "--seed": seed,
        "--allow-leakage": allowLeakage,
        version: made.influencer_insights,
      },
      startedAt: effects.now(),
      force: options.force === true,
    });
    if (journal.earlier > 0) {
      effects.stderr(`going on with ${out}: ${countOfThings(journal.earlier, "evaluation")} done before\n`);
    }
    const results = await tuneRecipe(profiles, {
      definition,
      wording,
      activeDays,
      preset,
      trials,
      outerFolds,
      folds,
      repeats,
      networks,
      mostRows,
      seed,
      workers: options.workers ?? availableParallelism(),
      allowLeakage,
      versions: made,
      elapsed: effects.elapsed,
      journal,
      signal: effects.signal,
      onProgress: tell,
    });
    await saveTuning(claimed, results, { signal: effects.signal });
    close();
    effects.stdout(options.json === true ? formatTuning(results) : summary(results, file, options));
  };
  try {
    await withProfiles(file, { reading, keep: definition.columns }, effects, work);
  } catch (error) {
    close();
    if (!effects.signal.aborted || journal === undefined) throw outputError(error, out);
    throw new InsightsError(
      `interrupted: what is done is kept in ${out}; the same command goes on from there`,
      { cause: error },
    );
  } finally {
    close();
    journal?.close();
  }
}

/** What a person wants to know at the end: what was tried, how good it is, whether it is worth it, what to do next. */
function summary(results: TuningResults, file: string, options: Options): string {
  const { out } = options;
  const { dataset, target, search, nested, verdict, leakage } = results;
  const drawn =
    dataset.tuned_rows < target.positives + target.negatives
      ? ` (${countInWords(dataset.tuned_rows)} drawn by lot)`
      : "";
  const score = (value: number | null) => value?.toFixed(4) ?? "";
  const shown = (name: "log_loss" | "roc_auc", who: "tuned" | "usual") => {
    const { low, high } = nested[who].intervals[name];
    return `${score(nested[who][name])}  ${score(low)} to ${score(high)}`;
  };
  const recipe = join(out, "recipe.json");
  const command = [
    `insights train ${shellWord(file)}`,
    ...readingWords(options),
    ...(options.preset === "profile" ? [] : [`--preset ${options.preset}`]),
    ...(target.wording === "creator" ? [] : [`--target ${shellWord(target.wording)}`]),
    ...(target.active_days === null
      ? []
      : [`${target.name === "creator" ? "--horizon" : "--active-days"} ${target.active_days}`]),
    `--recipe ${shellWord(recipe)} --out FOLDER`,
  ].join(" ");
  return `
${countOfThings(dataset.rows, "profile")} (${dataset.provider}), target ${target.name}${drawn}
${[...leakage.sentences, `chosen of ${countOfThings(results.options.trials, "trial")}: ${search.chosen.trial === 0 ? "the usual recipe" : `trial ${search.chosen.trial}`}`].join("\n")}
${recipeInWords(results.recipe)}

${formatTable([
  ["log loss", "in the search", "on held-out rows", "95 % interval"],
  ["tuned", score(search.chosen.log_loss), ...shown("log_loss", "tuned").split("  ")],
  ["usual", score(search.usual.log_loss), ...shown("log_loss", "usual").split("  ")],
  [],
  ["ROC AUC", "in the search", "on held-out rows", "95 % interval"],
  ["tuned", score(search.chosen.roc_auc), ...shown("roc_auc", "tuned").split("  ")],
  ["usual", score(search.usual.roc_auc), ...shown("roc_auc", "usual").split("  ")],
])}

${verdict.sentence}

recipe   ${recipe}${verdict.advice === "use" ? `: ${command}` : ""}
trials   ${join(out, "trials.csv")}, ${join(out, "tuning-trials.svg")}
numbers  ${join(out, "tuning.json")}
`;
}
