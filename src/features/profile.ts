import { z } from "zod";
import {
  CANONICAL_COLUMNS,
  CANONICAL_NAMES,
  type CanonicalName,
  type CanonicalType,
} from "../profiles/canonical.ts";
import { double } from "./dialect.ts";

/** The JavaScript value of a DuckDB type. Counts may be given as either kind of integer. */
type ValueOf<Type extends CanonicalType> = Type extends "VARCHAR"
  ? string
  : Type extends "BOOLEAN"
    ? boolean
    : Type extends "BIGINT"
      ? bigint | number
      : Type extends "DOUBLE"
        ? number
        : Type extends "TIMESTAMP"
          ? Date
          : Date[];

/** One row of the table `profiles` as JavaScript values; null where unknown. */
export type CanonicalProfile = {
  [Name in CanonicalName]: ValueOf<(typeof CANONICAL_COLUMNS)[Name]["type"]> | null;
};

type NamesOf<Type extends CanonicalType> = {
  [Name in CanonicalName]: (typeof CANONICAL_COLUMNS)[Name]["type"] extends Type ? Name : never;
}[CanonicalName];

/** Canonical columns that hold a number, a flag counting as 0 or 1. */
export type NumericName = NamesOf<"BIGINT" | "DOUBLE" | "BOOLEAN">;

/** Canonical columns that hold a moment. */
export type MomentName = NamesOf<"TIMESTAMP">;

/** Canonical columns that hold a list of moments. */
export type MomentListName = NamesOf<"TIMESTAMP[]">;

/** Newest moments of a list that a feature may look at: providers list at most 35 posts. */
export const LISTED_MOMENTS = 35;

/**
 * A list of moments as a row of numbers, as a graph takes it: the newest 35 in seconds of Unix time, newest first, NaN where there
 * are fewer.
 */
export function momentsRow(moments: readonly Date[] | null | undefined): number[] {
  const seconds = (moments ?? []).map((moment) => moment.getTime() / 1000).sort((a, b) => b - a);
  return Array.from({ length: LISTED_MOMENTS }, (_, i) => seconds[i] ?? Number.NaN);
}

/** Canonical columns that hold text. */
export type TextName = NamesOf<"VARCHAR">;

function namesOf<Name extends CanonicalName>(...types: CanonicalType[]): Name[] {
  return CANONICAL_NAMES.filter((name) => types.includes(CANONICAL_COLUMNS[name].type)) as Name[];
}

/** Schema of the name of a column that holds one value, not a list. */
export const singleName = z.enum(
  namesOf<NumericName | TextName | MomentName>("BIGINT", "DOUBLE", "BOOLEAN", "VARCHAR", "TIMESTAMP"),
);

/** Schema of the name of a column that holds a number or a flag. */
export const numericName = z.enum(namesOf<NumericName>("BIGINT", "DOUBLE", "BOOLEAN"));

/** Schema of the name of a column that holds text. */
export const textName = z.enum(namesOf<TextName>("VARCHAR"));

/** Schema of a feature's name: what the columns of exported tables and graphs are called. */
export const featureName = z.string().regex(/^[a-z][a-z0-9_]*$/, "expected lower-case letters, digits and _");

/**
 * The largest measure that is believed. No rate or count comes near it. A DOUBLE beyond it, infinite or not a number is a fault of
 * the file and is taken as unknown, so that arithmetic on it stays finite.
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

/** Reads what `numberSql` gives from one profile; NaN where it is unknown. */
export function numberReader(column: NumericName): (profile: Partial<CanonicalProfile>) => number {
  const most = CANONICAL_COLUMNS[column].type === "DOUBLE" ? LARGEST_MEASURE : Number.POSITIVE_INFINITY;
  return (profile) => {
    const value = Number(profile[column] ?? Number.NaN);
    return Math.abs(value) <= most ? value : Number.NaN;
  };
}
