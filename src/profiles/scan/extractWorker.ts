import { parentPort, workerData } from "node:worker_threads";
import { CsvWalk } from "./csvWalk.ts";
import {
  type ExtractedStretch,
  type Extraction,
  extractStretch,
  type TextStretch,
} from "./extractStretch.ts";

/** What the thread is started with. */
export interface ExtractOrder extends Extraction {
  readonly stretches: readonly TextStretch[];
  /** In shared memory: which stretch is next, and how many bytes have been read. */
  readonly next: Int32Array<SharedArrayBuffer>;
  readonly bytesRead: BigInt64Array<SharedArrayBuffer>;
}

/** What the thread says of each stretch. */
export type ExtractAnswer =
  | { readonly stretch: number; readonly extracted: ExtractedStretch }
  | { readonly error: { readonly code: string; readonly message: string } };

// A worker thread: takes stretches until there are none left, and ends.
const { stretches, next, bytesRead, ...extraction } = workerData as ExtractOrder;
const answer = (message: ExtractAnswer) => parentPort?.postMessage(message);
try {
  const walk = new CsvWalk(extraction.text, extraction.columns);
  for (;;) {
    const stretch = Atomics.add(next, 0, 1);
    if (stretch >= stretches.length) break;
    const extracted = extractStretch(extraction, stretches[stretch], walk, (bytes) =>
      Atomics.add(bytesRead, 0, BigInt(bytes)),
    );
    answer({ stretch, extracted });
  }
} catch (error) {
  const { code, message } = error as NodeJS.ErrnoException;
  // What is not the disk's fault is ours.
  if (code === undefined) throw error;
  answer({ error: { code, message } });
}
