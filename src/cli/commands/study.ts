import { Option } from "commander";
import {
  debugOption,
  jsonOption,
  layers,
  mapOption,
  seedOption,
  share,
  wholeNumber,
  workersOption,
} from "../options.ts";
import type { Declare } from "../program.ts";

/** `insights study` and its options. */
export const declareStudy: Declare = (program, effects, end) => {
  program
    .command("study")
    .description("read profiles, analyse, train, judge, draw; write a folder with a report")
    .argument(
      "[file]",
      "CSV, TSV, JSON, NDJSON or Parquet, also .gz and .zst of the text ones; the shipped sample if none",
    )
    .option("--out <folder>", "folder for the result", "insights-report")
    .option("--force", "replace an earlier result in that folder")
    .option("--preset <name>", "which features", "original")
    .addOption(
      new Option("--seeds <count>", "train with this many seeds").argParser(wholeNumber(1, 1000)).default(1),
    )
    .addOption(seedOption())
    .addOption(
      new Option("--min-precision <share>", "precision the threshold must reach on validation rows")
        .argParser(share)
        .default(0.88),
    )
    .option("--split <file>", "JSON with row numbers of train, valid and test, to replay a split")
    .addOption(
      new Option("--hidden <units>", "units of each hidden layer")
        .argParser(layers)
        .default([64, 64, 64], "64,64,64"),
    )
    .addOption(
      new Option("--dropout <share>", "share of units dropped while training").argParser(share).default(0.2),
    )
    .addOption(
      new Option("--max-epochs <count>", "most epochs to train")
        .argParser(wholeNumber(1, 1_000_000))
        .default(10_000),
    )
    .option("--no-recommended", "leave out the recommended model, reproduce the original study only")
    .addOption(workersOption())
    .addOption(mapOption())
    .addOption(jsonOption("metrics.json"))
    .addOption(debugOption())
    .action(async (file: string | undefined, options) => {
      const { studyCommand } = await import("../study.ts");
      end(await studyCommand(file, options, effects));
    });
};
