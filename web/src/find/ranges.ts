import { compactNumber } from "../../../src/base/words.ts";

/** What a range is of: things that are counted, any number, or a share that people write in per cent. */
export type Unit = "count" | "number" | "share";

/** From and to, both included; undefined where it is open. Shares are fractions. */
export interface Range {
  readonly from?: number | undefined;
  readonly to?: number | undefined;
}

/** Between which values an end of a range may lie. */
export interface Limits {
  readonly least: number;
  /** Undefined where there is none. */
  readonly most?: number;
}

/** A text that is no range, and what would be one. */
export interface NoRange {
  readonly trouble: string;
}

const MULTIPLES: readonly (readonly [pattern: RegExp, times: number])[] = [
  [/^(?:k|tsd\.?|thousand)$/, 1e3],
  [/^(?:m|mio\.?|mn|million)$/, 1e6],
  [/^(?:b|bn|mrd\.?|billion)$/, 1e9],
];

/** A number as it is written: sign, digits with signs between them, a word that multiplies it. */
const NUMBER = String.raw`([-+−]?)\s*(\d[\d.,'’\s]*|[.,]\d+)\s*(%|k|tsd\.?|thousand|mio\.?|mn|million|m|bn|billion|b|mrd\.?)?`;
const BETWEEN = String.raw`\s*(?:-|–|—|to|till|until|and|\.\.\.?|…)\s*`;
const LEAST = /^(?:>=?|≥|from|over|above|more than|at least|min\.?)\s*/;
const MOST = /^(?:<=?|≤|up to|to|under|below|less than|at most|max\.?)\s*/;
const OR_MORE = /\s*(?:\+|or more|and more|and up|-|–|—|to)$/;
const ONE = new RegExp(`^${NUMBER}$`);
const TWO = new RegExp(`^(?:from |between )?${NUMBER}${BETWEEN}${NUMBER}$`);

const EXAMPLES: Readonly<Record<Unit, string>> = {
  count: "10K, 1.2M, 10K to 50K",
  number: "2, 2 to 7, up to 7",
  share: "5 %, 2 % to 8 %, up to 8 %",
};

/**
 * Reads a range as people type it: `10K`, `10k-50k`, `1.2M or more`, `up to 7`, `5 %`. One number alone is where it begins. Of two numbers the
 * first may leave out what multiplies both: `10-50k`.
 *
 * @param limits of both ends, for shares as fractions
 * @returns a range without ends for an empty text; why a text is none, with examples
 */
export function parseRange(text: string, unit: Unit, limits: Limits): Range | NoRange {
  const said = text
    .normalize("NFKC")
    .replaceAll("−", "-")
    .toLowerCase()
    .trim()
    .replace(/(?<=\d)\s(?=\d)/g, "");
  if (said === "") return {};
  const ends = endsOf(said, unit, limits.least < 0);
  if (ends === null) return { trouble: `write it like ${EXAMPLES[unit]}` };
  const { from, to } = ends;
  const { least, most = Number.MAX_SAFE_INTEGER } = limits;
  if ([from, to].some((end) => end !== undefined && !(end >= least && end <= most)))
    return { trouble: `expected ${rangeInWords({ from: least, to: limits.most }, unit)}` };
  return from !== undefined && to !== undefined && from > to ? { from: to, to: from } : ends;
}

function endsOf(said: string, unit: Unit, signed: boolean): Range | null {
  const two = TWO.exec(said);
  if (two !== null) {
    const [first, second] = [numberOf(two.slice(1, 4), unit), numberOf(two.slice(4, 7), unit)];
    if (first === null || second === null) return null;
    // "10-50k" is said of thousands both times, "500-2k" is not.
    const shared = two[3] === undefined && first.bare < second.bare ? second.times : first.times;
    return { from: amountOf({ ...first, times: shared }, unit), to: amountOf(second, unit) };
  }
  const upTo = said.replace(MOST, "");
  if (upTo !== said) return oneEnd(upTo, unit, (to) => ({ to }));
  // Of what cannot be below nothing a dash before it leaves the beginning open.
  if (!signed && said.startsWith("-")) return oneEnd(said.slice(1).trim(), unit, (to) => ({ to }));
  return oneEnd(said.replace(LEAST, "").replace(OR_MORE, ""), unit, (from) => ({ from }));
}

function oneEnd(text: string, unit: Unit, range: (end: number) => Range): Range | null {
  const match = ONE.exec(text.trim());
  const number = match === null ? null : numberOf(match.slice(1, 4), unit);
  return number === null ? null : range(amountOf(number, unit));
}

/** A number before it is multiplied. */
interface Read {
  readonly bare: number;
  readonly times: number;
}

function numberOf([sign, digits, word]: readonly string[], unit: Unit): Read | null {
  if (word === "%" && unit !== "share") return null;
  const times = MULTIPLES.find(([pattern]) => word !== undefined && pattern.test(word))?.[1] ?? 1;
  if (times > 1 && unit === "share") return null;
  const bare = Number(plain(digits.replace(/['’\s]/g, ""), unit === "count" && times === 1));
  return Number.isFinite(bare) ? { bare: sign === "-" ? -bare : bare, times } : null;
}

/** Digits with a decimal point only. @param whole whether three digits after a sign are thousands */
function plain(digits: string, whole: boolean): string {
  const signs = [...digits.matchAll(/[.,]/g)].map(([sign]) => sign);
  const last = signs[signs.length - 1];
  if (last === undefined) return digits;
  const grouped =
    signs.length > 1 ? signs.every((sign) => sign === last) : whole && /^\d{1,3}[.,]\d{3}$/.test(digits);
  if (grouped) return /^\d{1,3}(?:[.,]\d{3})+$/.test(digits) ? digits.replace(/[.,]/g, "") : "none";
  const [before, after] = [
    digits.slice(0, digits.lastIndexOf(last)),
    digits.slice(digits.lastIndexOf(last) + 1),
  ];
  return `${before.replace(/[.,]/g, "")}.${after}`;
}

function amountOf({ bare, times }: Read, unit: Unit): number {
  if (unit === "count") return Math.round(bare * times);
  // 7 / 100 is not written back as 7 otherwise.
  return Number((unit === "share" ? bare / 100 : bare * times).toFixed(6));
}

/** A range in words that {@link parseRange} reads back: `10K to 50K`, `5 % or more`, `up to 7`. Empty where both ends are open. */
export function rangeInWords({ from, to }: Range, unit: Unit): string {
  if (from !== undefined && to !== undefined) return `${endWords(from, unit)} to ${endWords(to, unit)}`;
  if (from !== undefined) return `${endWords(from, unit)} or more`;
  return to === undefined ? "" : `up to ${endWords(to, unit)}`;
}

function endWords(value: number, unit: Unit): string {
  if (unit === "share") return `${Number((100 * value).toFixed(4))} %`;
  if (unit === "number") return String(value);
  const short = compactNumber(value);
  const read = parseRange(short, unit, { least: 0 });
  return "from" in read && read.from === value ? short : String(value);
}
