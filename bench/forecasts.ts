/**
 * Forecasts of who goes on posting, side by side on the folds that the model of creators is judged by: days since the last post alone,
 * MBG/NBD (Batislam, Denizel and Filiztekin, 2007, doi:10.1016/j.ijresmar.2006.12.005), logistic regression on what the newest posts
 * say, which is the model's, and a network on the same.
 */
import type { DuckDBConnection } from "@duckdb/node-api";
import { sigmoid } from "../src/base/statistics.ts";
import { fitLogisticRegression } from "../src/evaluation/logisticRegression.ts";
import { transform } from "../src/features/transform.ts";
import { createPredictor } from "../src/network/predictor.ts";
import type { AccountFolds } from "../src/training/accountFolds.ts";
import { fitPosts, forecastLogits } from "../src/training/creatorEvidence.ts";
import { FORECAST } from "../src/training/forecast.ts";
import { trainMember } from "../src/training/member.ts";
import { ENSEMBLE } from "../src/training/recipe.ts";

/** One moment of one account: its newest ten posts in days before the moment, newest first. */
interface Moment {
  readonly account: number;
  readonly cut: number;
  readonly came: number;
  readonly weight: number;
  readonly ages: readonly number[];
}

/** Probabilities of each account at the latest moment, out of fold, by forecast; NaN for accounts without posts there. */
export type Forecasts = Readonly<Record<string, Float64Array>>;

/** Makes the forecasts of one repeat. */
export async function forecastsOutOfFold(
  connection: DuckDBConnection,
  examples: string,
  horizon: number,
  accounts: AccountFolds,
): Promise<{ came: Int8Array; forecasts: Forecasts }> {
  const reader = await connection.runAndReadAll(
    `SELECT account, cut, CAST(came AS INTEGER), weight,
       list_transform(posted_at, lambda post: epoch(observed_at - post) / 86400) FROM ${examples} ORDER BY "row"`,
  );
  const moments = reader.getRowsJS().map(
    ([account, cut, came, weight, ages]): Moment => ({
      account: Number(account),
      cut: Number(cut),
      came: Number(came),
      weight: Number(weight) * Math.exp(-Number(cut) / FORECAST.decay),
      ages: (ages as unknown as number[]).map(Number),
    }),
  );
  const { rows, folds, at } = accounts;
  const empty = () => new Float64Array(rows.length).fill(Number.NaN);
  const forecasts: Record<string, Float64Array> = {};
  const put = (name: string, account: number, p: number) => {
    forecasts[name] ??= empty();
    forecasts[name][at(account)] = p;
  };
  for (const { train } of folds.filter(({ repeat }) => repeat === 0)) {
    const learnt = new Set(Array.from(train, (i) => rows[i]));
    const mine = moments.filter(({ account }) => learnt.has(account));
    const held = moments.filter(({ account, cut }) => cut === 0 && !learnt.has(account));
    const silence = ({ ages }: Moment) => Math.log1p(Math.max(ages[0], 0));
    const line = fitLogisticRegression(
      [mine.map(silence)],
      mine.map(({ came }) => came),
      { weights: mine.map(({ weight }) => weight) },
    );
    const buyers = fitMbgNbd(mine.filter(({ cut }) => cut === 0));
    for (const one of held) {
      put(
        "days since the last post",
        one.account,
        sigmoid(line.coefficients[0] * silence(one) + line.intercept),
      );
      put("MBG/NBD", one.account, postsWithin(buyers, one, horizon));
    }
    const list = [...learnt].join();
    await connection.run(
      `CREATE OR REPLACE TEMP VIEW bench_learnt AS SELECT * FROM ${examples} WHERE account IN (${list})`,
    );
    await connection.run(
      `CREATE OR REPLACE TEMP VIEW bench_held AS SELECT * REPLACE (account AS "row") FROM ${examples} WHERE cut = 0 AND account NOT IN (${list})`,
    );
    const forecast = await fitPosts(connection, "bench_learnt", horizon);
    for (const [account, z] of await forecastLogits(connection, forecast, "bench_held"))
      put("logistic regression", account, sigmoid(z));
    const x = await transform(connection, forecast.pipeline, "bench_learnt");
    const testX = await transform(connection, forecast.pipeline, "bench_held");
    const labels = Uint8Array.from(mine, ({ came }) => came);
    const { network } = await trainMember({
      recipe: { ...ENSEMBLE, hidden: [16, 16], epochs: 10, batchSize: 256, withoutDates: 0, degreeShare: 0 },
      seed: 1,
      columns: x.columns,
      x: x.values,
      labels,
      goals: Float32Array.from(labels),
      testX: testX.values,
      testRows: testX.rows.length,
      snapshotColumns: [],
    });
    const given = createPredictor(network).probabilities(testX.values, testX.rows.length);
    for (const [i, row] of testX.rows.entries()) put("network", row, given[i]);
  }
  const came = new Int8Array(rows.length).fill(-1);
  for (const one of moments) if (one.cut === 0) came[at(one.account)] = one.came;
  return { came, forecasts };
}

interface MbgNbd {
  readonly r: number;
  readonly alpha: number;
  readonly a: number;
  readonly b: number;
}

/** Posts after the first of the ten, when the last was, and the moment, in days from the first. */
function visits({ ages }: Moment) {
  const first = ages[ages.length - 1];
  return { x: ages.length - 1, last: first - ages[0], now: first };
}

/** The chance of a post within so many days: of being alive, and of a post then, the rate being gamma. */
function postsWithin({ r, alpha, a, b }: MbgNbd, moment: Moment, days: number): number {
  const { x, last, now } = visits(moment);
  const alive = 1 / (1 + (a / (b + x)) * ((alpha + now) / (alpha + last)) ** (r + x));
  return alive * (1 - ((alpha + now) / (alpha + now + days)) ** (r + x));
}

/** By maximum likelihood. */
function fitMbgNbd(moments: readonly Moment[]): MbgNbd {
  const all = moments.map(visits);
  const loss = (logs: readonly number[]) => {
    const [r, alpha, a, b] = logs.map((one) => Math.exp(Math.min(Math.max(one, -12), 12)));
    const beta = (p: number, q: number) => logGamma(p) + logGamma(q) - logGamma(p + q);
    return -all.reduce((sum, { x, last, now }) => {
      const alive = beta(a, b + x + 1) - (r + x) * Math.log(alpha + now);
      const gone = beta(a + 1, b + x) - (r + x) * Math.log(alpha + last);
      const most = Math.max(alive, gone);
      const either = most + Math.log(Math.exp(alive - most) + Math.exp(gone - most));
      return sum + logGamma(r + x) - logGamma(r) + r * Math.log(alpha) - beta(a, b) + either;
    }, 0);
  };
  const [r, alpha, a, b] = simplex(loss, [0, 2, 0, 1]).map(Math.exp);
  return { r, alpha, a, b };
}

/** Nelder and Mead's search (1965) for the smallest value. */
function simplex(loss: (at: readonly number[]) => number, start: readonly number[]): number[] {
  const n = start.length;
  let points = [[...start], ...start.map((_, i) => start.map((value, j) => value + (i === j ? 0.8 : 0)))].map(
    (at) => ({ at, value: loss(at) }),
  );
  for (let step = 0; step < 400; step++) {
    points.sort((one, other) => one.value - other.value);
    const [best] = points;
    const worst = points[n];
    if (worst.value - best.value < 1e-6) break;
    const middle = start.map((_, j) => points.slice(0, n).reduce((sum, { at }) => sum + at[j], 0) / n);
    const towards = (share: number) => {
      const at = middle.map((value, j) => value + share * (worst.at[j] - value));
      return { at, value: loss(at) };
    };
    const mirrored = towards(-1);
    const tried =
      mirrored.value < best.value
        ? [towards(-2), mirrored]
        : mirrored.value < points[n - 1].value
          ? [mirrored]
          : [towards(0.5)];
    const [next] = tried.sort((one, other) => one.value - other.value);
    if (next.value < worst.value) points[n] = next;
    else
      points = points.map(({ at }) => {
        const nearer = at.map((value, j) => (value + best.at[j]) / 2);
        return { at: nearer, value: loss(nearer) };
      });
  }
  return points.sort((one, other) => one.value - other.value)[0].at;
}

/** ln of the gamma function above 0 (Lanczos, 1964, by Numerical Recipes' coefficients). */
function logGamma(x: number): number {
  const terms = [
    76.18009172947146, -86.5053203294168, 24.01409824083091, -1.231739572450155, 0.1208650973866179e-2,
    -0.5395239384953e-5,
  ];
  const sum = terms.reduce((total, term, i) => total + term / (x + 1 + i), 1.000000000190015);
  return (x + 0.5) * Math.log(x + 5.5) - (x + 5.5) + Math.log((2.506628274631 * sum) / x);
}
