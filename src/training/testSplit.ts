import type { DuckDBConnection } from "@duckdb/node-api";
import { z } from "zod";
import { count } from "../base/schemas.ts";
import type { Model } from "../bundle/model.ts";
import { scoreProfiles } from "../bundle/score.ts";
import { stratifiedHoldOut } from "../evaluation/split.ts";
import { quoteIdentifier } from "../profiles/sql.ts";
import type { SnapshotFacts } from "../targets/snapshot.ts";
import { labelsOf, requireBothClasses, type Target, type TargetDefinition } from "../targets/target.ts";
import type { Judged } from "./groupSlices.ts";
import { measure, measuresSchema } from "./measures.ts";
import { viewOf } from "./rows.ts";

/** How the model does on the rows that were set aside, looked at once. */
export const testResultsSchema = z.strictObject({
  /** Share of the labelled profiles that was set aside. */
  share: z.number(),
  rows: count,
  positives: count,
  negatives: count,
  /** At the model's threshold. */
  metrics: measuresSchema,
  /** Mean probability less the share of positives. */
  bias: z.number(),
});

/** As the schema says. */
export type TestResults = z.infer<typeof testResultsSchema>;

/** Profiles in two parts. */
export interface TestSplit {
  readonly share: number;
  /** Name of a view of everything else, those without a label among it. */
  readonly training: string;
  /** Name of a view of the rows that were set aside. */
  readonly testing: string;
}

/**
 * Sets labelled profiles aside before anything is fitted. The target is fitted to all rows here, because classes can only
 * be drawn in proportion where they are known; this fit serves to draw the rows and is thrown away.
 *
 * @param relation name of a table or view with `row` and the canonical columns
 * @param options.share of the labelled profiles, between 0 and 1
 * @throws InsightsError where the target is constant or unknown in every row, or the rows are too few
 */
export async function setAside(
  connection: DuckDBConnection,
  relation: string,
  definition: TargetDefinition,
  options: { readonly share: number; readonly seed: number },
): Promise<TestSplit> {
  const target = await definition.fit(connection, relation);
  const { rows, labels } = await labelsOf(connection, target, relation);
  requireBothClasses(target, labels);
  const known = Int32Array.from(labels.keys()).filter((i) => labels[i] >= 0);
  const drawn = stratifiedHoldOut(
    Uint8Array.from(known, (i) => labels[i]),
    options,
  );
  const [training, testing] = ["training_profiles", "test_profiles"];
  await viewOf(
    connection,
    testing,
    relation,
    Float64Array.from(drawn, (i) => rows[known[i]]),
  );
  await connection.run(
    `CREATE OR REPLACE TEMP VIEW ${training} AS
     SELECT * FROM ${quoteIdentifier(relation)} WHERE "row" NOT IN (SELECT "row" FROM ${testing})`,
  );
  return { share: options.share, training, testing };
}

/**
 * Judges a finished model on the rows that were set aside.
 *
 * @param target as the training rows left it
 * @param snapshot of the training rows
 * @throws InsightsError where the rows that were set aside have one class only by that target
 */
export async function judgeTestRows(
  connection: DuckDBConnection,
  { share, testing }: TestSplit,
  { model, target, snapshot, seed }: { model: Model; target: Target; snapshot: SnapshotFacts; seed: number },
): Promise<{ results: TestResults; judged: Judged }> {
  const found = await labelsOf(connection, target, testing, { snapshot });
  const { positives, negatives } = requireBothClasses(target, found.labels);
  const known = Int32Array.from(found.labels.keys()).filter((i) => found.labels[i] >= 0);
  const scores = await scoreProfiles(connection, model, testing);
  const rows = Float64Array.from(known, (i) => found.rows[i]);
  const labels = Uint8Array.from(known, (i) => found.labels[i]);
  const probabilities = Float64Array.from(known, (i) => scores.probabilities[i]);
  const mean = probabilities.reduce((sum, p) => sum + p, 0) / rows.length;
  return {
    results: {
      share,
      rows: rows.length,
      positives,
      negatives,
      metrics: measure(labels, probabilities, model.threshold, seed),
      bias: mean - positives / rows.length,
    },
    judged: { rows, labels, probabilities },
  };
}
