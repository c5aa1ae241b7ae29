import { Option } from "commander";
import {
  allowLeakageOption,
  debugOption,
  jsonOption,
  mapOption,
  presetOption,
  seedOption,
  targetDaysOption,
  targetOption,
  wholeNumber,
  workersOption,
} from "../options.ts";
import type { Declare } from "../program.ts";

/** `insights tune` and its options. */
export const declareTune: Declare = (program, effects, end) => {
  const number = (flags: string, about: string, low: number, high: number, usual: number) =>
    new Option(flags, about).argParser(wholeNumber(low, high)).default(usual);
  program
    .command("tune")
    .description("look for a better way of training, and say whether it is one; started again, it goes on")
    .argument("<file>", "the file to learn from")
    .requiredOption("--out <folder>", "folder for the trials; an earlier tuning in it is gone on with")
    .option("--force", "forget an earlier tuning in that folder")
    .addOption(number("--trials <count>", "recipes to try, the usual one among them", 1, 10_000, 60))
    .addOption(number("--outer-folds <count>", "parts to hold out, each of a whole search", 2, 20, 3))
    .addOption(presetOption())
    .addOption(targetOption())
    .addOption(targetDaysOption())
    .addOption(number("--folds <count>", "folds a deal", 2, 100, 5))
    .addOption(number("--repeats <count>", "deals of the folds for the last trials", 1, 100, 3))
    .addOption(number("--networks <count>", "networks a fold, at most", 1, 64, 8))
    .addOption(
      number("--most-rows <count>", "labelled profiles to tune on, at most", 20, 1_000_000_000, 2000),
    )
    .addOption(allowLeakageOption())
    .addOption(seedOption())
    .addOption(workersOption())
    .addOption(mapOption())
    .addOption(jsonOption("tuning.json"))
    .addOption(debugOption())
    .action(async (file: string, options) => {
      const { tuneCommand } = await import("../tune.ts");
      end(await tuneCommand(file, options, effects));
    });
};
