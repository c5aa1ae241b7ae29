import type { ColumnGuess } from "../../../src/server/jobs.ts";
import type { ImportFacts } from "../../../src/server/people/schemas.ts";
import type { FoundFacts } from "../../../src/workspace/addImport.ts";

export type { ColumnGuess, FoundFacts, ImportFacts };

/** `GET /v1/imports/{import}`. */
export interface ImportDetail extends ImportFacts {
  readonly facts: FoundFacts;
}
