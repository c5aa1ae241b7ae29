import type { GraphBuilder } from "../onnx/graph.ts";
import { FeatureGraph } from "./featureGraph.ts";
import { kindNamed } from "./kinds.ts";
import { minMaxOnnx } from "./minMax.ts";
import type { FittedPipeline } from "./pipeline.ts";

/**
 * The scaled features as a tensor of doubles of shape [rows, features], in the order in which the network sees them.
 *
 * @returns the tensor's name
 */
export function pipelineOnnx(
  { steps, scaling: { min, max } }: FittedPipeline,
  builder: GraphBuilder,
): string {
  const graph = new FeatureGraph(builder);
  const features = steps.map(({ kind, params, fitted }) => kindNamed(kind).onnx(params, fitted, graph));
  return minMaxOnnx(graph.beside(features), min, max, graph);
}
