import type { DuckDBConnection } from "@duckdb/node-api";
import { InsightsError } from "../base/error.ts";
import { repeatedStratifiedFolds } from "../evaluation/split.ts";
import { kindNamed } from "../features/kinds.ts";
import { featureColumns, fitPipeline } from "../features/pipeline.ts";
import type { Preset } from "../features/presets.ts";
import { transform } from "../features/transform.ts";
import { auditLeakage, type LeakageAudit } from "../leakage/audit.ts";
import { targetSource } from "../leakage/source.ts";
import { quoteIdentifier } from "../profiles/sql.ts";
import type { SnapshotFacts } from "../targets/snapshot.ts";
import type { TargetDefinition } from "../targets/target.ts";
import type { Recipe } from "./recipe.ts";
import { viewOf } from "./rows.ts";
import { trainingProcedure } from "./shuffledProcedure.ts";

/** What is audited before anything is trained. */
export interface AuditedTraining {
  /** Name of a table or view with `row` and the canonical columns. */
  readonly relation: string;
  readonly preset: Preset;
  readonly definition: TargetDefinition;
  /** `row` of the labelled profiles, rising. */
  readonly rows: Float64Array;
  /** Their labels, 0 or 1, both present. */
  readonly labels: Uint8Array;
  /** How it is going to be trained, to be tried on shuffled labels; without it a linear stand-in is. */
  readonly trained?: { readonly recipe: Recipe; readonly snapshot: SnapshotFacts } | undefined;
  readonly folds: number;
  readonly seed: number;
  readonly signal?: AbortSignal | undefined;
}

/** Shuffles of the labels: each is a small training. */
const SHUFFLES = 8;

/** Name of the view of the labelled profiles. */
const AUDITED_VIEW = "audited_profiles";

/**
 * Audits a preset's features on the labelled profiles, the first repeat's folds being the split across which rows may not
 * repeat.
 *
 * @throws as `fitPipeline` and `repeatedStratifiedFolds`
 */
export async function auditFeatures(
  connection: DuckDBConnection,
  training: AuditedTraining,
): Promise<LeakageAudit> {
  const { relation, preset, definition, rows, labels, trained, folds, seed, signal } = training;
  const parts = new Int32Array(labels.length);
  for (const { fold, test } of repeatedStratifiedFolds(labels, { folds, repeats: 1, seed })) {
    for (const row of test) parts[row] = fold;
  }
  await viewOf(connection, AUDITED_VIEW, relation, rows);
  const pipeline = await fitPipeline(connection, preset, AUDITED_VIEW);
  const { names, values } = await transform(connection, pipeline, AUDITED_VIEW);
  const [ids] = (
    await connection.runAndReadAll(
      `SELECT coalesce(id, account_id, '') FROM ${quoteIdentifier(AUDITED_VIEW)} ORDER BY "row"`,
    )
  ).getColumnsJS();
  const procedure =
    trained === undefined
      ? null
      : await trainingProcedure(
          { connection, relation, preset, definition, snapshot: trained.snapshot, rows },
          labels,
          trained.recipe,
          { folds, seed, signal },
        );
  return auditLeakage(
    {
      features: { names, values },
      madeOf: featureColumns(pipeline),
      labels,
      target: { name: definition.name, inputs: [...definition.inputs, ...definition.context] },
      source: await targetSource(connection, relation, definition.inputs, rows),
      parts,
      ids: ids as string[],
      procedure: procedure ?? undefined,
    },
    { seed, signal, shuffles: SHUFFLES },
  );
}

/**
 * A preset without some features. A step that gives several goes with the first of them that has to: they are made of the
 * same columns.
 *
 * @throws InsightsError where nothing is left
 */
export function withoutFeatures(preset: Preset, features: readonly string[]): Preset {
  if (features.length === 0) return preset;
  const out = new Set(features);
  const steps = preset.steps.filter(({ kind, params }) => {
    const known = kindNamed(kind);
    return !known.outputs(known.params.parse(params)).some((name) => out.has(name));
  });
  if (steps.length === 0) {
    throw new InsightsError(
      `no features left: every feature of the preset ${preset.name} gives the target away (choose another --preset or --target, or --allow-leakage)`,
    );
  }
  return { ...preset, steps };
}
