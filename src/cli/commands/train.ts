import { Option } from "commander";
import {
  allowLeakageOption,
  debugOption,
  jsonOption,
  mapOption,
  part,
  presetOption,
  seedOption,
  targetDaysOption,
  targetOption,
  tiersOption,
  wholeNumber,
  workersOption,
} from "../options.ts";
import type { Declare } from "../program.ts";

/** `insights train` and its options. */
export const declareTrain: Declare = (program, effects, end) => {
  program
    .command("train")
    .description("train a model that finds active accounts; write a folder with it, its numbers and its card")
    .argument("<file>", "the file to learn from")
    .requiredOption("--out <folder>", "folder for the model")
    .option("--force", "replace an earlier result in that folder")
    .addOption(presetOption())
    .addOption(targetOption())
    .addOption(targetDaysOption())
    .addOption(new Option("--folds <count>", "folds a repeat").argParser(wholeNumber(2, 100)).default(5))
    .addOption(
      new Option("--repeats <count>", "how often folds are dealt anew")
        .argParser(wholeNumber(1, 100))
        .default(3),
    )
    .option("--recipe <file>", "how to train: a recipe.json of insights tune")
    .addOption(
      new Option("--networks <count>", "networks a fold (4, or as the recipe says)").argParser(
        wholeNumber(1, 64),
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
    .addOption(allowLeakageOption())
    .addOption(tiersOption())
    .addOption(seedOption())
    .addOption(workersOption())
    .addOption(mapOption())
    .addOption(jsonOption("metrics.json"))
    .addOption(debugOption())
    .action(async (file: string, options) => {
      const { trainCommand } = await import("../train.ts");
      end(await trainCommand(file, options, effects));
    });
};
