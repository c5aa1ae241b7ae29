import { debugOption, jsonOption, mapOption } from "../options.ts";
import type { Declare } from "../program.ts";

/** `insights activity` and its options. */
export const declareActivity: Declare = (program, effects, end) => {
  program
    .command("activity")
    .description("print how lately, how often and when accounts post, and whom each target calls active")
    .argument("<file>", "the file to read")
    .option("--out <folder>", "draw it too, into this new folder")
    .addOption(mapOption())
    .addOption(jsonOption("the findings"))
    .addOption(debugOption())
    .action(async (file: string, options) => {
      const { activityCommand } = await import("../activity.ts");
      end(await activityCommand(file, options, effects));
    });
};
