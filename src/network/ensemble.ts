import { InsightsError } from "../base/error.ts";
import { BLOCK_ROWS, instantiateKernel, reserve } from "./kernel.ts";
import { Arena, placeNetwork, takeEntries, writeTable, writeWeights } from "./layout.ts";
import { checkNetwork, type Network } from "./network.ts";

/** Networks over the same features whose logits are averaged. */
export interface Ensemble {
  /** At least one. */
  readonly networks: readonly Network[];
  /** How much each counts: as many, none below 0, adding up to 1. */
  readonly weights: readonly number[];
}

/** An ensemble ready to score. */
export interface EnsemblePredictor {
  /** Number of features a row. */
  readonly inputs: number;
  /** One logit a row: the mean of the networks'. `x` holds the features row by row. */
  logits(x: Float32Array, rows: number): Float64Array;
  /** Room for the features of some rows in the kernel's own memory, so that nobody has to copy them there. */
  readonly room: Float32Array;
  /** Logits of the first rows of `room`. They hold until the next are asked for. */
  logitsOfRoom(rows: number): Float64Array;
}

/** Rows that go into the kernel's memory at a time: DuckDB's vector, so that its chunks take one call. */
const CHUNK_ROWS = 2048;

/**
 * Refuses an ensemble that cannot be: empty, of networks that take different numbers of features, of odd weights.
 *
 * @throws InsightsError `invalid ensemble: ...`
 */
export function checkEnsemble({ networks, weights }: Ensemble): void {
  if (networks.length === 0) throw new InsightsError("invalid ensemble: no networks");
  const [{ inputs }] = networks;
  const odd = networks.find((network) => network.inputs !== inputs);
  if (odd !== undefined) {
    throw new InsightsError(`invalid ensemble: networks of ${inputs} and of ${odd.inputs} features`);
  }
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  if (
    weights.length !== networks.length ||
    !weights.every((weight) => weight >= 0) ||
    Math.abs(total - 1) > 1e-9
  ) {
    throw new InsightsError(
      `invalid ensemble: ${weights.length} weights of ${total} in all for ${networks.length} networks`,
    );
  }
}

/**
 * Makes a predictor of a copy of an ensemble's weights. All networks share one kernel, its features and its room for
 * sums, so that a hundred of them take the memory of their weights.
 *
 * @throws InsightsError where `checkEnsemble` does, and when the layers of a network do not fit together
 */
export function createEnsemblePredictor(ensemble: Ensemble): EnsemblePredictor {
  checkEnsemble(ensemble);
  const { networks, weights } = ensemble;
  const [{ inputs }] = networks;
  // Networks that do not count need not run.
  const counted = networks.flatMap((_, i) => (weights[i] > 0 ? [i] : []));
  const { kernel, memory } = instantiateKernel();
  const arena = new Arena(kernel.heapBase());
  const xPlace = arena.take(4 * CHUNK_ROWS * inputs);
  const logitsPlace = arena.take(4 * CHUNK_ROWS);
  const placed = counted.map((i) => {
    checkNetwork(networks[i]);
    return placeNetwork(arena, networks[i], false);
  });
  const entries = takeEntries(arena, networks);
  reserve(memory, arena.end);
  placed.forEach((place, i) => {
    writeTable(memory, place);
    writeWeights(memory, place, networks[counted[i]]);
  });
  const room = new Float32Array(memory.buffer, xPlace, CHUNK_ROWS * inputs);
  const found = new Float32Array(memory.buffer, logitsPlace, CHUNK_ROWS);
  const sums = new Float64Array(CHUNK_ROWS);

  function logitsOfRoom(rows: number): Float64Array {
    sums.fill(0, 0, rows);
    for (let i = 0; i < placed.length; i++) {
      const { table, layers, parameters, parameterFloats } = placed[i];
      kernel.configure(table, layers.length, BLOCK_ROWS, parameters, parameterFloats);
      kernel.predict(xPlace, rows, entries, logitsPlace);
      const weight = weights[counted[i]];
      for (let row = 0; row < rows; row++) sums[row] += weight * found[row];
    }
    return sums.subarray(0, rows);
  }

  return {
    inputs,
    logits(x, rows) {
      if (x.length < rows * inputs) {
        throw new InsightsError(`too few values to score: ${x.length} (expected ${rows} rows of ${inputs})`);
      }
      const logits = new Float64Array(rows);
      for (let done = 0; done < rows; done += CHUNK_ROWS) {
        const count = Math.min(CHUNK_ROWS, rows - done);
        room.set(x.subarray(done * inputs, (done + count) * inputs));
        logits.set(logitsOfRoom(count), done);
      }
      return logits;
    },
    room,
    logitsOfRoom,
  };
}
