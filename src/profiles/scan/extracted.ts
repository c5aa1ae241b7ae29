import { closeSync, openSync } from "node:fs";
import { fileError } from "../../base/files.ts";
import type { PlainText, TextFault, WalkColumn } from "./csvWalk.ts";
import { writeAll } from "./extractStretch.ts";
import { PARQUET_MARK, parquetFooter, type RowGroup } from "./plainParquet.ts";

/** What to take out of a delimited text. */
export interface ExtractJob {
  readonly text: PlainText;
  readonly columns: readonly WalkColumn[];
  /** Parquet file to write: a column for each, called {@link extractedName}. */
  readonly out: string;
  readonly signal?: AbortSignal | undefined;
  /** Told now and then how many bytes on disk have been read. */
  readonly onBytes?: ((bytes: number) => void) | undefined;
}

/** What was taken out, or why the text is not plain: then there is nothing. */
export type Extracted =
  | {
      readonly plain: true;
      readonly records: number;
      /** Byte of the file at which the next record begins, or at which it ends. */
      readonly to: number;
    }
  | { readonly plain: false /** In words. */; readonly reason: string };

/** Name of a column that was taken out. */
export function extractedName({ field, as }: WalkColumn): string {
  return `${as}_${field}`;
}

/** A fault in the user's words: `too few columns near record 30002`. */
export function notPlain({ words, record }: TextFault, before = 0): Extracted {
  return { plain: false, reason: `${words} near record ${before + record}` };
}

/**
 * Makes a Parquet file of row groups that are written one by one.
 *
 * @param write writes them behind `end` of a file that is open for writing, and returns them in order; undefined for no file
 * @throws InsightsError when there is no space left
 */
export async function writeExtracted(
  { out, columns }: Pick<ExtractJob, "out" | "columns">,
  write: (target: number, end: BigInt64Array<SharedArrayBuffer>) => Promise<readonly RowGroup[] | undefined>,
): Promise<void> {
  const end = new BigInt64Array(new SharedArrayBuffer(8));
  const described = columns.map((column) => ({
    name: extractedName(column),
    type: column.as === "count" ? ("whole" as const) : ("text" as const),
  }));
  const target = openSync(out, "wx");
  try {
    end[0] = BigInt(writeAll(target, PARQUET_MARK, 0));
    const groups = await write(target, end);
    if (groups !== undefined) writeAll(target, parquetFooter(described, groups), Number(end[0]));
  } catch (error) {
    const full = ["ENOSPC", "EDQUOT"].includes(String((error as NodeJS.ErrnoException).code));
    throw full ? fileError(out, error) : error;
  } finally {
    closeSync(target);
  }
}
