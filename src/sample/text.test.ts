import { describe, expect, it } from "vitest";
import { SAMPLE_COLUMNS, type SampleRecord } from "./record.ts";
import { csvLine, jsonLine } from "./text.ts";

const record: SampleRecord = SAMPLE_COLUMNS.map(([name, type]) => {
  if (name === "biography") return 'says "hi"\nand, goes 🙂';
  if (name === "create_time") return null;
  return type === "text" ? name : type === "flag" ? "true" : "12";
});

describe("csvLine", () => {
  it("quotes every field, doubles quotes, keeps line ends and writes null", () => {
    const [any, ascii] = csvLine(record);
    expect(any).toBe('"timestamp","account_id","nickname","says ""hi""\nand, goes 🙂"');
    expect(ascii.startsWith(',"12","12","12","bio_link","true","12"')).toBe(true);
    expect(ascii).toContain('"null"');
    expect(ascii.endsWith('"profile_pic_url"\n')).toBe(true);
  });
});

describe("jsonLine", () => {
  it("is JSON with numbers, flags and nulls of their own", () => {
    const parsed = JSON.parse(jsonLine(record).join(""));
    expect(Object.keys(parsed)).toEqual(SAMPLE_COLUMNS.map(([name]) => name));
    expect(parsed.biography).toBe('says "hi"\nand, goes 🙂');
    expect(parsed.followers).toBe(12);
    expect(parsed.is_verified).toBe(true);
    expect(parsed.create_time).toBeNull();
  });
});
