import type { DuckDBConnection } from "@duckdb/node-api";
import { quoteIdentifier } from "../profiles/sql.ts";
import { logNorm, RATE_FLOOR, type SizeNorm } from "../targets/sizeNorm.ts";
import { countOf, selectRow } from "./query.ts";
import { sampledPoints } from "./sampledPoints.ts";

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
