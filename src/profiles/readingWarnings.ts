import { countInWords, shareInWords } from "../base/words.ts";
import type { BlankedColumn } from "./blanks.ts";
import type { Profiles } from "./read.ts";

/** Share of the records from which it is worth a warning that they were left out, or that a column of them cannot be read. */
const REJECTED_SHARE = 0.1;
const BLANKED_SHARE = 0.5;

/** What was lost of some files. */
export interface Losses {
  readonly records: number;
  readonly rejected: number;
  /** Most frequent first. */
  readonly rejectedByReason: Readonly<Record<string, number>>;
  readonly blanks: readonly BlankedColumn[];
}

/** Sentences that name what was lost where it is much, with the reason and what to do; none where it is little. */
export function lossWarnings({ records, rejected, rejectedByReason, blanks }: Losses): string[] {
  const sentences: string[] = [];
  if (rejected > REJECTED_SHARE * records) {
    const [[reason, n] = ["", 0]] = Object.entries(rejectedByReason);
    const remedy = /_id$/.test(reason)
      ? " (--map id=COLUMN or --map account_id=COLUMN says who they are)"
      : "";
    sentences.push(
      `${countInWords(rejected)} of ${countInWords(records)} records (${shareInWords(rejected / records)}) were rejected, ${countInWords(n)} of them for ${reason}${remedy}`,
    );
  }
  for (const { column, impossible, count, value } of blanks) {
    if (count <= BLANKED_SHARE * records) continue;
    const example = JSON.stringify(value.slice(0, 60));
    const wrong = impossible ? "are none that their accounts can have" : "cannot be read";
    sentences.push(
      `${countInWords(count)} of ${countInWords(records)} values of ${column} ${wrong}, such as ${example}, and count as missing (--map ${column}=COLUMN takes another column)`,
    );
  }
  return sentences;
}

/** {@link lossWarnings} of profiles that were read. */
export function lossWarningsOf({
  source,
  rejectedCount: rejected,
  rejectedByReason,
  blanks,
}: Pick<Profiles, "source" | "rejectedCount" | "rejectedByReason" | "blanks">): string[] {
  return lossWarnings({ records: source.records, rejected, rejectedByReason, blanks });
}
