import type { Calibration } from "../evaluation/calibration.ts";
import { pipelineOnnx } from "../features/pipeline.ts";
import type { Layer } from "../network/network.ts";
import type { Ensemble } from "../network/predictor.ts";
import { graphBytes } from "../onnx/bytes.ts";
import { ELEMENT_TYPES, GraphBuilder } from "../onnx/graph.ts";
import { ensembleOf, type Model } from "./model.ts";

const COLUMN = ["rows", 1];

/**
 * A whole model as one ONNX graph: from profile columns, one input of [rows, 1] each, to `probability` (double), `active` (int64,
 * 1 from the threshold on) and `logit` (double, before calibration), of [rows, 1]. Standard operators only.
 */
export function modelGraph({ pipeline, network, calibration, threshold }: Model): GraphBuilder {
  const graph = new GraphBuilder();
  const features = pipelineOnnx(pipeline, graph);
  const ensemble = ensembleOf(network);
  const logit = logitOf(graph, graph.node("Cast", [features], { to: ELEMENT_TYPES.float }), ensemble);
  const probability = graph.node("Sigmoid", [calibrated(graph, logit, calibration)]);
  const active = graph.node("GreaterOrEqual", [probability, graph.constant("double", [threshold])]);
  graph.output("probability", probability, "double", COLUMN);
  graph.output("active", graph.node("Cast", [active], { to: ELEMENT_TYPES.int64 }), "int64", COLUMN);
  graph.output("logit", logit, "double", COLUMN);
  return graph;
}

/** The bytes of `model.onnx`: a graph, and what it says of itself. */
export function modelOnnx(graph: GraphBuilder, model: Model): Uint8Array {
  return graphBytes(graph, {
    name: "influencer_insights",
    producer: "influencer-insights",
    producerVersion: model.versions.influencer_insights,
    metadata: {
      created_at: model.created_at,
      preset: model.pipeline.preset,
      target: model.target.name,
      threshold: String(model.threshold),
    },
  });
}

/**
 * The weighted mean of the networks' logits. All networks run at once, as batches of a matrix product: of [rows, features] by
 * [networks, features, units], and so on from layer to layer; in 32 bits, as the kernel. The mean is taken in 64.
 */
function logitOf(graph: GraphBuilder, features: string, ensemble: Ensemble): string {
  // Networks that do not count need not run.
  const counted = ensemble.networks.flatMap((network, i) =>
    ensemble.weights[i] > 0 ? [{ network, weight: ensemble.weights[i] }] : [],
  );
  const depth = counted[0].network.layers.length;
  let values = features;
  for (let i = 0; i < depth; i++) {
    const layers = counted.map(({ network }) => network.layers[i]);
    const [{ inputs, outputs }] = layers;
    const weight = graph.constant("float", stacked(layers, transposed), [layers.length, inputs, outputs]);
    const bias = graph.constant(
      "float",
      stacked(layers, (layer) => layer.bias),
      [layers.length, 1, outputs],
    );
    const sums = graph.node("Add", [graph.node("MatMul", [values, weight]), bias]);
    values = i === depth - 1 ? sums : graph.node("Relu", [sums]);
  }
  const logits = graph.node("Cast", [values], { to: ELEMENT_TYPES.double });
  const weights = graph.constant(
    "double",
    counted.map(({ weight }) => weight),
    [counted.length, 1, 1],
  );
  const first = graph.constant("int64", [0], [1]);
  return graph.node("ReduceSum", [graph.node("Mul", [logits, weights]), first], { keepdims: 0 });
}

function calibrated(graph: GraphBuilder, logit: string, calibration: Calibration | undefined): string {
  if (calibration === undefined) return logit;
  const times = (factor: number, value: string) =>
    graph.node("Mul", [graph.constant("double", [factor]), value]);
  const intercept = graph.constant("double", [calibration.intercept]);
  if (calibration.method === "platt") return graph.node("Add", [times(calibration.slope, logit), intercept]);
  // rise ln(s) - fall ln(1 - s), where ln(s) = -softplus(-z) and ln(1 - s) = -softplus(z).
  const rising = times(-calibration.rise, softplus(graph, graph.node("Neg", [logit])));
  const falling = times(calibration.fall, softplus(graph, logit));
  return graph.node("Add", [graph.node("Add", [rising, falling]), intercept]);
}

/** ln(1 + exp(z)) without overflow, for which there is no operator in 64 bits. */
function softplus(graph: GraphBuilder, z: string): string {
  const power = graph.node("Exp", [graph.node("Neg", [graph.node("Abs", [z])])]);
  const rest = graph.node("Log", [graph.node("Add", [graph.constant("double", [1]), power])]);
  return graph.node("Add", [graph.node("Relu", [z]), rest]);
}

/** The numbers of some layers, one layer after the other. */
function stacked(layers: readonly Layer[], of: (layer: Layer) => Float32Array): Float32Array {
  const parts = layers.map(of);
  const all = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** [outputs][inputs] as [inputs][outputs]. */
function transposed({ weight, inputs, outputs }: Layer): Float32Array {
  return weight.map((_, i) => weight[(i % outputs) * inputs + Math.floor(i / outputs)]);
}
