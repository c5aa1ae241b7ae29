import type { DuckDBConnection } from "@duckdb/node-api";
import { followerTiers, type Grouping, type Slice, sliceMetrics, wordGroups } from "../evaluation/slices.ts";
import { quoteIdentifier } from "../profiles/sql.ts";
import type { FollowerTier } from "../profiles/tiers.ts";

/** Probabilities of some profiles beside their labels. */
export interface Judged {
  /** `row` of the profiles, rising. */
  readonly rows: Float64Array;
  /** 0 or 1, both present. */
  readonly labels: Uint8Array;
  readonly probabilities: Float64Array;
}

/** How to measure groups. */
export interface GroupSliceOptions {
  readonly threshold: number;
  readonly seed: number;
  /** Those of the trade unless told. */
  readonly tiers?: readonly FollowerTier[] | undefined;
}

/**
 * Measures probabilities by follower tier, language and region. What no profile tells is left out.
 *
 * @param relation name of a table or view with `row` and the canonical columns that holds the judged profiles, and maybe others
 */
export async function groupSlices(
  connection: DuckDBConnection,
  relation: string,
  { rows, labels, probabilities }: Judged,
  { threshold, seed, tiers }: GroupSliceOptions,
): Promise<Slice[]> {
  const reader = await connection.runAndReadAll(
    `SELECT "row", CAST(followers AS DOUBLE), predicted_lang, region FROM ${quoteIdentifier(relation)}`,
  );
  const [at, ...columns] = reader.getColumnsJS();
  const places = new Map(at.map((row, i) => [Number(row), i]));
  const positions = Array.from(rows, (row) => places.get(row));
  const [followers, languages, regions] = columns.map((column) =>
    positions.map((place) => (place === undefined ? null : column[place])),
  );
  const known = (values: readonly unknown[]) => values.some((value) => value !== null && value !== "");
  const groupings: Grouping[] = [];
  if (known(followers)) {
    const numbers = Float64Array.from(followers, (value) => (value === null ? Number.NaN : Number(value)));
    groupings.push(followerTiers(numbers, tiers));
  }
  if (known(languages)) groupings.push(wordGroups("language", languages as (string | null)[]));
  if (known(regions)) groupings.push(wordGroups("region", regions as (string | null)[]));
  return groupings.flatMap((grouping) => sliceMetrics(labels, probabilities, grouping, { threshold, seed }));
}
