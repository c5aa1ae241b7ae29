import type { LineGroup } from "./ndjson.ts";

/** Groups that are with the scoring threads at the same time: one for each of two, so that neither waits for the other's answer to be sent. */
const TOGETHER = 2;

/** What the answers of a stream need. */
export interface ScoreStreamOptions {
  readonly groups: AsyncGenerator<LineGroup, void, void>;
  /** @param first index of the group's first line */
  readonly score: (group: LineGroup, first: number) => Promise<Uint8Array>;
  /** What the receiver is told where there are no more answers. */
  readonly told: (error: unknown) => string;
}

interface Waiting {
  readonly first: number;
  readonly answer: Promise<Uint8Array | null>;
}

/**
 * The answers to groups of lines, in their order, each as soon as it is there, whether or not the next lines have come. Only a few groups
 * are read ahead of the receiver: memory stays flat however long the stream.
 */
export function scoreStream({ groups, score, told }: ScoreStreamOptions): ReadableStream<Uint8Array> {
  const waiting: Waiting[] = [];
  let first = 0;
  let stopped = false;
  let changed = () => {};
  /** Until something is taken from what waits, or put there. */
  const change = () =>
    new Promise<void>((resolve) => {
      const before = changed;
      changed = () => {
        before();
        resolve();
      };
    });
  const tell = () => {
    const now = changed;
    changed = () => {};
    now();
  };

  function put(answer: Promise<Uint8Array | null>): void {
    // Whoever takes it hears of its failure; until then nobody does.
    answer.catch(() => {});
    waiting.push({ first, answer });
    tell();
  }

  async function read(): Promise<void> {
    try {
      for await (const group of groups) {
        while (waiting.length >= TOGETHER && !stopped) await change();
        if (stopped) return;
        put(score(group, first));
        first += group.lines;
      }
      put(Promise.resolve(null));
    } catch (error) {
      put(Promise.reject(error));
    }
  }

  return new ReadableStream<Uint8Array>({
    start() {
      void read();
    },
    async pull(controller) {
      while (waiting.length === 0 && !stopped) await change();
      if (stopped) return;
      const { first: index, answer } = waiting[0];
      const { bytes, last } = await answer.then(
        (bytes) => ({ bytes, last: bytes === null }),
        // The head is sent already: a last line tells why there are no more.
        (error) => ({ bytes: stopped ? null : lastLine(index, told(error)), last: true }),
      );
      // Whoever has gone meanwhile is told nothing.
      if (stopped) return;
      waiting.shift();
      tell();
      if (bytes !== null) controller.enqueue(bytes);
      if (last) {
        stop();
        controller.close();
      }
    },
    cancel: stop,
  });

  function stop(): void {
    stopped = true;
    tell();
    // What is still being read ends when the sender goes on, ends or pauses for too long.
    groups.return().catch(() => {});
  }
}

function lastLine(index: number, message: string): Uint8Array {
  return new TextEncoder().encode(`${JSON.stringify({ index, errors: [{ index, path: "", message }] })}\n`);
}
