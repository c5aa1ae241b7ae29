import { z } from "zod";
import { InsightsError } from "../error.ts";
import { type DataProfile, dataProfileSchema } from "../evaluation/dataProfile.ts";
import { type FittedPipeline, parsePipeline } from "../features/pipeline.ts";
import { createEnsemblePredictor, type Ensemble } from "../network/ensemble.ts";
import { checkNetwork, hiddenUnits, type Network } from "../network/network.ts";
import { type Background, formatBackground, parseBackground } from "./background.ts";
import { damaged } from "./checksums.ts";
import { MODEL_FORMAT_VERSION, type ModelConfiguration, modelSchema } from "./configuration.ts";
import { MODEL_FILE, readFiles, writeFiles } from "./folder.ts";
import { formatWeights, parseWeights } from "./weights.ts";

const PIPELINE_FILE = "pipeline.json";
const WEIGHTS_FILE = "weights.safetensors";
const BACKGROUND_FILE = "background.safetensors";
const REFERENCE_FILE = "reference.json";

/** A trained model: from a profile to the probability that it is active. */
export interface Model extends ModelConfiguration {
  readonly pipeline: FittedPipeline;
  /** One network, or several of one shape whose logits are averaged. */
  readonly network: Network | Ensemble;
  /** What scores are explained against, where the model has kept it. */
  readonly background?: Background;
  /** What drift is measured against, where the model has kept it. */
  readonly reference?: DataProfile;
}

/** Whether a model has several networks. */
export function isEnsemble(network: Model["network"]): network is Ensemble {
  return "networks" in network;
}

/**
 * Writes a model into a folder of its own: `model.json` (configuration), `pipeline.json` (features with what they
 * learnt), `weights.safetensors` (the networks, 32-bit little-endian), `background.safetensors` and `reference.json` where
 * the model has them, and `checksums.json` (SHA-256 of the others). The same model gives the same bytes.
 *
 * @param directory made if it is not there; must hold no model yet
 * @throws InsightsError where a file of that name stands there, the network does not take the pipeline's features, or the
 *   networks of an ensemble differ in shape
 */
export async function saveModel(directory: string, model: Model): Promise<void> {
  const { pipeline, network, background, reference, ...rest } = model;
  const shape = shapeOf(network);
  checkFit(pipeline, shape.inputs);
  const configuration = modelSchema.parse({
    format_version: MODEL_FORMAT_VERSION,
    preset: pipeline.preset,
    ...rest,
    network: shape,
  });
  const files = new Map([
    [MODEL_FILE, jsonBytes(configuration)],
    [PIPELINE_FILE, jsonBytes(parsePipeline(pipeline))],
    [WEIGHTS_FILE, formatWeights(network)],
  ]);
  if (background !== undefined) files.set(BACKGROUND_FILE, formatBackground(background, shape.inputs));
  if (reference !== undefined) files.set(REFERENCE_FILE, jsonBytes(dataProfileSchema.parse(reference)));
  await writeFiles(directory, files);
}

/**
 * Reads a model back and checks it: every file against its checksum, the layout's version, the parts against each other.
 *
 * @throws InsightsError that names the file: `damaged model: weights.safetensors does not match its checksum`,
 *   `model of a newer version: 3 (this program reads 1 to 2)`
 */
export async function loadModel(directory: string): Promise<Model> {
  return assemble(await readFiles(directory, [MODEL_FILE, PIPELINE_FILE, WEIGHTS_FILE]));
}

/** The model in files whose bytes are those that were written. */
function assemble(files: ReadonlyMap<string, Uint8Array>): Model {
  const bytesOf = (name: string) => {
    const bytes = files.get(name);
    if (bytes === undefined) throw damaged(name, "is missing");
    return bytes;
  };
  const json = reading(MODEL_FILE, () => JSON.parse(new TextDecoder().decode(bytesOf(MODEL_FILE))));
  refuseNewer(json);
  const {
    format_version,
    preset,
    network: shape,
    ...rest
  } = reading(MODEL_FILE, () => modelSchema.parse(json));
  const pipeline = reading(PIPELINE_FILE, () =>
    parsePipeline(JSON.parse(new TextDecoder().decode(bytesOf(PIPELINE_FILE)))),
  );
  if (pipeline.preset !== preset) throw damaged(PIPELINE_FILE, `is of another preset than ${MODEL_FILE}`);
  const { inputs, hidden, weights } = shape;
  const networks = reading(WEIGHTS_FILE, () =>
    parseWeights(bytesOf(WEIGHTS_FILE), [inputs, ...hidden], weights?.length),
  );
  reading(PIPELINE_FILE, () => checkFit(pipeline, inputs));
  const [background, reference] = [files.get(BACKGROUND_FILE), files.get(REFERENCE_FILE)];
  const optional = {
    ...(background && {
      background: reading(BACKGROUND_FILE, () => parseBackground(background, inputs)),
    }),
    ...(reference && {
      reference: reading(REFERENCE_FILE, () =>
        dataProfileSchema.parse(JSON.parse(new TextDecoder().decode(reference))),
      ),
    }),
  };
  if (weights === undefined) return { ...rest, ...optional, pipeline, network: networks[0] };
  const network = { networks, weights };
  reading(MODEL_FILE, () => createEnsemblePredictor(network));
  return { ...rest, ...optional, pipeline, network };
}

function refuseNewer(json: unknown): void {
  const version = (json as { format_version?: unknown } | null)?.format_version;
  if (typeof version === "number" && version > MODEL_FORMAT_VERSION) {
    throw new InsightsError(
      `model of a newer version: ${version} (this program reads 1 to ${MODEL_FORMAT_VERSION})`,
    );
  }
}

/** What `model.json` says of the networks: the shape that all have, and what each counts where there are several. */
function shapeOf(network: Model["network"]): z.infer<typeof modelSchema>["network"] {
  const networks = isEnsemble(network) ? network.networks : [network];
  for (const one of networks) checkNetwork(one);
  if (isEnsemble(network)) createEnsemblePredictor(network);
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

function checkFit(pipeline: FittedPipeline, inputs: number): void {
  if (pipeline.names.length !== inputs) {
    throw new InsightsError(
      `the pipeline has ${pipeline.names.length} features for a network of ${inputs} inputs`,
    );
  }
}

/** Runs a reader of one file and names that file in what it throws. */
function reading<T>(file: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    const why = error instanceof z.ZodError ? z.prettifyError(error) : (error as Error).message;
    throw damaged(file, `cannot be read: ${why}`, error);
  }
}

function jsonBytes(value: unknown): Uint8Array {
  return new TextEncoder().encode(`${JSON.stringify(value, undefined, 2)}\n`);
}
