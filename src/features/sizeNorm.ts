import { z } from "zod";
import { poolAdjacentViolators } from "../base/statistics.ts";
import { double } from "./dialect.ts";
import type { Aggregate } from "./feature.ts";
import type { FeatureGraph } from "./featureGraph.ts";
import { numberSql } from "./profile.ts";

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
 * @param relation SQL after FROM: training rows only
 * @returns null where no row has followers and a rate
 */
export async function fitSizeNorm(aggregate: Aggregate, relation: string): Promise<SizeNorm | null> {
  const sized = `(SELECT CAST(floor(2 * size) AS INTEGER) AS bin, size, log_rate
    FROM (SELECT ${SIZE_SQL} AS size, ${LOG_RATE_SQL} AS log_rate FROM ${relation})
    WHERE size IS NOT NULL AND log_rate IS NOT NULL)`;
  const bins = await aggregate(`SELECT bin, count(*) AS n FROM ${sized} GROUP BY bin ORDER BY bin`);
  if (bins.length === 0) return null;
  const groups = mergeSmallBins(
    bins.map(({ n }) => Number(n)),
    FEWEST,
  );
  const ends = groups.slice(0, -1).map(({ last }, i) => `WHEN bin <= ${bins[last].bin} THEN ${i}`);
  const group = ends.length === 0 ? "0" : `CASE ${ends.join(" ")} ELSE ${ends.length} END`;
  const medians = await aggregate(
    `SELECT ${group} AS part, count(*) AS n, median(size) AS size, median(log_rate) AS log_rate
     FROM ${sized} GROUP BY part ORDER BY part`,
  );
  const rows = medians.map(({ n }) => Number(n));
  return {
    log10_followers: medians.map(({ size }) => Number(size)),
    log_rate: poolAdjacentViolators(
      medians.map(({ log_rate }) => Number(log_rate)),
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

/** The same as a tensor; NaN where followers are unknown. */
export function logNormOnnx({ log10_followers: x, log_rate: y }: SizeNorm, graph: FeatureGraph): string {
  const followers = graph.number("followers");
  const counted = graph.where(graph.node("Less", followers, graph.constant(1)), graph.constant(1), followers);
  // Logarithms in doubles are to base e only.
  const size = graph.node("Div", graph.node("Log", counted), graph.constant(Math.LN10));
  const last = x.length - 1;
  // Times 0, so that an unknown size stays unknown.
  const end = graph.node("Add", graph.constant(y[last]), graph.node("Mul", size, graph.constant(0)));
  return x.reduceRight((norm, start, i) => {
    const before = i === 0 ? [start, y[0], 0] : [x[i - 1], y[i - 1], (y[i] - y[i - 1]) / (start - x[i - 1])];
    const along = graph.node("Sub", size, graph.constant(before[0]));
    const piece = graph.node(
      "Add",
      graph.constant(before[1]),
      graph.node("Mul", along, graph.constant(before[2])),
    );
    return graph.where(graph.node("Less", size, graph.constant(start)), piece, norm);
  }, end);
}

/** Engagement on a logarithmic scale as a tensor; NaN where the rate is unknown or cannot be. */
export function logRateOnnx(graph: FeatureGraph): string {
  const rate = graph.number("awg_engagement_rate");
  const can = graph.node("GreaterOrEqual", rate, graph.constant(0));
  const log = graph.node("Log", graph.node("Add", rate, graph.constant(RATE_FLOOR)));
  return graph.where(can, log, graph.constant(Number.NaN));
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
