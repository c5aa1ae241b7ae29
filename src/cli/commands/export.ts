import { Option } from "commander";
import { debugOption } from "../options.ts";
import type { Declare } from "../program.ts";

/** `insights export` and its options. */
export const declareExport: Declare = (program, effects, end) => {
  program
    .command("export")
    .description("write a model as one ONNX graph or one SQL query, for engines that run those")
    .argument("<model>", "a model's folder")
    .addOption(new Option("--format <name>", "what to write").choices(["onnx", "sql"]).makeOptionMandatory())
    .addOption(new Option("--dialect <name>", "whose SQL").choices(["duckdb", "spark"]).default("duckdb"))
    .option("--out <file>", "file to write; SQL goes to standard output if not said")
    .option("--force", "replace the file if it exists")
    .addOption(debugOption())
    .action(async (model: string, options) => {
      const { exportCommand } = await import("../export.ts");
      end(await exportCommand(model, options, effects));
    });
};
