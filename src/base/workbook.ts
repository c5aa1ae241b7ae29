import { Readable } from "node:stream";
import { InsightsError } from "./error.ts";

/** What the cells of a column hold: `text` stays text whatever it looks like; a `share` is a fraction, shown in per cent; a `date` is `2024-01-31`. */
export type CellKind = "text" | "count" | "decimal" | "share" | "date";

/** A column of a sheet. */
export interface SheetColumn {
  readonly name: string;
  readonly kind: CellKind;
  /** In characters. */
  readonly width: number;
}

/** A row of a sheet: a cell for each column, and an address that its linked cell leads to. */
export interface SheetRow {
  readonly cells: readonly (string | number | null)[];
  readonly href: string | null;
}

/** A sheet to write. */
export interface Sheet {
  /** At most 31 characters, none of `[]:*?/\`. */
  readonly name: string;
  readonly columns: readonly SheetColumn[];
  /** Index of the column whose cells are links; -1 for none. */
  readonly linked: number;
  /** Most rows, with the header; as many as a sheet can have unless told. */
  readonly mostRows?: number;
}

/** Limits of a sheet in Excel: https://support.microsoft.com/office/excel-specifications-and-limits. */
const MOST_ROWS = 1_048_576;
const MOST_LINKS = 65_530;
const MOST_CHARACTERS = 32_767;

/** Styles by place in {@link STYLES_XML}. */
const STYLE: Readonly<Record<CellKind | "header" | "link", number>> = {
  ...{ text: 1, count: 2, decimal: 3, share: 4, date: 5, header: 6, link: 7 },
};

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const SHEETS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE = "http://schemas.openxmlformats.org/package/2006";
const TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml";

const xf = (format: number, font = 0) =>
  `<xf numFmtId="${format}" fontId="${font}" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"/>`;
const font = (inside: string) =>
  `<font>${inside}<sz val="11"/>%<name val="Calibri"/><family val="2"/></font>`;

/** The format of texts is `@`: with it a text that looks like a formula stays a text also after somebody edits it. */
const STYLES_XML = `${XML}<styleSheet xmlns="${SHEETS}"><numFmts count="3"><numFmt numFmtId="164" formatCode="0.0%"/><numFmt numFmtId="165" formatCode="yyyy\\-mm\\-dd"/><numFmt numFmtId="166" formatCode="#,##0.0#"/></numFmts><fonts count="3">${font("").replace("%", "")}${font("<b/>").replace("%", "")}${font("<u/>").replace("%", '<color rgb="FF0563C1"/>')}</fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="8">${[xf(0), xf(49), xf(3), xf(166), xf(164), xf(165), xf(49, 1), xf(49, 2)].join("")}</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`;

const CONTENT_TYPES = `${XML}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${TYPE}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${TYPE}.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="${TYPE}.styles+xml"/></Types>`;

const relations = (all: string) =>
  `${XML}<Relationships xmlns="${PACKAGE}/relationships">${all}</Relationships>`;
const relation = (id: number, type: string, target: string, more = "") =>
  `<Relationship Id="rId${id}" Type="${DOCUMENT}/${type}" Target="${target}"${more}/>`;

/**
 * Writes a workbook (`.xlsx`) of one sheet as its rows come: typed columns, a header that stays in view, a filter on each column. No cell is a
 * formula. What XML cannot hold is left out of texts, and a text ends after 32,767 characters; the first 65,530 links are links, the others text.
 *
 * Its memory does not grow with the rows, but for the links.
 *
 * @throws InsightsError for more rows than a sheet can have; what `rows` throws
 */
export async function* writeWorkbook(
  rows: AsyncIterable<SheetRow> | Iterable<SheetRow>,
  sheet: Sheet,
): AsyncGenerator<Uint8Array, void> {
  const { ZipFile } = await import("yazl");
  const links: { readonly cell: string; readonly href: string }[] = [];
  // The same people give the same bytes.
  const entry = { mtime: new Date(2000, 0, 1), forceDosTimestamp: true, compressionLevel: 4 };
  const zip = new ZipFile();
  const output = zip.outputStream as Readable;
  const add = (path: string, text: string) => zip.addBuffer(Buffer.from(text), path, entry);
  add("[Content_Types].xml", CONTENT_TYPES);
  add("_rels/.rels", relations(relation(1, "officeDocument", "xl/workbook.xml")));
  add(
    "xl/workbook.xml",
    `${XML}<workbook xmlns="${SHEETS}" xmlns:r="${DOCUMENT}"><sheets><sheet name="${escaped(sheet.name)}" sheetId="1" r:id="rId1"/></sheets></workbook>`,
  );
  add(
    "xl/_rels/workbook.xml.rels",
    relations(relation(1, "worksheet", "worksheets/sheet1.xml") + relation(2, "styles", "styles.xml")),
  );
  add("xl/styles.xml", STYLES_XML);
  const contents = Readable.from(inChunks(sheetXml(rows, sheet, links)), { objectMode: false });
  contents.on("error", (error) => output.destroy(error));
  zip.addReadStream(contents, "xl/worksheets/sheet1.xml", entry);
  // Asked for when the sheet has been written: only then is it known where it leads to.
  zip.addReadStreamLazy("xl/worksheets/_rels/sheet1.xml.rels", entry, (found) => {
    const all = links.map(({ href }, i) =>
      relation(i + 1, "hyperlink", escaped(href), ' TargetMode="External"'),
    );
    found(null, Readable.from([Buffer.from(relations(all.join("")))]));
  });
  zip.end();
  try {
    yield* output;
  } finally {
    // Whoever stops reading stops the rows too.
    contents.destroy();
  }
}

async function* sheetXml(
  rows: AsyncIterable<SheetRow> | Iterable<SheetRow>,
  { columns, linked, mostRows = MOST_ROWS }: Sheet,
  links: { cell: string; href: string }[],
): AsyncGenerator<string> {
  const letters = columns.map((_, i) => columnLetters(i));
  const last = letters.at(-1);
  const widths = columns.map(
    ({ width }, i) => `<col min="${i + 1}" max="${i + 1}" width="${width}" customWidth="1"/>`,
  );
  yield `${XML}<worksheet xmlns="${SHEETS}" xmlns:r="${DOCUMENT}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/><cols>${widths.join("")}</cols><sheetData>`;
  yield `<row r="1">${columns.map(({ name }, i) => textCell(`${letters[i]}1`, STYLE.header, name)).join("")}</row>`;
  let row = 1;
  for await (const { cells, href } of rows) {
    if (++row > mostRows)
      throw new InsightsError(
        `too many rows for a workbook: it holds ${(mostRows - 1).toLocaleString("en")} (CSV and NDJSON hold any number)`,
      );
    const link = href !== null && links.length < MOST_LINKS ? href : null;
    if (link !== null && linked >= 0) links.push({ cell: `${letters[linked]}${row}`, href: link });
    let xml = `<row r="${row}">`;
    for (let i = 0; i < cells.length; i++)
      xml += cellXml(
        `${letters[i]}${row}`,
        cells[i],
        columns[i].kind,
        i === linked && link !== null ? STYLE.link : STYLE.text,
      );
    yield `${xml}</row>`;
  }
  const hyperlinks = links.map(({ cell }, i) => `<hyperlink ref="${cell}" r:id="rId${i + 1}"/>`).join("");
  // A handle or an id may be made of digits, which is no mistake to be marked.
  yield `</sheetData><autoFilter ref="A1:${last}${row}"/>${hyperlinks === "" ? "" : `<hyperlinks>${hyperlinks}</hyperlinks>`}<ignoredErrors><ignoredError sqref="A1:${last}${row}" numberStoredAsText="1"/></ignoredErrors></worksheet>`;
}

/** A cell; one that holds nothing is not there. */
function cellXml(ref: string, value: string | number | null, kind: CellKind, textStyle: number): string {
  if (value === null || value === "") return "";
  if (typeof value === "number")
    return Number.isFinite(value) ? `<c r="${ref}" s="${STYLE[kind]}"><v>${value}</v></c>` : "";
  const day = kind === "date" ? dayNumber(value) : null;
  return day === null ? textCell(ref, textStyle, value) : `<c r="${ref}" s="${STYLE.date}"><v>${day}</v></c>`;
}

const textCell = (ref: string, style: number, text: string) =>
  `<c r="${ref}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${escaped(cellText(text))}</t></is></c>`;

/** From March 1900 on Excel's days are those since 1899-12-30; it believes that the year had a 29 February. */
function dayNumber(day: string): number | null {
  const days = Date.parse(`${day}T00:00:00Z`) / 86_400_000 + 25_569;
  return days >= 61 ? days : null;
}

/** Texts of these characters alone are as they are in XML. */
const PLAIN = /^[\x20-\x25\x27-\x3b\x3d\x3f-\x5e\x60-\x7e\xa0-\ud7ff]*$/;
/** What no XML 1.0 can hold, and halves of characters. */
const FORBIDDEN = /[^\t\n\r\x20-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

/** A text as a cell can hold it. */
export function cellText(text: string): string {
  if (text.length <= MOST_CHARACTERS && PLAIN.test(text)) return text;
  return text.replace(FORBIDDEN, "").slice(0, MOST_CHARACTERS).replace(FORBIDDEN, "");
}

const ENTITIES: Readonly<Record<string, string>> = {
  ...{ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\r": "&#13;" },
};

/** A text inside of XML. A spreadsheet reads `_x0041_` as A, so that a text that holds it has its underscore written so. */
function escaped(text: string): string {
  if (PLAIN.test(text) && !text.includes('"')) return text;
  return text
    .replace(/[&<>"\r]/g, (character) => ENTITIES[character])
    .replace(/_(?=x[0-9a-f]{4}_)/gi, "_x005F_");
}

/** A, B, … Z, AA, … */
function columnLetters(index: number): string {
  const before = Math.floor(index / 26);
  return (before === 0 ? "" : columnLetters(before - 1)) + String.fromCharCode(65 + (index % 26));
}

/** Texts that are gathered before they go on, in characters. */
const CHUNK = 65_536;

/** Texts as bytes of UTF-8, many at once. */
export async function* inChunks(
  texts: AsyncIterable<string> | Iterable<string>,
): AsyncGenerator<Uint8Array, void> {
  let gathered = "";
  for await (const text of texts) {
    gathered += text;
    if (gathered.length < CHUNK) continue;
    yield Buffer.from(gathered);
    gathered = "";
  }
  if (gathered !== "") yield Buffer.from(gathered);
}
