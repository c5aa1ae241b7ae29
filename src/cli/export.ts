import { type Command, Option } from "@commander-js/extra-typings";
import { InsightsError } from "../base/error.ts";
import { claimFile } from "../base/output/write.ts";
import { countInWords } from "../base/words.ts";
import { modelSql } from "../bundle/modelSql.ts";
import { checkedOnnx } from "../bundle/save.ts";
import { chooseModel, modelAndFiles, readChosen } from "./chooseModel.ts";
import { debugOption, type OptionsOf, outputOption } from "./options.ts";
import type { Effects } from "./terminal.ts";

/** The arguments and options of `insights export`. */
export const declared = (command: Command) =>
  modelAndFiles(command, "", "")
    .addOption(new Option("--format <name>", "what to write").choices(["onnx", "sql"]).makeOptionMandatory())
    .addOption(new Option("--dialect <name>", "whose SQL").choices(["duckdb", "spark"]).default("duckdb"))
    .addOption(outputOption("file", "--out <file>", "file to write; SQL goes to standard output if not said"))
    .option("--force", "replace the file if it exists")
    .addOption(debugOption());

type Options = OptionsOf<typeof declared>;

/**
 * `insights export`: a model in the form that others run: one ONNX graph, or one SQL query.
 *
 * @throws InsightsError for whatever the user can mend
 */
export async function run(paths: readonly string[], options: Options, effects: Effects): Promise<void> {
  const { format, dialect, out } = options;
  const force = options.force === true;
  if (format === "onnx" && out === undefined) {
    throw new InsightsError("a graph is no text: say where it shall go with --out", { exitCode: 2 });
  }
  const choice = await chooseModel(paths, options, "");
  const rules = { force, reads: [choice.folder] };
  await using output = out === undefined ? undefined : await claimFile(out, rules);
  const model = await readChosen(choice, effects);
  const contents = format === "onnx" ? await checkedOnnx(model) : modelSql(model, dialect);
  if (output === undefined) {
    effects.stdout(contents as string, "data");
    return;
  }
  effects.signal.throwIfAborted();
  await output.write(contents);
  const what = format === "onnx" ? "ONNX graph" : `SQL for ${dialect === "duckdb" ? "DuckDB" : "Spark"}`;
  effects.stdout(`${what}, ${countInWords(Buffer.byteLength(contents))} bytes\n${out}\n`);
}
