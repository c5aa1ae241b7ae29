/**
 * Training on the WebAssembly kernel against its plain TypeScript twin, in one run: the same rows, seed, steps and dropout masks.
 * With `--peer` against PyTorch too, judged by processor time. Run with
 * `npm run bench:training [-- --peer]`; ends with exit code 1 where a mark is missed.
 */
import { statSync } from "node:fs";
import { Random } from "../src/base/random.ts";
import { STUDY_DEFAULTS } from "../src/network/options.ts";
import { type TrainResult, trainWith } from "../src/network/train.ts";
import { type CreateTrainer, createKernelTrainer, type Examples } from "../src/network/trainer.ts";
import { createTwinTrainer } from "../test/support/network/twin.ts";
import { mark, timed } from "./measure.ts";
import { findPeer } from "./peer.ts";

const FEATURES = 9;
const MOST_OF_TWIN = 0.15;
const MOST_BYTES = 20 * 1024;
/** Processor time, as a share of PyTorch's on one thread. */
const MOST_OF_PYTORCH = 0.22;

/** Uniform features; the label asks whether a product and a sum of some of them is high. */
function rowsOf(rows: number): Examples {
  const random = new Random(1);
  const x = Float32Array.from({ length: rows * FEATURES }, () => random.uniform());
  const y = Float32Array.from({ length: rows }, (_, row) => {
    const [a, b, c] = x.subarray(row * FEATURES);
    return a + b * c > 0.75 ? 1 : 0;
  });
  return { x, y, rows };
}

/** Trains and says how long it took, in seconds of this process's processor time and of the clock. */
const trained = (createTrainer: CreateTrainer, rows: Examples, epochs: number) =>
  timed(() => trainWith(createTrainer, rows, null, { ...STUDY_DEFAULTS, maxEpochs: epochs, seed: 1 }));

const finalLoss = ({ history }: TrainResult) => history[history.length - 1].trainLoss.toFixed(4);

const kernelBytes = statSync(new URL("../src/network/kernel.wasm", import.meta.url)).size;
console.log("9-64-64-64-1, batch 512, dropout 0.2, Adam; time by the clock, processor time in brackets");
mark("kernel", kernelBytes, MOST_BYTES, "at most", " bytes");

for (const { rows, epochs } of [
  { rows: 640, epochs: 1000 },
  { rows: 100_000, epochs: 5 },
]) {
  const examples = rowsOf(rows);
  // Both are warm before they are timed: engines compile in steps.
  await trained(createKernelTrainer, examples, Math.ceil(epochs / 10));
  await trained(createTwinTrainer, rowsOf(640), 5);
  const kernel = await trained(createKernelTrainer, examples, epochs);
  const twin = await trained(createTwinTrainer, examples, epochs);
  const ratio = kernel.seconds / twin.seconds;
  const show = ({ seconds, processor, result }: typeof kernel) =>
    `${seconds.toFixed(2)} s (${processor.toFixed(2)}), last loss ${finalLoss(result)}`;
  console.log(`${rows} rows x ${epochs} epochs`);
  console.log(`  kernel: ${show(kernel)}`);
  console.log(`  twin:   ${show(twin)}`);
  console.log(`  ratio by processor time: ${(kernel.processor / twin.processor).toFixed(3)}`);
  mark("kernel over twin, by the clock", ratio, MOST_OF_TWIN, "at most");
}
if (process.argv.includes("--peer")) {
  const peer = findPeer("train_torch.py", ["torch", "numpy"]);
  if (typeof peer === "string") console.log(`skipped PyTorch: ${peer}`);
  else {
    const [python] = peer.command([]);
    const imports = peer.measure([python, "-c", "import torch"]).processor;
    const training = peer.measure(peer.command(["1"])).processor - imports;
    const { processor } = await trained(createKernelTrainer, rowsOf(640), 1000);
    const ratio = processor / training;
    console.log(`640 rows x 1000 epochs against PyTorch, processor time
  kernel: ${processor.toFixed(2)} s
  peer:   ${training.toFixed(2)} s (${imports.toFixed(2)} s for its imports taken off)`);
    mark("kernel over PyTorch, processor time", ratio, MOST_OF_PYTORCH, "at most");
  }
}
