import type { DuckDBConnection } from "@duckdb/node-api";
import type { CanonicalName } from "../profiles/canonical.ts";
import type { Target } from "./target.ts";

/** A target as the user chose it, before anything is learnt from rows. */
export interface TargetDefinition {
  readonly name: string;
  /** What it is, in one line, for help texts. */
  readonly about: string;
  /** As those of the target. */
  readonly inputs: readonly CanonicalName[];
  readonly context: readonly CanonicalName[];
  /** Columns of the file it reads beside canonical ones, to be kept when reading: `readProfiles(file, { keep })`. */
  readonly columns: readonly string[];
  /** Whether `fit` learns from the rows; if not, it gives the same target for any. */
  readonly learns: boolean;
  /**
   * The target, with what it learns from rows.
   *
   * @param relation name of a table or view of training rows only
   * @throws InsightsError for a missing column, and where the rows have nothing to learn from
   */
  fit(connection: DuckDBConnection, relation: string): Promise<Target>;
}

/** The definition of a target that learns nothing. */
export function fixedTarget(target: Target, columns: readonly string[] = []): TargetDefinition {
  const { name, about, inputs, context = [] } = target;
  return { name, about, inputs, context, columns, learns: false, fit: async () => target };
}
