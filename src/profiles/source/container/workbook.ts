import { readFile } from "node:fs/promises";
import { InsightsError } from "../../../base/error.ts";
import type { SourceFile, UnpackLimits } from "../file.ts";
import { refuseBomb } from "./bounds.ts";
import type { ZipArchive } from "./zip.ts";

/** A row of a sheet that is not empty. */
export interface SheetRow {
  /** Its number in the sheet, from 1. */
  readonly line: number;
  /** Texts of its cells from column A on; "" where there is none. */
  readonly cells: readonly string[];
}

/** A sheet of a workbook. */
export interface Sheet {
  readonly name: string;
  readonly hidden: boolean;
  /** Its rows in order, without the empty ones. Can be asked for any number of times. */
  rows(): AsyncGenerator<SheetRow, void, void>;
}

/** The largest workbook that is read, in bytes on disk and unpacked. It is held in memory, and all cells of an OpenDocument beside it. */
const LARGEST_BYTES = 256 << 20;
const LARGEST_UNPACKED = { xlsx: 2 ** 31, ods: 96 * 2 ** 20 } as const;

/**
 * Opens a workbook: Excel's (.xlsx) row by row, OpenDocument's (.ods) as a whole.
 *
 * @param zip the files in it
 * @throws InsightsError when it is damaged, too large or has a password
 */
export async function openWorkbook(
  file: SourceFile,
  kind: "xlsx" | "ods",
  zip: Pick<ZipArchive, "members" | "read">,
  limits?: UnpackLimits,
): Promise<Sheet[]> {
  let unpacked = 0;
  for (const { entry } of zip.members) unpacked += entry.uncompressedSize;
  refuseBomb(unpacked, file, limits);
  if (file.size > LARGEST_BYTES || unpacked > LARGEST_UNPACKED[kind]) {
    throw new InsightsError(
      `too large: ${file.name} is a workbook too large to be read; save its sheet as CSV`,
    );
  }
  const bytes = await readFile(file.path);
  return guarded(file, async () => {
    if (kind === "ods") {
      const { readOds } = await import("hucre/ods");
      const { sheets } = await readOds(bytes);
      const hidden = await hiddenTables(zip);
      return sheets.map(({ name, rows }, index) => ({
        name,
        hidden: hidden.length === sheets.length && hidden[index],
        rows: async function* () {
          for (const [index, values] of rows.entries()) yield* filledRow(index, values);
        },
      }));
    }
    const { readXlsx } = await import("hucre/xlsx");
    const sheets: Sheet[] = [];
    // The filter is asked about each sheet before it is read, and turns all of them down.
    await readXlsx(bytes, {
      sheets: ({ name, hidden, veryHidden }, index) => {
        const rows = () => xlsxRows(bytes, index, file);
        sheets.push({ name, hidden: hidden === true || veryHidden === true, rows });
        return false;
      },
    });
    return sheets;
  });
}

/** Whether each table of an OpenDocument is hidden, which the library does not tell: by a style that is not to be displayed. */
async function hiddenTables({ members, read }: Pick<ZipArchive, "members" | "read">): Promise<boolean[]> {
  const content = members.find(({ name }) => name === "content.xml");
  if (content === undefined) return [];
  const blocks: Buffer[] = [];
  for await (const block of read(content)) blocks.push(block);
  const xml = Buffer.concat(blocks).toString("latin1");
  const styles = [...xml.matchAll(HIDDEN_STYLE)].map(([, name]) => name);
  return [...xml.matchAll(/<table:table\s[^>]*>/g)].map(([table]) =>
    styles.includes(/\stable:style-name="([^"]*)"/.exec(table)?.[1] ?? ""),
  );
}

const HIDDEN_STYLE =
  /<style:style\s[^>]*?style:name="([^"]*)"[^>]*>\s*<style:table-properties\s[^>]*table:display="false"/g;

async function* xlsxRows(
  bytes: Buffer,
  sheet: number,
  file: SourceFile,
): AsyncGenerator<SheetRow, void, void> {
  const { streamXlsxRows } = await import("hucre/xlsx");
  const rows = streamXlsxRows(bytes, { sheet });
  try {
    for (;;) {
      const { done, value } = await guarded(file, () => rows.next());
      if (done === true) return;
      yield* filledRow(value.index, value.values);
    }
  } finally {
    await rows.return(undefined);
  }
}

/** Says in the user's words what the library finds wrong. */
async function guarded<T>(file: SourceFile, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof InsightsError) throw error;
    throw new InsightsError(
      (error as Error).name === "EncryptedFileError"
        ? `a password is needed: ${file.name} is encrypted; save it without a password, or as CSV`
        : `corrupt workbook: ${file.name} (${(error as Error).message}); save it again, or as CSV`,
      { cause: error },
    );
  }
}

function* filledRow(index: number, values: readonly unknown[]): Generator<SheetRow> {
  const cells = values.map(cellText);
  if (cells.some((cell) => cell !== "")) yield { line: index + 1, cells };
}

/** What stands in a cell whose formula failed. */
const ERRORS =
  /^#(N\/A|REF!|VALUE!|DIV\/0!|NUM!|NAME\?|NULL!|SPILL!|CALC!|FIELD!|BLOCKED!|CONNECT!|GETTING_DATA|BUSY!)$/;

/**
 * A cell's value as text: numbers in full, as they are and not as they are shown; moments as `2024-05-01 12:30:00` (UTC), days as `2024-05-01`;
 * failed formulas as nothing. A whole number beyond 2^53 has lost its last digits, and is written as `6.79E+18` so that nobody takes it for an id.
 */
export function cellText(value: unknown): string {
  switch (typeof value) {
    case "string":
      return ERRORS.test(value) ? "" : value;
    case "number":
      if (!Number.isFinite(value)) return "";
      return Math.abs(value) > Number.MAX_SAFE_INTEGER ? value.toExponential().toUpperCase() : String(value);
    case "boolean":
      return String(value);
    default:
      return value instanceof Date && !Number.isNaN(value.getTime()) ? momentText(value) : "";
  }
}

/** Serial numbers of moments are fractions of a day, which miss the second by a little. */
function momentText(moment: Date): string {
  const text = new Date(Math.round(moment.getTime() / 1000) * 1000).toISOString();
  const day = text.slice(0, -14);
  const time = text.slice(-13, -5);
  return time === "00:00:00" ? day : `${day} ${time}`;
}
