import { debugOption, jsonOption, mapOption, seedOption } from "../options.ts";
import type { Declare } from "../program.ts";

/** `insights compare` and its options. */
export const declareCompare: Declare = (program, effects, end) => {
  program
    .command("compare")
    .description(
      "tell how new profiles differ from those a model was trained on: what moved, and by how much",
    )
    .argument("<train>", "the older file, or a model's folder, which remembers what it was trained on")
    .argument("<new>", "the newer file")
    .option("--model <folder>", "compare what this model says of both files, too")
    .option("--preset <name>", "which features, without a model", "profile")
    .option("--out <folder>", "draw it too, into this new folder")
    .addOption(mapOption())
    .addOption(mapOption("--train-map", "the same for the older file"))
    .addOption(seedOption())
    .addOption(jsonOption("the findings"))
    .addOption(debugOption())
    .action(async (train: string, file: string, options) => {
      const { compareCommand } = await import("../compare.ts");
      end(await compareCommand(train, file, options, effects));
    });
};
