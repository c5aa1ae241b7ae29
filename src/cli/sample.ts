import type { Command } from "@commander-js/extra-typings";
import { countInWords, durationInWords } from "../base/words.ts";
import { writeSample } from "../sample/sample.ts";
import { type Declare, debugOption, type OptionsOf, seedOption, wholeNumberOption } from "./options.ts";

import { showSampleProgress } from "./progress.ts";
import type { Effects } from "./terminal.ts";

const declared = (command: Command) =>
  command
    .requiredOption("--out <file>", "file to write: .csv, .csv.gz, .ndjson or .parquet")
    .addOption(wholeNumberOption("--rows <count>", "how many profiles", 1, 1_000_000_000).default(1000))
    .addOption(seedOption())
    .option("--force", "replace the file if it exists")
    .addOption(debugOption());

type Options = OptionsOf<typeof declared>;

/** Declares `insights sample`. */
export const declare: Declare = (command, effects) =>
  declared(command).action((options) => run(options, effects));

/**
 * `insights sample`: writes a synthetic population.
 *
 * @throws InsightsError where the file exists, has an unknown ending or cannot be written
 */
async function run(options: Options, effects: Effects): Promise<void> {
  const { rows, seed, out, force = false } = options;
  const start = effects.elapsed();
  const { tell, close } = showSampleProgress(effects);
  const { signal } = effects;
  await writeSample(out, { rows, seed }, { force, signal, onProgress: tell }).finally(close);
  effects.stderr(
    `${countInWords(rows)} made-up profiles (seed ${seed}) in ${out} (${durationInWords(effects.elapsed() - start)})\n`,
  );
}
