import type { DuckDBConnection } from "@duckdb/node-api";
import { quoteIdentifier } from "../base/quote.ts";
import { Random } from "../base/random.ts";
import { percentile } from "../base/statistics.ts";
import { countOf, type Finding, missingFor, presenceOf, selectRow, selectRows } from "./query.ts";

/** Mean likes of the accounts with one number of videos. */
interface VideoCountMean {
  readonly videos_count: number;
  readonly accounts: number;
  readonly mean: number;
  /** 95 % band of the mean; as narrow as the mean itself for one account, which tells nothing about the others. */
  readonly low: number;
  readonly high: number;
}

/** The data of the figure `likes-per-videocount`. */
export interface LikesPerVideoCount {
  /** One entry for each number of videos that occurs, ascending. */
  readonly counts: readonly VideoCountMean[];
  /** The numbers of videos where the mean stands out most, ascending. */
  readonly peaks: readonly number[];
  /** Rows in the picture. */
  readonly rows: number;
  /** Rows with at least `limit` videos, left out as in the study. */
  readonly leftOut: number;
  /** Rows that lack a number. */
  readonly missing: number;
  readonly limit: number;
}

/** The study left out the accounts with so many videos and more. */
const VIDEOS_LIMIT = 200;

/** Resamples of the accounts at each number of videos: seaborn's figure. */
const RESAMPLES = 1000;

/** From so many accounts on the band is mean +- 1.96 standard errors, which the bootstrap comes to and takes long for. */
const MANY_ACCOUNTS = 500;

const NORMAL = 1.959963984540054;

/** Peaks to name, and how far apart they must be to be two. */
const PEAKS = 5;
const PEAK_DISTANCE = 5;

/**
 * Mean likes of the accounts with each number of videos under 200, with its 95 % bootstrap band (percentile method, 1000
 * resamples; the normal band from 500 accounts on). Only the groups the bootstrap needs leave the database.
 *
 * @param options.seed of the bootstrap
 */
export async function likesPerVideoCount(
  connection: DuckDBConnection,
  relation: string,
  options: { seed?: number } = {},
): Promise<Finding<LikesPerVideoCount>> {
  const purpose = "picture of likes by number of videos";
  const alerts = missingFor(purpose, ["likes", "videos_count"], await presenceOf(connection, relation));
  if (alerts.length > 0) return { value: null, alerts };
  const table = quoteIdentifier(relation);
  const known = "likes IS NOT NULL AND videos_count IS NOT NULL";
  const left = await selectRow(
    connection,
    `SELECT count(*) FILTER (${known} AND videos_count >= ${VIDEOS_LIMIT}) AS many,
      count(*) FILTER (NOT (${known})) AS missing FROM ${table}`,
  );
  const groups = await selectRows(
    connection,
    `SELECT videos_count, count(*) AS accounts, avg(value) AS mean, stddev_samp(value) AS deviation,
      CASE WHEN count(*) < ${MANY_ACCOUNTS} THEN list(value ORDER BY value) END AS values
    FROM (SELECT videos_count::DOUBLE AS videos_count, likes::DOUBLE AS value FROM ${table}
      WHERE ${known} AND videos_count < ${VIDEOS_LIMIT})
    GROUP BY videos_count ORDER BY videos_count`,
  );
  const counts = groups.map((group): VideoCountMean => {
    const videos_count = countOf(group.videos_count);
    const accounts = countOf(group.accounts);
    const mean = countOf(group.mean);
    // A generator for each number of videos, so that one account more does not move the other bands.
    const random = new Random((options.seed ?? 0) + 7919 * videos_count);
    const band = Array.isArray(group.values)
      ? bootstrapBand(Float64Array.from(group.values as number[]), random)
      : normalBand(mean, countOf(group.deviation), accounts);
    return { videos_count, accounts, mean, ...band };
  });
  return {
    value: {
      counts,
      peaks: peaksOf(counts),
      rows: counts.reduce((sum, { accounts }) => sum + accounts, 0),
      leftOut: countOf(left.many),
      missing: countOf(left.missing),
      limit: VIDEOS_LIMIT,
    },
    alerts: [],
  };
}

function bootstrapBand(values: Float64Array, random: Random): { low: number; high: number } {
  const n = values.length;
  const means = new Float64Array(RESAMPLES);
  for (let resample = 0; resample < RESAMPLES; resample++) {
    let sum = 0;
    for (let i = 0; i < n; i++) sum += values[random.integer(n)];
    means[resample] = sum / n;
  }
  means.sort();
  return { low: percentile(means, 0.025), high: percentile(means, 0.975) };
}

function normalBand(mean: number, deviation: number, n: number): { low: number; high: number } {
  const half = (NORMAL * deviation) / Math.sqrt(n);
  return { low: mean - half, high: mean + half };
}

/** The highest means that no higher one stands near. */
function peaksOf(counts: readonly VideoCountMean[]): number[] {
  const peaks: VideoCountMean[] = [];
  for (const count of [...counts].sort((a, b) => b.mean - a.mean)) {
    if (peaks.length === PEAKS) break;
    if (peaks.every((peak) => Math.abs(peak.videos_count - count.videos_count) > PEAK_DISTANCE))
      peaks.push(count);
  }
  return peaks.map(({ videos_count }) => videos_count).sort((a, b) => a - b);
}
