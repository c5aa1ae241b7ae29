import { InsightsError } from "../base/error.ts";
import { refuseTaken, writeWhole } from "../base/files.ts";
import { countInWords } from "../base/words.ts";
import { loadModel } from "../bundle/model.ts";
import { modelSql, type SqlEngine } from "../bundle/modelSql.ts";
import { checkedOnnx } from "../bundle/save.ts";
import type { Effects } from "./effects.ts";

/** Options of `insights export`. */
export interface ExportCommandOptions {
  readonly format: "onnx" | "sql";
  /** Whose SQL. */
  readonly dialect: SqlEngine;
  /** Without it, SQL goes to standard output. */
  readonly out?: string;
  readonly force?: boolean;
}

/**
 * `insights export`: a model in the form that others run: one ONNX graph, or one SQL query.
 *
 * @returns the exit code
 * @throws InsightsError for whatever the user can mend
 */
export async function exportCommand(
  modelFolder: string,
  { format, dialect, out, force = false }: ExportCommandOptions,
  effects: Effects,
): Promise<number> {
  if (format === "onnx" && out === undefined) {
    throw new InsightsError("a graph is no text: say where it shall go with --out", { exitCode: 2 });
  }
  if (out !== undefined) await refuseTaken(out, force);
  const model = await loadModel(modelFolder);
  const contents = format === "onnx" ? await checkedOnnx(model) : modelSql(model, dialect);
  if (out === undefined) {
    effects.stdout(contents as string);
    return 0;
  }
  effects.signal.throwIfAborted();
  await writeWhole(out, contents, force);
  const what = format === "onnx" ? "ONNX graph" : `SQL for ${dialect === "duckdb" ? "DuckDB" : "Spark"}`;
  effects.stdout(`${what}, ${countInWords(Buffer.byteLength(contents))} bytes\n${out}\n`);
  return 0;
}
