import { debugOption, mapOption } from "../options.ts";
import type { Declare } from "../program.ts";

/** `insights score` and its options. */
export const declareScore: Declare = (program, effects, end) => {
  program
    .command("score")
    .description("write id, probability and active for every profile of a file")
    .argument("<model>", "a model's folder")
    .argument("<file>", "the file to score; it may lack the target's columns")
    .requiredOption("--out <file>", "CSV file to write")
    .option("--force", "replace the file if it exists")
    .addOption(mapOption())
    .addOption(debugOption())
    .action(async (model: string, file: string, options) => {
      const { scoreCommand } = await import("../score.ts");
      end(await scoreCommand(model, file, options, effects));
    });
};
