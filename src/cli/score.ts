import { readdir } from "node:fs/promises";
import { basename } from "node:path";
import { type Command, Option } from "@commander-js/extra-typings";
import { type AgeInWords, ageInWords } from "../base/age.ts";
import { InsightsError } from "../base/error.ts";
import { outputError } from "../base/files.ts";
import { capitalised, countInWords, countOfThings, durationInWords, listed } from "../base/words.ts";
import type { Model } from "../bundle/model.ts";
import { lossWarnings } from "../profiles/readingWarnings.ts";
import { expandFiles } from "../profiles/scan/files.ts";
import { outputFormat } from "../scoring/output.ts";
import type { ScoredFiles } from "../scoring/run.ts";
import { guardScores, scoreFiles } from "../scoring/scoreFiles.ts";
import { partsFolder } from "../scoring/unfinished.ts";
import { chooseModel, modelAndFiles, readChosen } from "./chooseModel.ts";
import {
  byteSize,
  debugOption,
  MOST_THREADS,
  memorySize,
  type OptionsOf,
  outputOption,
  type ReadingFlags,
  readingOf,
  wholeNumberOption,
  withReadingOptions,
} from "./options.ts";
import { showScoreProgress } from "./progress.ts";
import type { Effects } from "./terminal.ts";

/** The arguments and options of `insights score`. */
export const declared = (command: Command) =>
  modelAndFiles(
    withReadingOptions(command),
    "FILES...",
    "files, folders, patterns or - for standard input; they may lack the target's columns",
  )
    .addOption(
      outputOption(
        "file",
        "--out <file>",
        "file to write: .csv, .ndjson or .parquet, also .gz of the first two",
      ).makeOptionMandatory(),
    )
    .option("--force", "replace the file if it exists, and throw away the parts of an unfinished run")
    .option("--resume", "go on with a run that was interrupted or killed")
    .addOption(
      new Option("--columns <which>", "the id and the scores, or all columns of the files and the scores")
        .choices(["id", "all"])
        .default("id"),
    )
    .addOption(
      new Option("--memory <size>", "what DuckDB may use; the program itself takes about 200 MB more")
        .argParser(memorySize)
        .default("1GB"),
    )
    .addOption(
      wholeNumberOption(
        "--threads <count>",
        "threads of the reader; one more than cores if not said",
        1,
        MOST_THREADS,
      ),
    )
    .addOption(
      new Option("--part-size <size>", "bytes of a Parquet file to a part: what a killed run may lose")
        .argParser(byteSize)
        .default(2 ** 31, "2GiB"),
    )
    .addOption(debugOption());

type Options = OptionsOf<typeof declared> & ReadingFlags;

/**
 * `insights score`: writes `id,probability,active` for every profile of some files, in their order, and by a model of two questions
 * also `still_posting,well_answered,evidence`. The handle stands in for an id that is not there.
 *
 * @throws InsightsError for whatever the user can mend
 */
export async function run(paths: readonly string[], options: Options, effects: Effects): Promise<void> {
  const { out, force = false, resume = false } = options;
  if (resume && paths.includes("-")) {
    throw new InsightsError("standard input cannot be read again: --resume needs files", { exitCode: 2 });
  }
  outputFormat(out);
  const choice = await chooseModel(paths, options, "FILES...");
  await guardScores(out, { force, resume, reads: choice.files });
  const model = await readChosen(choice, effects);
  const started = effects.elapsed();
  const { files, close } = await expandFiles(choice.files, { stdin: process.stdin, signal: effects.signal });
  const progress = showScoreProgress(effects);
  let begun = false;
  try {
    const scored = await scoreFiles(model, files, {
      out,
      force,
      resume,
      allColumns: options.columns === "all",
      memoryLimit: options.memory,
      threads: options.threads,
      partBytes: options.partSize,
      reading: readingOf(options),
      now: effects.now(),
      signal: effects.signal,
      onProgress: (told) => {
        begun = true;
        progress.tell(told);
      },
    });
    progress.close();
    const age = scored.read && ageInWords(scored.read, effects.now(), model.horizon);
    warn(scored, age, effects);
    effects.stdout(closing(scored, model, age, out, effects.elapsed() - started));
  } catch (error) {
    progress.close();
    const failure = outputError(error, out);
    const kept = await keptParts(out);
    // A run that was refused at once says itself what to do about the parts that stand there.
    if (kept === 0 || !(begun || effects.signal.aborted)) throw failure;
    const words = `${countOfThings(kept, "finished part")} kept in ${partsFolder(out)}: the same command with --resume goes on`;
    if (effects.signal.aborted) throw new InsightsError(`interrupted: ${words}`, { cause: error });
    effects.stderr(`${words}\n`);
    throw failure;
  } finally {
    progress.close();
    await close();
  }
}

/** How many finished parts stand beside an output. */
async function keptParts(out: string): Promise<number> {
  const names = await readdir(partsFolder(out)).catch(() => []);
  return names.filter((name) => /^part-\d+$/.test(name)).length;
}

/** Says what the files lack, how they differ from what the model knows, and where the fast reader would not do. */
function warn(scored: ScoredFiles, age: AgeInWords | null, effects: Effects): void {
  const { unknown, decided, distrust, drift, remade } = scored;
  for (const sentence of lossWarnings(scored)) effects.stderr(`warning: ${sentence}\n`);
  for (const name of remade) effects.stderr(`${name} was damaged since it was written, and was made anew\n`);
  if (age?.warning != null) effects.stderr(`warning: ${age.warning}\n`);
  for (const [file, columns] of Object.entries(unknown)) {
    effects.stderr(
      `warning: ${file} does not have ${columns.join(", ")}; the model takes them as unknown, and knows less for it\n`,
    );
  }
  for (const [sentence, files] of Object.entries(decided))
    effects.stderr(`${listed(files, 3)}: ${sentence}\n`);
  for (const [file, reason] of Object.entries(distrust)) {
    effects.stderr(`${file} was read once more, record by record: ${reason}\n`);
  }
  for (const sentence of drift) effects.stderr(`warning: ${sentence}\n`);
}

/** Rows of a model of two questions about which there is less to say than there might be. */
function notes({ unanswered, undated }: ScoredFiles): string[] {
  const lines: string[] = [];
  if (unanswered > 0)
    lines.push(`${countInWords(unanswered)} with nothing to answer either question from (none+none)`);
  if (undated > 0)
    lines.push(
      `${countInWords(undated)} whose posts say nothing, because it is not known when the profile was read`,
    );
  return lines;
}

function closing(
  scored: ScoredFiles,
  model: Model,
  age: AgeInWords | null,
  out: string,
  milliseconds: number,
): string {
  const { records, written, active, rejected, merged, rejectedFile, rejectedByReason, resumed } = scored;
  const parts = [`${countOfThings(written, "profile")} written`, `${countInWords(rejected)} rejected`];
  // Of a file with a record a video.
  if (merged > 0) parts.push(`${countInWords(merged)} merged`);
  const reasons = [
    ...Object.entries(rejectedByReason).map(([reason, n]) => `${countInWords(n)} ${reason}`),
    ...scored.blanks.map(({ column, count }) => `${countOfThings(count, "cell")} of ${column}`),
  ];
  const lines = [
    `${countOfThings(records, "record")} = ${parts.join(" + ")}`,
    `${countInWords(active)} with a probability of at least ${model.threshold.toFixed(3)}`,
    ...notes(scored),
    ...(rejectedFile === null ? [] : [`not read: ${reasons.join(", ")} (${basename(rejectedFile)})`]),
    ...(resumed > 0 ? [`${countOfThings(resumed, "part")} of them from before`] : []),
    ...(age === null ? [] : [`${capitalised(age.sentence)}.`]),
    `${out} (${durationInWords(milliseconds)})`,
  ];
  return `${lines.join("\n")}\n`;
}
