/** A data record that could not be read, and why. */
export interface Reject {
  /** Line of the file on which the record starts, from 1; null where a format has no lines. */
  readonly line: number | null;
  /** Ordinal of the record among the data records of the file, from 0; null if unknown. */
  readonly row: number | null;
  /** Stable reason in snake case: "too_few_columns", "invalid_utf8", "invalid_followers". */
  readonly reason: string;
  /** One sentence with the value in question, at most 200 characters. */
  readonly detail: string;
}

/** How many rejects are kept to be shown and written out. All are counted. */
export const MAX_KEPT_REJECTS = 100_000;

/** Longest `detail` of a reject, in UTF-16 units. */
export const MAX_DETAIL = 200;

/** Cuts a detail to {@link MAX_DETAIL} characters, without halving a surrogate pair. */
export function cutDetail(detail: string): string {
  if (detail.length <= MAX_DETAIL) {
    return detail;
  }
  return `${detail.slice(0, MAX_DETAIL - 1).replace(/[\uD800-\uDBFF]$/, "")}…`;
}
