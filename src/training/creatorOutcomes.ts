import type { DuckDBConnection } from "@duckdb/node-api";
import { aboveNorm, activity } from "../targets/named.ts";
import type { SnapshotFacts } from "../targets/snapshot.ts";
import { labelsOf, type Target, type TargetDefinition } from "../targets/target.ts";
import { cameAtCut } from "./asOfCut.ts";
import type { Outcomes } from "./combineAnswers.ts";

/** Accounts and what turned out of them. */
export interface CreatorOutcomes extends Outcomes {
  /** `row` of the accounts, rising. */
  readonly rows: Float64Array;
  /** The target `creator`, fitted to all of them. */
  readonly target: Target;
  /** Whether they are answered well, and whether they go on posting, as targets of their own. */
  readonly heads: { readonly still: TargetDefinition; readonly well: TargetDefinition };
}

/**
 * What turned out of all accounts of a relation.
 *
 * @param options.definition the target `creator`
 * @param options.examples name of the table that `backtest` made of the relation
 * @throws as `TargetDefinition.fit`
 */
export async function creatorOutcomes(
  connection: DuckDBConnection,
  relation: string,
  options: {
    readonly definition: TargetDefinition;
    readonly horizon: number;
    readonly snapshot: SnapshotFacts;
    readonly examples: string;
  },
): Promise<CreatorOutcomes> {
  const { definition, horizon, snapshot, examples } = options;
  const heads = { still: activity(horizon), well: aboveNorm() };
  const target = await definition.fit(connection, relation);
  const labels = (one: Target) => labelsOf(connection, one, relation, { snapshot });
  const creator = await labels(target);
  const posted = await labels(await heads.still.fit(connection, relation));
  const above = await labels(await heads.well.fit(connection, relation));
  const came = await cameAtCut(connection, examples, 0);
  const afterwards = Int8Array.from(creator.rows, (row) => came.get(row) ?? -1);
  return {
    rows: creator.rows,
    target,
    heads,
    came: afterwards,
    posted: posted.labels,
    above: above.labels,
    cameAbove: afterwards.map((one, i) => Math.min(one, above.labels[i])),
    creator: creator.labels,
  };
}
