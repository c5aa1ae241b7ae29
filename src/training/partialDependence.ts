import type { DuckDBConnection } from "@duckdb/node-api";
import { z } from "zod";
import { quoteIdentifier } from "../base/quote.ts";
import { count } from "../base/schemas.ts";
import { percentile, sigmoid } from "../base/statistics.ts";
import type { Model } from "../bundle/model.ts";
import { probabilitiesOf } from "../bundle/score.ts";
import { double } from "../features/dialect.ts";
import { pipelineInputs } from "../features/pipeline.ts";
import { transform } from "../features/transform.ts";
import {
  CANONICAL_COLUMNS,
  type CanonicalName,
  type CanonicalType,
  isCanonical,
} from "../profiles/canonical.ts";
import { viewOfSample } from "./rows.ts";
import type { FoldPredictor } from "./trainEnsemble.ts";

/** How the model's probability goes with one number of a profile, all the rest staying as it is. */
export const dependenceSchema = z.strictObject({
  /** A canonical column, or `account_age` in days. */
  column: z.string(),
  /** Training rows whose value is known, and those that were asked about. */
  known: count,
  rows: count,
  /** Rising. */
  points: z.array(
    z.strictObject({
      value: z.number(),
      /** Mean probability of the rows if all had this value. */
      probability: z.number(),
      /** 10th and 90th percentile of the same by the networks of each fold. */
      low: z.number(),
      high: z.number(),
    }),
  ),
  /** Where training rows are, from the 1st to the 99th percentile: one more edge than counts. */
  density: z.strictObject({ edges: z.array(z.number()), counts: z.array(count) }),
});

/** As the schema says. */
export type Dependence = z.infer<typeof dependenceSchema>;

/** Rows that are asked about, and how many values each is given at most. */
const MOST_ROWS = 100;
const SHARES = [0.01, 0.03, 0.06, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.94, 0.97, 0.99];
const BINS = 30;
const DAY = 86_400;

/** A number that can be varied: where it comes from, and the columns that change with it. */
interface Varied {
  readonly name: string;
  /** SQL of the number, a DOUBLE; NULL where unknown. */
  readonly number: string;
  /** SQL of the columns in their new state, for a `value`. */
  readonly replaced: string;
}

/**
 * Partial dependence (Friedman, 2001) of a finished model on each number that a profile shows: the mean probability of some
 * training rows when all of them are given the same value. The number itself is varied, at the quantiles of the training
 * rows, and every feature made of it moves with it: likes per follower as well as followers.
 *
 * @param relation name of a table or view with `row` and the canonical columns: all training rows
 * @param predictors of the folds' networks, whose spread is the band
 */
export async function dependences(
  connection: DuckDBConnection,
  model: Model,
  relation: string,
  predictors: readonly FoldPredictor[],
  { seed, signal }: { readonly seed: number; readonly signal?: AbortSignal | undefined },
): Promise<Dependence[]> {
  const drawn = await viewOfSample(connection, "varied_sample", relation, MOST_ROWS, seed);
  const found: Dependence[] = [];
  for (const varied of variedOf(pipelineInputs(model.pipeline))) {
    signal?.throwIfAborted();
    const numbers = await sortedNumbers(connection, varied.number, relation);
    const shares = typeOf(varied) === "BOOLEAN" ? [0, 1] : SHARES;
    const grid = shares.map((share) => percentile(numbers, share));
    const values = [...new Set(typeOf(varied) === "DOUBLE" ? grid : grid.map(Math.round))];
    // A number that is the same for all, or known of nobody, has nothing to go with.
    if (numbers.length === 0 || values.length < 2) continue;
    const cases = values.map((value, i) => `(${i}, ${double(value)})`).join(", ");
    await connection.run(`CREATE OR REPLACE TEMP TABLE varied_profiles AS
      SELECT * REPLACE (grid.turn * ${MOST_ROWS} + place AS "row", ${varied.replaced})
      FROM (SELECT *, row_number() OVER (ORDER BY "row") - 1 AS place FROM ${quoteIdentifier(drawn)}
            WHERE ${varied.number} IS NOT NULL), (VALUES ${cases}) AS grid(turn, value)`);
    const { rows, values: x } = await transform(connection, model.pipeline, "varied_profiles");
    const each = rows.length / values.length;
    if (each === 0) continue;
    const means = (probabilities: Float64Array) =>
      values.map(
        (_, i) => probabilities.subarray(i * each, (i + 1) * each).reduce((sum, p) => sum + p, 0) / each,
      );
    const whole = means(probabilitiesOf(model, x, rows.length));
    const byFold = predictors.map((fold) => means(fold.logits(x, rows.length).map(sigmoid)));
    found.push({
      column: varied.name,
      known: numbers.length,
      rows: each,
      points: values.map((value, i) => {
        const spread = Float64Array.from(byFold, (fold) => fold[i]).sort();
        return {
          value,
          probability: whole[i],
          low: percentile(spread, 0.1),
          high: percentile(spread, 0.9),
        };
      }),
      density: densityOf(numbers, typeOf(varied) === "BIGINT"),
    });
  }
  return found;
}

/** What can be varied of some columns: numbers, flags as 0 and 1, and the account's age where both of its dates are read. */
function variedOf(columns: readonly CanonicalName[]): Varied[] {
  const varied = columns.flatMap((name): Varied[] => {
    const { type } = CANONICAL_COLUMNS[name];
    if (type !== "BIGINT" && type !== "DOUBLE" && type !== "BOOLEAN") return [];
    const number = `CASE WHEN isfinite(CAST(${name} AS DOUBLE)) THEN CAST(${name} AS DOUBLE) END`;
    return [{ name, number, replaced: `CAST(grid.value AS ${type}) AS ${name}` }];
  });
  if (!columns.includes("created_at") || !columns.includes("observed_at")) return varied;
  return [
    ...varied,
    {
      name: "account_age",
      number: `greatest(0, epoch(observed_at) - epoch(created_at)) / ${double(DAY)}`,
      replaced: `observed_at - to_microseconds(CAST(grid.value * ${double(DAY * 1e6)} AS BIGINT)) AS created_at`,
    },
  ];
}

/** Counts and flags are whole numbers, however their quantiles fall. */
function typeOf({ name }: Varied): CanonicalType {
  return isCanonical(name) ? CANONICAL_COLUMNS[name].type : "DOUBLE";
}

async function sortedNumbers(
  connection: DuckDBConnection,
  number: string,
  relation: string,
): Promise<Float64Array> {
  const reader = await connection.runAndReadAll(
    `SELECT ${number} AS number FROM ${quoteIdentifier(relation)} WHERE number IS NOT NULL`,
  );
  const [numbers = []] = reader.getColumnsJS();
  return Float64Array.from(numbers as number[]).sort();
}

/** Counts from here on are told apart by their sizes, not by their differences. */
const LONG = 500;

/**
 * Counts in bins that are equally wide, or equally wide in ln(1 + value) where counts reach far; from the 1st to the 99th
 * percentile.
 */
function densityOf(sorted: Float64Array, isCount: boolean): Dependence["density"] {
  const [low, high] = [percentile(sorted, 0.01), percentile(sorted, 0.99)];
  const long = isCount && low >= 0 && high >= LONG;
  const scale = (value: number) => (long ? Math.log1p(value) : value);
  const [from, to] = [scale(low), scale(high)];
  const edges = Array.from({ length: BINS + 1 }, (_, i) => {
    const edge = from + ((to - from) * i) / BINS;
    return long ? Math.expm1(edge) : edge;
  });
  const counts = new Array<number>(BINS).fill(0);
  // A flag is 0 or 1, and may be 0 from the 1st to the 99th percentile.
  if (to === from) return { edges, counts };
  for (const value of sorted) {
    if (value < low || value > high) continue;
    counts[Math.min(BINS - 1, Math.floor((BINS * (scale(value) - from)) / (to - from)))]++;
  }
  return { edges, counts };
}
