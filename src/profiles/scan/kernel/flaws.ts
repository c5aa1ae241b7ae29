// What is not plain in a text, as bits: csvWalk.ts says each in words.

/** A quote opens inside of a field, or something else than the end of the field follows a closing one. */
export const STRAY_QUOTE: i32 = 1;
export const NUL_BYTE: i32 = 2;
/** A carriage return that no line feed follows. */
export const LONE_CR: i32 = 4;
export const TOO_FEW_COLUMNS: i32 = 8;
export const TOO_MANY_COLUMNS: i32 = 16;
export const BLANK_LINE: i32 = 32;
/** The text ends inside of quotes. */
export const OPEN_QUOTE: i32 = 64;
/** Some lines end in LF and some in CRLF. */
export const MIXED_LINE_ENDS: i32 = 128;
