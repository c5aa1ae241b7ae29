import type { DuckDBConnection } from "@duckdb/node-api";
import { FULL_LIST } from "../explain/postingFacts.ts";
import { READ_AT } from "./people.ts";

const COUNTS = ["followers", "likes", "videos_count"] as const;

/** A person at one moment of those at which it was read. */
export interface SeriesPoint {
  readonly import: number;
  /** When it was read; where the file does not say so, the newest date of the file. Null where that has no date. */
  readonly observed_at: Date | null;
  readonly observed_known: boolean;
  readonly followers: number | null;
  readonly likes: number | null;
  readonly videos_count: number | null;
  readonly awg_engagement_rate: number | null;
  /** Listed posts that came after the moment before; null for the first, and where posts have no dates. */
  readonly posts: number | null;
  /** Whether there may have been more of them than are listed. */
  readonly posts_or_more: boolean;
}

/**
 * Whether a snapshot lists all posts there are, as SQL of BOOLEAN: as many as the account has videos, or fewer than any provider
 * lists where that is not known.
 *
 * @param of the name of the snapshot
 */
export function listsAllSql(of: string): string {
  return `coalesce(len(${of}.posted_at) >= ${of}.videos_count, len(${of}.posted_at) < ${FULL_LIST})`;
}

/**
 * A person over time, the first snapshot first.
 *
 * @returns empty for nobody
 */
export async function seriesOf(connection: DuckDBConnection, person: bigint): Promise<SeriesPoint[]> {
  const reader = await connection.runAndReadAll(
    `WITH dated AS (
      SELECT s.*, ${READ_AT} AS read_at, greatest(lag(s.observed_at) OVER moments, lag(s.last_post) OVER moments) AS since
      FROM snapshots s JOIN imports i USING (import) WHERE person = $person
      WINDOW moments AS (ORDER BY ${READ_AT}, import)
    )
    SELECT import, observed_at, observed_known, ${COUNTS.map((name) => `${name}::DOUBLE AS ${name}`).join(", ")}, awg_engagement_rate,
      CASE WHEN since IS NOT NULL AND len(posted_at) > 0 THEN len(list_filter(posted_at, lambda post: post > since))::INTEGER END AS posts,
      coalesce(list_min(posted_at) > since AND NOT ${listsAllSql("dated")}, false) AS posts_or_more
    FROM dated ORDER BY read_at, import`,
    { person },
  );
  return reader.getRowObjectsJS() as unknown as SeriesPoint[];
}
