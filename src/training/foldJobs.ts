import { placesOf } from "../features/presets.ts";
import type { FoldData } from "./foldData.ts";
import type { MemberJob } from "./member.ts";
import type { Recipe } from "./recipe.ts";

/** Which networks of a fold to train. */
export interface FoldJobs {
  readonly recipe: Recipe;
  /** Place of the fold among all that share a seed, from 0. */
  readonly place: number;
  readonly seed: number;
}

/**
 * The jobs of all networks of one fold, as a recipe wants them.
 *
 * @param data features of the whole preset, or already without the recipe's left-out groups: the jobs are the same
 */
export function foldJobs(data: FoldData, { recipe, place, seed }: FoldJobs): MemberJob[] {
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
