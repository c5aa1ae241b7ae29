import {
  DOUBLE,
  type DuckDBConnection,
  DuckDBScalarFunction,
  type DuckDBVector,
  FLOAT,
} from "@duckdb/node-api";
import { isEnsemble, type Model } from "../bundle/model.ts";
import { applyCalibration } from "../evaluation/calibration.ts";
import { probabilityOf } from "../evaluation/logit.ts";
import { pipelineSql } from "../features/pipeline.ts";
import { createEnsemblePredictor } from "../network/ensemble.ts";
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
  let x = new Float32Array(2048 * inputs);
  const counts = { rows: 0, active: 0 };
  connection.registerScalarFunction(
    DuckDBScalarFunction.create({
      name: NAME,
      parameterTypes: Array.from({ length: inputs }, () => FLOAT),
      returnType: DOUBLE,
      // Worked out once a row, however often the result is used.
      volatile: true,
      mainFunction: (_info, chunk, output) => {
        const count = chunk.rowCount;
        if (x.length < count * inputs) x = new Float32Array(count * inputs);
        for (let column = 0; column < inputs; column++) {
          const items = itemsOf(chunk.getColumnVector(column));
          for (let row = 0, at = column; row < count; row++, at += inputs) x[at] = items[row];
        }
        const logits = predictor.logits(x, count);
        const probabilities =
          calibration === undefined ? logits.map(probabilityOf) : applyCalibration(calibration, logits);
        itemsOf(output).set(probabilities);
        output.flush();
        counts.rows += count;
        sampler?.take(x, probabilities);
        for (const p of probabilities) if (p >= threshold) counts.active++;
      },
    }),
  );
  // The network reads 32 bits; half of the bytes need not cross over.
  const features = pipelineSql(model.pipeline).map(({ expression }) => `CAST(${expression} AS FLOAT)`);
  return { probability: `${NAME}(${features.join(", ")})`, counts: () => counts };
}

/** A vector of numbers as one typed array, without an object a value. */
function itemsOf(vector: DuckDBVector): Float32Array | Float64Array {
  return (vector as unknown as { items: Float32Array | Float64Array }).items;
}
