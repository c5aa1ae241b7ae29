import { FLAW, LineCounter } from "../scanner.ts";
import { type CsvStyle, type Dialect, plainStyle } from "./fields.ts";
import {
  bearsKnownName,
  cellsOf,
  DELIMITERS,
  filled,
  isHeader,
  namesGroups,
  shareOf,
  type Trial,
  tryStyle,
} from "./trial.ts";

/** Share of the records that must be whole in a style that is not plain. */
const SURE = 0.9;
/** Share from which on a plain reading is left alone but for what mends its flaws. */
const GOOD = 0.5;
/** Records above a header at most. */
const MOST_ABOVE = 30;
/** Records from which on a habit of a text is told from a mishap. */
const HABIT = 3;

/** A style with the place of its header, as far as the beginning of a text bears it out. */
interface Finding {
  readonly trial: Trial;
  /** Record that is the header. */
  readonly at: number;
  /** Names; as many as a record has fields. */
  readonly header: readonly string[];
  readonly unusual: readonly string[];
}

/**
 * Finds how a text is written that is no plain table: a line `sep=;`, lines above the header, blanks after delimiters, other
 * quotes, quotes that are not doubled, records without their last fields or with a delimiter too many.
 *
 * @param head beginning of the text
 * @param complete whether that is the whole text
 * @param plain the best plain reading
 * @returns undefined where the plain reading is right, or nothing else surely is
 */
export function findUnusual(head: Buffer, complete: boolean, plain: Trial | undefined): Dialect | undefined {
  const line = separatorLine(head);
  const text = head.subarray(line?.bytes ?? 0);
  const finding =
    line === undefined ? search(text, complete, plain) : separated(text, complete, line.delimiter);
  if (finding === undefined) return undefined;
  const { trial, at, header, unusual } = finding;
  const above = at === 0 ? 0 : trial.starts[at];
  const bytes = (line?.bytes ?? 0) + above;
  const lines = new LineCounter().advance(head, bytes) - 1;
  const said = [
    ...(line === undefined ? [] : [separatorWords(line.delimiter, trial.style.delimiter)]),
    ...(at === 0 ? [] : [`what stands above the header was left out: ${excerptAbove(text, above)}`]),
    ...unusual,
  ];
  return { ...trial.style, header, skipped: { bytes, lines }, unusual: said };
}

const shown = (delimiter: string) => (delimiter === "\t" ? "tab" : delimiter);

/** What a line `sep=` says, and whether it is so. */
function separatorWords(said: string, found: string): string {
  const words = `its first line says that "${shown(said)}" separates fields`;
  return said === found ? words : `${words}, but "${shown(found)}" does`;
}

function excerptAbove(text: Buffer, bytes: number): string {
  const words = text.toString("utf8", 0, bytes).trim().replace(/\s+/g, " ");
  return JSON.stringify(words.length > 80 ? `${words.slice(0, 79)}…` : words);
}

/** The line by which Excel is told the delimiter. */
function separatorLine(head: Buffer): { delimiter: string; bytes: number } | undefined {
  const found = /^"?sep=([\t\x20-\x7e])"?[\t,;]*(?:\r\n|\n|\r)/i.exec(head.toString("latin1", 0, 64));
  return found === null ? undefined : { delimiter: found[1], bytes: found[0].length };
}

/** What stands under a line `sep=`. What it says is believed where it makes a table. */
function separated(text: Buffer, complete: boolean, said: string): Finding | undefined {
  for (const delimiter of new Set([said, ...DELIMITERS])) {
    if (/["'\w]/.test(delimiter)) continue;
    const trial = tryStyle(text, complete, plainStyle(delimiter));
    if (trial.fields.length === 0 || trial.fields[0] < 2 || (trial.flaws[0] & FLAW.quote) !== 0) continue;
    return search(text, complete, trial, [delimiter]) ?? finding(text, trial);
  }
  const trial = tryStyle(text, complete, plainStyle(said));
  if (trial.fields.length === 0) return undefined;
  return withAbove(text, complete, [said, ...DELIMITERS]) ?? finding(text, trial);
}

function finding(text: Buffer, trial: Trial, at = 0, unusual: readonly string[] = []): Finding {
  return { trial, at, header: cellsOf(text, trial, at), unusual };
}

function search(
  text: Buffer,
  complete: boolean,
  plain: Trial | undefined,
  delimiters: readonly string[] = DELIMITERS,
  mayHaveAbove = true,
): Finding | undefined {
  const first = plain === undefined ? [] : cellsOf(text, plain, 0);
  const second = plain === undefined || plain.fields.length < 3 ? [] : cellsOf(text, plain, 1);
  if (plain !== undefined && namesGroups(first, second))
    return under(text, complete, finding(text, plain, 1));
  const isGood = plain !== undefined && shareOf(plain, 0) >= GOOD && !isTitle(first);
  if (isGood && plain.flaws.every((flaw) => flaw === 0) && shareOf(plain, 0) === 1) {
    return apostrophes(text, complete, plain.style);
  }
  for (const delimiter of isGood ? [plain.style.delimiter] : delimiters) {
    const found =
      apostrophes(text, complete, plainStyle(delimiter)) ?? otherQuotes(text, complete, delimiter);
    if (found !== undefined) return found;
  }
  if (plain !== undefined) {
    const found = otherWidths(text, plain, first);
    if (found !== undefined) return found;
  }
  if (isGood || !mayHaveAbove) return undefined;
  return withAbove(text, complete, delimiters) ?? rareDelimiters(text, complete);
}

/** Whether a record is a title that a spreadsheet has filled up with empty cells. */
function isTitle(cells: readonly string[]): boolean {
  return cells.length >= 3 && filled(cells) <= 1 && !bearsKnownName(cells);
}

/** Fields between apostrophes: where every field that is neither empty nor a number stands between two. */
function apostrophes(text: Buffer, complete: boolean, style: CsvStyle): Finding | undefined {
  const plain = tryStyle(text, complete, style);
  if (plain.fields.length < 2 || text.subarray(0, plain.ends[1]).indexOf("'") < 0) return undefined;
  for (const padded of [false, true]) {
    const trial = tryStyle(text, complete, { ...style, quote: "'", padded });
    const { style: other, starts, ends, fields } = trial;
    if (fields.length < 2 || fields[0] < 2 || shareOf(trial, 0) < 1) continue;
    const gap = padded ? " *" : "";
    const delimiter = other.delimiter.replace(/[|^$.*+?()[\]{}\\]/, "\\$&");
    const opened = new RegExp(`(?:^|${delimiter})${gap}'`);
    const loose = new RegExp(
      `(?:^|${delimiter})${gap}(?!')(?!-?[\\d.]*${gap}(?:${delimiter}|$))(?!(?:true|false|null|none)${gap}(?:${delimiter}|$))`,
      "i",
    );
    let quoted = 0;
    let bare = 0;
    for (let i = 1; i < fields.length; i++) {
      const record = text.toString("utf8", starts[i], ends[i]).replace(/'(?:[^']|'')*'/g, "''");
      if (opened.test(record)) quoted++;
      if (loose.test(record)) bare++;
    }
    const header = /^'[^']+'/.test(text.toString("utf8", starts[0], ends[0]));
    if (bare === 0 && quoted === fields.length - 1 && (header || quoted >= 2)) {
      return finding(text, trial, 0, ["its quotes are apostrophes"]);
    }
  }
  return undefined;
}

/** Quotes behind blanks, behind backslashes, or inside fields without being doubled. */
function otherQuotes(text: Buffer, complete: boolean, delimiter: string): Finding | undefined {
  const style = plainStyle(delimiter);
  const before = tryStyle(text, complete, style);
  const broken = brokenQuotes(before);
  const ways: readonly (readonly [Partial<CsvStyle>, string])[] = [
    [{ padded: true }, "blanks around fields mean nothing"],
    [{ inner: "backslash" }, "quotes inside fields stand behind a backslash"],
    [
      { padded: true, inner: "backslash" },
      "blanks around fields mean nothing, quotes inside fields stand behind a backslash",
    ],
    [{ inner: "bare" }, "quotes inside fields are not doubled"],
    [
      { padded: true, inner: "bare" },
      "blanks around fields mean nothing, quotes inside fields are not doubled",
    ],
  ];
  let best: Finding | undefined;
  let fewest = Number.POSITIVE_INFINITY;
  for (const [change, words] of ways) {
    const trial = tryStyle(text, complete, { ...style, ...change });
    const { fields } = trial;
    const left = brokenQuotes(trial);
    if (fields.length < 2 || fields[0] < 2 || left >= fewest || shareOf(trial, 0) < SURE) continue;
    // A few records may be damaged, but a way must mend most of what it is for.
    if (change.inner !== undefined && left * 2 > broken) continue;
    if (change.padded === true && !isPadded(text, trial)) continue;
    if (change.inner === "backslash" && (broken === 0 || text.indexOf('\\"') < 0)) continue;
    // A quote that is left open looks closed by one before a delimiter, so that this way is the last.
    if (
      change.inner === "bare" &&
      (broken < 2 || fields.length <= HABIT || best?.trial.style.inner === "backslash")
    )
      continue;
    best = finding(text, trial, 0, [words]);
    fewest = left;
  }
  return best;
}

function brokenQuotes({ flaws }: Trial): number {
  return flaws.filter((flaw) => (flaw & FLAW.quote) !== 0).length;
}

/** Whether fields in quotes stand behind blanks: in the header, or in most records. */
function isPadded(text: Buffer, { style, starts, ends }: Trial): boolean {
  const gap = `${style.delimiter} `;
  const padded = (i: number) => text.subarray(starts[i], ends[i]).indexOf(`${gap}"`) >= 0;
  const records = [...starts.keys()].slice(1);
  const count = records.filter(padded).length;
  const header = text.toString("utf8", starts[0], ends[0]).split(style.delimiter);
  if (header.slice(1).every((name) => name.startsWith(" "))) return count > 0 || padded(0);
  return count >= HABIT && count * 2 > records.length;
}

/** Records that end with a delimiter too many, or end where only empty fields would follow. */
function otherWidths(text: Buffer, plain: Trial, names: readonly string[]): Finding | undefined {
  const { style, fields, flaws } = plain;
  const width = fields[0];
  const records = [...fields.keys()].slice(1).filter((i) => flaws[i] === 0);
  if (records.length === 0 || records.length < (fields.length - 1) * SURE) return undefined;
  const cells = new Map(records.map((i) => [i, cellsOf(text, plain, i)]));
  const share = (test: (cells: readonly string[]) => boolean) =>
    records.filter((i) => test(cells.get(i) ?? [])).length / records.length;
  const last = (record: readonly string[]) => record.at(-1) ?? "";
  const change = (more: Partial<CsvStyle>, words: string, header = names): Finding => ({
    trial: { ...plain, style: { ...style, ...more } },
    at: 0,
    header,
    unusual: [words],
  });
  if (share((record) => record.length === width + 1) >= SURE) {
    if (share((record) => last(record) === "") >= SURE)
      return change({ trailing: true }, "each record ends with a delimiter too many");
    const counts = records.every((i, n) => [n, n + 1].includes(Number(cells.get(i)?.[0] || Number.NaN)));
    if (counts && records.length >= HABIT)
      return change({}, "its first column, which numbers the records, has no name", ["", ...names]);
  }
  if (last(names).trim() === "" && width > 2 && share((record) => record.length === width - 1) >= SURE) {
    return change({}, "its header ends with a delimiter too many", names.slice(0, -1));
  }
  const short = records.filter((i) => fields[i] < width);
  const word = (record: readonly string[]) => /^[^\s"]+$/.test(record[0]);
  const isRagged =
    short.length >= HABIT &&
    width > 2 &&
    records.length > short.length &&
    records.every((i) => fields[i] <= width && fields[i] > 1 && last(cells.get(i) ?? []).trim() !== "") &&
    share(word) === 1 &&
    // A record that is broken in two is two short ones.
    short.filter((i) => fields[i] + (fields[i + 1] ?? 0) === width + 1).length * 2 < short.length;
  return isRagged ? change({ ragged: true }, "records end where only empty fields would follow") : undefined;
}

/** A table under lines that are none of it; the table itself may be unusual in turn. */
function withAbove(text: Buffer, complete: boolean, delimiters: readonly string[]): Finding | undefined {
  let best: Finding | undefined;
  let most = 0;
  const styles = [false, true].flatMap((padded) =>
    delimiters.map((delimiter) => ({ ...plainStyle(delimiter), padded })),
  );
  for (const style of styles) {
    const trial = tryStyle(text, complete, style);
    const { fields, flaws } = trial;
    let above = 0;
    for (let at = 0; at < Math.min(fields.length - 1, MOST_ABOVE); at++) {
      const names = cellsOf(text, trial, at);
      const wide = filled(names);
      const mostAbove = bearsKnownName(names, 2) ? wide - 1 : Math.max(1, wide / 2);
      if (at > 0 && flaws[at] === 0 && wide >= 2 && above <= mostAbove && isHeader(names)) {
        const share = shareOf(trial, at);
        const isSure = share >= (bearsKnownName(names) ? GOOD : SURE);
        if (isSure && share * fields[at] > most) {
          best = finding(text, trial, at);
          most = share * fields[at];
        }
        if (isSure) break;
      }
      // What follows a header of known columns is records, however wrong they are.
      if (at === 0 && bearsKnownName(names, 2)) break;
      above = Math.max(above, wide);
    }
  }
  return best === undefined ? undefined : under(text, complete, best);
}

/** A table under what stands above it, in its own style. */
function under(text: Buffer, complete: boolean, found: Finding): Finding | undefined {
  const { trial, at } = found;
  const table = text.subarray(trial.starts[at]);
  const { delimiter } = trial.style;
  const below = search(table, complete, tryStyle(table, complete, plainStyle(delimiter)), [delimiter], false);
  if (below === undefined) return trial.style.padded ? undefined : found;
  return { ...below, trial: { ...trial, style: below.trial.style }, at };
}

/** Delimiters that stand in addresses and times, or that few programs write. */
const RARE_DELIMITERS = [":", "^", "~", "\u001f", "\u0001"];

/** Only a table of known columns is believed to be parted by a rare delimiter. */
function rareDelimiters(text: Buffer, complete: boolean): Finding | undefined {
  for (const delimiter of RARE_DELIMITERS) {
    const trial = tryStyle(text, complete, plainStyle(delimiter));
    if (trial.fields.length < 2 || trial.fields[0] < 2 || shareOf(trial, 0) < SURE) continue;
    if (bearsKnownName(cellsOf(text, trial, 0)))
      return finding(text, trial, 0, [`${JSON.stringify(delimiter)} separates its fields`]);
  }
  return undefined;
}
