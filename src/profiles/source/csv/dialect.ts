import { InsightsError } from "../../../base/error.ts";
import type { SourceFile } from "../file.ts";
import { FLAW } from "../scanner.ts";
import { splitRecord } from "./fields.ts";
import { CsvRecordScanner } from "./recordScanner.ts";

/** Characters that may stand between fields, the likelier first. */
const DELIMITERS = [",", "\t", ";", "|"] as const;

/** How a delimited text is written, and its header. */
export interface Dialect {
  readonly delimiter: string;
  /** Names as they stand in the header. */
  readonly header: readonly string[];
}

/** Records looked at to choose the delimiter. */
const SAMPLE_RECORDS = 200;

/**
 * Finds the delimiter: the one by which most of the first records have as many fields as the header, and among equals
 * the one that makes the most fields. The header is the first record.
 *
 * @param head beginning of the text as UTF-8
 * @param complete whether that is the whole text
 * @throws InsightsError when the header has no end or a broken quote
 */
export function sniffDialect(head: Buffer, complete: boolean, file: SourceFile): Dialect {
  let best = { delimiter: ",", agreeing: -1, fields: 1 };
  let header: Buffer | undefined;
  let broken = false;
  for (const delimiter of DELIMITERS) {
    const batch = new CsvRecordScanner(delimiter, 0).scan(head, head.length, complete);
    if (batch.count === 0) {
      continue;
    }
    broken ||= (batch.flaws[0] & FLAW.quote) !== 0;
    header ??= head.subarray(batch.starts[0], batch.ends[0]);
    const fields = batch.fields[0];
    if (fields === 1 || (batch.flaws[0] & FLAW.quote) !== 0) {
      continue;
    }
    const counted = Math.min(batch.count, SAMPLE_RECORDS);
    const agreeing = batch.fields.subarray(0, counted).filter((count) => count === fields).length / counted;
    if (agreeing > best.agreeing || (agreeing === best.agreeing && fields > best.fields)) {
      best = { delimiter, agreeing, fields };
      header = head.subarray(batch.starts[0], batch.ends[0]);
    }
  }
  if (header === undefined) {
    throw new InsightsError(
      `no table in ${file.name}: its first line does not end within ${head.length} bytes (expected a header)`,
    );
  }
  if (best.fields === 1 && broken) {
    throw new InsightsError("invalid header: a quote is not closed", { place: { file: file.name, line: 1 } });
  }
  return { delimiter: best.delimiter, header: splitRecord(header.toString("utf8"), best.delimiter) };
}
