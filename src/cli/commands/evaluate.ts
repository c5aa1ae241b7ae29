import { debugOption, jsonOption, mapOption, seedOption, tiersOption } from "../options.ts";
import type { Declare } from "../program.ts";

/** `insights evaluate` and its options. */
export const declareEvaluate: Declare = (program, effects, end) => {
  program
    .command("evaluate")
    .description(
      "print how a model does on labelled profiles, in all and by follower tier, language and region",
    )
    .argument("<model>", "a model's folder")
    .argument("<file>", "the file to judge by; it must have the target's columns")
    .addOption(tiersOption())
    .addOption(mapOption())
    .addOption(seedOption())
    .addOption(jsonOption("the numbers"))
    .addOption(debugOption())
    .action(async (model: string, file: string, options) => {
      const { evaluateCommand } = await import("../evaluate.ts");
      end(await evaluateCommand(model, file, options, effects));
    });
};
