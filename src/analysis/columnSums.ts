import type { DuckDBConnection } from "@duckdb/node-api";
import { quoteIdentifier } from "../base/quote.ts";
import type { CanonicalName } from "../profiles/canonical.ts";
import { countOf, numberOrNull, selectRow } from "./query.ts";

/** A column that is the sum of two others. */
export interface LinearSum {
  readonly sum: CanonicalName;
  readonly parts: readonly [CanonicalName, CanonicalName];
  /** Rows that know all three. */
  readonly rows: number;
  /** Largest difference between the column and the sum, in the column's unit. */
  readonly largest_difference: number;
  /** Whether that difference is rounding alone. */
  readonly exact: boolean;
  /** Share of the rows with two parts other than 0 where they agree: to 1 % of the sum and to 20 % of the smaller part. */
  readonly agreeing: number;
}

/** Differences up to this part of the largest value are rounding: sums of 64-bit floats are exact to about 1e-16. */
const ROUNDING = 1e-12;

/** From this share of agreeing rows on a near sum is worth telling. */
const NEAR = 0.99;

/** Telling rows below which a sum can hold by chance. */
const ENOUGH_ROWS = 10;

/**
 * Finds columns that are the sum of two others, exactly or nearly, among columns of one unit. A target made from such a
 * column can be read off the two others, whatever a correlation says.
 *
 * @param families columns of one unit each (rates; counts), numeric
 * @returns the sums found, exact ones (within rounding) and near ones (99 % of the rows agree)
 */
export async function linearSums(
  connection: DuckDBConnection,
  relation: string,
  families: readonly (readonly CanonicalName[])[],
): Promise<LinearSum[]> {
  const triples = families.flatMap((family) =>
    family.flatMap((sum) => {
      const others = family.filter((name) => name !== sum);
      return others.flatMap((first, i) =>
        others.slice(i + 1).map((second) => ({ sum, parts: [first, second] as const })),
      );
    }),
  );
  if (triples.length === 0) return [];
  const number = (name: CanonicalName) => `${quoteIdentifier(name)}::DOUBLE`;
  const list = triples.map(({ sum, parts }, k) => {
    const difference = `abs(${number(sum)} - (${number(parts[0])} + ${number(parts[1])}))`;
    // Where one part is 0, or next to nothing, the sum is the other part: that tells of a correlation, not of a sum.
    const smaller = `least(abs(${number(parts[0])}), abs(${number(parts[1])}))`;
    const agree = `${difference} <= least(0.01 * abs(${number(sum)}), 0.2 * ${smaller})`;
    const telling = `FILTER (${smaller} > 0 AND ${difference} IS NOT NULL)`;
    return `count(${difference}) AS rows_${k}, max(${difference}) AS largest_${k}, max(abs(${number(sum)})) AS size_${k},
      avg((${agree})::INTEGER) ${telling} AS agreeing_${k}, count(*) ${telling} AS telling_${k}`;
  });
  const row = await selectRow(connection, `SELECT ${list.join(", ")} FROM ${quoteIdentifier(relation)}`);
  return triples.flatMap(({ sum, parts }, k) => {
    const largest = numberOrNull(row[`largest_${k}`]);
    if (largest === null || countOf(row[`telling_${k}`]) < ENOUGH_ROWS) return [];
    const exact = largest <= ROUNDING * countOf(row[`size_${k}`]);
    const agreeing = countOf(row[`agreeing_${k}`]);
    if (!exact && agreeing < NEAR) return [];
    return [{ sum, parts, rows: countOf(row[`rows_${k}`]), largest_difference: largest, exact, agreeing }];
  });
}

/** How often a column's values occur more than once. */
export interface Duplicates {
  readonly column: CanonicalName;
  /** Rows whose value another row has too. */
  readonly rows: number;
  /** Different values that occur more than once. */
  readonly values: number;
}

/** Columns whose values should differ from account to account. */
const UNIQUE: readonly CanonicalName[] = ["account_id", "biography"];

/**
 * Counts repeated handles and biographies; ids are unique once a file is read. Repeated handles are one person under two
 * numbers, repeated biographies are templates or bots. Blank ones do not count. Texts are compared by a 64-bit hash, so
 * that a million biographies need not be held.
 */
export async function duplicatesOf(
  connection: DuckDBConnection,
  relation: string,
  names: readonly CanonicalName[],
): Promise<Duplicates[]> {
  const found: Duplicates[] = [];
  for (const column of UNIQUE.filter((name) => names.includes(name))) {
    const value = `trim(${quoteIdentifier(column)})`;
    const row = await selectRow(
      connection,
      `SELECT coalesce(sum(n), 0)::BIGINT AS "rows", count(*) AS "values"
      FROM (SELECT count(*) AS n FROM ${quoteIdentifier(relation)} WHERE ${value} <> '' GROUP BY hash(${value}) HAVING n > 1)`,
    );
    found.push({ column, rows: countOf(row.rows), values: countOf(row.values) });
  }
  return found;
}
