import { InsightsError } from "../../../base/error.ts";
import type { SourceFile } from "../file.ts";
import { FLAW } from "../scanner.ts";
import { findBoxed } from "./boxed.ts";
import { type Dialect, plainStyle } from "./fields.ts";
import { bearsKnownName, cellsOf, DELIMITERS, shareOf, type Trial, tryStyle } from "./trial.ts";
import { findUnusual } from "./unusual.ts";

/** Lines looked at, and the share of them that must have a gap. */
const LOOKED_AT = 50;
const MOST = 0.8;

/**
 * Refuses columns that are lined up with blanks: which of two words are one cell, nothing tells for sure.
 *
 * @throws InsightsError that says what to do
 */
function refuseLinedUp(head: Buffer, file: SourceFile): void {
  const lines = head.toString("utf8", 0, 1 << 14).split(/\r\n|\r|\n/);
  const filled = lines.filter((line) => line.trim() !== "").slice(0, LOOKED_AT);
  const names = (filled[0] ?? "").trim().split(/ {2,}/);
  const gapped = filled.filter((line) => /\S {2,}\S/.test(line)).length;
  if (filled.length < 2 || names.length < 2 || gapped < filled.length * MOST || !bearsKnownName(names))
    return;
  throw new InsightsError(
    `no delimiter in ${file.name}: its columns are lined up with blanks (save it with commas or tabs between them; in pandas, with to_csv)`,
  );
}

/**
 * Finds how a text is written: the delimiter by which most of the first records have as many fields as the header, and among
 * equals the one that makes the most fields; and what is unusual, where the beginning of the text leaves no doubt of it. The
 * header is the first record where nothing stands above it.
 *
 * @param head beginning of the text as UTF-8
 * @param complete whether that is the whole text
 * @throws InsightsError when the header has no end or a broken quote
 */
export function sniffDialect(head: Buffer, complete: boolean, file: SourceFile): Dialect {
  const boxed = findBoxed(head);
  if (boxed !== undefined) return boxed;
  const trials = DELIMITERS.map((delimiter) => tryStyle(head, complete, plainStyle(delimiter)));
  const header = trials.find(({ fields }) => fields.length > 0);
  if (header === undefined) {
    throw new InsightsError(
      `no table in ${file.name}: its first line does not end within ${head.length} bytes (expected a header)`,
    );
  }
  let best: Trial | undefined;
  let agreeing = 0;
  for (const trial of trials) {
    if (trial.fields.length === 0 || trial.fields[0] === 1 || (trial.flaws[0] & FLAW.quote) !== 0) continue;
    const share = shareOf(trial, 0);
    if (best === undefined || share > agreeing || (share === agreeing && trial.fields[0] > best.fields[0])) {
      best = trial;
      agreeing = share;
    }
  }
  const unusual = findUnusual(head, complete, best);
  if (unusual !== undefined) return unusual;
  if (best === undefined && trials.some(({ flaws }) => (flaws[0] & FLAW.quote) !== 0)) {
    throw new InsightsError("invalid header: a quote is not closed", { place: { file: file.name, line: 1 } });
  }
  if (best === undefined) refuseLinedUp(head, file);
  const { style } = best ?? trials[0];
  return {
    ...style,
    header: cellsOf(head, best ?? header, 0),
    skipped: { bytes: 0, lines: 0 },
    unusual: [],
  };
}
