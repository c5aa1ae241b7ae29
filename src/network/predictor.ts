import { InsightsError } from "../base/error.ts";
import type { Random } from "../base/random.ts";
import { BLOCK_ROWS, dropoutStreams, dropoutThreshold, instantiateKernel, reserve } from "./kernel.ts";
import { Arena, placeNetwork, takeEntries, writeTable, writeWeights } from "./layout.ts";
import { sigmoid } from "./logistic.ts";
import { checkNetwork, type Network } from "./network.ts";

/** Rows that go into the kernel's memory at a time: DuckDB's vector, so that its chunks take one call. */
const CHUNK_ROWS = 2048;

/** A network ready to score. Holds a kernel instance of its own; same inputs, same bits, in whatever chunks they come. */
export interface Predictor {
  /** Number of features a row. */
  readonly inputs: number;
  /** One logit a row; `x` holds the features row by row. */
  logits(x: Float32Array, rows: number): Float32Array;
  /** One probability a row, 0..1. */
  probabilities(x: Float32Array, rows: number): Float64Array;
  /**
   * Probabilities with dropout still on, one draw of the masks: wrong for use, and here because the original study predicted so.
   *
   * @param dropout share of hidden units dropped, at least 0 and below 1
   */
  probabilitiesWithDropout(x: Float32Array, rows: number, dropout: number, random: Random): Float64Array;
}

/**
 * Makes a predictor of a copy of the network's weights.
 *
 * @throws InsightsError when the network's layers do not fit together
 */
export function createPredictor(network: Network): Predictor {
  checkNetwork(network);
  const { inputs } = network;
  const { kernel, memory } = instantiateKernel();
  const arena = new Arena(kernel.heapBase());
  const placed = placeNetwork(arena, network, false);
  const statePlace = arena.take(64);
  const xPlace = arena.take(4 * CHUNK_ROWS * inputs);
  const logitsPlace = arena.take(4 * CHUNK_ROWS);
  const entries = takeEntries(arena, [network]);
  reserve(memory, arena.end);
  writeTable(memory, placed);
  writeWeights(memory, placed, network);
  kernel.configure(placed.table, placed.layers.length, BLOCK_ROWS, placed.parameters, placed.parameterFloats);
  const state = new Uint32Array(memory.buffer, statePlace, 16);
  const chunk = new Float32Array(memory.buffer, xPlace, CHUNK_ROWS * inputs);
  const chunkLogits = new Float32Array(memory.buffer, logitsPlace, CHUNK_ROWS);

  function infer(x: Float32Array, rows: number, threshold: number, scale: number): Float32Array {
    if (x.length < rows * inputs) {
      throw new InsightsError(`too few values to score: ${x.length} (expected ${rows} rows of ${inputs})`);
    }
    const logits = new Float32Array(rows);
    for (let done = 0; done < rows; done += CHUNK_ROWS) {
      const count = Math.min(CHUNK_ROWS, rows - done);
      chunk.set(x.subarray(done * inputs, (done + count) * inputs));
      if (threshold === 0) kernel.predict(xPlace, count, entries, logitsPlace);
      else kernel.infer(xPlace, count, statePlace, threshold, scale, logitsPlace);
      logits.set(chunkLogits.subarray(0, count), done);
    }
    return logits;
  }

  return {
    inputs,
    logits: (x, rows) => infer(x, rows, 0, 1),
    probabilities: (x, rows) => Float64Array.from(infer(x, rows, 0, 1), sigmoid),
    probabilitiesWithDropout(x, rows, dropout, random) {
      if (!(dropout >= 0 && dropout < 1)) {
        throw new InsightsError(`invalid dropout: ${dropout} (expected at least 0 and below 1)`);
      }
      state.set(dropoutStreams(random));
      return Float64Array.from(infer(x, rows, dropoutThreshold(dropout), 1 / (1 - dropout)), sigmoid);
    },
  };
}
