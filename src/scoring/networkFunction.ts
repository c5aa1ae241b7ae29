import type { DuckDBConnection, DuckDBVector } from "@duckdb/node-api";
import { DOUBLE, DuckDBScalarFunction } from "../base/duckdb.ts";
import { sigmoid } from "../base/statistics.ts";
import type { Model } from "../bundle/model.ts";
import { createModelPredictor } from "../bundle/modelPredictor.ts";
import { DUCKDB } from "../features/dialect.ts";
import { minMax } from "../features/minMax.ts";
import { unscaledSql } from "../features/pipeline.ts";
import type { RowSampler } from "./rowSample.ts";

/** A model as SQL. */
export interface ModelFunction {
  /** Expression over canonical columns: the probability, a DOUBLE, never NULL. */
  readonly probability: string;
  /** Rows that went through it so far, and those of them with at least the threshold's probability. */
  counts(): { readonly rows: number; readonly active: number };
}

const NAME = "insights_network";

/**
 * Makes a model's network a scalar function of a DuckDB instance: the features stay SQL, and 2048 rows of them at a time are
 * scaled and go through the kernel on this thread while DuckDB's threads read on. To scale them in SQL takes ten times as long.
 *
 * @param sampler is shown every row
 */
export function registerModel(
  connection: DuckDBConnection,
  model: Model,
  sampler?: RowSampler,
): ModelFunction {
  const { threshold } = model;
  const predictor = createModelPredictor(model);
  const { inputs } = predictor;
  const features = unscaledSql(model.pipeline, DUCKDB);
  const { min, max } = model.pipeline.scaling;
  const { room } = predictor;
  const most = room.length / inputs;
  const counts = { rows: 0, active: 0 };
  connection.registerScalarFunction(
    DuckDBScalarFunction.create({
      name: NAME,
      parameterTypes: features.map(() => DOUBLE),
      returnType: DOUBLE,
      // Worked out once a row, however often the result is used.
      volatile: true,
      mainFunction: (_info, chunk, output) => {
        const items = features.map((_, column) => itemsOf(chunk.getColumnVector(column)));
        const probabilities = itemsOf(output);
        // DuckDB's vectors fit the room; should they grow, they go through it in parts.
        for (let first = 0; first < chunk.rowCount; first += most) {
          const rows = Math.min(most, chunk.rowCount - first);
          for (let from = 0; from < rows; from += BLOCK_ROWS) {
            const to = Math.min(rows, from + BLOCK_ROWS);
            for (let column = 0; column < inputs; column++) {
              const values = items[column];
              const [low, high] = [min[column], max[column]];
              for (let row = from, at = from * inputs + column; row < to; row++, at += inputs)
                room[at] = minMax(values[first + row], low, high);
            }
          }
          const { logits } = predictor.answersOfRoom(rows);
          for (let row = 0; row < rows; row++) {
            const p = sigmoid(logits[row]);
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
  return {
    probability: `${NAME}(${features.join(", ")})`,
    counts: () => counts,
  };
}

/** Rows that are filled at a time, so that their features stay in the processor's nearest memory meanwhile. */
const BLOCK_ROWS = 64;

/** A vector of numbers as one typed array, without an object a value. */
function itemsOf(vector: DuckDBVector): Float64Array {
  return (vector as unknown as { items: Float64Array }).items;
}
