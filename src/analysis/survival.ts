import type { DuckDBConnection } from "@duckdb/node-api";
import { atSnapshotSql, snapshotOf } from "../targets/snapshot.ts";
import { columnsOf, type Finding, missingFor, presenceOf, readColumns } from "./query.ts";

/** How often accounts post: the median of the gaps before a post, in days, from and below. */
export const CADENCES = [
  { name: "every day or two", from: 0, below: 2 },
  { name: "every few days", from: 2, below: 7 },
  { name: "a few times a month", from: 7, below: 30 },
  { name: "less than monthly", from: 30, below: Number.POSITIVE_INFINITY },
] as const;

/** Gaps before a post that say how often the account posts: those of the newest ten posts. */
const GAPS = 9;
/** With fewer gaps before it, a post says nothing of a habit. */
const FEWEST_GAPS = 2;
/** Accounts that a curve must stand on. */
const FEWEST_ACCOUNTS = 10;
/** Accounts that are looked at, those of the smallest hash: more make the curves no clearer. */
const MOST_ACCOUNTS = 20_000;
/** The curves end here, in days: two years. */
const LONGEST = 730;

/** A curve by Kaplan and Meier: the share for which nothing has come, right after each time. */
export interface Survival {
  /** Rising, each a time at which something came. */
  readonly times: number[];
  /** Falling, 0 to 1. */
  readonly shares: number[];
}

/** How long accounts of one cadence stay silent after a post. */
export interface SilenceCurve extends Survival {
  readonly cadence: (typeof CADENCES)[number]["name"];
  /** Accounts with at least one such gap. */
  readonly accounts: number;
}

/**
 * The share for which nothing has come after each time, by Kaplan and Meier (1958), with weights.
 *
 * @param durations until something came, or until nobody looked any more; >= 0
 * @param came 1 where something came, 0 where nobody looked any more
 * @param weights > 0
 */
export function kaplanMeier(durations: Float64Array, came: Uint8Array, weights: Float64Array): Survival {
  const order = Int32Array.from(durations.keys()).sort((a, b) => durations[a] - durations[b]);
  let atRisk = weights.reduce((sum, weight) => sum + weight, 0);
  let share = 1;
  const times: number[] = [];
  const shares: number[] = [];
  for (let i = 0; i < order.length; ) {
    const time = durations[order[i]];
    let events = 0;
    let leaving = 0;
    for (; i < order.length && durations[order[i]] === time; i++) {
      const weight = weights[order[i]];
      leaving += weight;
      if (came[order[i]] === 1) events += weight;
    }
    if (events > 0) {
      // Where all that are left go, rounding must not leave a little less than none.
      share = Math.max(0, share * (1 - events / atRisk));
      times.push(time);
      shares.push(share);
    }
    atRisk -= leaving;
  }
  return { times, shares };
}

/**
 * How long accounts stay silent after a post, by how often they posted before it: a curve a cadence, the most frequent first.
 * A gap that ends with a post is an event, the silence at the snapshot is censored. The cadence is the median of up to nine
 * gaps before the post, never of what comes after. All gaps of an account together weigh as much as those of any other.
 * Posts of one second count once; posts dated after the snapshot are left out.
 *
 * @param relation a table or view with `row`, `posted_at` and, if known, `observed_at` and `created_at`
 * @returns the curves of cadences with ten accounts or more; empty where there is none
 */
export async function silenceCurves(
  connection: DuckDBConnection,
  relation: string,
): Promise<Finding<readonly SilenceCurve[]>> {
  const missing = missingFor("curve of silences", ["posted_at"], await presenceOf(connection, relation));
  if (missing.length > 0) return { value: null, alerts: missing };
  const snapshot = await snapshotOf(connection, relation);
  const own = (await columnsOf(connection, relation)).includes("observed_at");
  const read = own ? "epoch(observed_at)" : String(snapshot.newest);
  const from = own ? atSnapshotSql(relation, snapshot) : relation;
  const gaps = await readColumns(
    connection,
    { row: '"row"', silent: "silent", came: "CAST(came AS INTEGER)", usual: "usual" },
    `(WITH taken AS (
      SELECT "row", ${read} AS read, posted_at FROM ${from} WHERE len(posted_at) > ${FEWEST_GAPS}
      ORDER BY hash("row"), "row" LIMIT ${MOST_ACCOUNTS}
    ), posts AS (
      SELECT DISTINCT "row", read, epoch(unnest(posted_at)) AS post FROM taken
    ), steps AS (
      SELECT "row", read, post, lead(post) OVER account AS next, (post - lag(post) OVER account) / 86400 AS gap
      FROM posts WHERE post <= read WINDOW account AS (PARTITION BY "row" ORDER BY post)
    )
    SELECT "row", (coalesce(next, read) - post) / 86400 AS silent, next IS NOT NULL AS came,
      median(gap) OVER before AS usual, count(gap) OVER before AS known
    FROM steps WINDOW before AS (PARTITION BY "row" ORDER BY post ROWS BETWEEN ${GAPS - 1} PRECEDING AND CURRENT ROW)
    QUALIFY known >= ${FEWEST_GAPS} ORDER BY "row", post)`,
  );
  const counts = new Map<number, number>();
  for (const row of gaps.row) counts.set(row, (counts.get(row) ?? 0) + 1);
  const curves = CADENCES.flatMap(({ name, from: least, below }): SilenceCurve[] => {
    const places = Int32Array.from(gaps.usual.keys()).filter(
      (i) => gaps.usual[i] >= least && gaps.usual[i] < below,
    );
    const accounts = new Set(Float64Array.from(places, (i) => gaps.row[i])).size;
    if (accounts < FEWEST_ACCOUNTS) return [];
    const { times, shares } = kaplanMeier(
      Float64Array.from(places, (i) => gaps.silent[i]),
      Uint8Array.from(places, (i) => gaps.came[i]),
      Float64Array.from(places, (i) => 1 / (counts.get(gaps.row[i]) ?? 1)),
    );
    const within = times.filter((time) => time <= LONGEST).length;
    return [{ cadence: name, accounts, times: times.slice(0, within), shares: shares.slice(0, within) }];
  });
  return { value: curves, alerts: [] };
}

/** The share that is still silent a number of days after a post, 0 to 1. */
export function silentAfter({ times, shares }: Survival, days: number): number {
  const at = times.findLastIndex((time) => time <= days);
  return at < 0 ? 1 : shares[at];
}
