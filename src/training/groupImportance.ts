import type { DuckDBConnection } from "@duckdb/node-api";
import { z } from "zod";
import { Random } from "../base/random.ts";
import { count } from "../base/schemas.ts";
import { percentile, spread } from "../base/statistics.ts";
import { rocAuc } from "../evaluation/metrics.ts";
import { featureGroups } from "../features/featureGroups.ts";
import type { FittedPipeline } from "../features/pipeline.ts";
import { rowsAt, transform } from "../features/transform.ts";
import type { CrossValidation } from "./crossValidate.ts";
import { viewOfSample } from "./rows.ts";
import type { FoldPredictor } from "./trainEnsemble.ts";

/** What the networks rely on: how much worse they rank rows held out from them when a group of features is shuffled. */
export const importanceSchema = z.strictObject({
  /** What falls. */
  metric: z.literal("roc_auc"),
  /** Shuffles a fold. */
  repeats: count,
  /** Rows of the file that were shuffled, each held out from its fold's networks. */
  rows: count,
  /** By the mean fall, the largest first. */
  groups: z.array(
    z.strictObject({
      group: z.string(),
      features: z.array(z.string()),
      /** Mean fall over folds and shuffles; below 0 where shuffling happened to help. */
      mean: z.number(),
      standard_deviation: z.number(),
      /** 2.5th and 97.5th percentile of the falls. */
      low: z.number(),
      high: z.number(),
    }),
  ),
});

/** As the schema says. */
export type GroupImportance = z.infer<typeof importanceSchema>;

/** Rows that are shuffled at most, all folds of a repeat together. */
const MOST_ROWS = 2000;
/** Shuffles a fold. The folds are repeats enough. */
const SHUFFLES = 2;

/** What importance is measured on. */
export interface JudgedFolds {
  /** The finished model's. */
  readonly pipeline: FittedPipeline;
  /** Name of a table or view with the rows. */
  readonly relation: string;
  readonly validation: Pick<CrossValidation, "rows" | "labels" | "folds">;
}

/**
 * Permutation importance of groups of features (Breiman, 2001): how much the area under the ROC curve falls when a group's
 * features are shuffled together among the rows held out from a fold, by the networks of that fold. The features are those
 * of the finished model's pipeline, which the folds' networks read all the same.
 *
 * @param predictors of the folds' networks, see `foldPredictors`
 */
export async function groupImportance(
  connection: DuckDBConnection,
  { pipeline, relation, validation }: JudgedFolds,
  predictors: readonly FoldPredictor[],
  { seed, signal }: { readonly seed: number; readonly signal?: AbortSignal | undefined },
): Promise<GroupImportance> {
  const drawn = await viewOfSample(connection, "shuffled_profiles", relation, MOST_ROWS, seed);
  const matrix = await transform(connection, pipeline, drawn);
  const placeOf = new Map(Array.from(matrix.rows, (row, place) => [row, place]));
  const groups = featureGroups(pipeline);
  const falls = groups.map(() => [] as number[]);
  validation.folds.forEach(({ test }, fold) => {
    const held = Int32Array.from(test).filter((at) => placeOf.has(validation.rows[at]));
    const labels = Uint8Array.from(held, (at) => validation.labels[at]);
    // Of many rows only some are looked at, and those of a fold may happen to be of one class.
    if (labels.every((label) => label === labels[0])) return;
    const places = held.map((at) => placeOf.get(validation.rows[at]) ?? 0);
    const x = rowsAt(matrix.values, matrix.columns, places);
    const auc = (features: Float32Array) => rocAuc(labels, predictors[fold].logits(features, labels.length));
    const whole = auc(x);
    groups.forEach(({ places }, group) => {
      signal?.throwIfAborted();
      const random = new Random(seed + 7919 * group + 104_729 * fold);
      for (let shuffle = 0; shuffle < SHUFFLES; shuffle++) {
        falls[group].push(whole - auc(shuffled(x, matrix.columns, places, random)));
      }
    });
  });
  const found = groups.flatMap(({ name, features }, group) => {
    if (falls[group].length === 0) return [];
    const sorted = Float64Array.from(falls[group]).sort();
    const { mean, standard_deviation } = spread(falls[group]);
    const [low, high] = [percentile(sorted, 0.025), percentile(sorted, 0.975)];
    return [{ group: name, features: [...features], mean, standard_deviation, low, high }];
  });
  return {
    metric: "roc_auc",
    repeats: SHUFFLES,
    rows: matrix.rows.length,
    groups: found.sort((a, b) => b.mean - a.mean),
  };
}

/** A copy whose rows have swapped some of their columns, together. */
function shuffled(x: Float32Array, columns: number, places: readonly number[], random: Random): Float32Array {
  const copy = x.slice();
  const order = random.shuffle(Int32Array.from({ length: x.length / columns }, (_, row) => row));
  order.forEach((from, row) => {
    for (const place of places) copy[row * columns + place] = x[from * columns + place];
  });
  return copy;
}
