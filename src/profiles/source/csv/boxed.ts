import { type Dialect, joinRecord, plainStyle } from "./fields.ts";

/** Lines above the header at most. */
const MOST_ABOVE = 30;

// Lines are taken as Latin-1, so that no byte of them changes: the signs that boxes are drawn with are three bytes of UTF-8.
const DRAWN = "\u00e2[\u0094\u0095][\u0080-\u00bf]";
const RULE = new RegExp(`^[ \\t]*(?=.*(?:--|:-|-:|==|${DRAWN}${DRAWN}))(?:[-+|:= \\t]|${DRAWN})+$`);
/** Corners and crossings of a rule. */
const CROSSINGS = /[+|]|\u00e2(?:\u0094[\u008c-\u00bf]|\u0095[\u0090-\u00b0])/;
/** What stands between cells: `|`, and the upright lines that terminals draw. */
const BAR = /\||\u00e2\u0094[\u0082\u0083]|\u00e2\u0095\u0091/;
/** What programs write below a table. */
const FOOTER = /^[ \t]*(?:\(?[0-9]+ rows?\)?(?: in set.*)?|only showing top [0-9]+ rows?)[ \t]*$/;

/**
 * Finds a table that is drawn with bars and rules, as Markdown, MySQL, psql and Spark write it: a line of cells with a rule below it that has
 * as many cells.
 *
 * @param head beginning of the text as UTF-8
 * @returns undefined where there is none
 */
export function findBoxed(head: Buffer): Dialect | undefined {
  const lines = head.toString("latin1").split("\n", MOST_ABOVE + 2);
  const rule = lines.findIndex((line, i) => {
    if (i === 0 || !BAR.test(lines[i - 1]) || isRule(lines[i - 1]) || !isRule(line)) return false;
    const width = trimmed(line).replace(
      new RegExp(`^(?:${CROSSINGS.source})|(?:${CROSSINGS.source})$`, "g"),
      "",
    );
    return width.split(CROSSINGS).length === cellsOf(lines[i - 1], isFramed(lines[i - 1])).length;
  });
  if (rule < 0) return undefined;
  const framed = isFramed(lines[rule - 1]);
  const above = lines.slice(0, rule - 1);
  const said = above.filter((line) => trimmed(line) !== "" && !isRule(line));
  return {
    ...plainStyle(","),
    header: cellsOf(lines[rule - 1], framed).map((cell) => Buffer.from(cell, "latin1").toString("utf8")),
    skipped: { bytes: above.reduce((sum, line) => sum + line.length + 1, 0), lines: above.length },
    unusual: [
      ...(said.length === 0 ? [] : ["what stands above the header was left out"]),
      "its columns stand between bars, with rules between lines",
    ],
    boxed: framed ? "framed" : "open",
  };
}

/** A drawn table, line by line as CSV. Rules become blank lines, so that every record stays on its line. */
export async function* unboxed(
  blocks: AsyncIterable<Buffer>,
  framed: boolean,
): AsyncGenerator<Buffer, void, void> {
  let held: Buffer[] = [];
  for await (const block of blocks) {
    const end = block.lastIndexOf(10) + 1;
    if (end > 0) {
      yield plainLines(Buffer.concat([...held, block.subarray(0, end)]), framed);
      held = [];
    }
    held.push(Buffer.from(block.subarray(end)));
  }
  const rest = Buffer.concat(held);
  if (rest.length > 0) yield plainLines(rest, framed);
}

function plainLines(bytes: Buffer, framed: boolean): Buffer {
  const lines = bytes
    .toString("latin1")
    .split("\n")
    .map((line) => plainLine(line, framed));
  return Buffer.from(lines.join("\n"), "latin1");
}

function plainLine(line: string, framed: boolean): string {
  return trimmed(line) === "" || isRule(line) || FOOTER.test(trimmed(line))
    ? ""
    : joinRecord(cellsOf(line, framed), ",");
}

/** Whether a bar stands before the first cell too. */
function isFramed(line: string): boolean {
  return trimmed(line).search(BAR) === 0;
}

function isRule(line: string): boolean {
  return RULE.test(trimmed(line));
}

/** Without blanks around it. A no-break space in Latin-1 is a part of another letter. */
function trimmed(text: string): string {
  return text.replace(/^[ \t]+|[ \t\r]+$/g, "");
}

/** The cells of a line; a bar behind a backslash belongs to its cell, and Markdown escapes `_` and `*` so too. */
function cellsOf(line: string, framed: boolean): string[] {
  const cells = trimmed(line).split(new RegExp(`(?<!\\\\)(?:${BAR.source})`));
  if (framed && cells.length > 1 && cells[0] === "") cells.shift();
  if (framed && cells.length > 1 && cells.at(-1) === "") cells.pop();
  return cells.map((cell) =>
    trimmed(cell)
      .replace(/\\([|_*])/g, "$1")
      .replace(/^\*\*(.*)\*\*$/, "$1"),
  );
}
