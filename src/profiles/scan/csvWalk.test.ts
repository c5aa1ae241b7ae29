import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { joinRecord, splitRecord } from "../source/csv/fields.ts";
import { CsvRecordScanner } from "../source/csv/recordScanner.ts";
import { CsvWalk, WINDOW_BYTES } from "./csvWalk.ts";

/** What a walk says of a text. */
type Counted =
  | { readonly plain: true; readonly records: number }
  | { readonly plain: false; readonly reason: string };

/** Counts a text that comes in pieces of some length. */
function count(
  text: string | Buffer,
  width = 3,
  options: { piece?: number; lineEnds?: number } = {},
): Counted {
  const { piece = 1 << 16, lineEnds = 1 } = options;
  const walk = new CsvWalk({ delimiter: ",", width, lineEnds }, [], { skip: 1 });
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += piece) {
    if (!walk.take(bytes.subarray(at, at + piece))) break;
  }
  walk.finish();
  const fault = walk.fault();
  return fault === undefined
    ? { plain: true, records: Math.max(0, walk.records - 1) }
    : { plain: false, reason: `${fault.words} near record ${fault.record}` };
}

/** The fields of a text's records, the header left out, as a walk writes them; undefined where it is not plain. */
function fieldsOf(bytes: Buffer, piece: number, lineEnds: number): string[][] | undefined {
  const columns = [0, 1, 2].map((field) => ({ field, as: "text" }) as const);
  const walk = new CsvWalk({ delimiter: ",", width: 3, lineEnds }, columns, { skip: 1 });
  for (let at = 0; at < bytes.length; at += piece) {
    if (!walk.take(bytes.subarray(at, at + piece))) break;
  }
  walk.finish();
  if (walk.fault() !== undefined) return undefined;
  const { records, values } = walk.takeValues();
  const places = values.map(() => 0);
  return Array.from({ length: records }, () =>
    values.map((value, column) => {
      const from = places[column] + 4;
      places[column] = from + value.readUInt32LE(from - 4);
      return value.toString("utf8", from, places[column]);
    }),
  );
}

const reasonOf = (counted: Counted) => (counted.plain ? "plain" : counted.reason);
const rows = (n: number) => `a,b,c\n${"1,2,3\n".repeat(n)}`;

describe("CsvWalk", () => {
  it("counts records as they are written, however long and however cut", () => {
    const field = fc.string({
      unit: fc.constantFrom("a", ",", '"', "\n", "\r\n", "é", "👋", " "),
      maxLength: 90,
    });
    fc.assert(
      fc.property(
        fc.array(fc.tuple(field, field, field), { maxLength: 12 }),
        fc.constantFrom("\n", "\r\n"),
        fc.boolean(),
        fc.integer({ min: 1, max: 200 }),
        (records, end, open, piece) => {
          const lines = [["a", "b", "c"], ...records].map((record) => joinRecord(record, ","));
          const text = lines.join(end) + (open ? "" : end);
          const lineEnds = end === "\n" ? 1 : 2;
          expect(count(text, 3, { piece, lineEnds })).toEqual({ plain: true, records: records.length });
        },
      ),
      { numRuns: 300 },
    );
  });

  it("calls no text plain of which the exact reader says otherwise, and gives the same fields", () => {
    const text = fc.string({
      unit: fc.constantFrom("a", ",", '"', "\n", "\r", "a,b,c", '"x",', "a".repeat(62), 'a,"\n""\r",c'),
      maxLength: 40,
    });
    const line = fc.string({ unit: fc.constantFrom("a", "é", '"', ",", "a".repeat(15)), maxLength: 70 });
    const plainLines = fc
      .array(fc.tuple(line, line, line), { maxLength: 6 })
      .map((lines) => lines.map((fields) => `${joinRecord(fields, ",")}\n`).join(""));
    let plain = 0;
    fc.assert(
      fc.property(
        plainLines,
        fc.oneof(fc.constant(""), text),
        fc.constantFrom("\n", "\r\n"),
        fc.constantFrom("", "\r", "\n", "\r\n", '"'),
        fc.integer({ min: 1, max: 100 }),
        (lines, tail, end, last, piece) => {
          const bytes = Buffer.from(`a,b,c\n${lines}${tail}`.replaceAll("\n", end) + last);
          const lineEnds = end === "\n" ? 1 : 2;
          const fields = fieldsOf(bytes, piece, lineEnds);
          if (fields === undefined) return;
          plain++;
          const scanner = new CsvRecordScanner(",", 3);
          const { count, flawsSeen, starts, ends } = scanner.scan(bytes, bytes.length, true);
          expect([flawsSeen, scanner.lineEnds & ~lineEnds, scanner.sawBlank]).toEqual([0, 0, false]);
          const rows = Array.from({ length: count }, (_, i) =>
            splitRecord(bytes.toString("utf8", starts[i], ends[i]), ","),
          );
          expect(fields).toEqual(rows.slice(1));
        },
      ),
      { numRuns: 1000 },
    );
    expect(plain).toBeGreaterThan(100);
  });

  it("sees what is wrong, wherever it stands in a block", () => {
    for (let before = 0; before < 70; before += 1) {
      const head = `a,b,c\n${"x".repeat(before)},2,3\n`;
      const of = (line: string) => reasonOf(count(`${head}${line}1,2,3\n`));
      expect(of("1,2,3\n")).toBe("plain");
      expect(of("1,2\n")).toMatch(/too few columns/);
      expect(of("1,2,3,4\n")).toMatch(/too many columns/);
      expect(of('1,2"2,3\n')).toMatch(/a quote where none should be/);
      expect(of('1,"2"2,3\n')).toMatch(/a quote where none should be/);
      expect(of("1,\0,3\n")).toMatch(/a NUL byte/);
      expect(of("1,2\r,3\n")).toMatch(/a carriage return/);
      expect(of("\n")).toMatch(/a blank line/);
      expect(of("1,2,3\r\n")).toMatch(/a line end unlike the others/);
      expect(of('1,2,"3\n')).toMatch(/a quote that is not closed/);
      expect(reasonOf(count(`${head}1,2,3`))).toBe("plain");
      expect(reasonOf(count(`${head}1,2,3\r`))).toMatch(/a carriage return/);
      expect(reasonOf(count(`${head}1,2,"3"\r`))).toMatch(/a carriage return/);
    }
  });

  it("says where the first fault is", () => {
    expect(reasonOf(count(`${rows(41)}1,2\n${rows(3)}`))).toBe("too few columns near record 42");
  });

  it("refuses bytes that are no UTF-8, also across windows", () => {
    const wave = Buffer.from("👋");
    for (const cut of [0, 1, 2, 3]) {
      const pad = WINDOW_BYTES - 8 - cut;
      const before = Buffer.from(`a,b,c\n1,${"x".repeat(pad)}`);
      const good = Buffer.concat([before, wave, Buffer.from(",3\n")]);
      const bad = Buffer.concat([before, wave.subarray(0, 3), Buffer.from(",3\n")]);
      expect(count(good, 3, { piece: WINDOW_BYTES })).toEqual({ plain: true, records: 1 });
      expect(reasonOf(count(bad, 3, { piece: WINDOW_BYTES }))).toMatch(/no UTF-8/);
    }
    expect(reasonOf(count(Buffer.from("a,b,c\n1,2,\xe9\n", "latin1")))).toMatch(/no UTF-8/);
    expect(reasonOf(count(Buffer.from("a,b,c\n1,2,\xf0", "latin1")))).toMatch(/no UTF-8/);
  });

  it("refuses records that DuckDB finds too long, and line ends unlike the first", () => {
    expect(reasonOf(count(`a,b,c\n1,${"x".repeat(1_000_001)},3\n`))).toMatch(
      /a record of more than 1000000 bytes/,
    );
    expect(reasonOf(count("a,b,c\r\n1,2,3\r\n"))).toMatch(/lines that end in another way/);
  });
});
