import { InsightsError } from "../base/error.ts";
import { dataProfileSchema } from "../evaluation/dataProfile.ts";
import { parsePipeline } from "../features/pipeline.ts";
import { checkNetwork, hiddenUnits } from "../network/network.ts";
import { checkEnsemble } from "../network/predictor.ts";
import { type Answer, checkAnswers, ensembleOf, isEnsemble } from "./answers.ts";
import { checkGraph, madeUpProfiles } from "./checkGraph.ts";
import { MODEL_FORMAT_VERSION, modelSchema, type NetworkShape } from "./configuration.ts";
import {
  BACKGROUND_FILE,
  MODEL_FILE,
  PIPELINE_FILE,
  REFERENCE_FILE,
  WEIGHTS_FILE,
  writeFiles,
} from "./folder.ts";
import { mlflowFiles, ONNX_FILE } from "./mlflow.ts";
import type { Model } from "./model.ts";
import { modelGraph, modelOnnx } from "./onnxModel.ts";
import { formatBackground, formatWeights } from "./weights.ts";

/**
 * Writes a model into a folder of its own: `model.json` (configuration), `pipeline.json` (features with what they
 * learnt), `weights.safetensors` (the networks, 32-bit little-endian), `background.safetensors` and `reference.json` where
 * the model has them; `model.onnx`, all of it as one graph, with the files that make the folder an MLflow model; and
 * `checksums.json` (SHA-256 of all others). The same model gives the same bytes.
 *
 * The graph is run over some profiles before anything is written, and held against the model.
 *
 * @param directory made if it is not there; must hold no model yet
 * @param more files that go along, by their names: the card, the numbers
 * @throws InsightsError where a file of that name stands there, the answers do not fit together or to the features, the networks of
 *   an ensemble differ in shape, or the graph gives other probabilities than the model
 */
export async function saveModel(
  directory: string,
  model: Model,
  more: Readonly<Record<string, string>> = {},
): Promise<void> {
  const { pipeline, answers, background, reference, ...rest } = model;
  const parts = answers.map(({ network, ...answer }) => ({ ...answer, network: shapeOf(network) }));
  checkAnswers(pipeline.names, model);
  const configuration = modelSchema.parse({
    format_version: MODEL_FORMAT_VERSION,
    preset: pipeline.preset,
    ...rest,
    answers: parts,
  });
  const files = new Map([
    [MODEL_FILE, jsonBytes(configuration)],
    [PIPELINE_FILE, jsonBytes(parsePipeline(pipeline))],
    [WEIGHTS_FILE, formatWeights(answers.map(({ network }) => network))],
  ]);
  if (background !== undefined)
    files.set(BACKGROUND_FILE, formatBackground(background, pipeline.names.length));
  if (reference !== undefined) files.set(REFERENCE_FILE, jsonBytes(dataProfileSchema.parse(reference)));
  files.set(ONNX_FILE, await checkedOnnx(model));
  for (const [name, bytes] of mlflowFiles(model)) files.set(name, bytes);
  for (const [name, text] of Object.entries(more)) files.set(name, new TextEncoder().encode(text));
  await writeFiles(directory, files);
}

/**
 * A model as the bytes of an ONNX file, run over some profiles before and held against the model.
 *
 * @throws InsightsError where the graph gives other probabilities
 */
export async function checkedOnnx(model: Model): Promise<Uint8Array> {
  const graph = modelGraph(model);
  await checkGraph(graph, model, madeUpProfiles());
  return modelOnnx(graph, model);
}

/** What `model.json` says of the networks: the shape that all have, and what each counts where there are several. */
function shapeOf(network: Answer["network"]): NetworkShape {
  const { networks } = ensembleOf(network);
  for (const one of networks) checkNetwork(one);
  checkEnsemble(ensembleOf(network));
  const [{ inputs }] = networks;
  const hidden = hiddenUnits(networks[0]);
  const odd = networks.find((one) => hiddenUnits(one).join() !== hidden.join());
  if (odd !== undefined) {
    throw new InsightsError(
      `invalid ensemble: networks of ${hidden.join(" x ")} and of ${hiddenUnits(odd).join(" x ")} hidden units`,
    );
  }
  return isEnsemble(network) ? { inputs, hidden, weights: [...network.weights] } : { inputs, hidden };
}

function jsonBytes(value: unknown): Uint8Array {
  return new TextEncoder().encode(`${JSON.stringify(value, undefined, 2)}\n`);
}
