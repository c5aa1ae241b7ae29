import type { DuckDBConnection } from "@duckdb/node-api";
import type { Fold } from "../evaluation/split.ts";
import { type FittedPipeline, fitPipeline } from "../features/pipeline.ts";
import { type Preset, placesOf } from "../features/presets.ts";
import { transform } from "../features/transform.ts";
import type { SnapshotFacts } from "../targets/snapshot.ts";
import { labelsOf, type TargetDefinition } from "../targets/target.ts";
import { degreesOf } from "./degrees.ts";
import { viewOf } from "./rows.ts";

/** What all folds share. */
export interface FoldSource {
  readonly connection: DuckDBConnection;
  /** Name of a table or view with `row` and the canonical columns. */
  readonly relation: string;
  readonly preset: string | Preset;
  readonly definition: TargetDefinition;
  readonly snapshot: SnapshotFacts;
  /** `row` of the labelled profiles, rising. */
  readonly rows: Float64Array;
}

/** The rows of one fold as the networks take them. Target and features are fitted to its training rows only. */
export interface FoldData {
  readonly fold: Fold;
  readonly pipeline: FittedPipeline;
  readonly columns: number;
  readonly x: Float32Array;
  readonly labels: Uint8Array;
  /** Degrees of the training rows; null for a target without. */
  readonly degrees: Float64Array | null;
  readonly testX: Float32Array;
  /** Columns that ask for the snapshot, which a file may not have; 0 where it is unknown. */
  readonly snapshotColumns: readonly number[];
}

/** Fits target and features to a fold's training rows, and computes both parts' features. */
export async function prepareFold(source: FoldSource, fold: Fold): Promise<FoldData> {
  const { connection, relation, preset, definition, snapshot, rows } = source;
  const rowsAt = (positions: Int32Array) => Float64Array.from(positions, (i) => rows[i]);
  await viewOf(connection, "fold_train", relation, rowsAt(fold.train));
  await viewOf(connection, "fold_test", relation, rowsAt(fold.test));
  const target = await definition.fit(connection, "fold_train");
  const { labels } = await labelsOf(connection, target, "fold_train", { snapshot });
  const degrees = await degreesOf(connection, target, "fold_train", snapshot);
  const pipeline = await fitPipeline(connection, preset, "fold_train");
  const train = await transform(connection, pipeline, "fold_train");
  const test = await transform(connection, pipeline, "fold_test");
  return {
    fold,
    pipeline,
    columns: train.columns,
    x: shared(train.values),
    // A row that is known by the whole file's target is known by this one's: what is fitted is a line, not who has data.
    labels: Uint8Array.from(labels, (label) => Math.max(label, 0)),
    degrees,
    testX: shared(test.values),
    snapshotColumns: placesOf(pipeline.steps, ["age"]),
  };
}

/** A copy that threads share, so that a fold's features are in memory once however many networks learn from them. */
function shared(values: Float32Array): Float32Array {
  const copy = new Float32Array(new SharedArrayBuffer(values.byteLength));
  copy.set(values);
  return copy;
}
