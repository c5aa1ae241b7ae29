import type { DuckDBConnection } from "@duckdb/node-api";
import { quoteIdentifier } from "../../../src/base/quote.ts";
import { rocAuc } from "../../../src/evaluation/metrics.ts";
import { fitPipeline } from "../../../src/features/pipeline.ts";
import { presetNamed, withoutGroups } from "../../../src/features/presets.ts";
import { transform } from "../../../src/features/transform.ts";
import { createPredictor } from "../../../src/network/predictor.ts";
import {
  type CrossValidateOptions,
  type CrossValidation,
  crossValidate,
  meanOf,
} from "../../../src/training/crossValidate.ts";
import { viewOf } from "../../../src/training/rows.ts";

/** What a file of the same people could have been like, had it been made at another time or by somebody else. */
export const FILES = {
  "as it is": "",
  "a year later": "REPLACE (observed_at + INTERVAL 1 YEAR AS observed_at)",
  "three years later": "REPLACE (observed_at + INTERVAL 3 YEAR AS observed_at)",
  "a year before": "REPLACE (observed_at - INTERVAL 1 YEAR AS observed_at)",
  "no snapshot": "REPLACE (CAST(NULL AS TIMESTAMP) AS observed_at)",
  "no ids": "REPLACE (CAST(NULL AS TIMESTAMP) AS created_at)",
} as const;

/** Name of such a file. */
export type FileName = keyof typeof FILES;

/** What was reached, out of fold: areas under the ROC curve. */
export interface OtherYears {
  /** With every feature, by file. */
  readonly whole: Readonly<Record<FileName, number>>;
  /** Without those that ask for the account's age; the same on every file. */
  readonly withoutAge: number;
  readonly labels: Uint8Array;
  /** Mean logits of each row: with every feature by file, and without age. */
  readonly logits: Readonly<Record<FileName | "without age", Float64Array>>;
}

/** Trains on a file as it is, with and without the account's age, and scores the rows left out as other files have them. */
export async function otherYears(
  connection: DuckDBConnection,
  options: CrossValidateOptions & { preset: string },
): Promise<OtherYears> {
  const { recipe, relation } = options;
  const full = await crossValidate(connection, options);
  const bare = await crossValidate(connection, { ...options, recipe: { ...recipe, without: ["age"] } });
  const logits: Record<string, Float64Array> = {};
  for (const [name, change] of Object.entries(FILES)) {
    await connection.run(
      `CREATE OR REPLACE VIEW other_file AS SELECT * ${change} FROM ${quoteIdentifier(relation)}`,
    );
    logits[name] = await outOfFold(connection, options, full, []);
  }
  logits["without age"] = await outOfFold(connection, options, bare, ["age"]);
  const auc = Object.fromEntries(
    Object.entries(logits).map(([name, scores]) => [name, rocAuc(full.labels, scores)]),
  );
  return {
    whole: auc as OtherYears["whole"],
    withoutAge: auc["without age"],
    labels: full.labels,
    logits: logits as OtherYears["logits"],
  };
}

/** The mean logit of each row over the folds that left it out, its features from the other file. */
async function outOfFold(
  connection: DuckDBConnection,
  { relation, preset }: CrossValidateOptions & { preset: string },
  { rows, folds, networks }: CrossValidation,
  without: readonly "age"[],
): Promise<Float64Array> {
  const total = new Float64Array(rows.length);
  const times = new Float64Array(rows.length);
  for (const [i, { train, test }] of folds.entries()) {
    const at = (positions: Int32Array) => Float64Array.from(positions, (position) => rows[position]);
    await viewOf(connection, "learnt_from", relation, at(train));
    await viewOf(connection, "left_out", "other_file", at(test));
    const pipeline = await fitPipeline(
      connection,
      withoutGroups(presetNamed(preset), without),
      "learnt_from",
    );
    const { values } = await transform(connection, pipeline, "left_out");
    const mean = meanOf(networks[i].map((one) => createPredictor(one).logits(values, test.length)));
    test.forEach((position, j) => {
      total[position] += mean[j];
      times[position]++;
    });
  }
  return total.map((sum, i) => sum / times[i]);
}
