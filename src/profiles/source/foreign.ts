import { InsightsError } from "../../base/error.ts";
import type { SourceFile } from "./file.ts";

/** The files that are read, in words. */
export const TABLES =
  "CSV, TSV, JSON, NDJSON, Parquet, .xlsx or .ods, also packed as .gz or .zst or alone in a .zip or .tar";

const PICTURE = "a picture; ask for the table itself, as CSV or .xlsx";
const SAVED_FROM_PYTHON = "save it as CSV or Parquet";

/** Beginnings of files people have by mistake, in Latin-1, and what to call them. */
const BEGINNINGS: readonly (readonly [begins: string, name: string])[] = [
  ["PK\x05\x06", "an empty ZIP archive"],
  [
    "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    "an Excel workbook of the old kind (.xls), another old Office document or one with a password; open it, and save the table as .xlsx without a password, or as CSV",
  ],
  ["%PDF-", "a PDF; ask for the table itself, or copy it into a spreadsheet and save that as CSV or .xlsx"],
  ["\x89PNG", PICTURE],
  ["\xff\xd8\xff", PICTURE],
  ["GIF8", PICTURE],
  ["II*\0", PICTURE],
  ["MM\0*", PICTURE],
  ["BZh", "packed with bzip2; unpack it first"],
  ["\xfd7zXZ\0", "packed with xz; unpack it first"],
  ["7z\xbc\xaf\x27\x1c", "a 7-Zip archive; unpack it first"],
  ["Rar!", "a RAR archive; unpack it first"],
  ["\x04\x22\x4d\x18", "packed with lz4; unpack it first"],
  ["SQLite format 3\0", "an SQLite database; export the table as CSV"],
  ["ARROW1", "an Arrow file; save it as Parquet"],
  ["FEA1", "a Feather file; save it as Parquet"],
  ["ORC", "an ORC file; save it as Parquet"],
  ["Obj\x01", "an Avro file; save it as Parquet"],
  ["\x89HDF", `an HDF5 file; ${SAVED_FROM_PYTHON}`],
  ["\x93NUMPY", `a NumPy file; ${SAVED_FROM_PYTHON}`],
  ["\x80\x04\x95", `a Python pickle; ${SAVED_FROM_PYTHON}`],
  ["\x80\x05\x95", `a Python pickle; ${SAVED_FROM_PYTHON}`],
  ["$FL2", "an SPSS file; save it as CSV"],
  ["\x7fELF", "a program"],
  ["{\\rtf", "an RTF document; copy its table into a spreadsheet and save that as CSV or .xlsx"],
  ["BEGIN:VCARD", "address cards (vCard); export the people as CSV"],
  ["[InternetShortcut]", "a link to a page; open it and download the table from there"],
  [
    "version https://git-lfs.github.com",
    "a pointer to a file that Git LFS keeps elsewhere; fetch it with git lfs pull",
  ],
];

/** Kinds of texts people have by mistake, told by their first 4096 characters without blanks before them. */
const TEXTS: readonly (readonly [pattern: RegExp, name: string])[] = [
  [
    /^(?=<)(?=[\s\S]*<table[\s>])(?!<\?xml[\s\S]*<Workbook)/i,
    "a web page with a table in it, which some programs call .xls or .csv; open it in a spreadsheet, and save it as .xlsx or CSV",
  ],
  [
    /^<(?=[\s\S]*urn:schemas-microsoft-com:office:(spreadsheet|excel))/i,
    "an Excel workbook saved as XML or as a web page; open it in a spreadsheet, and save it as .xlsx or CSV",
  ],
  [/^<(!doctype html|html|head|body|meta|script)\b/i, "a web page; was the download refused?"],
  [/^MIME-Version:/i, "a web page or a message saved whole; open it, and save its table as CSV or .xlsx"],
  [/^<svg\b|^<\?xml[^>]*>\s*<svg\b/i, PICTURE],
  [/^<(\?xml|!--|!doctype)|^<[a-z][\w:.-]*(\s[^>]*)?>/i, "XML; ask for the table as CSV or JSON"],
  [
    /^(--[^\n]*\n|\/\*[\s\S]*?\*\/;?|\s|(SET|DROP|USE|BEGIN|PRAGMA)\b[^\n]*\n)*(CREATE TABLE|INSERT INTO|COPY \S+ \()/i,
    "an SQL script; export the table as CSV",
  ],
  [/^(\/\/.*\n\s*|\/\*([^*]|\*(?!\/))*\*\/\s*)+[[{]/, "JSON with comments; take them out"],
  [
    /^(?:export\s+default|(?:export\s+)?(?:(?:var|let|const)\s+)?[\w$]+(?:\.[\w$]+|\[["'][^"'\]]*["']\])*\s*=|[\w$]+(?:\.[\w$]+)*\s*\()\s*(?:\[\s*[[{]|\{\s*["'])/,
    "JavaScript; save what stands from its first [ or { to its last ] or } as .json",
  ],
  [
    /^\{[^[\]]{0,600}"doc_id"\s*:[^[\]]{0,300}\}\s*$/,
    "a shortcut to a Google document; open it there, and download it as CSV or .xlsx",
  ],
];

/** The error for a file that holds something else than a table. */
export function foreign(file: Pick<SourceFile, "name">, what: string): InsightsError {
  return new InsightsError(`not a table of profiles: ${file.name} is ${what} (expected ${TABLES})`);
}

/**
 * What a file is that holds no table, by its first bytes in Latin-1; undefined where nothing is known of it.
 *
 * @param start the first 32 bytes
 */
export function foreignBytes(start: string): string | undefined {
  const known = BEGINNINGS.find(([begins]) => start.startsWith(begins) && !isHeaderLike(start, begins));
  if (known !== undefined) return known[1];
  if (/^RIFF....WEBP|^BM....\0\0\0\0|^....ftyp(heic|heix|mif1|avif)/s.test(start)) return PICTURE;
  return /^....ftyp|^\x1aE\xdf\xa3/s.test(start) ? "a film; the table of accounts is wanted" : undefined;
}

/** "ORC" and the like may also be the first letters of a header. */
function isHeaderLike(start: string, begins: string): boolean {
  return /^[A-Za-z0-9]+$/.test(begins) && /^[\x20-\x7e\t]+[\r\n]/.test(start);
}

/** Lines from which on a habit of a text is told. */
const HABIT = 3;

/**
 * What a text is that holds no table that is read: a web page, a script, a log, YAML; undefined where it may be one.
 *
 * @param begins its first 4096 characters, without blanks before them
 */
export function foreignText(begins: string): string | undefined {
  const known = TEXTS.find(([pattern]) => pattern.test(begins));
  if (known !== undefined) return known[1];
  const lines = begins.split(/\r\n|\r|\n/).filter((line) => line.trim() !== "");
  const whole = begins.length < 4096 ? lines : lines.slice(0, -1);
  const all = (pattern: RegExp) => whole.length >= 2 && whole.every((line) => pattern.test(line));
  if (all(/^(?:\[[^\]{"]*\]|[^[{"])[^{"]{0,200}\{\s*"[^"]*"\s*:.*\}\s*$/)) {
    return "a log with words before each JSON object; save what stands from the first { of each line as .ndjson";
  }
  if (/^[[{]/.test(begins)) return undefined;
  const keys = lines.map(
    (line) => /^\s*(?:- +)?["']?([\p{L}_][\p{L}\p{N}_ ]{0,40})["']?:(?: |$)/u.exec(line)?.[1],
  );
  const first = keys[0] ?? keys[1];
  const named = keys.filter((key) => key !== undefined).length;
  if (
    /^---\s/.test(begins) ||
    (named * 10 >= lines.length * 8 && keys.filter((key) => key === first).length >= 2)
  ) {
    if (named >= HABIT)
      return "YAML or values with a name before each; save it as CSV or JSON, with a column for each name";
  }
  return undefined;
}
