import { readFileSync } from "node:fs";
import { InsightsError } from "../base/error.ts";
import type { Random } from "../base/random.ts";

/** What the compiled kernel exports; src/network/kernel/index.ts says what each does. Places are byte offsets in its memory. */
export interface Kernel {
  heapBase(): number;
  configure(
    layers: number,
    layerCount: number,
    blockRows: number,
    parameters: number,
    parameterFloats: number,
  ): void;
  configureAdam(
    gradients: number,
    firstMoments: number,
    secondMoments: number,
    learningRate: number,
    weightDecay: number,
    beta1: number,
    beta2: number,
    epsilon: number,
  ): void;
  trainBatches(
    x: number,
    y: number,
    order: number,
    first: number,
    end: number,
    batchSize: number,
    random: number,
    threshold: number,
    scale: number,
    losses: number,
  ): void;
  infer(x: number, rows: number, random: number, threshold: number, scale: number, logits: number): void;
  transpose(): void;
}

const PAGE = 65536;
/** 32-bit addresses reach this far. */
const MOST_PAGES = 65536;

let compiled: WebAssembly.Module | undefined;

/** A new instance of the kernel with a memory of its own, one page at first. Compiles once a process. */
export function instantiateKernel(): { kernel: Kernel; memory: WebAssembly.Memory } {
  compiled ??= new WebAssembly.Module(readFileSync(new URL("./kernel.wasm", import.meta.url)));
  const memory = new WebAssembly.Memory({ initial: 1 });
  const instance = new WebAssembly.Instance(compiled, { env: { memory } });
  return { kernel: instance.exports as unknown as Kernel, memory };
}

/**
 * Grows a memory to hold `bytes`. Views made before are detached when it grows.
 *
 * @throws InsightsError when that is over 4 GB or more than the machine gives
 */
export function reserve(memory: WebAssembly.Memory, bytes: number): void {
  const pages = Math.ceil((bytes - memory.buffer.byteLength) / PAGE);
  if (pages <= 0) return;
  try {
    if (memory.buffer.byteLength / PAGE + pages > MOST_PAGES) throw new RangeError("over 4 GB");
    memory.grow(pages);
  } catch (cause) {
    const megabytes = Math.ceil(bytes / 1e6);
    throw new InsightsError(
      `not enough memory: the network and its rows need ${megabytes} MB (at most 4294 MB can be used; train on fewer rows)`,
      { cause },
    );
  }
}

/**
 * Rows that go through all layers together. Dropout draws block by block, in a block layer by layer, in a layer row by row, so
 * this is part of what a seed means: change it and every trained network changes. 64 rows of 64 units fit the nearest
 * cache together with the weights between them.
 */
export const BLOCK_ROWS = 64;

/** Random number generators that dropout draws from: unit k of a row draws from stream k modulo STREAMS. */
export const STREAMS = 4;

/**
 * The state of the four xoshiro128** streams, as the kernel keeps it: word w of stream s at [4 w + s]. Every row of every hidden
 * layer draws once for each of its units padded to a multiple of four.
 */
export function dropoutStreams(random: Random): Uint32Array {
  const state = new Uint32Array(4 * STREAMS);
  for (let stream = 0; stream < STREAMS; stream++) {
    const words = random.fork(stream).state;
    for (let word = 0; word < 4; word++) state[4 * word + stream] = words[word];
  }
  return state;
}

/** A unit is dropped when its 32 random bits are below this. 0 means no dropout, and nothing is drawn. */
export function dropoutThreshold(dropout: number): number {
  return Math.min(Math.round(dropout * 2 ** 32), 2 ** 32 - 1);
}
