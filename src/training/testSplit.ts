import type { DuckDBConnection } from "@duckdb/node-api";
import { z } from "zod";
import { quoteIdentifier } from "../base/quote.ts";
import { count } from "../base/schemas.ts";
import type { Model } from "../bundle/model.ts";
import { stratifiedHoldOut } from "../evaluation/split.ts";
import type { SnapshotFacts } from "../targets/snapshot.ts";
import type { Target, TargetDefinition } from "../targets/target.ts";
import { type Judged, judgeModel } from "./judged.ts";
import { measuresSchema } from "./measures.ts";
import { labelledRows, viewOf } from "./rows.ts";

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
  const { rows, labels } = await labelledRows(connection, target, relation);
  const drawn = stratifiedHoldOut(labels, options);
  const [training, testing] = ["training_profiles", "test_profiles"];
  const chosen = Float64Array.from(drawn, (i) => rows[i]);
  await viewOf(connection, testing, relation, chosen);
  await connection.run(
    `CREATE OR REPLACE TEMP VIEW ${training} AS
     SELECT * FROM ${quoteIdentifier(relation)} WHERE "row" NOT IN (SELECT "row" FROM ${testing})`,
  );
  return { share: options.share, training, testing };
}

/** Judges a finished model on the rows that were set aside. `target` and `snapshot` are those of the training rows. */
export async function judgeTestRows(
  connection: DuckDBConnection,
  { share, testing }: TestSplit,
  { model, ...judging }: { model: Model; target: Target; snapshot: SnapshotFacts; seed: number },
): Promise<{ results: TestResults; judged: Judged }> {
  const { judged, counts, metrics, bias } = await judgeModel(connection, model, testing, judging);
  const { positives, negatives } = counts;
  return { results: { share, rows: judged.rows.length, positives, negatives, metrics, bias }, judged };
}
