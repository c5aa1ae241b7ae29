import { debugOption, jsonOption, mapOption } from "../options.ts";
import type { Declare } from "../program.ts";

/** `insights inspect` and its options. */
export const declareInspect: Declare = (program, effects, end) => {
  program
    .command("inspect")
    .description("print what a file was recognised as: provider, columns, rows, rejects, alerts")
    .argument("<file>", "the file to read")
    .addOption(mapOption())
    .addOption(jsonOption("the findings"))
    .addOption(debugOption())
    .action(async (file: string, options) => {
      const { inspectCommand } = await import("../inspect.ts");
      end(await inspectCommand(file, options, effects));
    });
};
