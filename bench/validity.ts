/**
 * How well the recommended features and networks find people they have not seen: repeated stratified cross-validation on a
 * file of profiles, ours against baselines on the same folds, with intervals and calibration. Run with
 * `npm run bench:validity [-- FILE SPLIT]`; ends with exit code 1 where a mark is missed.
 */
import { existsSync, readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import type { Interval } from "../src/base/schemas.ts";
import { spread } from "../src/base/statistics.ts";
import { calibrationReport } from "../src/evaluation/calibrationReport.ts";
import { decisionMetrics } from "../src/evaluation/metrics.ts";
import { fitPipeline } from "../src/features/pipeline.ts";
import { transform } from "../src/features/transform.ts";
import { STUDY_DEFAULTS } from "../src/network/options.ts";
import { createPredictor } from "../src/network/predictor.ts";
import { train } from "../src/network/train.ts";
import { readProfiles } from "../src/profiles/read.ts";
import { engagement } from "../src/targets/named.ts";
import { resolveTarget } from "../src/targets/resolve.ts";
import { labelsOf } from "../src/targets/target.ts";
import { aucByFold, calibrateOutOfFold, crossValidate, meanOf } from "../src/training/crossValidate.ts";
import { type Contestant, rank } from "../src/training/leaderboard.ts";
import { BEST_FEATURE, ENSEMBLE, LOGISTIC, MAJORITY, STUDY } from "../src/training/recipe.ts";
import { benchQuestions } from "./questions.ts";

const beside = (path: string) => fileURLToPath(new URL(`../../shared/${path}`, import.meta.url));
const [file = beside("data/tiktok.csv"), splitFile = beside("reference/split.json")] = process.argv.slice(2);
const SEED = 1;
/** The least mean area over folds; creators have their marks with both questions. */
const MARKS = { engagement: 0.915, activity: 0.76, creator: null } as const;
const PUBLISHED_F1 = 0.99;

const profiles = await readProfiles(file);
const workers = availableParallelism();
let missed = false;
const mark = (good: boolean) => {
  missed ||= !good;
  return good ? "reached" : "MISSED";
};
type Difference = Interval & { readonly value: number };
const f3 = (value: number) => value.toFixed(3);
const shown = ({ value, low, high }: Difference) => `${f3(value)} [${f3(low)}, ${f3(high)}]`;

for (const [name, least] of Object.entries(MARKS)) {
  const definition = await resolveTarget(name);
  const results = new Map<string, Contestant>();
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
    results.set(recipe.name, { recipe, found, milliseconds: performance.now() - started });
  }
  console.log(`\n${name}: profile columns only, 5 folds x 3 repeats, out of fold`);
  console.log("  ROC AUC of the mean probability over the repeats [95 % interval]");
  for (const { name: model, roc_auc, training_ms } of rank([...results.values()], SEED).entries)
    console.log(`  ${model.padEnd(20)} ${shown(roc_auc)}  ${(training_ms / 1000).toFixed(1)} s`);
  const [first, second] = [ENSEMBLE, LOGISTIC].map((recipe) => results.get(recipe.name) as Contestant);
  const { entries } = rank([first, second], SEED);
  console.log(`  ${entries[1].name} less ${entries[0].name}: ${shown(entries[1].difference as Difference)}`);
  const ours = first.found;
  const auc = spread(aucByFold(ours)).mean;
  const asked = least === null ? "" : `, mark at least ${least}: ${mark(auc >= least)}`;
  console.log(`  ensemble's mean AUC over folds: ${auc.toFixed(4)}${asked}`);
  const { probabilities, mean, calibration } = calibrateOutOfFold(ours, SEED);
  const repeated = { folds: 5, probabilities };
  const report = calibrationReport(ours.labels, mean, { seed: SEED, repeats: 300, repeated });
  const { slope, intercept, intervals } = report;
  console.log(
    `  calibration (${calibration.method}): slope ${f3(slope)} [${f3(intervals.slope.low)}, ${f3(intervals.slope.high)}], intercept ${f3(intercept)} [${f3(intervals.intercept.low)}, ${f3(intervals.intercept.high)}] ${mark(slope >= 0.9 && slope <= 1.1 && Math.abs(intercept) <= 0.1)}`,
  );
  const bins = report.bins.map((bin) => `${f3(bin.predicted)}>${f3(bin.observed)}`);
  console.log(`  reliability, predicted>observed: ${bins.join(" ")}`);
}

await benchQuestions(profiles, { seed: SEED, workers, mark });

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
