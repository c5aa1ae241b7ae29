import type { DatasetSummary, JobFacts } from "../types.ts";

export type { ColumnGuess } from "../../../src/server/jobs.ts";

/** A file of the workspace: a line of `GET /v1/imports`. Moments are ISO 8601. */
export interface ImportFacts {
  readonly import: number;
  readonly name: string;
  readonly format: string;
  readonly provider: string;
  readonly added_at: string;
  /** Where the file does not say, its newest date. */
  readonly read_first: string | null;
  readonly read_last: string | null;
  /** Profiles that say themselves when they were read. */
  readonly read_known: number;
  readonly records: number;
  /** People whom it shows, and those of them who were not known before. */
  readonly rows: number;
  readonly new_people: number;
  readonly rejected: number;
  readonly duplicates: number;
  readonly synthetic: boolean;
  readonly studied: boolean;
}

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

/** A job that adds or studies a file. */
export type ImportJob = JobFacts;
