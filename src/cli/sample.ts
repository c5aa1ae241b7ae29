import type { Command } from "@commander-js/extra-typings";
import { countInWords, durationInWords } from "../base/words.ts";
import { writeSample } from "../sample/sample.ts";
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
    .option("--force", "replace the file if it exists")
    .addOption(debugOption());

type Options = OptionsOf<typeof declared>;

/**
 * `insights sample`: writes a synthetic population.
 *
 * @throws InsightsError where the file exists, has an unknown ending or cannot be written
 */
export async function run(options: Options, effects: Effects): Promise<void> {
  const { rows, seed, out, force = false } = options;
  const start = effects.elapsed();
  const { tell, close } = showSampleProgress(effects);
  const { signal } = effects;
  await writeSample(out, { rows, seed }, { force, signal, onProgress: tell }).finally(close);
  effects.stderr(
    `${countInWords(rows)} made-up profiles (seed ${seed}) in ${out} (${durationInWords(effects.elapsed() - start)})\n`,
  );
}
