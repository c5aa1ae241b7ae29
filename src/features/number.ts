import { CANONICAL_COLUMNS } from "../profiles/canonical.ts";
import { double } from "./dialect.ts";
import type { CanonicalProfile, NumericName } from "./profile.ts";

/**
 * The largest measure that is believed. No rate or count comes near it; beyond it (or infinite, or not a number) a
 * DOUBLE is a fault of the file and is taken as unknown, so that arithmetic on it stays finite.
 */
export const LARGEST_MEASURE = 1e30;

/**
 * A column as a DOUBLE expression; NULL where unknown. Flags are 0 or 1. Counts over 2^53 are rounded to the nearest
 * DOUBLE.
 */
export function numberSql(column: NumericName): string {
  if (CANONICAL_COLUMNS[column].type !== "DOUBLE") return `CAST(${column} AS DOUBLE)`;
  // SQL engines order NaN after every number, so this one comparison refuses NaN too.
  return `CASE WHEN abs(${column}) <= ${double(LARGEST_MEASURE)} THEN ${column} END`;
}

/** What `numberSql` gives, of one profile in TypeScript. */
export function numberOf(column: NumericName, profile: Partial<CanonicalProfile>): number | null {
  const value = profile[column];
  if (value === null || value === undefined) return null;
  const number = Number(value);
  if (CANONICAL_COLUMNS[column].type !== "DOUBLE") return number;
  return Math.abs(number) <= LARGEST_MEASURE ? number : null;
}
