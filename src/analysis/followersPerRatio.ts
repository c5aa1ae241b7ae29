import type { DuckDBConnection } from "@duckdb/node-api";
import { quoteIdentifier } from "../profiles/sql.ts";
import { type Finding, missingFor, presenceOf } from "./presence.ts";
import { countOf, selectRow } from "./query.ts";
import { sampledPoints } from "./sampledPoints.ts";

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
