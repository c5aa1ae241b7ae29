import { countOfThings } from "../base/words.ts";
import { featureColumns } from "../features/pipeline.ts";
import { auditLeakage, type LeakageAudit } from "../leakage/audit.ts";
import { targetSource } from "../leakage/targetSource.ts";
import { quoteIdentifier } from "../profiles/sql.ts";
import type { Hooks } from "./events.ts";
import type { StudyFeatures } from "./fit.ts";
import { examplesAt } from "./labelled.ts";
import type { StudyData } from "./read.ts";

/** One column of the labelled profiles, in the order of the file. */
async function labelledColumn({ profiles, labelled }: StudyData, expression: string): Promise<unknown[]> {
  const reader = await profiles.connection.runAndReadAll(
    `SELECT ${expression} FROM ${quoteIdentifier(profiles.table)} ORDER BY "row"`,
  );
  const [all] = reader.getColumnsJS();
  return Array.from(labelled.positions, (position) => all[position]);
}

/** Which part of the split each labelled profile is in: 0 to 2, or -1 for none. */
function partsOf({ labelled, split }: StudyData): Int32Array {
  const parts = new Int32Array(labelled.rows.length).fill(-1);
  [split.train, split.valid, split.test].forEach((positions, part) => {
    for (const position of positions) parts[position] = part;
  });
  return parts;
}

/**
 * Looks for leakage in the features of a study, before anything is trained: against the target's columns, the number it was
 * cut from, the labels, and across the parts of the split.
 *
 * @param seed seed of folds, samples and shuffles
 */
export async function auditStudy(
  data: StudyData,
  { pipeline, matrix }: StudyFeatures,
  seed: number,
  { signal }: Hooks,
): Promise<{ result: LeakageAudit; message: string }> {
  const { profiles, target, labelled } = data;
  const all = Int32Array.from(labelled.rows.keys());
  const result = await auditLeakage(
    {
      features: { names: matrix.names, values: examplesAt(matrix, labelled, all).x },
      madeOf: featureColumns(pipeline),
      labels: labelled.labels,
      target: { name: target.name, inputs: [...target.inputs, ...(target.context ?? [])] },
      source: await targetSource(profiles.connection, profiles.table, target.inputs, labelled.rows),
      parts: partsOf(data),
      ids: (await labelledColumn(data, "coalesce(id, account_id, '')")) as string[],
    },
    { seed, signal },
  );
  const severe = result.findings.filter(({ severity }) => severity === "severe").length;
  const found = countOfThings(result.findings.length, "finding");
  return { result, message: severe === 0 ? found : `${found}, ${severe} severe` };
}
