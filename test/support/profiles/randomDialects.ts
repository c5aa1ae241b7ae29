import type { Random } from "../../../src/base/random.ts";

/** A text that is no plain CSV, with the records in it. */
export interface RandomDialect {
  readonly text: string;
  /** Each with the lines on which it stands, from 1. */
  readonly records: readonly {
    readonly cells: readonly string[];
    readonly first: number;
    readonly last: number;
  }[];
  /** Record that was damaged; -1 where none was. */
  readonly damaged: number;
}

const BIOGRAPHIES = ["I sing", 'say "hi", all', "it's me, ann", "two\nlines, both good", "", "a\\b"];
const ABOVE = ["", "sep=;\n", "Export of May\n\n", "# made up\n", "Campaign;Summer\nDate;May\n\n"];

/** Makes a table of four columns in a style that is told in the documents, now and then with a quote left open. */
export function randomDialect(random: Random): RandomDialect {
  const oneOf = <T>(values: readonly T[]): T => values[Math.floor(random.uniform() * values.length)];
  const style = oneOf(["plain", "padded", "apostrophes", "backslash"] as const);
  const above = style === "plain" ? oneOf(ABOVE) : "";
  const mark = above.includes(";") ? ";" : oneOf([",", ";", "\t"]);
  const quote = style === "apostrophes" ? "'" : '"';
  const written = (cell: string) => {
    if (/^\d+$/.test(cell)) return cell;
    const inner =
      style === "backslash" ? cell.replace(/["\\]/g, "\\$&") : cell.replaceAll(quote, quote + quote);
    return quote + inner + quote;
  };
  const line = (cells: readonly string[]) => cells.map(written).join(style === "padded" ? `${mark} ` : mark);
  const count = 4 + Math.floor(random.uniform() * 30);
  const rows = Array.from({ length: count }, (_, i) => {
    // The first ones show the style.
    const biography = i < 2 ? BIOGRAPHIES[1] : oneOf(BIOGRAPHIES);
    return [`u${i}`, String(Math.floor(random.uniform() * 1e6)), biography, String(i)];
  });
  const damaged =
    (style === "plain" || (style !== "apostrophes" && count >= 20)) && random.uniform() < 0.5
      ? 2 + Math.floor(random.uniform() * (count - 2))
      : -1;
  let text = `${above}${line(["account_id", "followers", "biography", "likes"])}\n`;
  const records = rows.map((cells, i) => {
    const first = text.split("\n").length;
    text += `${i === damaged ? `u${i},1,"open,2`.replaceAll(",", mark) : line(cells)}\n`;
    return { cells, first, last: text.split("\n").length - 1 };
  });
  return { text, records, damaged };
}
