import type { CanonicalName } from "../../canonical.ts";
import { readColumnName } from "../../columns/names.ts";
import { bearsKnownName } from "../csv/trial.ts";
import { accountNamed, isMarked } from "./account.ts";

/** Lines and bytes looked at. */
const SAMPLED_LINES = 500;
const SAMPLED_BYTES = 1 << 16;
/** Share of the lines that must name accounts. */
const MOST = 0.9;
/** Words that stand above a list of accounts, beside the names of columns that hold them. */
const HEADS = new Set(
  "accounts creator creators handles influencer influencers link links name names people profile profiles tiktok user users".split(
    " ",
  ),
);
const IDENTITIES: ReadonlySet<CanonicalName> = new Set(["account_id", "id", "url"]);

/** How a list of accounts is written. */
export interface ListStyle {
  /** Whether its first line is a heading. */
  readonly header: boolean;
}

/**
 * Tells whether a text is a list of accounts and nothing else: handles with or without @, addresses or account numbers, one a line or several,
 * under a heading or not. What could as well be a table is none.
 *
 * @param head beginning of the text as UTF-8
 * @param complete whether that is the whole text
 */
export function recogniseList(head: Buffer, complete: boolean): ListStyle | undefined {
  const all = head.toString("utf8", 0, SAMPLED_BYTES).split(/\r\n|\r|\n/);
  const whole = complete && head.length <= SAMPLED_BYTES;
  const lines = (whole ? all : all.slice(0, -1)).filter((line) => !isNothing(line)).slice(0, SAMPLED_LINES);
  // A quote that is open at the end of a line is that of a table.
  if (lines.some((line) => line.split('"').length % 2 === 0)) return undefined;
  const pieces = lines.map(piecesOf);
  const header = isHeading(pieces);
  const listed = header ? pieces.slice(1) : pieces;
  if (listed.length === 0) return undefined;
  const share = (test: (line: readonly string[]) => boolean) => listed.filter(test).length / listed.length;
  if (share((line) => line.length > 0 && line.every(isMarked)) >= MOST) return { header };
  const isName = (line: readonly string[]) => line.every((piece) => !("wrong" in accountNamed(piece)));
  const single = share((line) => line.length === 1 && isName(line)) >= MOST;
  const words = listed.flat().filter((piece) => /[\p{L}_]|^\d{15,}$/u.test(piece)).length;
  const isWords = words * 2 > listed.flat().length;
  // Handles are small letters: `Berlin` below `city` is none.
  const below = listed.slice(1);
  const capitals = below.filter(([piece = ""]) => /^\p{Lu}\p{Ll}+$/u.test(piece)).length;
  if (single && !header && below.length > 1 && capitals >= below.length * MOST) return undefined;
  if (single && isWords) return header || !bearsKnownName(listed[0]) ? { header } : undefined;
  // All on one line.
  const [line] = listed;
  const several = listed.length === 1 && line.length > 2 && isName(line) && isWords && !bearsKnownName(line);
  return several ? { header } : undefined;
}

/** Whether a line of a list is blank or a comment. */
function isNothing(line: string): boolean {
  return line.trim() === "" || /^\s*#/.test(line);
}

/**
 * The pieces of a line, without bullets, numbers and quotes: what delimiters part; where there are none, the marked words of a line that
 * begins with one, for the others are a note.
 */
function piecesOf(line: string): string[] {
  const text = line.replace(/^\s*(?:[-*•–]|\d{1,4}[.)])\s+/, "").trim();
  const pieces = text.split(/[,;\t|]/).map((piece) =>
    piece
      .trim()
      .replace(/^"(.*)"$/, "$1")
      .trim(),
  );
  if (pieces.length > 1) return pieces.filter((piece) => piece !== "");
  const words = pieces[0].split(/\s+/);
  return isMarked(words[0]) ? words.filter(isMarked) : pieces;
}

function isHeading([first, ...others]: readonly (readonly string[])[]): boolean {
  if (first === undefined || first.length !== 1 || isMarked(first[0])) return false;
  const name = first[0].toLowerCase();
  if (HEADS.has(name) || isIdentity(name)) return true;
  return !bearsKnownName(first) && others.length > 0 && others.every((line) => line.every(isMarked));
}

/** Whether a name is that of a column that tells who somebody is. */
function isIdentity(name: string): boolean {
  return readColumnName(name).candidates.some(({ canonical }) => IDENTITIES.has(canonical));
}

/** A piece of a list, and the line on which it stands. */
export interface Listed {
  readonly line: number;
  readonly piece: string;
}

/** The pieces of a list, line by line; numbers of lines begin with 1. */
export async function* listedIn(
  lines: AsyncIterable<string>,
  { header }: ListStyle,
): AsyncGenerator<Listed, void, void> {
  let number = 0;
  let headed = header;
  for await (const line of lines) {
    number++;
    if (isNothing(line)) continue;
    if (headed) {
      headed = false;
      continue;
    }
    for (const piece of piecesOf(line)) if (piece !== "") yield { line: number, piece };
  }
}

/** The lines of a text in blocks; they end in LF, CRLF or CR. */
export async function* linesOf(blocks: AsyncIterable<Buffer>): AsyncGenerator<string, void, void> {
  const decoder = new TextDecoder();
  let rest = "";
  for await (const block of blocks) {
    const lines = (rest + decoder.decode(block, { stream: true })).split(/\r\n|\r(?!$)|\n/);
    rest = lines.pop() ?? "";
    yield* lines;
  }
  yield* (rest + decoder.decode()).split(/\r/);
}
