import { mkdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { InsightsError } from "../error.ts";
import { type FittedPipeline, parsePipeline } from "../features/pipeline.ts";
import { createEnsemblePredictor, type Ensemble } from "../network/ensemble.ts";
import { checkNetwork, hiddenUnits, type Network } from "../network/network.ts";
import { CHECKSUMS_FILE, damaged, formatChecksums, verifyChecksums } from "./checksums.ts";
import { MODEL_FORMAT_VERSION, type ModelConfiguration, modelSchema } from "./configuration.ts";
import { formatWeights, parseWeights } from "./weights.ts";

const MODEL_FILE = "model.json";
const PIPELINE_FILE = "pipeline.json";
const WEIGHTS_FILE = "weights.safetensors";

/** A trained model: from a profile to the probability that it is active. */
export interface Model extends ModelConfiguration {
  readonly pipeline: FittedPipeline;
  /** One network, or several of one shape whose logits are averaged. */
  readonly network: Network | Ensemble;
}

/** Whether a model has several networks. */
export function isEnsemble(network: Model["network"]): network is Ensemble {
  return "networks" in network;
}

/**
 * Writes a model into a folder of its own: `model.json` (configuration), `pipeline.json` (features with what they
 * learnt), `weights.safetensors` (the networks, 32-bit little-endian) and `checksums.json` (SHA-256 of the others).
 * The same model gives the same bytes.
 *
 * @param directory made if it is not there; must hold no model yet
 * @throws InsightsError where a file of that name stands there, the network does not take the pipeline's features, or the
 *   networks of an ensemble differ in shape
 */
export async function saveModel(directory: string, model: Model): Promise<void> {
  const { pipeline, network, ...rest } = model;
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
  await mkdir(directory, { recursive: true });
  files.set(CHECKSUMS_FILE, new TextEncoder().encode(formatChecksums(files)));
  for (const [name, bytes] of files) await writeNew(join(directory, name), bytes);
}

/**
 * Reads a model back and checks it: every file against its checksum, the layout's version, the parts against each other.
 *
 * @throws InsightsError that names the file: `damaged model: weights.safetensors does not match its checksum`,
 *   `model of a newer version: 2 (this program reads 1)`
 */
export async function loadModel(directory: string): Promise<Model> {
  const found = await stat(directory).catch(() => undefined);
  if (found === undefined) throw new InsightsError(`no such model: ${directory}`);
  if (!found.isDirectory()) throw new InsightsError(`invalid model: ${directory} (expected a folder)`);

  const files = new Map<string, Uint8Array>();
  for (const name of [MODEL_FILE, PIPELINE_FILE, WEIGHTS_FILE]) {
    const bytes = await readExisting(directory, name);
    if (bytes === undefined && name === MODEL_FILE) {
      throw new InsightsError(`invalid model: ${directory} (expected a folder with ${MODEL_FILE})`);
    }
    if (bytes === undefined) continue;
    files.set(name, bytes);
  }
  const checksums = await readExisting(directory, CHECKSUMS_FILE);
  if (checksums === undefined) throw damaged(CHECKSUMS_FILE, "is missing");
  verifyChecksums(new TextDecoder().decode(checksums), files);
  return assemble(files);
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
  if (weights === undefined) return { ...rest, pipeline, network: networks[0] };
  const network = { networks, weights };
  reading(MODEL_FILE, () => createEnsemblePredictor(network));
  return { ...rest, pipeline, network };
}

function refuseNewer(json: unknown): void {
  const version = (json as { format_version?: unknown } | null)?.format_version;
  if (typeof version === "number" && version > MODEL_FORMAT_VERSION) {
    throw new InsightsError(
      `model of a newer version: ${version} (this program reads ${MODEL_FORMAT_VERSION})`,
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

async function readExisting(directory: string, name: string): Promise<Uint8Array | undefined> {
  try {
    return await readFile(join(directory, name));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw damaged(name, `cannot be read: ${(error as Error).message}`, error);
  }
}

async function writeNew(path: string, bytes: Uint8Array): Promise<void> {
  try {
    await writeFile(path, bytes, { flag: "wx" });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") {
      throw new InsightsError(`cannot write ${path}: a file stands there`, { cause: error });
    }
    throw error;
  }
}

function jsonBytes(value: unknown): Uint8Array {
  return new TextEncoder().encode(`${JSON.stringify(value, undefined, 2)}\n`);
}
