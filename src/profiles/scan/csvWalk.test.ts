import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { joinRecord } from "../source/csv/fields.ts";
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

  it("calls no text plain of which the exact reader says otherwise", () => {
    const text = fc.string({
      unit: fc.constantFrom("a", ",", '"', "\n", "\r", "a,b,c\n", '"x",', "a".repeat(62)),
      maxLength: 60,
    });
    let plain = 0;
    fc.assert(
      fc.property(text, fc.integer({ min: 1, max: 100 }), (body, piece) => {
        const bytes = Buffer.from(`a,b,c\n${body}`);
        const counted = count(bytes, 3, { piece });
        const batch = new CsvRecordScanner(",", 3).scan(bytes, bytes.length, true);
        if (counted.plain) {
          plain++;
          expect([batch.count - 1, batch.flawsSeen]).toEqual([counted.records, 0]);
        }
      }),
      { numRuns: 1500 },
    );
    expect(plain).toBeGreaterThan(20);
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
