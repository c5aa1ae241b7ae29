import { readFileSync } from "node:fs";
import { InsightsError } from "../base/error.ts";

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
  predict(x: number, rows: number, entries: number, logits: number): void;
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
