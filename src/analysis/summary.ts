import type { DuckDBConnection } from "@duckdb/node-api";
import { quoteIdentifier } from "../base/quote.ts";
import type { Alert } from "../profiles/alerts.ts";
import type { CanonicalName } from "../profiles/canonical.ts";
import { columnSummary, isNumeric } from "./columnSummary.ts";
import { duplicatesOf, linearSums } from "./columnSums.ts";
import { correlations } from "./correlation.ts";
import { dataAlerts } from "./dataAlerts.ts";
import { columnsOf, countOf, numberOrNull, selectRow, selectRows } from "./query.ts";
import type { ColumnSummary, Summary } from "./summarySchema.ts";

/** What the study calls an outlier: more than five reactions a follower on the average video. */
const OUTLIER_RATE = 5;

/**
 * Describes the profiles: what each column holds, how they go together, who stands out, and what a colleague would say
 * about it. By SQL aggregates, so a million rows cost memory for one column at a time. Runs on any table, also an empty
 * one: what cannot be said is null or left out.
 *
 * @param relation a table or view with some of the canonical columns
 */
export async function summarise(
  connection: DuckDBConnection,
  relation: string,
): Promise<{ summary: Summary; alerts: Alert[] }> {
  const names = await columnsOf(connection, relation);
  const columns: ColumnSummary[] = [];
  for (const name of names) columns.push(await columnSummary(connection, relation, name));
  const numeric = columns.filter(({ name, count }) => isNumeric(name) && count > 0).map(({ name }) => name);
  const { pearson, spearman } = await correlations(connection, relation, numeric);
  const rates = numeric.filter((name) => name.endsWith("_rate"));
  const sums = await linearSums(connection, relation, [
    rates,
    numeric.filter((name) => !rates.includes(name)),
  ]);
  const has = (name: CanonicalName) => names.includes(name);
  const value = (name: CanonicalName) => (names.includes(name) ? name : "NULL");
  const counts = await selectRow(
    connection,
    `SELECT count(*) FILTER (${value("awg_engagement_rate")} > ${OUTLIER_RATE}) AS outliers,
      count(*) FILTER (${value("followers")} = 0) AS followers, count(*) FILTER (${value("videos_count")} = 0) AS videos
    FROM ${quoteIdentifier(relation)}`,
  );
  const summary: Summary = {
    columns,
    pearson,
    spearman,
    outliers: { rule: `awg_engagement_rate > ${OUTLIER_RATE}`, rows: countOf(counts.outliers) },
    verified: await verifiedFollowers(connection, relation, has("is_verified"), has("followers")),
  };
  const zeros = { followers: countOf(counts.followers), videos_count: countOf(counts.videos) };
  const duplicates = await duplicatesOf(connection, relation, names);
  return { summary, alerts: dataAlerts({ summary, sums, duplicates, zeros }) };
}

async function verifiedFollowers(
  connection: DuckDBConnection,
  relation: string,
  flag: boolean,
  followers: boolean,
): Promise<Summary["verified"]> {
  if (!flag) return [];
  const value = followers ? "followers::DOUBLE" : "NULL::DOUBLE";
  const rows = await selectRows(
    connection,
    `SELECT is_verified, count(*) AS accounts, min(value) AS lowest, median(value) AS median, max(value) AS highest
    FROM (SELECT is_verified, ${value} AS value FROM ${quoteIdentifier(relation)})
    WHERE is_verified IS NOT NULL GROUP BY is_verified ORDER BY is_verified`,
  );
  return rows.map((row) => ({
    is_verified: row.is_verified === true,
    accounts: countOf(row.accounts),
    followers_min: numberOrNull(row.lowest),
    followers_median: numberOrNull(row.median),
    followers_max: numberOrNull(row.highest),
  }));
}
