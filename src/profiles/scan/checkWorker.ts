import { parentPort, workerData } from "node:worker_threads";
import { InsightsError } from "../../error.ts";
import { type CheckJob, checkFile } from "./checkFile.ts";
import type { Counted } from "./csvCount.ts";

/** What the thread is started with: the job, and a number in shared memory for the bytes read so far. */
export interface CheckOrder extends CheckJob {
  readonly bytesRead: BigInt64Array<SharedArrayBuffer>;
}

/** What the thread answers: the count, or what is wrong with the file as a whole. */
export type CheckAnswer = { readonly counted: Counted } | { readonly broken: string };

// A worker thread: does one job, answers and ends.
const { bytesRead, ...job } = workerData as CheckOrder;
let answer: CheckAnswer;
try {
  answer = { counted: await checkFile(job, (bytes) => Atomics.store(bytesRead, 0, BigInt(bytes))) };
} catch (error) {
  if (!(error instanceof InsightsError)) {
    throw error;
  }
  answer = { broken: error.message };
}
parentPort?.postMessage(answer);
