import { fileURLToPath } from "node:url";
import { strFromU8, strToU8, unzipSync, zipSync } from "fflate";
import { type CellValue, writeOds } from "hucre/ods";
import { writeXlsx } from "hucre/xlsx";
import { describe, expect, it } from "vitest";
import { createBench, valuesOf } from "../../../../test/support/profiles/opened.ts";
import { openSource } from "../source.ts";
import { findTable } from "./sheet.ts";
import { cellText } from "./workbook.ts";

const bench = createBench();
const found = (name: string) => fileURLToPath(new URL(`../../../../test/found/${name}`, import.meta.url));
const TABLE = [
  ["id", "followers", "bio"],
  ["6790123456789012345", 10900, "one\ntwo"],
  ["6790123456789012346", 12, null],
  [null, null, null],
  ["6790123456789012347", null, 'say "hi", ok'],
];
const VALUES = [
  ["6790123456789012345", "10900", "one\ntwo"],
  ["6790123456789012346", "12", ""],
  ["6790123456789012347", "", 'say "hi", ok'],
];
const KINDS = { xlsx: writeXlsx, ods: writeHiddenOds } as const;

/** Writes an OpenDocument as LibreOffice does, with hidden sheets, which the library leaves out. */
async function writeHiddenOds(workbook: Parameters<typeof writeOds>[0]): Promise<Uint8Array> {
  const files = unzipSync(await writeOds(workbook));
  const style = (name: string, display: boolean) =>
    `<style:style style:name="${name}" style:family="table" style:master-page-name="Default"><style:table-properties table:display="${display}" style:writing-mode="lr-tb"/></style:style>`;
  const content = workbook.sheets
    .reduce(
      (xml, { name, hidden }) =>
        xml.replace(
          `<table:table table:name="${name}"`,
          `$& table:style-name="${hidden === true ? "ta2" : "ta1"}"`,
        ),
      strFromU8(files["content.xml"]),
    )
    .replace(/<office:automatic-styles\/?>/, (tag) => {
      const styles = style("ta1", true) + style("ta2", false);
      return tag.endsWith("/>")
        ? `<office:automatic-styles>${styles}</office:automatic-styles>`
        : tag + styles;
    });
  return zipSync({ ...files, "content.xml": strToU8(content) });
}

async function open(path: string, sheet?: string) {
  const source = await openSource(bench.connection, path, { reading: { sheet } });
  try {
    const rows = (await bench.connection.runAndReadAll(`FROM "${source.relation}"`)).getRowObjectsJson();
    const lines = await source.linesOf(rows.map(({ __row }) => Number(__row)));
    return {
      ...source,
      values: rows.map(({ __row: _, ...values }) => Object.values(values)),
      lines: [...lines.values()],
    };
  } finally {
    await source.close();
  }
}

it("reads a marketer's workbook as the CSV file of its first rows", async () => {
  const workbook = await bench.open(found("mk-b_excel.xlsx"));
  const plain = await bench.open(found("mk-a_plain.csv"));
  expect(workbook).toMatchObject({ format: "xlsx", columns: plain.columns, records: 400, alerts: [] });
  expect(valuesOf(workbook).slice(0, plain.records)).toEqual(valuesOf(plain));
});

describe.each(["xlsx", "ods"] as const)("a workbook (%s)", (kind) => {
  const write = async (name: string, sheets: { name: string; rows: CellValue[][]; hidden?: boolean }[]) =>
    bench.file(`${name}.${kind}`, await KINDS[kind]({ sheets } as Parameters<typeof writeXlsx>[0]));

  it("gives the table below a title, beside notes and between empty rows and columns, by the rows of the sheet", async () => {
    const rows = TABLE.map((row) => [null, ...row] as CellValue[]);
    rows[2].push(null, "call her");
    const path = await write("placed", [{ name: "List", rows: [["Creators of May"], [], ...rows] }]);
    const opened = await open(path);
    expect(opened).toMatchObject({
      format: kind,
      columns: ["id", "followers", "bio"],
      records: 3,
      rejectedCount: 0,
    });
    expect(opened.values).toEqual(VALUES);
    expect(opened.lines).toEqual([4, 5, 7]);
    expect(opened.alerts).toEqual([
      expect.objectContaining({
        code: "outside_table",
        message:
          'Left out of the sheet "List": 1 row above the column names in row 3 and 1 cell beside the table.',
      }),
    ]);
  });

  it("takes the first sheet with a table, or the one that is named, and names the others", async () => {
    const path = await write("several", [
      {
        name: "Read me",
        rows: [
          ["Exported", "by Ann"],
          ["Rows", 2],
        ],
      },
      { name: "Old", rows: TABLE as CellValue[][] },
      {
        name: "New",
        rows: [
          ["id", "followers", "likes"],
          ["7", 1, 2],
        ],
      },
    ]);
    const opened = await open(path);
    expect(opened.values).toEqual(VALUES);
    expect(opened.alerts.map(({ message }) => message)).toEqual([
      'Read the sheet "Old" of 3; not read: "Read me", "New" (--sheet reads another).',
    ]);
    expect((await open(path, "new")).values).toEqual([["7", "1", "2"]]);
    expect((await open(path, "3")).values).toEqual([["7", "1", "2"]]);
    await expect(open(path, "5")).rejects.toThrow("unknown sheet: 5 (expected Read me, Old, New)");
  });

  it("passes hidden sheets over, unless they are named", async () => {
    const path = await write("hidden", [
      { name: "Old", rows: TABLE as CellValue[][], hidden: true },
      {
        name: "New",
        rows: [
          ["id", "likes", "followers"],
          ["7", 1, 2],
          ["8", 1, 2],
        ],
      },
    ]);
    expect((await open(path)).values).toEqual([
      ["7", "1", "2"],
      ["8", "1", "2"],
    ]);
    expect((await open(path, "Old")).values).toEqual(VALUES);
  });

  it("reads a column of handles alone", async () => {
    const opened = await open(
      await write("handles", [{ name: "S", rows: [["username"], ["@ada"], ["@bo"]] }]),
    );
    expect(opened.format).toBe("handles");
    expect(opened.values).toEqual([["ada"], ["bo"]]);
  });

  it("refuses one with nothing in it", async () => {
    const path = await write("empty", [{ name: "S", rows: [] }]);
    await expect(open(path)).rejects.toThrow(`empty file: empty.${kind} has no sheet with anything in it`);
  });
});

/** A workbook whose sheet is written by hand, as Excel and others write it. */
function byHand(sheetData: string, { date1904 = false, strings = "" } = {}) {
  const spreadsheet = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';
  const office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
  const packaged = 'xmlns="http://schemas.openxmlformats.org/package/2006';
  const files = {
    "[Content_Types].xml": `<Types ${packaged}/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>`,
    "_rels/.rels": `<Relationships ${packaged}/relationships"><Relationship Id="rId1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    "xl/workbook.xml": `<workbook ${spreadsheet} xmlns:r="${office}"><workbookPr date1904="${date1904 ? 1 : 0}"/><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    "xl/_rels/workbook.xml.rels": `<Relationships ${packaged}/relationships"><Relationship Id="rId1" Type="${office}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${office}/sharedStrings" Target="sharedStrings.xml"/><Relationship Id="rId3" Type="${office}/styles" Target="styles.xml"/></Relationships>`,
    "xl/sharedStrings.xml": `<sst ${spreadsheet}>${strings}</sst>`,
    "xl/styles.xml": `<styleSheet ${spreadsheet}><numFmts><numFmt numFmtId="164" formatCode="dd.mm.yyyy hh:mm"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="10"/><xf numFmtId="14"/></cellXfs></styleSheet>`,
    "xl/worksheets/sheet1.xml": `<worksheet ${spreadsheet}><sheetData>${sheetData}</sheetData></worksheet>`,
  };
  return zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(text)])));
}

describe("cells", () => {
  const header = ["id", "moment", "rate", "day", "flag", "likes", "bio", "name"]
    .map((name) => `<c t="inlineStr"><is><t>${name}</t></is></c>`)
    .join("");
  const cells =
    '<c r="A2"><v>6.7901234567890125E+18</v></c><c r="B2" s="1"><v>45413.520833333336</v></c><c r="C2" s="2"><v>2.9000000000000001E-2</v></c>' +
    '<c r="D2" s="3"><v>45413</v></c><c r="E2" t="b"><v>1</v></c><c r="F2"><f>SUM(1,2)</f><v>3</v></c>' +
    '<c r="G2" t="s"><v>0</v></c><c r="H2" t="e"><v>#N/A</v></c>';
  const strings = '<si><r><t xml:space="preserve">two </t></r><r><t>runs &amp; one_x000D_</t></r></si>';

  it.each([
    [false, "2024-05-01"],
    [true, "2028-05-02"],
  ])("are read by what they hold, not by what they show (1904: %s)", async (date1904, day) => {
    const bytes = byHand(`<row r="1">${header}</row><row r="2">${cells}</row>`, { date1904, strings });
    const opened = await bench.read(bytes, "cells.xlsx");
    expect(valuesOf(opened)).toEqual([
      ["6.790123456789012E+18", `${day} 12:30:00`, "0.029", day, "true", "3", "two runs & one\r", ""],
    ]);
  });

  it("keep whole numbers as long as they are exact", () => {
    expect([10900, 1e15, 2 ** 53 - 1, 2 ** 53, 1e-7, Number.NaN].map(cellText)).toEqual([
      "10900",
      "1000000000000000",
      "9007199254740991",
      "9.007199254740992E+15",
      "1e-7",
      "",
    ]);
  });
});

it("refuses a long text that stands in a great many cells", async () => {
  const cells = Array.from({ length: 3000 }, (_, row) => `<row r="${row + 1}"><c t="s"><v>0</v></c></row>`);
  const bytes = byHand(cells.join(""), { strings: `<si><t>${"many words ".repeat(3000)}</t></si>` });
  await expect(bench.read(bytes, "heavy.xlsx")).rejects.toThrow(
    /^packed too tightly: heavy.xlsx holds more than/,
  );
});

it("finds the header as the first row that is nearly as full as the fullest", () => {
  const rows = [
    ["Report", "", "May"],
    ["a", "b", "", "d", "e"],
    ["1", "2", "3", "4", "5"],
  ];
  const table = findTable(rows.map((cells, index) => ({ line: 2 * index + 1, cells })));
  expect(table).toEqual({ header: 3, from: 0, to: 5, rows: 2 });
  expect(findTable([])).toBeUndefined();
});

it("takes names of groups of columns for no header, however full their row is", () => {
  const rows = [
    ["Creator", "Creator", "Reach", "Reach"],
    ["Handle", "Name", "Followers", "Likes"],
    ["@ana", "Ana", "5", "9"],
  ];
  const table = findTable(rows.map((cells, index) => ({ line: index + 1, cells })));
  expect(table).toEqual({ header: 2, from: 0, to: 4, rows: 2 });
});

it("refuses an OpenDocument whose cells would fill the memory", async () => {
  const mimetype = strToU8("application/vnd.oasis.opendocument.spreadsheet");
  const bytes = zipSync({ mimetype, "content.xml": new Uint8Array(97 << 20) }, { level: 0 });
  await expect(open(bench.file("large.ods", bytes))).rejects.toThrow(
    "too large: large.ods is a workbook too large to be read; save its sheet as CSV",
  );
});

it("refuses --sheet for what has no sheets", async () => {
  await expect(open(found("mk-a_plain.csv"), "Sheet1")).rejects.toThrow(
    "no sheets in mk-a_plain.csv: --sheet is for workbooks (.xlsx, .ods)",
  );
});
