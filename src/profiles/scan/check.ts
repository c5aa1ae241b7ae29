import { InsightsError } from "../../error.ts";
import { startThread } from "../../thread.ts";
import type { CheckJob } from "./checkFile.ts";
import type { CheckAnswer, CheckOrder } from "./checkWorker.ts";
import type { Counted } from "./csvCount.ts";

/** A check of a delimited file that runs in a thread of its own. */
export interface Check {
  /** Aborted, with the reason as text, when the file turns out not to be plain or to be broken. */
  readonly doubt: AbortSignal;
  /** Bytes of the file read so far. */
  bytesRead(): number;
  /** @throws InsightsError when the file is broken as a whole */
  counted(): Promise<Counted>;
  stop(): Promise<void>;
}

/** Starts to check a file beside whatever else goes on. */
export function startCheck(job: CheckJob): Check {
  const bytesRead = new BigInt64Array(new SharedArrayBuffer(8));
  const { file, compression, encoding } = job.text;
  const order: CheckOrder = { plain: job.plain, text: { file, compression, encoding }, bytesRead };
  const thread = startThread("./checkWorker", import.meta.url, order);
  const doubt = new AbortController();
  const answer = new Promise<CheckAnswer>((resolve, reject) => {
    thread
      .once("message", resolve)
      .once("error", reject)
      .once("exit", () => reject(new Error("the check ended early")));
  });
  const counted = answer.then((said) => {
    if ("broken" in said) {
      doubt.abort(said.broken);
      throw new InsightsError(said.broken);
    }
    if (!said.counted.plain) {
      doubt.abort(said.counted.reason);
    }
    return said.counted;
  });
  // Who asks hears of it; nobody else needs to.
  counted.catch(() => undefined);
  return {
    doubt: doubt.signal,
    bytesRead: () => Number(Atomics.load(bytesRead, 0)),
    counted: () => counted,
    stop: async () => {
      await thread.terminate();
    },
  };
}
