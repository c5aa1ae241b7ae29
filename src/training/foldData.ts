import type { DuckDBConnection } from "@duckdb/node-api";
import { quoteIdentifier } from "../base/quote.ts";
import type { Fold } from "../evaluation/split.ts";
import { type FittedPipeline, fitPipeline } from "../features/pipeline.ts";
import { type Preset, placesOf } from "../features/presets.ts";
import { transform } from "../features/transform.ts";
import { atSnapshotSql, type SnapshotFacts } from "../targets/snapshot.ts";
import { labelsOf, type Target, type TargetDefinition } from "../targets/target.ts";
import type { MemberJob } from "./member.ts";
import type { Recipe } from "./recipe.ts";
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
  /** `row` of what target and features are fitted to, where that is more than the fold's training rows; none that it leaves out. */
  readonly learnt?: Float64Array | undefined;
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
  const { connection, relation, preset, definition, snapshot, rows, learnt } = source;
  const rowsAt = (positions: Int32Array) => Float64Array.from(positions, (i) => rows[i]);
  await viewOf(connection, "fold_train", relation, rowsAt(fold.train));
  await viewOf(connection, "fold_test", relation, rowsAt(fold.test));
  const fitted = learnt === undefined ? "fold_train" : "fold_learnt";
  if (learnt !== undefined) await viewOf(connection, fitted, relation, learnt);
  const target = await definition.fit(connection, fitted);
  const { labels } = await labelsOf(connection, target, "fold_train", { snapshot });
  const degrees = await degreesOf(connection, target, "fold_train", snapshot);
  const pipeline = await fitPipeline(connection, preset, fitted);
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

/**
 * The jobs of all networks of one fold, as a recipe wants them.
 *
 * @param data features of the whole preset, or already without the recipe's left-out groups: the jobs are the same
 * @param options.place of the fold among all that share a seed, from 0
 */
export function foldJobs(
  data: FoldData,
  { recipe, place, seed }: { readonly recipe: Recipe; readonly place: number; readonly seed: number },
): MemberJob[] {
  const { labels, degrees, testX, fold, ...seen } = withoutColumns(data, recipe);
  const goals = Float32Array.from(labels, (label, i) => {
    const degree = degrees?.[i] ?? Number.NaN;
    return Number.isNaN(degree) ? label : label + recipe.degreeShare * (degree - label);
  });
  const { columns, x, snapshotColumns } = seen;
  return Array.from({ length: recipe.networks }, (_, member) => ({
    recipe,
    // Far apart, so that no two networks of any fold share a seed.
    seed: (seed + 1) * 1_000_003 + place * 1_009 + member,
    columns,
    x,
    labels,
    goals,
    testX,
    testRows: fold.test.length,
    snapshotColumns,
  }));
}

/** A fold's features without the groups that a recipe leaves out. Each feature is fitted by itself, so the rest stay as they are. */
function withoutColumns(data: FoldData, { without }: Recipe): FoldData {
  const dropped = new Set(placesOf(data.pipeline.steps, without));
  if (dropped.size === 0) return data;
  const kept = Array.from({ length: data.columns }, (_, place) => place).filter(
    (place) => !dropped.has(place),
  );
  const pick = (x: Float32Array) => {
    const rows = x.length / data.columns;
    const picked = new Float32Array(rows * kept.length);
    for (let row = 0; row < rows; row++) {
      kept.forEach((column, i) => {
        picked[row * kept.length + i] = x[row * data.columns + column];
      });
    }
    return picked;
  };
  return {
    ...data,
    columns: kept.length,
    x: pick(data.x),
    testX: pick(data.testX),
    snapshotColumns: data.snapshotColumns.map((column) => kept.indexOf(column)).filter((i) => i >= 0),
  };
}

/**
 * The degree to which a target is met, for every profile of a relation, ordered by `row`: 0 to 1, NaN where unknown. Null
 * for a target that knows only yes and no.
 *
 * @param relation name of a table or view with `row` and the columns the target is made of
 * @param snapshot what `snapshotOf` says of the whole file
 */
async function degreesOf(
  connection: DuckDBConnection,
  target: Target,
  relation: string,
  snapshot: SnapshotFacts,
): Promise<Float64Array | null> {
  if (target.degree === undefined) return null;
  const from = target.atSnapshot === true ? atSnapshotSql(relation, snapshot) : quoteIdentifier(relation);
  const reader = await connection.runAndReadAll(
    `SELECT CAST(${target.degree} AS DOUBLE) FROM ${from} ORDER BY "row"`,
  );
  const [degrees] = reader.getColumnsJS();
  return Float64Array.from(degrees, (degree) =>
    degree === null ? Number.NaN : Math.min(1, Math.max(0, Number(degree))),
  );
}
