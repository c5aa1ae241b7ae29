import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FLAW, type RecordScanner, scanText } from "../scanner.ts";
import { CsvRecordScanner } from "./recordScanner.ts";

/** All records of a text that comes in blocks, as `text/fields/flaws`. */
async function recordsOf(blocks: readonly Buffer[], scanner: RecordScanner): Promise<string[]> {
  const records: string[] = [];
  const text = async function* () {
    yield* blocks;
  };
  for await (const { window, batch } of scanText(text(), scanner)) {
    for (let i = 0; i < batch.count; i++) {
      const bytes = window.subarray(batch.starts[i], batch.ends[i]);
      records.push(`${bytes.toString("latin1")}/${batch.fields[i]}/${batch.flaws[i]}`);
    }
  }
  return records;
}

function scan(text: string, width = 0): Promise<string[]> {
  return recordsOf([Buffer.from(text)], new CsvRecordScanner(",", width));
}

const { quote, strayQuote, tooFewColumns, tooManyColumns, tooLong } = FLAW;

describe("CsvRecordScanner", () => {
  it("finds records and counts fields", async () => {
    expect(await scan('a,b\n"x\ny",""\r\n,\r"q""r",z')).toEqual([
      "a,b/2/0",
      '"x\ny",""/2/0',
      ",/2/0",
      '"q""r",z/2/0',
    ]);
  });

  it("skips blank lines and says so", async () => {
    const scanner = new CsvRecordScanner(",", 0);
    expect(await recordsOf([Buffer.from("\n\na\n\r\nb\n\n")], scanner)).toEqual(["a/1/0", "b/1/0"]);
    expect(scanner.sawBlank).toBe(true);
  });

  it("takes a quote inside an unquoted field as it is", async () => {
    expect(await scan('a"b,c"\n "d",e\n')).toEqual([`a"b,c"/2/${strayQuote}`, ` "d",e/2/${strayQuote}`]);
  });

  it("marks records with too few and too many fields", async () => {
    expect(await scan("a,b\nc\nd,e,f\n", 2)).toEqual([
      "a,b/2/0",
      `c/1/${tooFewColumns}`,
      `d,e,f/3/${tooManyColumns}`,
    ]);
  });

  it("gives up only the line of an unclosed quote, and goes on with the next", async () => {
    expect(await scan('a,b\n"c,d\ne,f\ng,"h"\n', 2)).toEqual([
      "a,b/2/0",
      `"c,d/1/${quote}`,
      "e,f/2/0",
      'g,"h"/2/0',
    ]);
    expect(await scan('a,b\nc,"d')).toEqual(["a,b/2/0", `c,"d/2/${quote}`]);
    expect(await scan('"a"b,c\nd,e\n')).toEqual([`"a"b,c/1/${quote}`, "d,e/2/0"]);
  });

  it("does not let a quote that another record's quote closes swallow the records between", async () => {
    const text = '1,a,"b,c\n2,d,e,f\n3,"",g,h\n4,i,j,k\n';
    expect(await scan(text, 4)).toEqual([
      `1,a,"b,c/3/${quote}`,
      "2,d,e,f/4/0",
      '3,"",g,h/4/0',
      "4,i,j,k/4/0",
    ]);
    const closed = '1,a,"b,c\n2,d,e,f\n3,",g,h",i\n';
    expect(await scan(closed, 4)).toContain("2,d,e,f/4/0");
  });

  it("takes a long record with the wrong number of fields as one when its lines are no records", async () => {
    expect(await scan('1,"b\nc\nd",x\n2,a,b,c\n', 4)).toEqual([
      `1,"b\nc\nd",x/3/${tooFewColumns}`,
      "2,a,b,c/4/0",
    ]);
  });

  it("rejects a record over the limit and keeps its neighbours", async () => {
    const text = Buffer.from(
      `a,b\n"${"x".repeat(50)}\n${"y".repeat(100)}",c\nd,e\n${"z".repeat(200)},f\ng,h\n`,
    );
    for (const size of [1, 7, 1000]) {
      const blocks: Buffer[] = [];
      for (let at = 0; at < text.length; at += size) {
        blocks.push(text.subarray(at, at + size));
      }
      const found = (await recordsOf(blocks, new CsvRecordScanner(",", 2, 100))).filter((r) =>
        r.endsWith("/2/0"),
      );
      expect(found).toEqual(["a,b/2/0", "d,e/2/0", "g,h/2/0"]);
    }
    const whole = await recordsOf([text], new CsvRecordScanner(",", 2, 100));
    expect(whole.filter((record) => record.endsWith(`/${tooLong}`)).length).toBe(2);
  });

  it("finds the same records however the text is cut into blocks", async () => {
    const alphabet = fc.constantFrom('"', '"', ",", "\n", "\r", "a", "bc", '","', '"\n"', '""');
    const text = fc.array(alphabet, { maxLength: 60 }).map((parts) => Buffer.from(parts.join("")));
    await fc.assert(
      fc.asyncProperty(text, fc.array(fc.nat(60)), fc.constantFrom(0, 2, 4), async (bytes, cuts, width) => {
        const blocks: Buffer[] = [];
        let from = 0;
        for (const cut of [...cuts, bytes.length].sort((a, b) => a - b)) {
          blocks.push(bytes.subarray(from, cut));
          from = Math.max(from, cut);
        }
        const whole = await recordsOf([bytes], new CsvRecordScanner(",", width));
        const cutUp = await recordsOf(blocks, new CsvRecordScanner(",", width));
        // How much of a line that was given up is shown may differ, not that it was.
        const judged = (record: string) => (Number(record.split("/").at(-1)) & quote ? "given up" : record);
        expect(cutUp.map(judged)).toEqual(whole.map(judged));
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    ["quotes that open on every line", 'b","\n'],
    ["a quote that opens once", "b,c\n"],
    ["lines that are wrong together and alone", '"b\n'],
  ])("stays linear in the length of the text: %s", async (_, line) => {
    const bytes = Buffer.from(`"a\n${line.repeat(200_000)}`);
    const start = performance.now();
    const records = await recordsOf([bytes], new CsvRecordScanner(",", 2));
    expect(records.length).toBeGreaterThan(90_000);
    // A walk that began anew on every line would take hours.
    expect(performance.now() - start).toBeLessThan(10_000);
  });
});
