import { Random } from "../base/random.ts";
import { rocAuc } from "../evaluation/metrics.ts";
import { stratifiedSplit } from "../evaluation/split.ts";
import { rowsAt } from "../features/transform.ts";
import type { Network } from "../network/network.ts";
import { createPredictor } from "../network/predictor.ts";
import { train } from "../network/train.ts";
import type { Examples } from "../network/trainer.ts";
import { type Recipe, trainOptions } from "./recipe.ts";

/** Everything that training one network of one fold needs. Plain data, so that it can go to a worker thread. */
export interface MemberJob {
  readonly recipe: Recipe;
  readonly seed: number;
  readonly columns: number;
  /** Features of the training rows, row by row. */
  readonly x: Float32Array;
  /** Their labels, 0 or 1. */
  readonly labels: Uint8Array;
  /** What the network is to learn in their place, 0 to 1. */
  readonly goals: Float32Array;
  /** Features of the rows left out, row by row. */
  readonly testX: Float32Array;
  readonly testRows: number;
  /** Columns that ask for the snapshot; 0 where it is unknown. */
  readonly snapshotColumns: readonly number[];
}

/** One network of one fold. */
export interface Member {
  readonly network: Network;
  /** Logits of the rows left out. */
  readonly logits: Float32Array;
}

/** The part of a network's randomness that says which rows come again without dates; training takes the first four. */
const DATES_PART = 4;

/** Share of the training rows that say when to stop, where a recipe asks for that. */
const VALID_SHARE = 0.2;

/** Trains one network and lets it judge the rows left out. The same job gives the same bits wherever it runs. */
export async function trainMember(job: MemberJob, signal?: AbortSignal): Promise<Member> {
  const { recipe, seed, columns, x, labels, goals, testX, testRows } = job;
  if (recipe.method !== "descent") {
    const network = recipe.method === "majority" ? linear(columns) : bestFeature(x, columns, labels);
    return { network, logits: createPredictor(network).logits(testX, testRows) };
  }
  const all: Examples = { x, y: goals, rows: labels.length };
  let examples = all;
  let valid: Examples | null = null;
  if (recipe.earlyStopping) {
    const split = stratifiedSplit(labels, { test: VALID_SHARE, valid: VALID_SHARE, seed });
    examples = at(all, columns, Int32Array.from([...split.train, ...split.valid]));
    valid = at(all, columns, split.test);
  }
  examples = withUndated(examples, columns, job.snapshotColumns, recipe, new Random(seed).fork(DATES_PART));
  const options = trainOptions(recipe, examples.rows, seed);
  const { network } = await train(examples, valid, { ...options, signal });
  return { network, logits: createPredictor(network).logits(testX, testRows) };
}

/** A network without hidden layers that looks at one column, upwards or downwards; at none without a place. */
function linear(columns: number, place?: number, direction = 1): Network {
  const weight = new Float32Array(columns);
  if (place !== undefined) weight[place] = direction;
  return { inputs: columns, layers: [{ weight, bias: new Float32Array(1), inputs: columns, outputs: 1 }] };
}

/** The column whose order, or whose reverse, has the largest area under the ROC curve; the first of equals. */
function bestFeature(x: Float32Array, columns: number, labels: Uint8Array): Network {
  let best = { place: 0, auc: 0.5 };
  for (let place = 0; place < columns; place++) {
    const auc = rocAuc(
      labels,
      Float64Array.from(labels, (_, row) => x[row * columns + place]),
    );
    if (Math.abs(auc - 0.5) > Math.abs(best.auc - 0.5)) best = { place, auc };
  }
  return linear(columns, best.place, best.auc < 0.5 ? -1 : 1);
}

function at({ x, y }: Examples, columns: number, rows: Int32Array): Examples {
  const goals = Float32Array.from(rows, (row) => y[row]);
  return { x: rowsAt(x, columns, rows), y: goals, rows: rows.length };
}

function hide(x: Float32Array, columns: number, hidden: readonly number[]): void {
  for (let start = 0; start < x.length; start += columns) for (const column of hidden) x[start + column] = 0;
}

/** Some rows once more with the snapshot unknown, drawn by lot, so that the network learns to do without. */
function withUndated(
  { x, y, rows }: Examples,
  columns: number,
  hidden: readonly number[],
  { withoutDates }: Recipe,
  random: Random,
): Examples {
  const drawn = Int32Array.from({ length: rows }, (_, row) => row).filter(
    () => random.uniform() < withoutDates,
  );
  if (hidden.length === 0 || drawn.length === 0) return { x, y, rows };
  const again = at({ x, y, rows }, columns, drawn);
  hide(again.x, columns, hidden);
  return { x: joined(x, again.x), y: joined(y, again.y), rows: rows + drawn.length };
}

function joined(first: Float32Array, second: Float32Array): Float32Array {
  const both = new Float32Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}
