import type { DuckDBConnection } from "@duckdb/node-api";
import { CANONICAL_COLUMNS, type CanonicalName } from "../profiles/canonical.ts";
import { quoteIdentifier } from "../profiles/sql.ts";
import type { TargetSource } from "./source.ts";

/**
 * Reads the number that a target was cut from: the only number it decides by.
 *
 * @param relation name of a table or view with `row` and the canonical columns
 * @param inputs columns whose values decide the target
 * @param rows row numbers of the profiles, in the order the values are wanted
 * @returns undefined where the target decides by several numbers or by none
 */
export async function targetSource(
  connection: DuckDBConnection,
  relation: string,
  inputs: readonly CanonicalName[],
  rows: Float64Array,
): Promise<TargetSource | undefined> {
  const numbers = inputs.filter((name) => ["BIGINT", "DOUBLE"].includes(CANONICAL_COLUMNS[name].type));
  if (numbers.length !== 1) return undefined;
  const [name] = numbers;
  const reader = await connection.runAndReadAll(
    `SELECT "row", CAST(${quoteIdentifier(name)} AS DOUBLE) FROM ${quoteIdentifier(relation)}`,
  );
  const [at, values] = reader.getColumnsJS();
  const found = new Map(at.map((row, i) => [Number(row), values[i]]));
  return {
    name,
    values: Float64Array.from(rows, (row) => {
      const value = found.get(row) ?? null;
      return value === null ? Number.NaN : Number(value);
    }),
  };
}
