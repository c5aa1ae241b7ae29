import { type BigIntStats, closeSync, fstatSync, openSync } from "node:fs";
import { availableParallelism } from "node:os";
import { setImmediate } from "node:timers/promises";
import { fileError } from "../../base/files.ts";
import { startThread } from "../../base/thread.ts";
import { CsvWalk } from "./csvWalk.ts";
import { type Extracted, type ExtractJob, notPlain, writeExtracted } from "./extracted.ts";
import {
  type ExtractedStretch,
  type Extraction,
  extractStretch,
  type TextStretch,
} from "./extractStretch.ts";
import type { ExtractAnswer, ExtractOrder } from "./extractWorker.ts";
import type { RowGroup } from "./plainParquet.ts";

/** A plain UTF-8 file that is not packed. */
export interface ExtractFileJob extends ExtractJob {
  readonly path: string;
  /** Where the first record begins, the header's where there is one. */
  readonly from: number;
  /** No record that begins here or behind is taken; the file's size for all of them. */
  readonly to: number;
  /** Whether the first record is the header. */
  readonly header: boolean;
  /** Threads to read with; as many as there are cores without it. */
  readonly threads?: number | undefined;
  /** Bytes of a stretch that one thread reads at a time; chosen by the file's size without it. */
  readonly stretchBytes?: number | undefined;
}

/** Bytes of a stretch: at most, so that row groups stay of a size, and at least, for the cost of starting a thread. */
const MOST_BYTES = 1 << 26;
const LEAST_BYTES = 1 << 22;

/**
 * Takes fields out of a file in several threads. Each reads stretches of the file, and guesses where the first record of a stretch begins:
 * whether a byte is inside of quotes depends on all before it. The stretch before tells where it does begin, and what was
 * guessed wrong is read again, so that the records are those of a reading from the beginning to the end.
 *
 * @throws InsightsError when the file cannot be read or there is no space left; the signal's reason when it is aborted
 */
export async function extractFile(job: ExtractFileJob): Promise<Extracted> {
  const { path, text, columns, threads = availableParallelism() } = job;
  let source: number | undefined;
  let extracted: Extracted | undefined;
  try {
    const file = openSync(path, "r");
    source = file;
    const before = fstatSync(file, { bigint: true });
    await writeExtracted(job, async (target, end) => {
      const extraction: Extraction = { text, columns, source: file, target, end };
      const stretches = cutUp(job, threads);
      const found =
        stretches.length === 1
          ? [extractStretch(extraction, stretches[0], new CsvWalk(text, columns))]
          : await inThreads(extraction, stretches, Math.min(threads, stretches.length), job);
      const groups: RowGroup[] = [];
      let records = 0;
      let to = job.from;
      for (const [i, guessed] of found.entries()) {
        const right = guessed.from === to ? guessed : await again(extraction, stretches[i], to);
        job.signal?.throwIfAborted();
        if (right.fault !== null) {
          extracted = notPlain(right.fault, records + (i > 0 && job.header ? 1 : 0));
          return undefined;
        }
        groups.push(...right.groups);
        records += right.records;
        to = right.to;
      }
      if (isChanged(before, fstatSync(file, { bigint: true }), job.to)) {
        extracted = { plain: false, reason: "the file changed while it was read" };
        return undefined;
      }
      extracted = { plain: true, records, to };
      return groups;
    });
  } catch (error) {
    job.signal?.throwIfAborted();
    throw fileError(path, error);
  } finally {
    if (source !== undefined) closeSync(source);
  }
  if (extracted === undefined) throw new Error(`nothing was taken out of ${path}`);
  return extracted;
}

/** Whether bytes up to some place may have changed between two looks at a file: what is written behind its end changes none. */
function isChanged(before: BigIntStats, after: BigIntStats, to: number): boolean {
  return after.size < to || (after.size === before.size && after.mtimeNs !== before.mtimeNs);
}

function cutUp({ from, to, header, stretchBytes }: ExtractFileJob, threads: number): TextStretch[] {
  const even = Math.ceil((to - from) / (4 * threads));
  const bytes = stretchBytes ?? Math.min(MOST_BYTES, Math.max(LEAST_BYTES, even));
  const count = Math.max(1, Math.floor((to - from) / bytes));
  return Array.from({ length: count }, (_, i) => ({
    from: from + i * bytes,
    to: i === count - 1 ? to : from + (i + 1) * bytes,
    certain: i === 0,
    header: header && i === 0,
  }));
}

/** Reads a stretch once more, from where its first record is known to begin. */
async function again(extraction: Extraction, { to }: TextStretch, from: number): Promise<ExtractedStretch> {
  await setImmediate();
  const walk = new CsvWalk(extraction.text, extraction.columns);
  return extractStretch(extraction, { from, to, certain: true, header: false }, walk);
}

async function inThreads(
  extraction: Extraction,
  stretches: readonly TextStretch[],
  threads: number,
  { signal, onBytes }: ExtractJob,
): Promise<ExtractedStretch[]> {
  const next = new Int32Array(new SharedArrayBuffer(4));
  const bytesRead = new BigInt64Array(new SharedArrayBuffer(8));
  const order: ExtractOrder = { ...extraction, stretches, next, bytesRead };
  const found: ExtractedStretch[] = [];
  const workers = Array.from({ length: threads }, () =>
    startThread("./extractWorker", import.meta.url, order),
  );
  const tell = () => onBytes?.(Number(Atomics.load(bytesRead, 0)));
  const timer = setInterval(tell, 100);
  let stop = () => {};
  try {
    const aborted = new Promise<never>((_, reject) => {
      stop = () => reject(signal?.reason);
      signal?.addEventListener("abort", stop);
    });
    const finished = workers.map(
      (worker) =>
        new Promise<void>((resolve, reject) => {
          worker
            .on("message", (answer: ExtractAnswer) => {
              if ("error" in answer) reject(Object.assign(new Error(answer.error.message), answer.error));
              else found[answer.stretch] = answer.extracted;
            })
            .once("error", reject)
            .once("exit", resolve);
        }),
    );
    signal?.throwIfAborted();
    await Promise.race([aborted, Promise.all(finished)]);
    tell();
  } finally {
    signal?.removeEventListener("abort", stop);
    clearInterval(timer);
    // Nobody may write any more when the file is closed.
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
  const missing = stretches.findIndex((_, i) => found[i] === undefined);
  if (missing !== -1) throw new Error(`stretch ${missing} of ${stretches.length} was not read`);
  return found;
}
