import type { DuckDBConnection } from "@duckdb/node-api";
import { z } from "zod";
import { interval } from "../base/schemas.ts";
import { bootstrapIntervals, everyRow, less, pairedDifference } from "../evaluation/bootstrap.ts";
import { METRIC_RANGES, metricsOfRepeats, resampledMetrics } from "../evaluation/metrics.ts";
import { choosePolicy } from "../evaluation/policies.ts";
import type { Fold } from "../evaluation/split.ts";
import {
  type CrossValidateOptions,
  type CrossValidation,
  calibrateOutOfFold,
  crossValidate,
  meanOf,
} from "./crossValidate.ts";
import { type FoldData, type FoldSource, prepareFold } from "./foldData.ts";
import { BEST_FEATURE, LOGISTIC, MAJORITY, type Recipe, STUDY } from "./recipe.ts";

const numberWithInterval = interval.extend({ value: z.number() });

/**
 * One model of a leaderboard. All numbers are of the mean calibrated out-of-fold probability over the repeats, with 95 %
 * bootstrap intervals.
 */
const entrySchema = z.strictObject({
  name: z.string(),
  /** Networks a fold. */
  networks: z.number().int().min(1),
  roc_auc: numberWithInterval,
  average_precision: numberWithInterval,
  /** At the threshold with the best F1 on the same rows, which flatters every model alike. */
  f1: numberWithInterval,
  brier: numberWithInterval,
  /**
   * ROC AUC less that of the best, on the same resamples: an interval that holds 0 means these rows cannot tell the two
   * apart. Null for the best itself.
   */
  difference: z.strictObject({ ...numberWithInterval.shape, share_above: z.number() }).nullable(),
  /** Wall time of the cross-validation, milliseconds. */
  training_ms: z.number(),
});

/** Models on the same folds, best ROC AUC first. */
export const leaderboardSchema = z.strictObject({
  entries: z.array(entrySchema).min(1),
  /** Rows that are judged, and how. */
  rows: z.number().int(),
  folds: z.number().int(),
  repeats: z.number().int(),
});

/** As the schema says. */
export type Leaderboard = z.infer<typeof leaderboardSchema>;

/** A recipe that has been cross-validated. */
export interface Contestant {
  readonly recipe: Recipe;
  readonly found: CrossValidation;
  readonly milliseconds: number;
}

/** What ours is held against: from nothing at all to the network of the original study. */
export const OPPONENTS: readonly Recipe[] = [MAJORITY, BEST_FEATURE, LOGISTIC, STUDY];

/**
 * Cross-validates recipes on the same folds as one that has been already, and ranks them all.
 *
 * @param ours what has been cross-validated, with these very options
 * @param opponents the others
 * @param options as they were for `ours`, or with fewer repeats: then `ours` is judged by its first ones
 * @param elapsed milliseconds of a clock that never jumps
 * @throws as `crossValidate`
 */
export async function leaderboard(
  connection: DuckDBConnection,
  ours: Contestant,
  opponents: readonly Recipe[],
  options: Omit<CrossValidateOptions, "recipe">,
  elapsed: () => number,
): Promise<Leaderboard> {
  const contestants: Contestant[] = [];
  const networks = (recipes: readonly Recipe[]) => recipes.reduce((sum, recipe) => sum + recipe.networks, 0);
  const folds = firstRepeats(ours.found, options.repeats ?? Number.POSITIVE_INFINITY).folds.length;
  const { prepare, spent } = keeping(ours, elapsed);
  for (const [i, recipe] of opponents.entries()) {
    const before = folds * networks(opponents.slice(0, i));
    const started = elapsed() - spent();
    const found = await crossValidate(connection, {
      ...options,
      recipe,
      prepare,
      onProgress: (done) => options.onProgress?.(before + done, folds * networks(opponents)),
    });
    contestants.push({ recipe, found, milliseconds: elapsed() - started });
  }
  const repeats = options.repeats ?? Number.POSITIVE_INFINITY;
  return rank([...contestants, { ...ours, found: firstRepeats(ours.found, repeats) }], options.seed);
}

/** The first repeats of a cross-validation: with the same seed they are those of one with fewer. */
function firstRepeats(found: CrossValidation, repeats: number): CrossValidation {
  const folds = found.folds.filter(({ repeat }) => repeat < repeats);
  return { ...found, folds, logits: found.logits.slice(0, repeats) };
}

/** Numbers of features that are kept at most, 4 bytes each. */
const MOST_KEPT = 64_000_000;

/**
 * Makes each fold's features once, where they are few enough to keep, and tells what that took: every model needs them, so
 * each is charged with it.
 */
function keeping({ found }: Contestant, elapsed: () => number) {
  const [[{ inputs }]] = found.networks;
  const few = found.labels.length * found.folds.length * inputs <= MOST_KEPT;
  const kept: FoldData[] = [];
  let spent = 0;
  const prepare = async (source: FoldSource, fold: Fold, place: number): Promise<FoldData> => {
    if (kept[place] !== undefined) return kept[place];
    const started = elapsed();
    const data = await prepareFold(source, fold);
    if (!few) return data;
    kept[place] = data;
    spent += elapsed() - started;
    return data;
  };
  return { prepare, spent: () => spent };
}

/** Out-of-fold probabilities of a model, to be ranked beside others'. */
export interface RankedModel {
  readonly name: string;
  /** Networks a fold. */
  readonly networks: number;
  /** 0 or 1. */
  readonly labels: Uint8Array;
  /** Of each repeat one a label. */
  readonly probabilities: readonly Float64Array[];
  /** Folds of a repeat. */
  readonly folds: number;
  readonly milliseconds: number;
}

/** Ranks what has been cross-validated on the same folds. Of equals the earlier stands first. */
export function rank(contestants: readonly Contestant[], seed: number): Leaderboard {
  return rankModels(
    contestants.map(({ recipe: { name, networks }, found, milliseconds }) => {
      const { probabilities } = calibrateOutOfFold(found, seed);
      const folds = found.folds.length / probabilities.length;
      return { name, networks, labels: found.labels, probabilities, folds, milliseconds };
    }),
    seed,
  );
}

/** Ranks probabilities of the same rows. Of equals the earlier stands first. */
export function rankModels(models: readonly RankedModel[], seed: number): Leaderboard {
  const judged = models
    .map((model) => ({ ...model, ...judge(model, seed) }))
    .sort((a, b) => b.entry.roc_auc.value - a.entry.roc_auc.value);
  const [best] = judged;
  const { labels, folds, probabilities } = best;
  const entries = judged.map(({ name, networks, milliseconds, entry, statistic, crossValidated }) => {
    const common = { name, networks, ...entry, training_ms: milliseconds };
    if (statistic === best.statistic) return { ...common, difference: null };
    const { roc_auc } = pairedDifference(labels.length, statistic, best.statistic, {
      seed,
      crossValidated: {
        folds: crossValidated.folds,
        repeats: crossValidated.repeats.map((one, i) => less(one, best.crossValidated.repeats[i])),
      },
    });
    const { difference: value, low, high, share_above } = roc_auc;
    return { ...common, difference: { value, low, high, share_above } };
  });
  return leaderboardSchema.parse({ entries, rows: labels.length, folds, repeats: probabilities.length });
}

/** A model's numbers, and the statistic they are, to compare with others'. */
function judge({ labels, probabilities, folds }: RankedModel, seed: number) {
  const mean = meanOf(probabilities);
  const threshold = choosePolicy({ kind: "max_f1" }, labels, mean).value;
  const statistic = resampledMetrics(labels, mean, threshold);
  const crossValidated = metricsOfRepeats(labels, threshold, { folds, probabilities });
  const intervals = bootstrapIntervals(labels.length, statistic, {
    seed,
    crossValidated,
    ranges: METRIC_RANGES,
  });
  const values = statistic(everyRow(labels.length));
  const shown = (name: keyof typeof values) => ({ value: values[name], ...intervals[name] });
  const entry = {
    roc_auc: shown("roc_auc"),
    average_precision: shown("average_precision"),
    f1: shown("f1"),
    brier: shown("brier"),
  };
  return { entry, statistic, crossValidated };
}
