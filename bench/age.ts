/**
 * Whether the account's age hurts where a file was made at another time: the recommended model, trained on a file as it is, scores
 * the same people as files of other years have them, without a snapshot date, or without ids; beside it, a model that has
 * never seen the age. Out of fold, with bootstrap intervals of the differences. Run with `npm run bench:age [-- FILE]`; ends
 * with exit code 1 where the age hurts beyond noise.
 */
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { sigmoid } from "../src/base/statistics.ts";
import { pairedDifference } from "../src/evaluation/bootstrap.ts";
import { resampledMetrics } from "../src/evaluation/metrics.ts";
import { readProfiles } from "../src/profiles/read.ts";
import { resolveTarget } from "../src/targets/resolve.ts";
import { ENSEMBLE } from "../src/training/recipe.ts";
import { FILES, type FileName, otherYears } from "../test/support/training/otherYears.ts";

const [file = fileURLToPath(new URL("../../shared/data/tiktok.csv", import.meta.url))] =
  process.argv.slice(2);
const SEED = 1;
const profiles = await readProfiles(file);
let hurt = false;
for (const name of ["engagement", "activity", "creator"]) {
  const { whole, withoutAge, labels, logits } = await otherYears(profiles.connection, {
    relation: profiles.table,
    preset: "profile",
    definition: await resolveTarget(name),
    recipe: ENSEMBLE,
    seed: SEED,
    workers: availableParallelism(),
  });
  const metrics = (scores: Float64Array) => resampledMetrics(labels, scores.map(sigmoid), 0.5);
  console.log(`\n${name}: without age ${withoutAge.toFixed(3)}; with it, and how much more that is`);
  for (const other of Object.keys(FILES) as FileName[]) {
    const { roc_auc } = pairedDifference(
      labels.length,
      metrics(logits[other]),
      metrics(logits["without age"]),
      { seed: SEED },
    );
    hurt ||= roc_auc.high < 0;
    console.log(
      `  ${other.padEnd(18)} ${whole[other].toFixed(3)}  ${roc_auc.difference.toFixed(3)} [${roc_auc.low.toFixed(3)}, ${roc_auc.high.toFixed(3)}]`,
    );
  }
}
await profiles.close();
if (hurt) process.exitCode = 1;
