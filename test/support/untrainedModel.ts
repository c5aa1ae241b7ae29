import { Random } from "../../src/base/random.ts";
import { targetAnswer } from "../../src/bundle/answers.ts";
import { saveModel } from "../../src/bundle/save.ts";
import { fitPipeline } from "../../src/features/pipeline.ts";
import { initialise } from "../../src/network/network.ts";
import { readProfiles } from "../../src/profiles/read.ts";
import { backgroundOf } from "../../src/training/trainedModel.ts";
import { someCreatorModel } from "./bundle/creatorModel.ts";

/** Saves a model with a network of random weights: it says something at once, where what it says does not matter. */
export async function saveUntrainedModel(directory: string, file: string): Promise<void> {
  const { connection, table, rows, close } = await readProfiles(file, { now: new Date(0) });
  const pipeline = await fitPipeline(connection, "profile", table);
  const network = initialise(pipeline.names.length, [8], new Random(1));
  for (const { weight } of network.layers) weight.set(weight.map((value) => 4 * value));
  await saveModel(directory, {
    created_at: new Date(0).toISOString(),
    versions: { influencer_insights: "0", node: "0", duckdb: "0" },
    seed: 1,
    data: { file: "sample.csv", fingerprint: "0", rows },
    target: { name: "creator", expression: "true" },
    threshold: 0.5,
    pipeline,
    answers: [targetAnswer(pipeline, network)],
    background: await backgroundOf(connection, pipeline, table, 1),
  });
  await close();
}

/** Saves a model that answers the two questions, of random weights, as of a training on this file. */
export async function saveCreatorModel(directory: string, file: string): Promise<void> {
  const { connection, table, source, rows, close } = await readProfiles(file, { now: new Date(0) });
  const model = await someCreatorModel(connection, table);
  await saveModel(directory, {
    ...model,
    data: { file: source.file, fingerprint: source.fingerprint, rows },
    background: await backgroundOf(connection, model.pipeline, table, 1),
  });
  await close();
}
