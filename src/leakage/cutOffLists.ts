import type { DuckDBConnection } from "@duckdb/node-api";
import { quoteIdentifier } from "../base/quote.ts";
import { type FeatureColumn, pick } from "./features.ts";
import type { LeakageFinding } from "./finding.ts";

/** How many posts are listed of each row's account, before the moment that is asked about and after it. */
export interface ListedPosts {
  readonly before: Float64Array;
  readonly after: Float64Array;
}

/** A list with at most so many fewer posts than the longest may be one that was cut off. */
const CUT_OFF_BY = 2;

/** Rows with a list cut off, and a known feature, below which nothing is said. */
const ENOUGH_ROWS = 50;

/** Share of a feature that the number of posts explains, from which the feature follows it. */
const SEVERE_SHARE = 0.99;
const SUSPECT_SHARE = 0.95;

/**
 * Finds features that follow how many posts are listed before a moment. A provider lists a certain number of posts at most. Of a
 * list that was cut off there, the posts that are missing before the moment came after it, so that their number is the answer turned
 * round: whether a post came.
 */
export function cutOffListFindings(
  features: readonly FeatureColumn[],
  { before, after }: ListedPosts,
): LeakageFinding[] {
  const longest = before.reduce((most, count, row) => Math.max(most, count + after[row]), 0);
  const rows = Int32Array.from(before.keys()).filter(
    (row) => before[row] + after[row] >= longest - CUT_OFF_BY,
  );
  return features.flatMap(({ name, columns, values }): LeakageFinding[] => {
    const known = rows.filter((row) => !Number.isNaN(values[row]));
    if (known.length < ENOUGH_ROWS) return [];
    const share = explainedShare(pick(values, known), pick(before, known));
    if (share < SUSPECT_SHARE) return [];
    return [
      {
        severity: share >= SEVERE_SHARE ? "severe" : "warn",
        code: "cut_off_list",
        features: [name],
        columns,
        message: `${name} follows how many posts are listed before the moment, and lists end at ${longest}: of a list that long, what is missing before the moment came after it.`,
        measure: "r_squared",
        value: share,
      },
    ];
  });
}

/**
 * The share of the variance of some values that lies between groups (the correlation ratio, squared), adjusted for the number of
 * groups: 1 where the group decides the value, about 0 where it says nothing; 0 for constant values.
 */
function explainedShare(values: Float64Array, groups: Float64Array): number {
  const sums = new Map<number, { sum: number; rows: number }>();
  let total = 0;
  values.forEach((value, row) => {
    const group = sums.get(groups[row]) ?? { sum: 0, rows: 0 };
    sums.set(groups[row], { sum: group.sum + value, rows: group.rows + 1 });
    total += value;
  });
  const mean = total / values.length;
  let [within, whole] = [0, 0];
  values.forEach((value, row) => {
    const { sum, rows } = sums.get(groups[row])!;
    within += (value - sum / rows) ** 2;
    whole += (value - mean) ** 2;
  });
  const freedom = values.length - sums.size;
  if (whole === 0 || freedom <= 0) return 0;
  return 1 - ((within / whole) * (values.length - 1)) / freedom;
}

/**
 * Counts the posts that are listed before and after moments.
 *
 * @param moments name of a table or view with `row`, that of the account, and `observed_at`, the moment
 * @param accounts name of the table or view of the accounts with all their posts
 * @param rows `row` of each moment, in the order in which the counts are wanted
 */
export async function listedPosts(
  connection: DuckDBConnection,
  moments: string,
  accounts: string,
  rows: Float64Array,
): Promise<ListedPosts> {
  const reader = await connection.runAndReadAll(
    `SELECT "row", len(list_filter(posted_at, lambda post: post < moment)), len(posted_at)
     FROM (SELECT "row", observed_at AS moment FROM ${quoteIdentifier(moments)})
     JOIN (SELECT "row", posted_at FROM ${quoteIdentifier(accounts)}) USING ("row")`,
  );
  const counts = new Map(reader.getRowsJS().map(([row, ...both]) => [Number(row), both.map(Number)]));
  const at = (row: number) => counts.get(row) ?? [0, 0];
  return {
    before: Float64Array.from(rows, (row) => at(row)[0]),
    after: Float64Array.from(rows, (row) => at(row)[1] - at(row)[0]),
  };
}
