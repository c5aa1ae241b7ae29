import type { Calibration } from "../evaluation/calibration.ts";
import { pipelineOnnx } from "../features/pipeline.ts";
import type { Layer } from "../network/network.ts";
import type { Ensemble } from "../network/predictor.ts";
import { graphBytes } from "../onnx/bytes.ts";
import { ELEMENT_TYPES, GraphBuilder } from "../onnx/graph.ts";
import {
  answersTo,
  asksQuestions,
  combinationFor,
  EVIDENCE,
  EVIDENCE_WORDS,
  ensembleOf,
  evidenceCode,
  QUESTIONS,
} from "./answers.ts";
import { bothOnnx, combinedOnnx } from "./combination.ts";
import type { Model } from "./model.ts";
import { MET } from "./modelPredictor.ts";

const COLUMN = ["rows", 1];

/**
 * A whole model as one ONNX graph: from profile columns, one input of [rows, 1] each (`posted_at`: [rows, 35]), to `probability` (double),
 * `active` (int64, 1 from the threshold on) and `logit` (double), of [rows, 1]. Of a model of one question `logit` is before calibration. A
 * model of two questions gives `still_posting` and `well_answered` (double) too, and `evidence` (string, of `EVIDENCE_WORDS`); its `logit`
 * is that of the probability. Standard operators only.
 */
export function modelGraph(
  model: Pick<Model, "pipeline" | "answers" | "combinations" | "threshold">,
): GraphBuilder {
  const graph = new GraphBuilder();
  const features = graph.node("Cast", [pipelineOnnx(model.pipeline, graph)], { to: ELEMENT_TYPES.float });
  const [only] = model.answers;
  const questions = asksQuestions(model) ? questionsOf(graph, features, model) : null;
  const logit = questions?.logit ?? logitOf(graph, features, ensembleOf(only.network));
  const final = questions?.logit ?? calibrated(graph, logit, only.calibration);
  const probability = graph.node("Sigmoid", [final]);
  const active = graph.node("GreaterOrEqual", [probability, graph.constant("double", [model.threshold])]);
  graph.output("probability", probability, "double", COLUMN);
  graph.output("active", graph.node("Cast", [active], { to: ELEMENT_TYPES.int64 }), "int64", COLUMN);
  graph.output("logit", logit, "double", COLUMN);
  if (questions !== null) {
    graph.output("still_posting", graph.node("Sigmoid", [questions.still]), "double", COLUMN);
    graph.output("well_answered", graph.node("Sigmoid", [questions.well]), "double", COLUMN);
    graph.output("evidence", questions.evidence, "string", COLUMN);
  }
  return graph;
}

/** The answers to the two questions: logits, the final one, and the evidence in words. */
function questionsOf(
  graph: GraphBuilder,
  features: string,
  model: Pick<Model, "pipeline" | "answers" | "combinations">,
) {
  const { names } = model.pipeline;
  const [still, well] = QUESTIONS.map((question) => {
    const answers = answersTo(model, question);
    const kinds: readonly string[] = EVIDENCE[question];
    const columns = (chosen: readonly string[]) =>
      graph.node(
        "Gather",
        [
          features,
          indices(
            graph,
            chosen.map((name) => names.indexOf(name)),
          ),
        ],
        { axis: 1 },
      );
    const logits = answers.map(({ features: chosen, network, calibration }) =>
      calibrated(graph, logitOf(graph, columns(chosen), ensembleOf(network)), calibration),
    );
    /** What the first answer has whose needs are met; the last one stands in. */
    const first = (each: readonly string[], none = each[each.length - 1]) =>
      answers.reduceRight((rest, { needs }, i) => {
        if (needs === null) return each[i];
        const met = graph.node("Greater", [columns([needs]), graph.constant("float", [MET])]);
        return graph.node("Where", [met, each[i], rest]);
      }, none);
    const places = answers.map(({ evidence }) => graph.constant("int64", [kinds.indexOf(evidence)], [1, 1]));
    const evidence = first(places, graph.constant("int64", [kinds.indexOf("none")], [1, 1]));
    return { answers, first, logit: first(logits), evidence };
  });
  const both = bothOnnx(graph, still.logit, well.logit);
  const logits = still.answers.map((one) =>
    well.first(
      well.answers.map((other) => {
        const { combinations = [] } = model;
        const combination = combinationFor(combinations, one.evidence, other.evidence);
        return combinedOnnx(graph, combination, both);
      }),
    ),
  );
  const code = graph.node("Add", [
    graph.node("Mul", [still.evidence, graph.constant("int64", [evidenceCode(1, 0)])]),
    well.evidence,
  ]);
  // Where neither question has a choice the code is one for all rows.
  const zeros = graph.node("Cast", [graph.node("Mul", [still.logit, graph.constant("double", [0])])], {
    to: ELEMENT_TYPES.int64,
  });
  const words = graph.constant("string", EVIDENCE_WORDS, [EVIDENCE_WORDS.length]);
  const evidence = graph.node("Gather", [words, graph.node("Add", [code, zeros])], { axis: 0 });
  return { logit: still.first(logits), still: still.logit, well: well.logit, evidence };
}

function indices(graph: GraphBuilder, places: readonly number[]): string {
  return graph.constant("int64", places, [places.length]);
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
