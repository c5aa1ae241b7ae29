import type { DuckDBConnection } from "@duckdb/node-api";
import { z } from "zod";
import { Random } from "../base/random.ts";
import { sigmoid } from "../base/statistics.ts";
import { applyCalibration, type Calibration } from "../evaluation/calibration.ts";
import { rocAuc } from "../evaluation/metrics.ts";
import { type FittedPipeline, pipelineInputs } from "../features/pipeline.ts";
import { transform } from "../features/transform.ts";
import { hiddenUnits, type Network } from "../network/network.ts";
import { STUDY_DEFAULTS } from "../network/options.ts";
import { createEnsemblePredictor, createPredictor, type Ensemble } from "../network/predictor.ts";
import { train } from "../network/train.ts";
import { makePractice, PRACTICE } from "./practice.ts";

/** How near the one network comes to those it stands for. */
export const distilledSchema = z.strictObject({
  /** Networks that it stands for. */
  networks: z.number().int(),
  /** Made-up profiles that it learnt from. */
  practice_profiles: z.number().int(),
  /** The training rows, as they are: it has seen none of them. */
  compared_profiles: z.number().int(),
  /** Differences of the calibrated probabilities there. */
  mean_difference: z.number(),
  largest_difference: z.number(),
  /** Area under the ROC curve less that of the networks it stands for, both on these rows. */
  roc_auc_difference: z.number(),
});

/** As the schema says. */
export type Distilled = z.infer<typeof distilledSchema>;

/** An ensemble of no more networks than this is kept as it is. */
export const FEW_NETWORKS = 4;

const PRACTICE_ROWS = 16_000;

/** Rising care: passes over the practice profiles, rows a step, learning rate. */
const STAGES = [
  { maxEpochs: 40, batchSize: 128, learningRate: 2e-3 },
  { maxEpochs: 10, batchSize: 256, learningRate: 5e-4 },
  { maxEpochs: 5, batchSize: 256, learningRate: 1e-4 },
];

/** What is to be distilled. */
export interface DistilInput {
  /** Name of a view of the labelled rows, in the order of `labels`. */
  readonly relation: string;
  readonly labels: Uint8Array;
  readonly pipeline: FittedPipeline;
  readonly ensemble: Ensemble;
  readonly calibration: Calibration;
  readonly seed: number;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Teaches one network of the same shape to give the logits that an ensemble gives, so that scoring costs one network instead
 * of all of them. It learns from made-up profiles only; the training rows judge how near it came. Its logits stand in for the
 * ensemble's, and so take the ensemble's calibration, which no row that is left could refit.
 *
 * @throws the signal's reason
 */
export async function distil(
  connection: DuckDBConnection,
  { relation, labels, pipeline, ensemble, calibration, seed, signal }: DistilInput,
): Promise<{ readonly network: Network; readonly distilled: Distilled }> {
  const random = new Random(seed);
  await makePractice(connection, relation, {
    columns: pipelineInputs(pipeline),
    accounts: labels.length,
    rows: PRACTICE_ROWS,
    random,
  });
  const teacher = createEnsemblePredictor(ensemble);
  const practice = await transform(connection, pipeline, PRACTICE);
  const y = Float32Array.from(teacher.logits(practice.values, PRACTICE_ROWS), sigmoid);
  const examples = { x: practice.values, y, rows: PRACTICE_ROWS };
  const common = { ...STUDY_DEFAULTS, hidden: hiddenUnits(ensemble.networks[0]), dropout: 0, seed, signal };
  let network: Network | undefined;
  for (const stage of STAGES) {
    ({ network } = await train(examples, null, {
      ...common,
      ...stage,
      restoreBest: false,
      ...(network === undefined ? {} : { initial: network }),
    }));
  }
  const student = network as Network;
  const { values } = await transform(connection, pipeline, relation);
  const wanted = applyCalibration(calibration, teacher.logits(values, labels.length));
  const given = applyCalibration(
    calibration,
    Float64Array.from(createPredictor(student).logits(values, labels.length)),
  );
  const differences = wanted.map((p, i) => Math.abs(p - given[i]));
  return {
    network: student,
    distilled: {
      networks: ensemble.weights.filter((weight) => weight > 0).length,
      practice_profiles: PRACTICE_ROWS,
      compared_profiles: labels.length,
      mean_difference: differences.reduce((sum, d) => sum + d, 0) / labels.length,
      largest_difference: differences.reduce((most, d) => Math.max(most, d), 0),
      roc_auc_difference: rocAuc(labels, given) - rocAuc(labels, wanted),
    },
  };
}
