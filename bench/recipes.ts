/**
 * How many networks of what size are worth their cost: repeated cross-validation of the profile features on a file, with
 * other seeds than `bench:validity`. Run with `npx tsx bench/recipes.ts [FILE]`. The recipe in `src/training/recipe.ts` is
 * the smallest that cannot be told from the best.
 */
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { spread } from "../src/base/statistics.ts";
import { rankingMetrics } from "../src/evaluation/metrics.ts";
import { readProfiles } from "../src/profiles/read.ts";
import { resolveTarget } from "../src/targets/resolve.ts";
import { aucByFold, calibrateOutOfFold, crossValidate } from "../src/training/crossValidate.ts";
import { ENSEMBLE, LOGISTIC, type Recipe } from "../src/training/recipe.ts";

const [file = fileURLToPath(new URL("../../shared/data/tiktok.csv", import.meta.url))] =
  process.argv.slice(2);
const SEEDS = [11, 12];
const REPEATS = 3;
const recipes: Recipe[] = [LOGISTIC];
/** Units of both hidden layers, and the dropout that suits them. */
const SIZES = [
  [16, 0.05],
  [32, 0.2],
  [64, 0.4],
] as const;
for (const [units, dropout] of SIZES) {
  for (const networks of [1, 2, 4]) {
    const name = `${networks} of ${units}-${units}, dropout ${dropout}`;
    recipes.push({ ...ENSEMBLE, name, networks, hidden: [units, units], dropout });
  }
}

const profiles = await readProfiles(file);
for (const name of ["activity", "engagement"]) {
  const definition = await resolveTarget(name);
  console.log(`\n${name}: 5 folds x ${REPEATS} repeats, ${SEEDS.length} seeds; mean over seeds (deviation)`);
  for (const recipe of recipes) {
    const found: Record<"fold_auc" | "roc_auc" | "log_loss" | "brier", number>[] = [];
    for (const seed of SEEDS) {
      const validation = await crossValidate(profiles.connection, {
        relation: profiles.table,
        preset: "profile",
        definition,
        recipe,
        repeats: REPEATS,
        seed,
        workers: availableParallelism(),
      });
      const { mean } = calibrateOutOfFold(validation, seed);
      const fold_auc = spread(aucByFold(validation)).mean;
      found.push({ ...rankingMetrics(validation.labels, mean), fold_auc });
    }
    const shown = (["fold_auc", "roc_auc", "log_loss", "brier"] as const).map((metric) => {
      const { mean, standard_deviation } = spread(found.map((one) => one[metric]));
      return `${metric} ${mean.toFixed(4)} (${standard_deviation.toFixed(4)})`;
    });
    console.log(`  ${recipe.name.padEnd(26)} ${shown.join("  ")}`);
  }
}
await profiles.close();
