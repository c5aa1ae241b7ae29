import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createBench, ordinalsOf, valuesOf } from "../../../../test/support/profiles/opened.ts";
import { InsightsError } from "../../../base/error.ts";

const bench = createBench();

/** Any text a CSV file can hold: whole characters, no NUL. */
const value = fc
  .oneof(
    fc.string({ unit: "grapheme", maxLength: 12 }),
    fc.string({
      unit: fc.constantFrom('"', ",", ";", "|", "\t", "\n", "\r", " ", "a", "é", "🙊", "'", "\\", "#"),
    }),
    fc.constantFrom("", "null", "NULL", "-", "0", "6794435137251820550", '""', "\r\n", "x\uFEFF"),
  )
  .filter((text) => !/[\0\uD800-\uDFFF]/u.test(text));

const delimiter = fc.constantFrom(",", ";", "\t", "|");
const lineEnd = fc.constantFrom("\n", "\r\n", "\r");

interface Table {
  header: string[];
  rows: string[][];
}

const table: fc.Arbitrary<Table> = fc.integer({ min: 2, max: 6 }).chain((width) =>
  fc.record({
    header: fc.constant(Array.from({ length: width }, (_, index) => `name ${index}`)),
    rows: fc.array(fc.array(value, { minLength: width, maxLength: width }), { maxLength: 12 }),
  }),
);

function needsQuotes(text: string, mark: string): boolean {
  return text.startsWith('"') || text.includes(mark) || /[\r\n]/.test(text);
}

function written(text: string, mark: string, quoted: boolean): string {
  return quoted || needsQuotes(text, mark) ? `"${text.replaceAll('"', '""')}"` : text;
}

function linesIn(text: string): number {
  return text.split(/\r\n|\r|\n/).length - 1;
}

describe("delimited text", () => {
  it("reads back exactly what was written, whatever the quoting, delimiter and line ends", async () => {
    const style = fc.record({
      mark: delimiter,
      ends: fc.infiniteStream(lineEnd),
      sameEnd: fc.option(lineEnd, { nil: undefined }),
      quotes: fc.infiniteStream(fc.boolean()),
      lastEnd: fc.boolean(),
      byteOrderMark: fc.boolean(),
      blankLines: fc.infiniteStream(fc.constantFrom(0, 0, 0, 1, 2)),
      blanks: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(table, style, async ({ header, rows }, how) => {
        const starts: number[] = [];
        let text = how.byteOrderMark ? "\uFEFF" : "";
        let line = 1;
        for (const [index, row] of [header, ...rows].entries()) {
          starts.push(line);
          const fields = row.map((field) => written(field, how.mark, how.quotes.next().value));
          const end = how.sameEnd ?? how.ends.next().value;
          const blanks = how.blanks ? how.blankLines.next().value : 0;
          const last = index === rows.length && !how.lastEnd;
          const record = fields.join(how.mark) + (last ? "" : end.repeat(1 + blanks));
          line += linesIn(record);
          text += record;
        }
        const opened = await bench.read(text);
        expect(opened.columns).toEqual(header);
        expect(opened.rejects).toEqual([]);
        expect(opened.records).toBe(rows.length);
        expect(valuesOf(opened)).toEqual(rows);
        expect(ordinalsOf(opened)).toEqual(rows.map((_, index) => index));
        const asked = rows.map((_, index) => index);
        expect(await opened.linesOf(asked)).toEqual(new Map(asked.map((row) => [row, starts[row + 1]])));
      }),
      { numRuns: 150 },
    );
  });

  it("loses nothing but the record when random bytes of it are changed", async () => {
    const spoiling = fc.record({
      width: fc.integer({ min: 4, max: 6 }),
      victim: fc.nat(),
      at: fc.array(fc.tuple(fc.nat(), fc.oneof(fc.nat(255), fc.constantFrom(34, 44, 10))), {
        minLength: 1,
        maxLength: 3,
      }),
      quoted: fc.boolean(),
    });
    const rowsOf = (width: number) =>
      fc.array(
        fc.array(fc.constantFrom("a", "b c", "d\ne", "é", "", 'f "g"', "h,i"), {
          minLength: width,
          maxLength: width,
        }),
        {
          minLength: 2,
          maxLength: 8,
        },
      );
    await fc.assert(
      fc.asyncProperty(
        spoiling.chain((how) => fc.tuple(fc.constant(how), rowsOf(how.width))),
        async ([how, rows]) => {
          const header = Array.from({ length: how.width }, (_, index) => `name ${index}`).join(",");
          const victim = how.victim % rows.length;
          const records = rows.map((row, index) =>
            // The first field tells the records apart.
            Buffer.from(
              [`id${index}`, ...row.slice(1)].map((text) => written(text, ",", how.quoted)).join(","),
            ),
          );
          for (const [at, byte] of how.at) {
            records[victim][at % records[victim].length] = byte;
          }
          const bytes = Buffer.concat(
            [Buffer.from(header), ...records].flatMap((part) => [part, Buffer.from("\n")]),
          );
          try {
            const opened = await bench.read(bytes);
            const ids = opened.rows.map((row) => row["name 0"]);
            for (let index = 0; index < rows.length; index++) {
              if (index !== victim) {
                expect(ids).toContain(`id${index}`);
                expect(valuesOf(opened)).toContainEqual([`id${index}`, ...rows[index].slice(1)]);
              }
            }
            expect(opened.records).toBe(opened.rows.length + opened.rejectedCount);
          } catch (error) {
            if (!(error instanceof InsightsError)) {
              throw error;
            }
          }
        },
      ),
      { numRuns: 150 },
    );
  });

  it("throws nothing but clear errors when bytes are changed or cut off anywhere, and counts every record", async () => {
    const whole = Buffer.from(`id,bio,likes,url\n${'1,"a ❤️\nb",2,x\n"3","c ""d""",,"y"\n'.repeat(4)}`);
    const changes = fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(changes, fc.nat(whole.length), async (spoilt, kept) => {
        const bytes = Buffer.from(whole);
        for (const [at, byte] of spoilt) {
          bytes[at] = byte;
        }
        try {
          const opened = await bench.read(bytes.subarray(0, whole.length - (kept % 40)));
          expect(opened.rows.length + opened.rejectedCount).toBe(opened.records);
          expect(opened.rejects.length).toBe(opened.rejectedCount);
        } catch (error) {
          expect(error).toBeInstanceOf(InsightsError);
        }
      }),
      { numRuns: 150 },
    );
  });
});
