import { type CanonicalProfile, momentsRow } from "../../../src/features/profile.ts";
import { GraphBuilder } from "../../../src/onnx/graph.ts";
import type { CanonicalName } from "../../../src/profiles/canonical.ts";
import { runnable, type Values } from "../onnx/run.ts";

type Profile = Partial<CanonicalProfile>;

/**
 * Loads a graph of features into onnxruntime.
 *
 * @param features adds to a graph a tensor of shape [rows, columns] and names it
 * @returns gives the features of some profiles, at least one
 */
export async function onnxFeatures(
  columns: number,
  features: (graph: GraphBuilder) => string,
): Promise<(profiles: readonly Profile[]) => Promise<number[][]>> {
  const graph = new GraphBuilder();
  graph.output("features", features(graph), "double", ["rows", columns]);
  const run = await runnable(graph);
  return async (profiles) => {
    const inputs = graph.inputs.map(({ name, type, shape }) => [
      name,
      profiles.flatMap((profile) => raw(profile[name as CanonicalName], type, Number(shape[1]))),
    ]);
    const { features: values } = await run(Object.fromEntries(inputs) as Record<string, Values>);
    return profiles.map((_, row) =>
      Array.from((values as Float64Array).subarray(row * columns, (row + 1) * columns)),
    );
  };
}

/** A value of a canonical column as a graph takes it: of a list of moments the newest. */
function raw(
  value: CanonicalProfile[CanonicalName] | undefined,
  type: string,
  columns: number,
): (string | number)[] {
  if (type === "string") return [typeof value === "string" ? value : ""];
  if (columns > 1) return momentsRow(value as Date[] | null | undefined);
  if (value === null || value === undefined) return [Number.NaN];
  return [value instanceof Date ? value.getTime() / 1000 : Number(value)];
}
