import { z } from "zod";
import { InsightsError } from "../base/error.ts";
import { type DataProfile, dataProfileSchema } from "../evaluation/dataProfile.ts";
import { refuseRemovedKinds } from "../features/kinds.ts";
import { type FittedPipeline, parsePipeline } from "../features/pipeline.ts";
import type { Network } from "../network/network.ts";
import { createEnsemblePredictor, type Ensemble } from "../network/predictor.ts";
import { MODEL_FORMAT_VERSION, type ModelConfiguration, modelSchema } from "./configuration.ts";
import {
  BACKGROUND_FILE,
  damaged,
  MODEL_FILE,
  modelFolder,
  PIPELINE_FILE,
  REFERENCE_FILE,
  readFiles,
  WEIGHTS_FILE,
} from "./folder.ts";
import { type Background, parseBackground, parseWeights } from "./weights.ts";

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

/** A model's networks as an ensemble, whether it has one or several. */
export function ensembleOf(network: Model["network"]): Ensemble {
  return isEnsemble(network) ? network : { networks: [network], weights: [1] };
}

/**
 * Reads a model back and checks it: every file against its checksum, the layout's version, the parts against each other.
 *
 * @param directory the model's folder, or that of the training that made it. A study's folder holds two models, so that one has
 *   to be named
 * @throws InsightsError that names the file: `damaged model: weights.safetensors does not match its checksum`,
 *   `model of a newer version: 3 (this program reads 1 to 2; update it)`,
 *   `unknown feature kind: phrases (of an earlier version: train again with insights train)`
 */
export async function loadModel(directory: string): Promise<Model> {
  return assemble(await readFiles(await modelFolder(directory), [MODEL_FILE, PIPELINE_FILE, WEIGHTS_FILE]));
}

/** The model in files whose bytes are those that were written. */
function assemble(files: ReadonlyMap<string, Uint8Array>): Model {
  const bytesOf = (name: string) => {
    const bytes = files.get(name);
    if (bytes === undefined) throw damaged(name, "is missing");
    return bytes;
  };
  const jsonOf = (name: string): unknown =>
    reading(name, () => JSON.parse(new TextDecoder().decode(bytesOf(name))));
  const json = jsonOf(MODEL_FILE);
  refuseNewer(json);
  const configuration = reading(MODEL_FILE, () => modelSchema.parse(json));
  const { format_version, preset, network: shape, ...rest } = configuration;
  const steps = jsonOf(PIPELINE_FILE);
  refuseRemovedKinds(steps);
  const pipeline = reading(PIPELINE_FILE, () => parsePipeline(steps));
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
      `model of a newer version: ${version} (this program reads 1 to ${MODEL_FORMAT_VERSION}; update it)`,
    );
  }
}

/**
 * Checks that a network takes as many numbers as a pipeline gives.
 *
 * @throws InsightsError where it does not
 */
export function checkFit(pipeline: FittedPipeline, inputs: number): void {
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
