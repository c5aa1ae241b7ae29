import type { Command } from "@commander-js/extra-typings";
import { countOfThings, durationInWords } from "../base/words.ts";
import { MOST_DAYS_LATER, writeSample } from "../sample/sample.ts";
import { debugOption, type OptionsOf, outputOption, seedOption, wholeNumberOption } from "./options.ts";
import { showSampleProgress } from "./progress.ts";
import type { Effects } from "./terminal.ts";

/** The arguments and options of `insights sample`. */
export const declared = (command: Command) =>
  command
    .addOption(
      outputOption(
        "file",
        "--out <file>",
        "file to write: .csv, .csv.gz, .ndjson or .parquet",
      ).makeOptionMandatory(),
    )
    .addOption(wholeNumberOption("--rows <count>", "how many profiles", 1, 1_000_000_000).default(1000))
    .addOption(seedOption())
    .addOption(
      wholeNumberOption("--later <days>", "the same people, read so many days later", 1, MOST_DAYS_LATER),
    )
    .option("--force", "replace the file if it exists")
    .addOption(debugOption());

type Options = OptionsOf<typeof declared>;

/**
 * `insights sample`: writes a synthetic population.
 *
 * @throws InsightsError where the file exists, has an unknown ending or cannot be written
 */
export async function run(options: Options, effects: Effects): Promise<void> {
  const { rows, seed, later, out, force = false } = options;
  const start = effects.elapsed();
  const { tell, close } = showSampleProgress(effects);
  const { signal } = effects;
  const made = await writeSample(out, { rows, seed, later }, { force, signal, onProgress: tell }).finally(
    close,
  );
  const when = later === undefined ? "" : `, read ${countOfThings(later, "day")} later,`;
  effects.stderr(
    `${countOfThings(made, "made-up profile")} (seed ${seed})${when} in ${out} (${durationInWords(effects.elapsed() - start)})\n`,
  );
}
