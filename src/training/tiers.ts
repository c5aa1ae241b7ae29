import type { DuckDBConnection } from "@duckdb/node-api";
import { type Slice, sliceMetrics } from "../evaluation/slices.ts";
import { followerTiers } from "../evaluation/slicesTiers.ts";
import { quoteIdentifier } from "../profiles/sql.ts";

/** Probabilities of some profiles beside their labels. */
export interface Judged {
  /** `row` of the profiles, rising. */
  readonly rows: Float64Array;
  /** 0 or 1, both present. */
  readonly labels: Uint8Array;
  readonly probabilities: Float64Array;
}

/**
 * Measures probabilities by follower tier. Empty where no profile has followers.
 *
 * @param relation name of a table or view with `row` and `followers` that holds the judged profiles, and maybe others
 */
export async function tierSlices(
  connection: DuckDBConnection,
  relation: string,
  { rows, labels, probabilities }: Judged,
  options: { readonly threshold: number; readonly seed: number },
): Promise<Slice[]> {
  const reader = await connection.runAndReadAll(
    `SELECT "row", CAST(followers AS DOUBLE) FROM ${quoteIdentifier(relation)} WHERE followers IS NOT NULL`,
  );
  const [at, known] = reader.getColumnsJS();
  if (at === undefined || at.length === 0) return [];
  const followers = new Map(at.map((row, i) => [Number(row), Number(known[i])]));
  const grouping = followerTiers(Float64Array.from(rows, (row) => followers.get(row) ?? Number.NaN));
  return sliceMetrics(labels, probabilities, grouping, options);
}
