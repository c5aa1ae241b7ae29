import type { Random } from "../../../src/base/random.ts";

/** Columns of a {@link WrittenTable}. */
export const WRITTEN_COLUMNS = [
  "account_id",
  "followers",
  "likes",
  "like_engagement_rate",
  "created_at",
] as const;

/** A table of counts, rates and dates as people write them. */
export interface WrittenTable {
  /** Texts under {@link WRITTEN_COLUMNS}. */
  readonly texts: readonly (readonly string[])[];
  /** What they say: the handle, two counts, a rate and a day as ISO has it; null where a text says nothing. */
  readonly values: readonly (readonly (string | number | null)[])[];
}

const NOTHING = ["", "-", "n/a", "null", " "];
const SPACES = [" ", "\u00a0", "\u202f", "\u2009", "'"];
const WORDS = [
  ["K", 1e3],
  [" k", 1e3],
  ["M", 1e6],
  [" Mio", 1e6],
  ["万", 1e4],
] as const;

/** How a day is written, of its year, month and day as numbers. */
const DAYS: readonly ((year: number, month: number, day: number) => string)[] = [
  (year, month, day) => `${year}-${two(month)}-${two(day)}`,
  (year, month, day) => `${two(day)}/${two(month)}/${year}`,
  (year, month, day) => `${month}/${day}/${year}`,
  (year, month, day) => `${day}-${two(month)}-${year}`,
  (year, month, day) => `${two(day)}.${two(month)}.${year}`,
  (year, month, day) => `${day} de ${SPANISH[month - 1]} de ${year}`,
  (year, month, day) => `${ENGLISH[month - 1]} ${day}, ${year}`,
  (year, month, day) => `${year}年${month}月${day}日`,
];
const SPANISH = ["ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sep", "oct", "nov", "dic"];
const ENGLISH = [
  "Jan",
  "Feb",
  "March",
  "Apr",
  "May",
  "June",
  "July",
  "Aug",
  "Sept",
  "Oct",
  "Nov",
  "December",
];
const two = (number: number) => String(number).padStart(2, "0");

/** Makes a table with one decimal mark and one order of dates, where each column has a cell that can be read in one way only. */
export function randomWritten(random: Random): WrittenTable {
  const between = (least: number, most: number) => least + Math.floor(random.uniform() * (most - least + 1));
  const oneOf = <T>(values: readonly T[]): T => values[between(0, values.length - 1)];
  const mark = oneOf([",", "."]);
  const thousands = () => oneOf([mark === "," ? "." : ",", mark === "," ? "." : ",", ...SPACES]);
  const grouped = (value: number, separator: string) =>
    String(value).replace(/\B(?=(\d{3})+$)/g, () => separator);
  const count = (style: "plain" | "grouped" | "rounded", separator: string, first: boolean) => {
    if (style === "plain") return oneOf([1, 1e3, 1e6]) * between(1, 400);
    if (style === "grouped") {
      const value = first ? between(1e6, 4e8) : oneOf([between(1, 9_999), between(1e4, 4e8)]);
      return { value, text: grouped(value, separator) };
    }
    const [word, size] = oneOf(WORDS);
    const [whole, tenths] = [between(1, 99), between(first ? 1 : 0, 9)];
    const text = `${whole}${tenths === 0 ? "" : `${mark}${tenths}`}${word}`;
    return { value: Math.round(Number(`${whole}.${tenths}`) * size), text };
  };
  const column = () => {
    const styles = oneOf([
      ["plain"],
      ["grouped"],
      ["rounded"],
      ["plain", "grouped"],
      ["rounded", "grouped", "plain"],
    ]);
    const separator = thousands();
    return (first: boolean) => {
      const style = first ? styles[0] : oneOf(styles);
      const made = count(style as "plain", separator, first || style !== styles[0]);
      return typeof made === "number" ? { value: made, text: String(made) } : made;
    };
  };
  const isPercent = random.uniform() < 0.5;
  const gap = oneOf(["", " ", "\u00a0"]);
  const rate = () => {
    const digits = isPercent ? `${between(0, 29)}.${between(0, 99)}` : `0.${between(0, 9)}${between(1, 999)}`;
    const text = digits.replace(".", mark);
    return isPercent
      ? { value: Number(digits) / 100, text: `${text}${gap}%` }
      : { value: Number(digits), text };
  };
  const write = oneOf(DAYS);
  const clock = oneOf(["", " 10:30"]);
  const day = (first: boolean) => {
    const [year, month, day] = [between(2015, 2023), between(1, 12), between(first ? 13 : 1, 28)];
    return {
      value: `${year}-${two(month)}-${two(day)}${clock === "" ? " 00:00" : clock}:00`,
      text: `${write(year, month, day)}${clock}`,
    };
  };
  const [followers, likes] = [column(), column()];
  const rows = Array.from({ length: between(2, 40) }, (_, i) => {
    const cells = [followers(i === 0), likes(i === 0), rate(), day(i === 0)];
    return cells.map((cell) =>
      i > 0 && random.uniform() < 0.1 ? { value: null, text: oneOf(NOTHING) } : cell,
    );
  });
  return {
    texts: rows.map((cells, i) => [`u${i}`, ...cells.map(({ text }) => text)]),
    values: rows.map((cells, i) => [`u${i}`, ...cells.map(({ value }) => value)]),
  };
}
