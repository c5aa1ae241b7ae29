import { Option } from "commander";
import { byteSize, debugOption, mapOption, memorySize, wholeNumber } from "../options.ts";
import type { Declare } from "../program.ts";

/** `insights score` and its options. */
export const declareScore: Declare = (program, effects, end) => {
  program
    .command("score")
    .description(
      "write id, probability and active for every profile of some files, in their order; a profile that comes twice is written twice",
    )
    .argument("<model>", "a model's folder")
    .argument(
      "<files...>",
      "files, folders, patterns or - for standard input; they may lack the target's columns",
    )
    .requiredOption("--out <file>", "file to write: .csv, .ndjson or .parquet, also .gz of the first two")
    .option("--force", "replace the file if it exists, and throw away the parts of an unfinished run")
    .option("--resume", "go on with a run that was interrupted or killed")
    .addOption(
      new Option("--columns <which>", "the id and the scores, or all columns of the files and the scores")
        .choices(["id", "all"])
        .default("id"),
    )
    .addOption(
      new Option("--memory <size>", "what DuckDB may use; the program itself takes about 200 MB more")
        .argParser(memorySize)
        .default("1GB"),
    )
    .addOption(
      new Option("--threads <count>", "threads of the reader; one more than cores if not said").argParser(
        wholeNumber(1, 256),
      ),
    )
    .addOption(
      new Option("--part-size <size>", "bytes of input to a part: what a killed run may lose")
        .argParser(byteSize)
        .default(2 ** 31, "2GiB"),
    )
    .addOption(mapOption())
    .addOption(debugOption())
    .action(async (model: string, files: string[], options) => {
      const { scoreCommand } = await import("../score.ts");
      end(await scoreCommand(model, files, options, effects));
    });
};
