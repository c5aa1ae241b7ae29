import type { DuckDBConnection } from "@duckdb/node-api";
import { InsightsError } from "../base/error.ts";
import type { CanonicalName } from "../profiles/canonical.ts";
import { resolveTarget } from "../targets/resolve.ts";
import { type Labels, labelsOf, type Target } from "../targets/target.ts";

/** The targets that are held against posting and size, as far as the file can tell. */
const COMPARED = ["engagement", "activity", "creator"];

/** A target and its answers for all rows. */
export interface AnsweredTarget {
  readonly target: Target;
  readonly labels: Labels;
}

/**
 * The named targets that the file's columns allow, with their answers, fitted on all rows: they describe the file and are
 * not learnt from.
 *
 * @param relation a table or view with `row` and the canonical columns
 * @param missing canonical columns that the file does not have
 */
export async function comparedTargets(
  connection: DuckDBConnection,
  relation: string,
  missing: readonly CanonicalName[],
): Promise<AnsweredTarget[]> {
  const found: AnsweredTarget[] = [];
  for (const name of COMPARED) {
    const definition = await resolveTarget(name);
    // Where no profile tells its snapshot, the newest date of the file stands in for it.
    const needed = [...definition.inputs, ...definition.context].filter((column) => column !== "observed_at");
    if (needed.some((column) => missing.includes(column))) continue;
    const target = await definition.fit(connection, relation).catch((error: unknown) => {
      // A column that is there and empty; the alerts of reading have said so.
      if (error instanceof InsightsError) return null;
      throw error;
    });
    if (target !== null) found.push({ target, labels: await labelsOf(connection, target, relation) });
  }
  return found;
}
