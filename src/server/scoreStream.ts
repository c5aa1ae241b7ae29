import type { LineGroup } from "./body.ts";

/** Groups that are scored at the same time: with one for each of two threads, no thread waits until an answer has been sent. */
const AT_ONCE = 2;

/** What the answers of a stream need. */
export interface ScoreStreamOptions {
  readonly groups: AsyncGenerator<LineGroup, void, void>;
  /** @param first index of the group's first line */
  readonly score: (group: LineGroup, first: number) => Promise<Uint8Array>;
  /** What the receiver reads where answers break off. */
  readonly message: (error: unknown) => string;
  /** Called when nothing more is sent. */
  readonly ended: () => void;
}

/**
 * The answers to groups of lines, in their order, each as soon as it is there, whether or not the next lines have come. Only a few groups
 * are read ahead of the receiver: memory stays flat however long the stream.
 */
export function scoreStream(options: ScoreStreamOptions): ReadableStream<Uint8Array> {
  const answers = answersOf(options);
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { done, value } = await answers.next();
        if (done === true) {
          options.ended();
          controller.close();
        } else controller.enqueue(value);
      },
      cancel() {
        options.ended();
        // What is being read ends when the sender goes on, ends or pauses for too long.
        void options.groups.return();
        void answers.return();
      },
    },
    { highWaterMark: 0 },
  );
}

interface Waiting {
  readonly first: number;
  /** Null ends the stream. */
  readonly answer: Promise<Uint8Array | null>;
}

async function* answersOf({ groups, score, message }: ScoreStreamOptions): AsyncGenerator<Uint8Array, void> {
  const waiting: Waiting[] = [];
  let first = 0;
  const wait = (answer: Promise<Uint8Array | null>) => {
    // Whoever takes the answer hears of its failure; until then nobody does.
    answer.catch(() => {});
    waiting.push({ first, answer });
  };
  const read = () =>
    groups.next().then(
      ({ done, value }) => {
        wait(done === true ? Promise.resolve(null) : score(value, first));
        if (done === true) return null;
        first += value.length;
        return "read" as const;
      },
      (error) => {
        wait(Promise.reject(error));
        return null;
      },
    );
  let reading: ReturnType<typeof read> | null = read();
  try {
    for (;;) {
      const [next] = waiting;
      if (reading !== null && waiting.length < AT_ONCE) {
        const scored = () => "scored" as const;
        const settled = next?.answer.then(scored, scored);
        const event: "scored" | "read" | null = await Promise.race(settled ? [reading, settled] : [reading]);
        if (event !== "scored") {
          reading = event === null ? null : read();
          continue;
        }
      }
      let answer: Uint8Array | null;
      try {
        answer = await next.answer;
      } catch (error) {
        // The head is sent already, so a last line tells why there are no more.
        yield lastLine(next.first, message(error));
        return;
      }
      if (answer === null) return;
      waiting.shift();
      yield answer;
    }
  } finally {
    void groups.return();
  }
}

function lastLine(index: number, message: string): Uint8Array {
  return new TextEncoder().encode(`${JSON.stringify({ index, errors: [{ index, path: "", message }] })}\n`);
}
