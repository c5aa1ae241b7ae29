import { InsightsError } from "../base/error.ts";
import { openContainer } from "../profiles/source/container/open.ts";
import { recogniseText } from "../profiles/source/content.ts";
import { findFile } from "../profiles/source/file.ts";
import { TemporaryFolder } from "../profiles/source/temporary.ts";
import { headOf, openText, readText } from "../profiles/source/text.ts";
import { decoded } from "./contacts/links.ts";

/** Names of columns that hold a handle, an address or an id. */
const COLUMNS = new Set(
  "account account_id handle username uniqueid user id url profile_url profile".split(" "),
);

/** Accounts to leave out of a list, by handle in lower case or by id. */
export type Excluded = ReadonlySet<string>;

/**
 * Reads a list of accounts to leave out: an earlier shortlist in any of its formats, a CSV with a column for the account, or a
 * text with a handle, an address or an id on each line.
 *
 * @param text the contents of the file
 * @param file its name, for messages
 * @throws InsightsError where it holds no account
 */
export function parseExcluded(text: string, file: string): Excluded {
  const lines = text
    .replace(/^\uFEFF/, "")
    .split(/\r\n?|\n/)
    .filter((line) => line.trim() !== "");
  const cells =
    lines[0]?.trimStart().startsWith("{") === true ? lines.flatMap(cellsOfRecord) : cellsOf(lines);
  const excluded = new Set(cells.map(accountIn).filter((account) => account !== ""));
  if (excluded.size === 0) {
    throw new InsightsError(
      `no accounts in ${file} (expected a handle, an address or an id a line, or a column account)`,
    );
  }
  return excluded;
}

/** Whether an account is one of those to leave out. */
export function isExcluded(
  excluded: Excluded,
  { id, account_id }: { readonly id: string | null; readonly account_id: string | null },
): boolean {
  return (id !== null && excluded.has(id)) || (account_id !== null && excluded.has(account_id.toLowerCase()));
}

/** The cells of a CSV that hold accounts: those of the columns named for it, else the first of each line. */
function cellsOf(lines: readonly string[]): string[] {
  const records = lines.map(fieldsOf);
  const header = (records[0] ?? []).map((name) => name.trim().toLowerCase());
  const places = [...header.keys()].filter((i) => COLUMNS.has(header[i]));
  return places.length > 0
    ? records.slice(1).flatMap((record) => places.map((i) => record[i] ?? ""))
    : records.map(([first]) => first ?? "");
}

/** The same of a line of NDJSON; none where it is not JSON. */
function cellsOfRecord(line: string): string[] {
  try {
    return Object.entries(JSON.parse(line) as object)
      .filter(([name, value]) => COLUMNS.has(name.toLowerCase()) && typeof value === "string")
      .map(([, value]) => value as string);
  } catch {
    return [];
  }
}

/** Fields of a line, separated by commas, semicolons or tabs; quotes around a field are removed. */
function fieldsOf(line: string): string[] {
  return [...line.matchAll(/("(?:[^"]|"")*"|[^,;\t]*)(?:[,;\t]|$)/g)].map(([, field]) =>
    field.startsWith('"') ? field.slice(1, -1).replaceAll('""', '"') : field,
  );
}

/** The handle or id in a cell, in lower case; empty where there is none. */
function accountIn(cell: string): string {
  const text = cell.trim().replace(/^'/, "");
  // In a Markdown list the address stands in angle brackets.
  const address = /tiktok\.com\/@([^/?#\s<>()"|]+)/i.exec(text);
  const account = address === null ? text.replace(/^@/, "") : decoded(address[1]);
  return /\s/.test(account) ? "" : account.toLowerCase();
}

/**
 * Reads a file of accounts to leave out, in any encoding and packing in which profiles are read.
 *
 * @throws InsightsError where it cannot be read, is not text, or holds no account
 */
export async function readExcluded(path: string, signal?: AbortSignal): Promise<Excluded> {
  const watch = { signal };
  const folder = new TemporaryFolder(undefined);
  try {
    const place = { folder, watch, alerts: [] };
    const { file, content } = await openContainer(await findFile(path), place);
    if (content === "parquet") {
      throw new InsightsError(
        `not a list of accounts: ${file.name} is Parquet (expected CSV, NDJSON, Markdown, plain text or a workbook)`,
      );
    }
    const text = await openText(file, content === "text" ? "none" : content, watch);
    recogniseText(await headOf(text), file);
    const blocks: Buffer[] = [];
    for await (const block of readText(text, watch)) blocks.push(Buffer.from(block));
    return parseExcluded(Buffer.concat(blocks).toString("utf8"), file.name);
  } finally {
    await folder.remove();
  }
}
