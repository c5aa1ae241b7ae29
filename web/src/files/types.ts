import type { ColumnGuess } from "../../../src/server/jobs.ts";
import type { ImportFacts } from "../../../src/server/people/schemas.ts";
import type { DatasetSummary } from "../types.ts";

export type { ColumnGuess, ImportFacts };

/** What was found in a file. */
export type FoundFacts = Pick<
  DatasetSummary,
  | "mapped"
  | "unmapped"
  | "missing"
  | "alerts"
  | "decided"
  | "losses"
  | "blanks"
  | "rejects"
  | "rejected_by_reason"
>;

/** `GET /v1/imports/{import}`. */
export interface ImportDetail extends ImportFacts {
  readonly facts: FoundFacts;
}
