import { InsightsError } from "../base/error.ts";
import type { Random } from "../base/random.ts";
import { sigmoid } from "../base/statistics.ts";
import { BLOCK_ROWS, dropoutStreams, dropoutThreshold, instantiateKernel, reserve } from "./kernel.ts";
import { Arena, placeNetwork, writeTable, writeWeights } from "./layout.ts";
import { checkNetwork, type Network } from "./network.ts";

/** Rows that go into the kernel's memory at a time: DuckDB's vector, so that its chunks take one call. */
const CHUNK_ROWS = 2048;

/** Networks over the same features whose logits are averaged. */
export interface Ensemble {
  /** At least one. */
  readonly networks: readonly Network[];
  /** How much each counts: as many, none below 0, adding up to 1. */
  readonly weights: readonly number[];
}

/** An ensemble ready to score. Same inputs, same bits, in whatever chunks they come. */
export interface EnsemblePredictor {
  /** Number of features a row. */
  readonly inputs: number;
  /** One logit a row: the mean of the networks'. `x` holds the features row by row. */
  logits(x: Float32Array, rows: number): Float64Array;
  /** Room for the features of 2048 rows in the kernel's own memory, so that nobody has to copy them there. */
  readonly room: Float32Array;
  /** Logits of the first rows of `room`. They hold until the next are asked for. */
  logitsOfRoom(rows: number): Float64Array;
}

/** A network ready to score. Same inputs, same bits, in whatever chunks they come. */
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
 * Makes a predictor of a copy of an ensemble's weights.
 *
 * @throws InsightsError where `checkEnsemble` does, and when the layers of a network do not fit together
 */
export function createEnsemblePredictor(ensemble: Ensemble): EnsemblePredictor {
  const { inputs, room, infer } = load(ensemble);
  return {
    inputs,
    logits: (x, rows) => inChunks(x, rows, { inputs, room, infer }),
    room,
    logitsOfRoom: (rows) => infer(rows, 0),
  };
}

/**
 * Makes a predictor of a copy of the network's weights.
 *
 * @throws InsightsError when the network's layers do not fit together
 */
export function createPredictor(network: Network): Predictor {
  const loaded = load({ networks: [network], weights: [1] });
  return {
    inputs: loaded.inputs,
    logits: (x, rows) => Float32Array.from(inChunks(x, rows, loaded)),
    probabilities: (x, rows) => inChunks(x, rows, loaded).map(sigmoid),
    probabilitiesWithDropout(x, rows, dropout, random) {
      if (!(dropout >= 0 && dropout < 1)) {
        throw new InsightsError(`invalid dropout: ${dropout} (expected at least 0 and below 1)`);
      }
      loaded.dropoutState.set(dropoutStreams(random));
      return inChunks(x, rows, loaded, dropout).map(sigmoid);
    },
  };
}

/** Networks in a kernel's memory. */
interface Loaded {
  readonly inputs: number;
  readonly room: Float32Array;
  readonly dropoutState: Uint32Array;
  readonly infer: (rows: number, dropout: number) => Float64Array;
}

/**
 * Loads an ensemble. All networks share one kernel, its features and its room for sums, so that a hundred of them take the
 * memory of their weights.
 */
function load(ensemble: Ensemble): Loaded {
  checkEnsemble(ensemble);
  // Networks that do not count need not run.
  const counted = ensemble.networks.flatMap((network, i) =>
    ensemble.weights[i] > 0 ? [{ network, weight: ensemble.weights[i] }] : [],
  );
  const [{ inputs }] = ensemble.networks;
  const { kernel, memory } = instantiateKernel();
  const arena = new Arena(kernel.heapBase());
  const statePlace = arena.take(64);
  const xPlace = arena.take(4 * CHUNK_ROWS * inputs);
  const logitsPlace = arena.take(4 * CHUNK_ROWS);
  const placed = counted.map(({ network, weight }) => {
    checkNetwork(network);
    return { network, weight, place: placeNetwork(arena, network, false) };
  });
  reserve(memory, arena.end);
  for (const { network, place } of placed) {
    writeTable(memory, place);
    writeWeights(memory, place, network);
  }
  const found = new Float32Array(memory.buffer, logitsPlace, CHUNK_ROWS);
  const sums = new Float64Array(CHUNK_ROWS);
  return {
    inputs,
    room: new Float32Array(memory.buffer, xPlace, CHUNK_ROWS * inputs),
    dropoutState: new Uint32Array(memory.buffer, statePlace, 16),
    infer(rows, dropout) {
      sums.fill(0, 0, rows);
      for (const { place, weight } of placed) {
        const { table, layers, parameters, parameterFloats } = place;
        kernel.configure(table, layers.length, BLOCK_ROWS, parameters, parameterFloats);
        kernel.infer(xPlace, rows, statePlace, dropoutThreshold(dropout), 1 / (1 - dropout), logitsPlace);
        for (let row = 0; row < rows; row++) sums[row] += weight * found[row];
      }
      return sums.subarray(0, rows);
    },
  };
}

function inChunks(
  x: Float32Array,
  rows: number,
  { inputs, room, infer }: Pick<Loaded, "inputs" | "room" | "infer">,
  dropout = 0,
): Float64Array {
  if (x.length < rows * inputs) {
    throw new InsightsError(`too few values to score: ${x.length} (expected ${rows} rows of ${inputs})`);
  }
  const logits = new Float64Array(rows);
  for (let done = 0; done < rows; done += CHUNK_ROWS) {
    const count = Math.min(CHUNK_ROWS, rows - done);
    room.set(x.subarray(done * inputs, (done + count) * inputs));
    logits.set(infer(count, dropout), done);
  }
  return logits;
}
