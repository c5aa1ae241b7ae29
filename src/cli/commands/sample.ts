import { Option } from "commander";
import { debugOption, seedOption, wholeNumber } from "../options.ts";
import type { Declare } from "../program.ts";

/** `insights sample` and its options. */
export const declareSample: Declare = (program, effects, end) => {
  program
    .command("sample")
    .description("make a synthetic population that looks like the real one")
    .requiredOption("--out <file>", "file to write: .csv, .csv.gz, .ndjson or .parquet")
    .addOption(
      new Option("--rows <count>", "how many profiles")
        .argParser(wholeNumber(1, 1_000_000_000))
        .default(1000),
    )
    .addOption(seedOption())
    .option("--force", "replace the file if it exists")
    .addOption(debugOption())
    .action(async (options) => {
      const { sampleCommand } = await import("../sample.ts");
      end(await sampleCommand(options, effects));
    });
};
