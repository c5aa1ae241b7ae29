import { readText, type TextFile } from "../source/text.ts";
import { CsvWalk, WINDOW_BYTES } from "./csvWalk.ts";
import { type Extracted, type ExtractJob, notPlain, writeExtracted } from "./extracted.ts";
import { keepGroup } from "./extractStretch.ts";
import type { RowGroup } from "./plainParquet.ts";

/**
 * Takes fields out of a packed file as it is unpacked. Its first record is the header.
 *
 * @throws InsightsError when the packing is broken or there is no space left; the signal's reason when it is aborted
 */
export async function extractText(file: TextFile, job: ExtractJob): Promise<Extracted> {
  const { text, columns, signal, onBytes } = job;
  const walk = new CsvWalk(text, columns, { skip: 1 });
  await writeExtracted(job, async (target, end) => {
    const groups: RowGroup[] = [];
    const order = { target, end };
    for await (const block of readText(file, { signal, onProgress: onBytes })) {
      // A block may hold more than there is room for before values are taken away.
      for (let at = 0; at < block.length; at += WINDOW_BYTES) {
        if (!walk.take(block.subarray(at, at + WINDOW_BYTES))) break;
        if (walk.isFull) keepGroup(walk, order, groups);
      }
      if (walk.fault() !== undefined) break;
    }
    walk.finish();
    if (walk.fault() !== undefined) return undefined;
    keepGroup(walk, order, groups);
    return groups;
  });
  const fault = walk.fault();
  return fault === undefined
    ? { plain: true, records: Math.max(0, walk.records - 1), to: file.file.size }
    : notPlain(fault);
}
