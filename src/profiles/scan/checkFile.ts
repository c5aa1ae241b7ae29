import { closeSync, openSync, readSync } from "node:fs";
import { fileError } from "../source/file.ts";
import { readText, type TextFile } from "../source/text.ts";
import { type Counted, CsvCount, type PlainText, WINDOW_BYTES } from "./csvCount.ts";

/** A delimited UTF-8 file to be checked. */
export interface CheckJob {
  readonly text: TextFile;
  readonly plain: PlainText;
}

/** Told now and then how many bytes of the file on disk have been read. */
type OnBytes = (bytes: number) => void;

/**
 * Counts the records of a file and makes sure that it is plain. Stops at the first sign that it is not.
 *
 * @throws InsightsError when the file cannot be read or its packing is broken
 */
export async function checkFile(job: CheckJob, onBytes?: OnBytes): Promise<Counted> {
  const count = new CsvCount(job.plain);
  if (job.text.compression === "none") {
    return checkBytes(job.text, count, onBytes);
  }
  for await (const block of readText(job.text, { onProgress: onBytes })) {
    if (!count.take(block)) {
      break;
    }
  }
  return count.finish();
}

/** Straight from the file into the kernel's memory: reading costs no more than one copy of the bytes. */
function checkBytes({ file, encoding }: TextFile, count: CsvCount, onBytes?: OnBytes): Counted {
  let descriptor: number | undefined;
  try {
    descriptor = openSync(file.path, "r");
    let position = encoding.markBytes;
    for (;;) {
      const bytes = readSync(descriptor, count.room(), 0, WINDOW_BYTES, position);
      position += bytes;
      if (bytes === 0 || !count.took(bytes)) {
        return count.finish();
      }
      onBytes?.(position);
    }
  } catch (error) {
    throw fileError(file.path, error);
  } finally {
    if (descriptor !== undefined) {
      closeSync(descriptor);
    }
  }
}
