import { buffer } from "node:stream/consumers";
import { strFromU8, unzipSync } from "fflate";
import { readXlsx } from "hucre/xlsx";
import { describe, expect, it } from "vitest";
import { cellText, type Sheet, type SheetRow, writeWorkbook } from "./workbook.ts";

const SHEET: Sheet = {
  name: "a & b",
  linked: 0,
  columns: [
    { name: "who", kind: "text", width: 12 },
    { name: "when", kind: "date", width: 10 },
    { name: "share", kind: "share", width: 8 },
  ],
};

const book = (rows: readonly SheetRow[], sheet = SHEET) => buffer(writeWorkbook(rows, sheet));

describe("writeWorkbook", () => {
  it("keeps the header in view, filters every column, sets widths", async () => {
    const [{ name, freezePane, autoFilter, columns }] = (
      await readXlsx(await book([{ cells: ["ann", null, 0.5], href: null }]))
    ).sheets;
    expect(name).toBe("a & b");
    expect(freezePane).toEqual({ rows: 1 });
    expect(autoFilter?.range).toBe("A1:C2");
    expect(columns?.map(({ width }) => width)).toEqual([12, 10, 8]);
  });

  it("writes a file with a header alone", async () => {
    expect((await readXlsx(await book([]))).sheets[0].rows).toEqual([["who", "when", "share"]]);
  });

  it("writes days as days, those before March 1900 and other texts as texts", async () => {
    const days = ["2024-02-29", "1900-03-01", "1900-02-28", "soon"];
    const { rows } = (await readXlsx(await book(days.map((day) => ({ cells: ["", day, null], href: null })))))
      .sheets[0];
    expect(
      rows.slice(1).map(([, day]) => (day instanceof Date ? day.toISOString().slice(0, 10) : `text ${day}`)),
    ).toEqual([...["2024-02-29", "1900-03-01", "text 1900-02-28", "text soon"]]);
  });

  it("writes numbers that are none as nothing", async () => {
    const numbers = [Number.NaN, Number.POSITIVE_INFINITY, -0.25];
    const { rows } = (
      await readXlsx(await book(numbers.map((share) => ({ cells: ["x", null, share], href: null }))))
    ).sheets[0];
    expect(rows.slice(1).map(([, , share]) => share ?? null)).toEqual([null, null, -0.25]);
  });

  it("names columns beyond Z, and makes as many links as a sheet can have", async () => {
    const columns = Array.from(
      { length: 60 },
      (_, i) => ({ name: `c${i}`, kind: "text", width: 5 }) as const,
    );
    const wide = (
      await readXlsx(
        await book([{ cells: columns.map((one) => one.name), href: null }], { ...SHEET, columns }),
      )
    ).sheets[0];
    expect(wide.rows[1]).toEqual(wide.rows[0]);
    const href = "https://www.tiktok.com/@a";
    const parts = unzipSync(await book(Array.from({ length: 65_531 }, () => ({ cells: ["a"], href }))));
    const sheet = strFromU8(parts["xl/worksheets/sheet1.xml"]);
    expect(sheet.match(/<hyperlink /g)).toHaveLength(65_530);
    expect(
      strFromU8(parts["xl/worksheets/_rels/sheet1.xml.rels"]).match(/TargetMode="External"/g),
    ).toHaveLength(65_530);
    expect(sheet).toContain('<c r="A65532" s="1"');
    expect(sheet).not.toContain("<f>");
  });

  it("refuses more rows than a sheet can have", async () => {
    const rows = Array.from({ length: 4 }, () => ({ cells: [], href: null }));
    await book(rows, { ...SHEET, mostRows: 5 });
    await expect(book(rows, { ...SHEET, mostRows: 4 })).rejects.toThrow(
      "too many rows for a workbook: it holds 3 (CSV and NDJSON hold any number)",
    );
  });

  it("writes the same rows as the same bytes", async () => {
    const rows = [{ cells: ["ann", "2024-01-31", 0.5], href: "https://www.tiktok.com/@ann" }];
    expect(await book(rows)).toEqual(await book(rows));
  });
});

describe("cellText", () => {
  it("cuts what is too long between characters", () => {
    expect(cellText("a".repeat(40_000))).toHaveLength(32_767);
    expect(cellText(`${"a".repeat(32_766)}😀b`)).toBe("a".repeat(32_766));
  });
});
