import type { DuckDBConnection } from "@duckdb/node-api";
import { quoteIdentifier } from "../base/quote.ts";
import { fitLogisticRegression } from "../evaluation/logisticRegression.ts";
import type { FittedPipeline } from "../features/pipeline.ts";
import { columnsByName, transform } from "../features/transform.ts";
import type { Network } from "../network/network.ts";

/**
 * How the forecast is fitted, as research on the published file found it: moments at which a history is cut, moments after which
 * one counts 1/e of the newest (how people post drifts), and the weight of half the squared coefficients where rows count 1 on
 * average.
 */
export const FORECAST = { cuts: 12, decay: 6, l2: 50 } as const;

/** The feature that tells whether there are posts, which is 1 in all examples. */
const POSTS_KNOWN = "posts_known";

/**
 * Fits whether a post comes within the horizon: logistic regression on what the posts said at each moment. The moments of an
 * account weigh as much as those of another.
 *
 * @param pipeline of posting features
 * @param examples name of a table or view that `backtest` made, or of a part of it: training rows only
 * @returns a network without hidden layers over the features but `POSTS_KNOWN`
 */
export async function fitForecast(
  connection: DuckDBConnection,
  pipeline: FittedPipeline,
  examples: string,
): Promise<Network> {
  const { [POSTS_KNOWN]: _, ...features } = columnsByName(await transform(connection, pipeline, examples));
  const reader = await connection.runAndReadAll(
    `SELECT CAST(came AS INTEGER), weight * exp(-cut / ${FORECAST.decay}.0) FROM ${quoteIdentifier(examples)} ORDER BY "row"`,
  );
  const [came, weights] = reader.getColumnsJS().map((column) => Float64Array.from(column, Number));
  const mean = weights.reduce((sum, weight) => sum + weight, 0) / weights.length;
  const { coefficients, intercept } = fitLogisticRegression(Object.values(features), came, {
    weights: weights.map((weight) => weight / mean),
    l2: FORECAST.l2,
  });
  return linearNetwork(coefficients, intercept);
}

/** A logistic regression as a network without hidden layers. */
export function linearNetwork(coefficients: readonly number[], intercept: number): Network {
  const inputs = coefficients.length;
  const layer = {
    weight: Float32Array.from(coefficients),
    bias: Float32Array.of(intercept),
    inputs,
    outputs: 1,
  };
  return { inputs, layers: [layer] };
}
