/**
 * How well the recommended features and networks find people they have not seen: repeated stratified cross-validation on a
 * file of profiles, ours against baselines on the same folds, with bootstrap intervals and calibration. Run with
 * `npm run bench:validity [-- FILE SPLIT]`; ends with exit code 1 where a mark is missed.
 */
import { existsSync, readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { sigmoid, spread } from "../src/base/statistics.ts";
import { bootstrapIntervals, pairedDifference } from "../src/evaluation/bootstrap.ts";
import { calibrationReport } from "../src/evaluation/calibrationReport.ts";
import { decisionMetrics, resampledMetrics } from "../src/evaluation/metrics.ts";
import { fitPipeline } from "../src/features/pipeline.ts";
import { transform } from "../src/features/transform.ts";
import { STUDY_DEFAULTS } from "../src/network/options.ts";
import { createPredictor } from "../src/network/predictor.ts";
import { train } from "../src/network/train.ts";
import { readProfiles } from "../src/profiles/read.ts";
import { engagement } from "../src/targets/named.ts";
import { resolveTarget } from "../src/targets/resolve.ts";
import { labelsOf } from "../src/targets/target.ts";
import {
  aucByFold,
  type CrossValidation,
  calibrateOutOfFold,
  crossValidate,
  meanOf,
} from "../src/training/crossValidate.ts";
import { BEST_FEATURE, ENSEMBLE, LOGISTIC, MAJORITY, STUDY } from "../src/training/recipe.ts";

const beside = (path: string) => fileURLToPath(new URL(`../../shared/${path}`, import.meta.url));
const [file = beside("data/tiktok.csv"), splitFile = beside("reference/split.json")] = process.argv.slice(2);
const SEED = 1;
const MARKS = { engagement: 0.915, activity: 0.76, creator: 0.79 } as const;
const PUBLISHED_F1 = 0.99;

const profiles = await readProfiles(file);
const workers = availableParallelism();
let missed = false;
const mark = (good: boolean) => {
  missed ||= !good;
  return good ? "reached" : "MISSED";
};
/** The mean out-of-fold logit over the repeats, as a number from 0 to 1: what ranks the rows. */
const meanScores = (found: CrossValidation) => meanOf(found.logits).map(sigmoid);
const f3 = (value: number) => value.toFixed(3);

for (const [name, least] of Object.entries(MARKS)) {
  const definition = await resolveTarget(name);
  const results = new Map<string, CrossValidation>();
  console.log(`\n${name}: profile columns only, 5 folds x 3 repeats, out of fold`);
  console.log("  AUC: mean over the 15 folds (deviation); of the mean over repeats, with its 95 % interval");
  for (const recipe of [MAJORITY, BEST_FEATURE, LOGISTIC, STUDY, ENSEMBLE]) {
    const started = performance.now();
    const found = await crossValidate(profiles.connection, {
      relation: profiles.table,
      preset: "profile",
      definition,
      recipe,
      seed: SEED,
      workers,
    });
    const seconds = (performance.now() - started) / 1000;
    results.set(recipe.name, found);
    const mean = meanScores(found);
    const byFold = spread(aucByFold(found));
    const statistic = resampledMetrics(found.labels, mean, 0.5);
    const { roc_auc } = bootstrapIntervals(mean.length, statistic, { seed: SEED });
    const all = statistic(Int32Array.from(mean.keys())).roc_auc;
    console.log(
      `  ${recipe.name.padEnd(20)} ${f3(byFold.mean)} (${f3(byFold.standard_deviation)})  ${f3(all)} [${f3(roc_auc.low)}, ${f3(roc_auc.high)}]  ${seconds.toFixed(1)} s`,
    );
  }
  const ours = results.get(ENSEMBLE.name) as CrossValidation;
  const linear = results.get(LOGISTIC.name) as CrossValidation;
  const [first, second] = [ours, linear].map((found) =>
    resampledMetrics(found.labels, meanScores(found), 0.5),
  );
  const { roc_auc: better } = pairedDifference(ours.labels.length, first, second, { seed: SEED });
  console.log(
    `  ensemble - logistic: ${f3(better.difference)} [${f3(better.low)}, ${f3(better.high)}], above in ${(100 * better.share_above).toFixed(0)} % of resamples`,
  );
  const auc = spread(aucByFold(ours)).mean;
  console.log(
    `  mark: ensemble's mean AUC over folds at least ${least}: ${auc.toFixed(4)} ${mark(auc >= least)}`,
  );
  const { probabilities, calibration } = calibrateOutOfFold(ours, SEED);
  const reports = probabilities.map((p) => calibrationReport(ours.labels, p, { seed: SEED, repeats: 300 }));
  const slope = spread(reports.map((report) => report.slope)).mean;
  const intercept = spread(reports.map((report) => report.intercept)).mean;
  const { intervals } = reports[0];
  console.log(
    `  calibration (${calibration.method}): slope ${f3(slope)} [${f3(intervals.slope.low)}, ${f3(intervals.slope.high)}], intercept ${f3(intercept)} [${f3(intervals.intercept.low)}, ${f3(intervals.intercept.high)}] ${mark(slope >= 0.9 && slope <= 1.1 && Math.abs(intercept) <= 0.1)}`,
  );
  const bins = reports[0].bins.map((bin) => `${f3(bin.predicted)}>${f3(bin.observed)}`);
  console.log(`  reliability, first repeat, predicted>observed: ${bins.join(" ")}`);
}

if (existsSync(splitFile)) {
  const split = JSON.parse(readFileSync(splitFile, "utf8")) as Record<"train" | "valid" | "test", number[]>;
  const { connection, table } = profiles;
  await connection.run(
    `CREATE VIEW published_train AS SELECT * FROM ${table} WHERE "row" IN (${split.train.map(Number).join()})`,
  );
  const pipeline = await fitPipeline(connection, "original-log", "published_train");
  const { values, columns } = await transform(connection, pipeline, table);
  const { labels } = await labelsOf(connection, engagement, table);
  const part = (rows: number[]) => {
    const x = new Float32Array(rows.length * columns);
    rows.forEach((row, i) => {
      x.set(values.subarray(row * columns, (row + 1) * columns), i * columns);
    });
    return { x, y: Float32Array.from(rows, (row) => labels[row]), rows: rows.length };
  };
  const [training, valid, test] = [split.train, split.valid, split.test].map(part);
  const logits: Float32Array[] = [];
  const single: number[] = [];
  const truth = Uint8Array.from(test.y);
  const f1Of = (z: ArrayLike<number>) => decisionMetrics(truth, Float64Array.from(z), 0).f1;
  for (let seed = 1; seed <= 8; seed++) {
    const { network } = await train(training, valid, {
      ...STUDY_DEFAULTS,
      batchSize: 64,
      maxEpochs: 1000,
      seed,
    });
    logits.push(createPredictor(network).logits(test.x, test.rows));
    single.push(f1Of(logits[seed - 1]));
  }
  const f1 = f1Of(meanOf(logits));
  const each = spread(single);
  console.log(
    "\nengagement, what the study's nine features are made of on logarithmic scales, published split, 8 seeds",
  );
  console.log(
    `  one network: F1 ${f3(each.mean)} (${f3(each.standard_deviation)}), ${f3(each.min)} to ${f3(each.max)}`,
  );
  console.log(
    `  mark: the eight together, F1 at least ${PUBLISHED_F1}: ${f1.toFixed(4)} ${mark(f1 >= PUBLISHED_F1)}`,
  );
}
await profiles.close();
if (missed) process.exitCode = 1;
