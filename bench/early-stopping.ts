/**
 * Which score should say when to stop and which weights to keep: the validation loss, or the Brier score? Measured on the
 * made-up sample, over splits and seeds of its own, so that no test row of the study has a say in it.
 *
 *   npm run bench:early-stopping [FILE]
 */

import { SAMPLE_FILE } from "../src/base/data.ts";
import { spread } from "../src/base/statistics.ts";
import { decisionMetrics } from "../src/evaluation/metrics.ts";
import { stratifiedSplit } from "../src/evaluation/split.ts";
import { fitPipeline } from "../src/features/pipeline.ts";
import { transform } from "../src/features/transform.ts";
import { STUDY_DEFAULTS } from "../src/network/options.ts";
import { createPredictor } from "../src/network/predictor.ts";
import { train } from "../src/network/train.ts";
import { readProfiles } from "../src/profiles/read.ts";
import { examplesAt, knownLabels, labelsAt } from "../src/study/read.ts";
import { engagement } from "../src/targets/named.ts";
import { labelsOf } from "../src/targets/target.ts";
import { viewOf } from "../src/training/rows.ts";

const SPLITS = 10;
const file = process.argv[2] ?? SAMPLE_FILE;
const profiles = await readProfiles(file);
const labelled = knownLabels(await labelsOf(profiles.connection, engagement, profiles.table));

const scores = { loss: [] as number[], brier: [] as number[] };
const epochs = { loss: [] as number[], brier: [] as number[] };
for (let seed = 101; seed < 101 + SPLITS; seed++) {
  const split = stratifiedSplit(labelled.labels, { seed });
  const rows = Float64Array.from(split.train, (i) => labelled.rows[i]);
  await viewOf(profiles.connection, "bench_training", profiles.table, rows);
  const pipeline = await fitPipeline(profiles.connection, "original", "bench_training");
  const matrix = await transform(profiles.connection, pipeline, profiles.table);
  const [training, valid, test] = [split.train, split.valid, split.test].map((part) =>
    examplesAt(matrix, labelled, part),
  );
  for (const monitor of ["loss", "brier"] as const) {
    const { network, bestEpoch } = await train(training, valid, { ...STUDY_DEFAULTS, monitor, seed });
    const probabilities = createPredictor(network).probabilities(test.x, test.rows);
    scores[monitor].push(decisionMetrics(labelsAt(labelled, split.test), probabilities, 0.5).f1);
    epochs[monitor].push(bestEpoch);
  }
}
await profiles.close();

console.log(`${SPLITS} splits of ${profiles.source.file}, F1 at 0.5 on each split's test rows`);
for (const monitor of ["loss", "brier"] as const) {
  const { mean, standard_deviation, min, max } = spread(scores[monitor]);
  console.log(
    `kept by ${monitor.padEnd(5)}  F1 ${mean.toFixed(3)} ± ${standard_deviation.toFixed(3)} (${min.toFixed(3)} to ${max.toFixed(3)}), best epoch ${spread(epochs[monitor]).mean.toFixed(0)}`,
  );
}
const wins = scores.brier.filter((f1, i) => f1 > scores.loss[i]).length;
console.log(`the Brier score did better on ${wins} of ${SPLITS} splits`);
