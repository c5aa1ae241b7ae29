import type { DuckDBConnection } from "@duckdb/node-api";
import { z } from "zod";
import { InsightsError } from "../base/error.ts";
import { quoteIdentifier } from "../base/quote.ts";
import { poolAdjacentViolators } from "../base/statistics.ts";
import { double } from "../features/dialect.ts";
import { numberSql } from "../features/profile.ts";
import { requireColumns } from "../features/requireColumns.ts";

/** Added to a rate before its logarithm is taken, so that a rate of 0 has one. */
export const RATE_FLOOR = 1e-4;

/** Fewest rows that a bin of followers may stand on. */
const FEWEST = 20;

/**
 * What engagement is normal for an account's size: a curve through the medians of bins of followers, straight between them
 * on logarithms, flat beyond the ends, and never rising. All lists have one entry a bin, in the order of followers.
 */
export const sizeNorm = z
  .strictObject({
    /** Median of log10(max(followers, 1)), rising. */
    log10_followers: z.array(z.number()).min(1),
    /** The norm there: ln(rate + 1e-4), never rising. */
    log_rate: z.array(z.number()).min(1),
    /** Rows the bin stands on. */
    rows: z.array(z.number().int().positive()).min(1),
  })
  .refine(({ log10_followers: x, log_rate: y, rows }) => x.length === y.length && x.length === rows.length, {
    message: "lists of different lengths",
  })
  .refine(({ log10_followers: x }) => x.every((value, i) => i === 0 || value > x[i - 1]), {
    message: "log10_followers does not rise",
  });

/** A fitted size norm. Plain JSON. */
export type SizeNorm = z.infer<typeof sizeNorm>;

/** Size on a logarithmic scale, as SQL of DOUBLE; NULL where followers are unknown. */
// Not with greatest(), which passes over NULL and would take an unknown size for 1.
const SIZE_SQL =
  "log10(CASE WHEN followers > 1 THEN CAST(followers AS DOUBLE) WHEN followers IS NOT NULL THEN 1e0 END)";

/** Engagement on a logarithmic scale, as SQL of DOUBLE; NULL where the rate is unknown or cannot be. */
export const LOG_RATE_SQL = `CASE WHEN awg_engagement_rate >= 0 THEN ln(${numberSql("awg_engagement_rate")} + ${double(RATE_FLOOR)}) END`;

/**
 * Fits the size norm: half decades of followers; as long as the smallest bin has fewer than 20 rows it is merged into its
 * neighbour towards the middle; the medians of both scales in each bin; then the rates pooled, weighted by rows, so that
 * they never rise with size. Only aggregates leave the database.
 *
 * @param relation name of a table or view of training rows only
 * @throws InsightsError for a missing column, and where no row has followers and a rate
 */
export async function fitSizeNorm(connection: DuckDBConnection, relation: string): Promise<SizeNorm> {
  await requireColumns(connection, relation, ["followers", "awg_engagement_rate"]);
  const sized = `(SELECT CAST(floor(2 * size) AS INTEGER) AS bin, size, log_rate
    FROM (SELECT ${SIZE_SQL} AS size, ${LOG_RATE_SQL} AS log_rate FROM ${quoteIdentifier(relation)})
    WHERE size IS NOT NULL AND log_rate IS NOT NULL)`;
  const counted = await connection.runAndReadAll(
    `SELECT bin, count(*) AS rows FROM ${sized} GROUP BY bin ORDER BY bin`,
  );
  const bins = counted.getRowsJS().map(([bin, rows]) => ({ bin: Number(bin), rows: Number(rows) }));
  if (bins.length === 0) {
    throw new InsightsError("no size norm: no profile has both followers and awg_engagement_rate");
  }
  const groups = mergeSmallBins(
    bins.map(({ rows }) => rows),
    FEWEST,
  );
  const ends = groups.slice(0, -1).map(({ last }, i) => `WHEN bin <= ${bins[last].bin} THEN ${i}`);
  const group = ends.length === 0 ? "0" : `CASE ${ends.join(" ")} ELSE ${ends.length} END`;
  const reader = await connection.runAndReadAll(
    `SELECT ${group} AS part, count(*), median(size), median(log_rate) FROM ${sized} GROUP BY part ORDER BY part`,
  );
  const medians = reader.getRowsJS().map((row) => row.map(Number));
  const rows = medians.map(([, count]) => count);
  return {
    log10_followers: medians.map(([, , size]) => size),
    log_rate: poolAdjacentViolators(
      medians.map(([, , , rate]) => rate),
      rows,
    ),
    rows,
  };
}

/** The norm as SQL of DOUBLE: ln(rate + 1e-4) that is normal for `followers`; NULL where they are unknown. */
export function logNormSql({ log10_followers: x, log_rate: y }: SizeNorm): string {
  const last = x.length - 1;
  if (last === 0) return `CASE WHEN followers IS NOT NULL THEN ${double(y[0])} END`;
  const pieces = x.slice(1).map((end, i) => {
    const slope = (y[i + 1] - y[i]) / (end - x[i]);
    return `WHEN ${SIZE_SQL} < ${double(end)} THEN ${double(y[i])} + (${SIZE_SQL} - ${double(x[i])}) * ${double(slope)}`;
  });
  return `CASE WHEN ${SIZE_SQL} < ${double(x[0])} THEN ${double(y[0])} ${pieces.join(" ")} WHEN followers IS NOT NULL THEN ${double(y[last])} END`;
}

/**
 * What {@link logNormSql} gives, in TypeScript.
 *
 * @param followers at least 0
 */
export function logNorm({ log10_followers: x, log_rate: y }: SizeNorm, followers: number): number {
  const size = Math.log10(Math.max(followers, 1));
  if (size < x[0]) return y[0];
  const i = x.findIndex((end, at) => at > 0 && size < end) - 1;
  return i < 0 ? y[y.length - 1] : y[i] + (size - x[i]) * ((y[i + 1] - y[i]) / (x[i + 1] - x[i]));
}

/** Neighbouring bins taken as one: positions of the first and the last, and their rows together. */
export interface MergedBin {
  readonly first: number;
  readonly last: number;
  readonly rows: number;
}

/**
 * Merges bins until each has enough rows: as long as the smallest has too few, it goes to its neighbour on the side of
 * the middle bin. Of equally small ones the first goes first; a bin in the very middle goes to the right.
 *
 * @param rows rows of each bin, in their order
 * @param fewest rows that are enough
 * @returns one bin where all together have too few
 */
export function mergeSmallBins(rows: readonly number[], fewest: number): MergedBin[] {
  const bins: MergedBin[] = rows.map((count, i) => ({ first: i, last: i, rows: count }));
  while (bins.length > 1) {
    let smallest = 0;
    for (let i = 1; i < bins.length; i++) if (bins[i].rows < bins[smallest].rows) smallest = i;
    if (bins[smallest].rows >= fewest) break;
    const left = smallest > (bins.length - 1) / 2 ? smallest - 1 : smallest;
    const [a, b] = bins.slice(left, left + 2);
    bins.splice(left, 2, { first: a.first, last: b.last, rows: a.rows + b.rows });
  }
  return bins;
}
