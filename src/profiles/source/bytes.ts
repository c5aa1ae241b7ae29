/** ASCII codes that mean something in delimited text and JSON. */
export const TAB = 9;
export const LF = 10;
export const CR = 13;
export const SPACE = 32;
export const QUOTE = 34;
export const COMMA = 44;
export const COLON = 58;
export const OPEN_BRACKET = 91;
export const BACKSLASH = 92;
export const CLOSE_BRACKET = 93;
export const OPEN_BRACE = 123;
export const CLOSE_BRACE = 125;

/** Offset of the first line end, `to` when there is none. */
export function endOfLine(bytes: Buffer, from: number, to: number): number {
  let at = from;
  while (at < to && bytes[at] !== LF && bytes[at] !== CR) {
    at++;
  }
  return at;
}

/** Whether a line ends between two offsets. */
export function hasLineEnd(bytes: Buffer, from: number, to: number): boolean {
  return endOfLine(bytes, from, to) < to;
}

/** Whether an odd number of backslashes stands before an offset. */
export function isEscaped(bytes: Buffer, at: number): boolean {
  let from = at;
  while (from > 0 && bytes[from - 1] === BACKSLASH) from--;
  return (at - from) % 2 === 1;
}
