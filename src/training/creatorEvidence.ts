import type { DuckDBConnection } from "@duckdb/node-api";
import { quoteIdentifier } from "../base/quote.ts";
import { type FittedPipeline, fitPipeline } from "../features/pipeline.ts";
import { postingPreset } from "../features/presets/creator.ts";
import { columnsByName, transform } from "../features/transform.ts";
import type { Network } from "../network/network.ts";
import { createPredictor } from "../network/predictor.ts";
import type { AccountFolds } from "./accountFolds.ts";
import { NEEDS, RATE, RATE_FEATURE, RATE_SLOPE } from "./creatorPipeline.ts";
import { fitForecast } from "./forecast.ts";
import { viewOf } from "./rows.ts";

/** The facts of some accounts, answered by what was learnt from others. NaN where an account has none. */
export interface FactLogits {
  /** Logit of a post within the horizon after the latest moment of the back-test. */
  readonly posts: Float64Array;
  /** The same after the snapshot. */
  readonly postsNow: Float64Array;
  /** Logit of a rate above the norm. */
  readonly rate: Float64Array;
}

/** A forecast and the features that it reads. */
export interface Forecast {
  readonly pipeline: FittedPipeline;
  readonly network: Network;
}

/** What the facts are read from. */
export interface FactSource {
  readonly connection: DuckDBConnection;
  /** Name of a table or view of accounts. */
  readonly relation: string;
  /** Name of the table that `backtest` made of it. */
  readonly examples: string;
  /** Days within which a post counts. */
  readonly horizon: number;
  readonly signal?: AbortSignal | undefined;
}

/**
 * The facts of every account out of fold: forecast, features of posts, norm and noise of rates are fitted to the accounts of
 * the other folds and to nothing else.
 *
 * @returns for each repeat the logits of the accounts in their order, and the forecast of each fold
 */
export async function factsOutOfFold(
  { connection, relation, examples, horizon, signal }: FactSource,
  { rows, folds, at }: AccountFolds,
): Promise<{ logits: FactLogits[]; forecasts: Forecast[] }> {
  const unknown = () => new Float64Array(rows.length).fill(Number.NaN);
  const repeats = 1 + Math.max(...folds.map(({ repeat }) => repeat));
  const logits = Array.from({ length: repeats }, () => ({
    posts: unknown(),
    postsNow: unknown(),
    rate: unknown(),
  }));
  const forecasts: Forecast[] = [];
  for (const { repeat, train, test } of folds) {
    signal?.throwIfAborted();
    const rowsOf = (positions: Int32Array) => Float64Array.from(positions, (i) => rows[i]);
    await viewOf(connection, "learnt_accounts", relation, rowsOf(train));
    await viewOf(connection, "held_accounts", relation, rowsOf(test));
    const learnt = await examplesOf(connection, examples, "learnt_accounts", "learnt_examples");
    const held = await examplesOf(connection, examples, "held_accounts", "held_examples", 0);
    const forecast = await fitPosts(connection, learnt, horizon);
    forecasts.push(forecast);
    const found = logits[repeat];
    const put = (into: Float64Array, known: ReadonlyMap<number, number>) => {
      for (const [row, z] of known) into[at(row)] = z;
    };
    put(found.posts, await forecastLogits(connection, forecast, held));
    put(found.postsNow, await forecastLogits(connection, forecast, "held_accounts"));
    const rate = await fitPipeline(connection, RATE, "learnt_accounts");
    put(found.rate, await rateLogits(connection, rate, "held_accounts"));
  }
  return { logits, forecasts };
}

/** Fits the forecast and its features to the moments of a back-test. */
export async function fitPosts(
  connection: DuckDBConnection,
  examples: string,
  horizon: number,
): Promise<Forecast> {
  const pipeline = await fitPipeline(connection, postingPreset(horizon), examples);
  return { pipeline, network: await fitForecast(connection, pipeline, examples) };
}

/**
 * A view of the examples of some accounts.
 *
 * @param accounts name of a view that `viewOf` made
 * @param cut of one moment only: then `row` is that of the account
 */
async function examplesOf(
  connection: DuckDBConnection,
  examples: string,
  accounts: string,
  name: string,
  cut?: number,
): Promise<string> {
  const columns = cut === undefined ? "*" : '* REPLACE (account AS "row")';
  const only = cut === undefined ? "" : `AND cut = ${cut}`;
  await connection.run(
    `CREATE OR REPLACE TEMP VIEW ${quoteIdentifier(name)} AS SELECT ${columns} FROM ${quoteIdentifier(examples)}
     WHERE account IN (SELECT "row" FROM ${quoteIdentifier(`${accounts}_rows`)}) ${only}`,
  );
  return name;
}

/** Logits of the forecast by `row`, of the rows that have posts. */
export async function forecastLogits(
  connection: DuckDBConnection,
  { pipeline, network }: Forecast,
  relation: string,
): Promise<ReadonlyMap<number, number>> {
  const { names, rows, columns, values } = await transform(connection, pipeline, relation);
  const known = names.indexOf(NEEDS.posts);
  const inputs = names.flatMap((_, i) => (i === known ? [] : [i]));
  const x = new Float32Array(rows.length * inputs.length);
  for (let row = 0; row < rows.length; row++)
    inputs.forEach((column, i) => {
      x[row * inputs.length + i] = values[row * columns + column];
    });
  const logits = createPredictor(network).logits(x, rows.length);
  return new Map(
    Array.from(rows, (row, i) => [row, logits[i], values[i * columns + known]] as const).flatMap(
      ([row, z, there]) => (there > 0.5 ? [[row, z] as const] : []),
    ),
  );
}

async function rateLogits(
  connection: DuckDBConnection,
  pipeline: FittedPipeline,
  relation: string,
): Promise<ReadonlyMap<number, number>> {
  const matrix = await transform(connection, pipeline, relation);
  const { [NEEDS.rate]: known, [RATE_FEATURE]: deviations } = columnsByName(matrix);
  return new Map(
    Array.from(matrix.rows, (row, i) => [row, RATE_SLOPE * deviations[i], known[i]] as const).flatMap(
      ([row, z, there]) => (there > 0.5 ? [[row, z] as const] : []),
    ),
  );
}
