import { z } from "zod";
import { InsightsError } from "../base/error.ts";
import { type DataProfile, dataProfileSchema } from "../evaluation/dataProfile.ts";
import { refuseRemovedKinds } from "../features/kinds.ts";
import { type FittedPipeline, parsePipeline } from "../features/pipeline.ts";
import { type Answer, type Answers, checkAnswers } from "./answers.ts";
import {
  earlierModelSchema,
  MODEL_FORMAT_VERSION,
  type ModelConfiguration,
  modelSchema,
} from "./configuration.ts";
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

/** A trained model: from a profile to the probability that its target is true. */
export interface Model extends ModelConfiguration, Answers {
  /** The features, of which each answer reads some. */
  readonly pipeline: FittedPipeline;
  /** What scores are explained against, where the model has kept it. */
  readonly background?: Background;
  /** What drift is measured against, where the model has kept it. */
  readonly reference?: DataProfile;
}

/**
 * Reads a model back and checks it: every file against its checksum, the layout's version, the parts against each other.
 *
 * @param directory the model's folder, or that of the training that made it. A study's folder holds two models, so that one has
 *   to be named
 * @throws InsightsError that names the file: `damaged model: weights.safetensors does not match its checksum`,
 *   `model of a newer version: 4 (this program reads 1 to 3; update it)`,
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
  const { format_version, preset, answers: parts, ...rest } = reading(MODEL_FILE, () => parseModel(json));
  const steps = jsonOf(PIPELINE_FILE);
  refuseRemovedKinds(steps);
  const pipeline = reading(PIPELINE_FILE, () => parsePipeline(steps));
  if (pipeline.preset !== preset) throw damaged(PIPELINE_FILE, `is of another preset than ${MODEL_FILE}`);
  const networks = reading(WEIGHTS_FILE, () =>
    parseWeights(
      bytesOf(WEIGHTS_FILE),
      parts.map(({ network }) => network),
      format_version < 3,
    ),
  );
  const answers = parts.map(({ network: { weights }, features = pipeline.names, ...answer }, i): Answer => {
    const [first] = networks[i];
    return {
      ...answer,
      features,
      network: weights === undefined ? first : { networks: networks[i], weights },
    };
  });
  reading(MODEL_FILE, () => checkAnswers(pipeline.names, { ...rest, answers }));
  const inputs = pipeline.names.length;
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
  return { ...rest, ...optional, pipeline, answers };
}

/** Days within which the last post of a creator had to be, in models of versions 1 and 2 that do not say. */
const EARLIER_DAYS = 90;

/** The contents of `model.json`, an earlier version's as the answer that it has: from all features. */
function parseModel(json: unknown) {
  const version = (json as { format_version?: unknown } | null)?.format_version;
  if (version !== 1 && version !== 2) return modelSchema.parse(json);
  const { network, calibration, target, ...rest } = earlierModelSchema.parse(json);
  const answer = { question: "target", evidence: "profile", needs: null, network } as const;
  // The days of `creator` were 90 where nothing was said.
  const days = target.name === "creator" ? { active_days: EARLIER_DAYS } : {};
  return {
    ...rest,
    target: { ...days, ...target },
    answers: [{ ...answer, features: undefined, ...(calibration && { calibration }) }],
  };
}

function refuseNewer(json: unknown): void {
  const version = (json as { format_version?: unknown } | null)?.format_version;
  if (typeof version === "number" && version > MODEL_FORMAT_VERSION) {
    throw new InsightsError(
      `model of a newer version: ${version} (this program reads 1 to ${MODEL_FORMAT_VERSION}; update it)`,
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
