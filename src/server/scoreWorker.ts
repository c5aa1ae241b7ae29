import { parentPort, workerData } from "node:worker_threads";
import type { Limits } from "./limits.ts";
import { type Fault, Problem, type ProblemKind } from "./problem.ts";
import { type BatchAnswer, type BatchOrder, createBatchScorer, type ScoringModel } from "./scoreBatch.ts";

/** What the worker is started with. */
export interface ScoreWorkerData {
  readonly model: ScoringModel;
  readonly limits: Pick<Limits, "records" | "lineBytes">;
}

/** What the worker says of an order. */
export type ScoreNews =
  | { readonly answer: BatchAnswer }
  | {
      readonly problem: {
        readonly kind: ProblemKind;
        readonly detail: string;
        readonly errors: readonly Fault[] | undefined;
      };
    };

const port = parentPort;
if (port !== null) {
  const { model, limits } = workerData as ScoreWorkerData;
  const score = createBatchScorer(model, limits);
  port.on("message", (order: BatchOrder) => {
    const news = newsOf(order);
    port.postMessage(news, "answer" in news ? [news.answer.bytes.buffer] : []);
  });

  function newsOf(order: BatchOrder): ScoreNews {
    try {
      return { answer: score(order) };
    } catch (error) {
      // Anything else ends the thread, and with it this order.
      if (!(error instanceof Problem)) throw error;
      return { problem: { kind: error.kind, detail: error.message, errors: error.errors } };
    }
  }
}
