import { InferenceSession, Tensor } from "onnxruntime-node";
import { graphBytes } from "../../../src/onnx/bytes.ts";
import type { ElementType, GraphBuilder } from "../../../src/onnx/graph.ts";

/** What a tensor holds, row by row. */
export type Values = ArrayLike<number> | readonly string[] | ArrayLike<bigint>;

/**
 * A graph, loaded into onnxruntime and ready to run. Inputs are of shape [rows, 1], or of so many columns as the graph says.
 *
 * @returns runs it over as many rows as its inputs have: the values of each output
 */
export async function runnable(
  graph: GraphBuilder,
): Promise<(inputs: Readonly<Record<string, Values>>) => Promise<Record<string, Values>>> {
  const bytes = graphBytes(graph, { name: "test", producer: "test", producerVersion: "0" });
  const session = await InferenceSession.create(bytes, { intraOpNumThreads: 1, interOpNumThreads: 1 });
  return async (inputs) => {
    const feeds = graph.inputs.map(
      ({ name, type, shape }) => [name, tensorOf(type, inputs[name], Number(shape[1]))] as const,
    );
    const results = await session.run(Object.fromEntries(feeds));
    return Object.fromEntries(graph.outputs.map(({ name }) => [name, results[name].data as Values]));
  };
}

function tensorOf(type: ElementType, values: Values, columns: number): Tensor {
  const dims = [values.length / columns, columns];
  if (type === "string") return new Tensor("string", Array.from(values, String), dims);
  if (type === "int64")
    return new Tensor("int64", BigInt64Array.from(values as ArrayLike<bigint>, BigInt), dims);
  if (type === "bool") return new Tensor("bool", Uint8Array.from(values as ArrayLike<number>), dims);
  const numbers = values as ArrayLike<number>;
  if (type === "float") return new Tensor("float32", Float32Array.from(numbers), dims);
  return new Tensor("float64", Float64Array.from(numbers), dims);
}
