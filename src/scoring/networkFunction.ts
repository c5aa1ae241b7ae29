import type { DuckDBConnection, DuckDBVector } from "@duckdb/node-api";
import { DOUBLE, DuckDBScalarFunction } from "../base/duckdb.ts";
import { isEnsemble, type Model } from "../bundle/model.ts";
import { calibratedLogit } from "../evaluation/calibration.ts";
import { probabilityOf } from "../evaluation/logit.ts";
import { minMax } from "../features/minMax.ts";
import { type CarriedStep, carriedFeatures, type FittedPipeline } from "../features/pipeline.ts";
import { createEnsemblePredictor } from "../network/predictor.ts";
import type { RowSampler } from "./rowSample.ts";

/** A model as SQL. */
export interface ModelFunction {
  /** Expression over canonical columns and the shared ones: the probability, a DOUBLE, never NULL. */
  readonly probability: string;
  /** Columns over canonical ones that have to stand beside them, each as `expression AS name`. */
  readonly shared: readonly string[];
  /** Rows that went through it so far, and those of them with at least the threshold's probability. */
  counts(): { readonly rows: number; readonly active: number };
}

const NAME = "insights_network";

/**
 * Makes a model's network a scalar function of a DuckDB instance: the features stay SQL, and 2048 rows of them at a time go
 * through the kernel on this thread while DuckDB's threads read on.
 *
 * @param sampler is shown every row
 */
export function registerModel(
  connection: DuckDBConnection,
  model: Model,
  sampler?: RowSampler,
): ModelFunction {
  const { network, calibration, threshold } = model;
  const ensemble = isEnsemble(network) ? network : { networks: [network], weights: [1] };
  const predictor = createEnsemblePredictor(ensemble);
  const { inputs } = predictor;
  const { shared, steps } = carriedFeatures(model.pipeline);
  const columns = columnsOf(model.pipeline, steps);
  const { room } = predictor;
  const most = room.length / inputs;
  const counts = { rows: 0, active: 0 };
  connection.registerScalarFunction(
    DuckDBScalarFunction.create({
      name: NAME,
      parameterTypes: Array.from({ length: columns.length }, () => DOUBLE),
      returnType: DOUBLE,
      // Worked out once a row, however often the result is used.
      volatile: true,
      mainFunction: (_info, chunk, output) => {
        const items = columns.map((_, column) => itemsOf(chunk.getColumnVector(column)));
        const probabilities = itemsOf(output);
        // DuckDB's vectors fit the room; should they grow, they go through it in parts.
        for (let first = 0; first < chunk.rowCount; first += most) {
          const rows = Math.min(most, chunk.rowCount - first);
          for (let from = 0; from < rows; from += BLOCK_ROWS) {
            const to = Math.min(rows, from + BLOCK_ROWS);
            for (let column = 0; column < columns.length; column++) {
              columns[column].take(items[column], first, from, to, room);
            }
          }
          const logits = predictor.logitsOfRoom(rows);
          for (let row = 0; row < rows; row++) {
            const z = logits[row];
            const p = probabilityOf(calibration === undefined ? z : calibratedLogit(calibration, z));
            if (p >= threshold) counts.active++;
            probabilities[first + row] = p;
          }
          counts.rows += rows;
          sampler?.take(room, probabilities.subarray(first, first + rows));
        }
        output.flush();
      },
    }),
  );
  const expressions = columns.map(({ expression }) => expression).join(", ");
  return {
    probability: `${NAME}(${expressions})`,
    shared: shared.map(({ name, expression }) => `${expression} AS ${name}`),
    counts: () => counts,
  };
}

/** Rows that are filled at a time, so that their features stay in the processor's nearest memory meanwhile. */
const BLOCK_ROWS = 64;

/** A number that SQL works out, and the features that are made of it. */
interface Column {
  readonly expression: string;
  /**
   * Writes the scaled features of some rows into the table of all features, row by row.
   *
   * @param first which of the items belongs to row 0 of the table
   */
  take(items: Float64Array, first: number, from: number, to: number, into: Float32Array): void;
}

/** Features are scaled here: to subtract, divide and compare takes DuckDB ten times as long. */
function columnsOf({ scaling, names }: FittedPipeline, steps: readonly CarriedStep[]): Column[] {
  const { min, max } = scaling;
  const inputs = names.length;
  let next = 0;
  return steps.flatMap(({ expressions, outputs, spread }): Column[] => {
    const start = next;
    next += outputs;
    if (spread === undefined) {
      return expressions.map((expression, i) => {
        const place = start + i;
        const [low, high] = [min[place], max[place]];
        const take: Column["take"] = (items, first, from, to, into) => {
          for (let row = from, at = from * inputs + place; row < to; row++, at += inputs) {
            into[at] = minMax(items[first + row], low, high);
          }
        };
        return { expression, take };
      });
    }
    const numbers = new Float64Array(outputs);
    const take: Column["take"] = (items, first, from, to, into) => {
      for (let row = from, at = from * inputs + start; row < to; row++, at += inputs) {
        spread.write(items[first + row], numbers);
        for (let i = 0; i < outputs; i++) into[at + i] = minMax(numbers[i], min[start + i], max[start + i]);
      }
    };
    return [{ expression: expressions[0], take }];
  });
}

/** A vector of numbers as one typed array, without an object a value. */
function itemsOf(vector: DuckDBVector): Float64Array {
  return (vector as unknown as { items: Float64Array }).items;
}
