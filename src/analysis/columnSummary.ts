import type { DuckDBConnection } from "@duckdb/node-api";
import { quoteIdentifier } from "../base/quote.ts";
import { CANONICAL_COLUMNS, type CanonicalName } from "../profiles/canonical.ts";
import { countOf, numberOrNull, selectRow } from "./query.ts";
import type { ColumnSummary } from "./summarySchema.ts";

const UNMEASURED = {
  mean: null,
  standard_deviation: null,
  min: null,
  p05: null,
  p25: null,
  median: null,
  p75: null,
  p95: null,
  max: null,
  skewness: null,
} as const;

/** Whether a canonical column holds numbers: counts and rates. */
export function isNumeric(name: CanonicalName): boolean {
  const { type } = CANONICAL_COLUMNS[name];
  return type === "BIGINT" || type === "DOUBLE";
}

/**
 * One column in numbers, by SQL aggregates. A query a column, because an exact quantile holds all values of the column
 * until it is done: 8 MB for a million rows, once, not once for each column.
 *
 * @param relation a table or view that has the column
 */
export async function columnSummary(
  connection: DuckDBConnection,
  relation: string,
  name: CanonicalName,
): Promise<ColumnSummary> {
  const { type } = CANONICAL_COLUMNS[name];
  const column = quoteIdentifier(name);
  // Text and lists are counted by a 64-bit hash: a million long texts need not be held to tell how many differ.
  const distinct = isNumeric(name) || type === "BOOLEAN" ? column : `hash(${column})`;
  const measures = isNumeric(name)
    ? NUMBERS
    : type === "BOOLEAN"
      ? "avg(value::INTEGER) AS mean"
      : "NULL AS mean";
  const row = await selectRow(
    connection,
    `SELECT count(*) AS "rows", count(value) AS known,
      count(DISTINCT different) FILTER (value IS NOT NULL) AS "distinct", ${measures}
    FROM (SELECT ${isNumeric(name) ? `${column}::DOUBLE` : column} AS value, ${distinct} AS different
      FROM ${quoteIdentifier(relation)})`,
  );
  const known = countOf(row.known);
  const quantiles = Array.isArray(row.quantiles) ? row.quantiles : [];
  const [p05, p25, median, p75, p95] = [0, 1, 2, 3, 4].map((k) => numberOrNull(quantiles[k]));
  const constant = row.min === row.max;
  return {
    name,
    type,
    count: known,
    missing: countOf(row.rows) - known,
    distinct: countOf(row.distinct),
    ...UNMEASURED,
    mean: numberOrNull(row.mean),
    ...(isNumeric(name) && {
      standard_deviation: numberOrNull(row.deviation),
      min: numberOrNull(row.min),
      p05,
      p25,
      median,
      p75,
      p95,
      max: numberOrNull(row.max),
      skewness: constant ? null : numberOrNull(row.skewness),
    }),
  };
}

const NUMBERS = `avg(value) AS mean, stddev_samp(value) AS deviation, min(value) AS min, max(value) AS max,
  quantile_cont(value, [0.05, 0.25, 0.5, 0.75, 0.95]) AS quantiles, skewness(value) AS skewness`;
