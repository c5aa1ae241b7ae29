import { debugOption, jsonOption, mapOption } from "../options.ts";
import type { Declare } from "../program.ts";

/** `insights explain` and its options. */
export const declareExplain: Declare = (program, effects, end) => {
  program
    .command("explain")
    .description("print why a model gives accounts of a file their probabilities")
    .argument("<model>", "a model's folder")
    .argument("<file>", "the file that holds the accounts")
    .requiredOption<string[]>(
      "--id <id>",
      "an id or a handle (repeat for more)",
      (text, earlier: string[] = []) => [...earlier, text],
    )
    .option("--figure <file>", "draw it too, one account: .svg or .png")
    .option("--force", "replace the figure if it exists")
    .addOption(mapOption())
    .addOption(jsonOption("the explanations"))
    .addOption(debugOption())
    .action(async (model: string, file: string, options) => {
      const { explainCommand } = await import("../explain.ts");
      end(await explainCommand(model, file, options, effects));
    });
};
