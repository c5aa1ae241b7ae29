import type { DuckDBConnection } from "@duckdb/node-api";
import { quoteIdentifier } from "../base/quote.ts";
import { logNorm, RATE_FLOOR, type SizeNorm } from "../features/sizeNorm.ts";
import { countOf, type Finding, missingFor, presenceOf, sampledPoints, selectRow } from "./query.ts";
import { evenPlaces, lineWithBand, regress } from "./regression.ts";

/** A fitted line in the picture's own units, with the 95 % confidence band of the mean. */
export interface Fit {
  /** Of the numbers that were fitted: counts, or log10(1 + count). */
  readonly slope: number;
  readonly intercept: number;
  /** Share of their variance that the line explains, 0..1. */
  readonly r2: number;
  /** In counts, from the fewest followers to the most, evenly spaced on a logarithmic axis. */
  readonly curve: readonly {
    readonly followers: number;
    readonly likes: number;
    readonly low: number;
    readonly high: number;
  }[];
}

/** The data of the figure `likes-vs-followers`. */
export interface LikesVsFollowers {
  /** A sample of at most 5000 of the `rows`. */
  readonly points: readonly { readonly followers: number; readonly likes: number }[];
  /** Rows the lines are fitted on: both numbers known, likes under the limit. */
  readonly rows: number;
  /** Rows that lack a number. */
  readonly missing: number;
  /** Rows with at least `limit` likes, left out as in the study. */
  readonly leftOut: number;
  readonly limit: number;
  /** likes = a + b followers, as the study drew it; the ends of the band may be below 0. Null for fewer than three rows. */
  readonly linear: Fit | null;
  /** log10(1 + likes) = a + b log10(1 + followers), drawn back in counts: what suits the tails. */
  readonly power: Fit | null;
}

/** The study left out the rows from here on. */
const LIKES_LIMIT = 29_000_000;

/** Places a line is drawn at. */
const PLACES = 60;

/**
 * Likes against followers with a regression line and the 95 % confidence band of the mean, both as the study drew it
 * (straight, on the counts) and on logarithms. Rows with 29,000,000 likes or more are left out, as in the study.
 *
 * @param options.seed of the sample of points
 */
export async function likesVsFollowers(
  connection: DuckDBConnection,
  relation: string,
  options: { seed?: number } = {},
): Promise<Finding<LikesVsFollowers>> {
  const purpose = "picture of likes against followers";
  const alerts = missingFor(purpose, ["likes", "followers"], await presenceOf(connection, relation));
  if (alerts.length > 0) return { value: null, alerts };
  const table = quoteIdentifier(relation);
  const known = "likes IS NOT NULL AND followers IS NOT NULL";
  const counts = await selectRow(
    connection,
    `SELECT count(*) FILTER (${known} AND likes < ${LIKES_LIMIT}) AS kept,
      count(*) FILTER (${known} AND likes >= ${LIKES_LIMIT}) AS large, count(*) FILTER (NOT (${known})) AS missing
    FROM ${table}`,
  );
  const from = `(SELECT * FROM ${table} WHERE ${known} AND likes < ${LIKES_LIMIT})`;
  return {
    value: {
      points: await sampledPoints(connection, from, ["followers", "likes"], options.seed ?? 0),
      rows: countOf(counts.kept),
      missing: countOf(counts.missing),
      leftOut: countOf(counts.large),
      limit: LIKES_LIMIT,
      linear: await fit(connection, from, false),
      power: await fit(connection, from, true),
    },
    alerts: [],
  };
}

/** A fit on the counts or on log10(1 + count), its line turned back to counts. */
async function fit(connection: DuckDBConnection, from: string, logarithmic: boolean): Promise<Fit | null> {
  const sql = (column: string) => (logarithmic ? `log10(1 + ${column}::DOUBLE)` : column);
  const regression = await regress(connection, from, sql("followers"), sql("likes"));
  if (regression === null) return null;
  const logarithm = (value: number) => Math.log10(1 + value);
  const back = (value: number) => (logarithmic ? 10 ** value - 1 : value);
  const first = logarithm(back(regression.x_min));
  const last = logarithm(back(regression.x_max));
  const places = evenPlaces(first, last, PLACES).map((place) => {
    const x = logarithmic ? place : 10 ** place - 1;
    // Rounding must not carry the ends beyond the data.
    return Math.min(regression.x_max, Math.max(regression.x_min, x));
  });
  return {
    slope: regression.slope,
    intercept: regression.intercept,
    r2: regression.r_squared,
    curve: lineWithBand(regression, places).map(({ x, y, low, high }) => ({
      followers: back(x),
      likes: back(y),
      low: back(low),
      high: back(high),
    })),
  };
}

/** The data of the figure `followers-per-ratio`. */
export interface FollowersPerRatio {
  /** A sample of at most 5000 of the `rows`. */
  readonly points: readonly { readonly followers: number; readonly likes_per_video: number }[];
  /** Rows with all three numbers and at least one video. */
  readonly rows: number;
  /** Rows that lack a number. */
  readonly missing: number;
  /** Rows without videos, where the ratio means nothing. */
  readonly withoutVideos: number;
}

/**
 * Likes per video against followers, all rows.
 *
 * @param options.seed of the sample of points
 */
export async function followersPerRatio(
  connection: DuckDBConnection,
  relation: string,
  options: { seed?: number } = {},
): Promise<Finding<FollowersPerRatio>> {
  const purpose = "picture of likes per video against followers";
  const needed = ["followers", "likes", "videos_count"] as const;
  const alerts = missingFor(purpose, needed, await presenceOf(connection, relation));
  if (alerts.length > 0) return { value: null, alerts };
  const table = quoteIdentifier(relation);
  const known = needed.map((name) => `${name} IS NOT NULL`).join(" AND ");
  const counts = await selectRow(
    connection,
    `SELECT count(*) FILTER (${known} AND videos_count > 0) AS kept,
      count(*) FILTER (${known} AND videos_count = 0) AS empty, count(*) FILTER (NOT (${known})) AS missing
    FROM ${table}`,
  );
  const from = `(SELECT "row", followers, likes / videos_count::DOUBLE AS likes_per_video FROM ${table}
    WHERE ${known} AND videos_count > 0)`;
  return {
    value: {
      points: await sampledPoints(connection, from, ["followers", "likes_per_video"], options.seed ?? 0),
      rows: countOf(counts.kept),
      missing: countOf(counts.missing),
      withoutVideos: countOf(counts.empty),
    },
    alerts: [],
  };
}

/** The data of the figure `size-norm`. */
export interface SizeNormPoints {
  readonly norm: SizeNorm;
  /** A sample of at most 5000 of the `rows`; `above` is whether the account's rate is above the norm. */
  readonly points: readonly { readonly followers: number; readonly rate: number; readonly above: boolean }[];
  /** Accounts with followers and a rate. */
  readonly rows: number;
  /** Accounts that lack one of them. */
  readonly missing: number;
}

/**
 * Engagement rates against followers, with the norm for each size.
 *
 * @param options.seed of the sample of points
 */
export async function sizeNormPoints(
  connection: DuckDBConnection,
  relation: string,
  norm: SizeNorm,
  options: { seed?: number } = {},
): Promise<SizeNormPoints> {
  const known = "followers IS NOT NULL AND awg_engagement_rate >= 0 AND isfinite(awg_engagement_rate)";
  const table = quoteIdentifier(relation);
  const counts = await selectRow(
    connection,
    `SELECT count(*) AS rows, count(*) FILTER (${known}) AS known FROM ${table}`,
  );
  const from = `(SELECT "row", followers, awg_engagement_rate AS rate FROM ${table} WHERE ${known})`;
  const points = await sampledPoints(connection, from, ["followers", "rate"], options.seed ?? 0);
  return {
    norm,
    points: points.map(({ followers, rate }) => ({
      followers,
      rate,
      above: Math.log(rate + RATE_FLOOR) > logNorm(norm, followers),
    })),
    rows: countOf(counts.known),
    missing: countOf(counts.rows) - countOf(counts.known),
  };
}
