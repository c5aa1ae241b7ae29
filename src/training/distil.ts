import type { DuckDBConnection } from "@duckdb/node-api";
import { z } from "zod";
import { quoteIdentifier } from "../base/quote.ts";
import { sigmoid } from "../base/statistics.ts";
import { applyCalibration, type Calibration } from "../evaluation/calibration.ts";
import { rocAuc } from "../evaluation/metrics.ts";
import { double } from "../features/dialect.ts";
import { type FittedPipeline, pipelineInputs } from "../features/pipeline.ts";
import { transform } from "../features/transform.ts";
import { hiddenUnits, type Network } from "../network/network.ts";
import { STUDY_DEFAULTS } from "../network/options.ts";
import { createEnsemblePredictor, createPredictor, type Ensemble } from "../network/predictor.ts";
import { train } from "../network/train.ts";
import { CANONICAL_COLUMNS, type CanonicalName } from "../profiles/canonical.ts";

/** How near the one network comes to those it stands for. */
export const distilledSchema = z.strictObject({
  /** Networks that it stands for. */
  networks: z.number().int(),
  /** Synthetic profiles that it learnt from. */
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

const SYNTHETIC_ROWS = 16_000;

/** Rising care: passes over the synthetic profiles, rows a step, learning rate. */
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
  await synthesise(connection, relation, pipelineInputs(pipeline), seed);
  const whole = createEnsemblePredictor(ensemble);
  const { values: x } = await transform(connection, pipeline, SYNTHETIC);
  const y = Float32Array.from(whole.logits(x, SYNTHETIC_ROWS), sigmoid);
  const examples = { x, y, rows: SYNTHETIC_ROWS };
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
  const single = network as Network;
  const { values } = await transform(connection, pipeline, relation);
  const wanted = applyCalibration(calibration, whole.logits(values, labels.length));
  const given = applyCalibration(
    calibration,
    Float64Array.from(createPredictor(single).logits(values, labels.length)),
  );
  const differences = wanted.map((p, i) => Math.abs(p - given[i]));
  return {
    network: single,
    distilled: {
      networks: ensemble.weights.filter((weight) => weight > 0).length,
      practice_profiles: SYNTHETIC_ROWS,
      compared_profiles: labels.length,
      mean_difference: differences.reduce((sum, d) => sum + d, 0) / labels.length,
      largest_difference: differences.reduce((most, d) => Math.max(most, d), 0),
      roc_auc_difference: rocAuc(labels, given) - rocAuc(labels, wanted),
    },
  };
}

/** Name of the table that holds the synthetic profiles. */
export const SYNTHETIC = "synthetic_profiles";

/** Deviation of the natural logarithm by which a number is changed. */
const JITTER = 0.3;

/** Share of the synthetic profiles whose flags, dates and texts come from another account than their numbers. */
const SWAPPED = 0.5;

/** Share of the synthetic profiles without numbers, and without the rest. */
const HIDDEN = 0.06;

/**
 * Makes profiles that nobody has, out of those there are, for one network to learn from others: the numbers of one account, each
 * changed a little, with the flags, dates and texts of a second; now and then without one of the two.
 *
 * Mixing what goes together asks the networks about more of their feature space than their own rows lie in (after Bucila, Caruana
 * and Niculescu-Mizil, "Model Compression", 2006). No profile comes as it is, so that the accounts can judge what was learnt.
 *
 * @param relation name of a table or view with `row` and the columns, at least one row
 */
export async function synthesise(
  connection: DuckDBConnection,
  relation: string,
  columns: readonly CanonicalName[],
  seed: number,
): Promise<void> {
  // Draws follow from the row's number, so that they are the same however many threads there are.
  const uniform = (draw: number) => `(hash(i, ${draw}, ${seed}) / 18446744073709551616e0)`;
  const normal = (draw: number) =>
    `sqrt(-2 * ln(greatest(1 - ${uniform(draw)}, 1e-18))) * cos(2 * pi() * ${uniform(draw + 1)})`;
  const pick = (draw: number) => `least(floor(${uniform(draw)} * accounts), accounts - 1)`;
  const expressions = columns.map((name, i) => {
    const { type } = CANONICAL_COLUMNS[name];
    const isNumber = type === "BIGINT" || type === "DOUBLE";
    const value = isNumber ? `a.${name} * exp(${double(JITTER)} * ${normal(10 + 2 * i)})` : `b.${name}`;
    const shown = `${uniform(isNumber ? 0 : 1)} >= ${double(HIDDEN)}`;
    return `TRY_CAST(CASE WHEN ${shown} THEN ${value} END AS ${type}) AS ${name}`;
  });
  await connection.run(
    `CREATE OR REPLACE TEMP TABLE ${SYNTHETIC} AS
     WITH accounts AS (SELECT row_number() OVER (ORDER BY "row") - 1 AS place, ${columns.join(", ")}
       FROM ${quoteIdentifier(relation)}),
     draws AS (SELECT i, ${pick(2)} AS numbers, CASE WHEN ${uniform(3)} < ${double(SWAPPED)} THEN ${pick(4)} ELSE numbers END AS rest
       FROM range(${SYNTHETIC_ROWS}) drawn(i), (SELECT count(*) AS accounts FROM accounts))
     SELECT i AS "row", ${expressions.join(", ")}
     FROM draws JOIN accounts a ON a.place = numbers JOIN accounts b ON b.place = rest`,
  );
}
