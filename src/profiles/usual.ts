/**
 * How values are nearly always written, read in a fraction of the time that reading them in every way takes. A file of a
 * hundred million profiles is read as fast as DuckDB reads its text only if what is usual costs next to nothing.
 */

/** A way to write a value, as SQL in two steps, so that DuckDB works the first out once. */
export interface Usual {
  /** What the text may stand for. Takes an expression of VARCHAR that is NULL where nothing stands (`presentTextSql`). */
  readonly read: (text: string) => string;
  /**
   * The value, or NULL where the text is not of this way. Where it is not NULL it is what the function of `parsing.ts` gives for
   * the trimmed text.
   *
   * @param read name of the column of the first step
   */
  readonly value: (read: string, text: string) => string;
}

/** A count of digits alone. */
export const usualCount: Usual = {
  read: (text) => `TRY_CAST(${text} AS BIGINT)`,
  value: (read, text) => `CASE WHEN CAST(${read} AS VARCHAR) = ${text} AND ${read} >= 0 THEN ${read} END`,
};

/** A rate in any way that DuckDB knows but the one with underscores. */
export const usualRate: Usual = {
  read: (text) => `TRY_CAST(${text} AS DOUBLE)`,
  // NaN is more than every number.
  value: (read, text) =>
    `CASE WHEN ${read} BETWEEN 0 AND 1.7976931348623157e308 AND NOT contains(${text}, '_') THEN ${read} END`,
};

/** A flag in the words `true` and `false`. */
export const usualFlag: Usual = {
  read: (text) => `CASE WHEN ${text} = 'false' THEN false WHEN ${text} = 'true' THEN true END`,
  value: (read) => read,
};

/** An account's number below 2^64 without zeros before it; what is read is the number (UBIGINT). */
export const usualId: Usual = {
  read: (text) => `TRY_CAST(${text} AS UBIGINT)`,
  value: (read, text) => `CASE WHEN CAST(${read} AS VARCHAR) = ${text} AND ${read} > 0 THEN ${text} END`,
};

/** A moment that is a day: `2023-08-01`. */
export const usualDay: Usual = {
  // To fail takes a cast longer than to succeed.
  read: (text) =>
    `CASE WHEN strlen(${text}) = 10 AND contains(${text}, '-') THEN TRY_CAST(${text} AS DATE) END`,
  value: (read, text) => `CASE WHEN CAST(${read} AS VARCHAR) = ${text} THEN CAST(${read} AS TIMESTAMP) END`,
};

/** A handle of letters that are ASCII, without blanks and the @ before it. */
export const usualHandle: Usual = {
  read: (text) => text,
  value: (_, text) =>
    `CASE WHEN strlen(${text}) = length(${text}) AND NOT contains(${text}, ' ') AND NOT contains(${text}, '@') THEN ${text} END`,
};

/** A value that is worked out for few records: in whatever way it is written. */
export const rarelyRead: Usual = {
  read: () => "CAST(NULL AS VARCHAR)",
  value: (read) => read,
};

/** A column of a relation in its own type. */
export interface OwnColumn {
  /** What the relation calls it. */
  readonly name: string;
  /** DuckDB's name of its type. */
  readonly type: string;
  /** Whether the text is kept beside it where this column cannot say it, and is empty where it can; else this column says it all. */
  readonly partial?: boolean;
}

/** By the name of the column that has the same as text. */
export type OwnColumns = ReadonlyMap<string, OwnColumn>;

const WHOLE = /^U?(TINY|SMALL|BIG)INT$|^U?INTEGER$/;

/** A count of a whole type, or one of a type with fractions that has none, as tables with gaps have it. */
export function ownCount(type: string): Usual | undefined {
  if (WHOLE.test(type)) {
    return {
      read: (column) => `TRY_CAST(${column} AS BIGINT)`,
      value: (read) => `CASE WHEN ${read} >= 0 THEN ${read} END`,
    };
  }
  // What is larger is written with an exponent.
  const plain = (read: string) =>
    `${read} BETWEEN 0 AND 999999999999999 AND floor(${read}) = ${read} AND NOT signbit(${read})`;
  return type === "DOUBLE"
    ? {
        read: (column) => column,
        value: (read) => `CASE WHEN ${plain(read)} THEN TRY_CAST(${read} AS BIGINT) END`,
      }
    : undefined;
}

/** A rate of the same type. (A FLOAT of 0.1 is another number than the text.) */
export function ownRate(type: string): Usual | undefined {
  return type === "DOUBLE"
    ? { read: (column) => column, value: (read) => usualRate.value(read, "''") }
    : undefined;
}

/** A flag of the same type. */
export function ownFlag(type: string): Usual | undefined {
  return type === "BOOLEAN" ? { read: (column) => column, value: (read) => read } : undefined;
}
