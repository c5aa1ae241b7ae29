import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createBench, valuesOf } from "../../../../test/support/profiles/opened.ts";
import { joinRecord } from "./fields.ts";

const bench = createBench();
const found = (name: string) => fileURLToPath(new URL(`../../../../test/found/${name}`, import.meta.url));
const dialectOf = (opened: { alerts: readonly { code: string; message: string }[] }) =>
  opened.alerts.find(({ code }) => code === "dialect")?.message;

describe("texts that are no plain CSV", () => {
  it("takes the delimiter from a first line sep=", async () => {
    const opened = await bench.open(found("08o-sep-line.csv"));
    expect(opened).toMatchObject({ records: 4, rejectedCount: 0 });
    expect(opened.columns.slice(0, 2)).toEqual(["account_id", "biography"]);
    expect(opened.rows[0].biography).toMatch(/^Line one\r?\nLine two "quoted"\r?\nmail: alma@example.com$/);
    expect(dialectOf(opened)).toContain('";" separates fields');
    expect(await opened.linesOf([0, 1, 3])).toEqual(
      new Map([
        [0, 3],
        [1, 6],
        [3, 8],
      ]),
    );
    expect(valuesOf(await bench.open(found("csv-sep-line.csv")))).toEqual([["ann", "1", "2"]]);
  });

  it.each(["^", "\t", "|", "~", ":", ","])("takes %j too, and UTF-16 as Excel writes it", async (mark) => {
    const text = `sep=${mark}\r\n${["account_id", "bio", "likes"].join(mark)}\r\n${joinRecord(["ann", `a${mark}b`, "5"], mark)}\r\n`;
    for (const bytes of [Buffer.from(text), Buffer.from(`\ufeff${text}`, "utf16le")]) {
      const opened = await bench.read(bytes);
      expect(opened.columns).toEqual(["account_id", "bio", "likes"]);
      expect(valuesOf(opened)).toEqual([["ann", `a${mark}b`, "5"]]);
    }
  });

  it("says what to do with columns that are lined up with blanks", async () => {
    const text =
      "username     followers   likes\nann              1200     340\nbo  kim            52       7\n";
    await expect(bench.read(text)).rejects.toThrow(
      "no delimiter in profiles.csv: its columns are lined up with blanks",
    );
    expect((await bench.read("username\nann  lee\nbo  kim\ncleo  x\n")).columns).toEqual(["username"]);
  });

  it("does not believe a line sep= that makes no table", async () => {
    const opened = await bench.read("sep=,\naccount_id;followers\nann;1,5\n");
    expect(valuesOf(opened)).toEqual([["ann", "1,5"]]);
    expect(dialectOf(opened)).toContain('its first line says that "," separates fields, but ";" does');
  });

  it.each([
    [", ", "account_id, biography, followers", 'ann, "a, ""b""", 5', "bob, , 6"],
    [" ; ", "account_id ; biography ; followers", '"ann" ; "a, ""b""" ; 5', '"bob" ; "" ; 6'],
  ])("reads quoted fields behind %j", async (_, ...lines) => {
    const opened = await bench.read(`${lines.join("\n")}\n`);
    expect(opened.columns).toEqual(["account_id", "biography", "followers"]);
    expect(valuesOf(opened)).toEqual([
      ["ann", 'a, "b"', "5"],
      ["bob", "", "6"],
    ]);
    expect(dialectOf(opened)).toContain("blanks");
  });

  it("reads blanks before quotes in records alone where most records have them", async () => {
    const opened = await bench.read('id,bio\n1, "a, b"\n2, "c"\n3, "d ""e"""\n');
    expect(valuesOf(opened).map(([, bio]) => bio)).toEqual(["a, b", "c", 'd "e"']);
  });

  it("reads apostrophes as quotes where every text stands between two", async () => {
    const opened = await bench.read("'account_id','bio',followers\n'ann','it''s, well',5\n'bob','',6\n");
    expect(opened.columns).toEqual(["account_id", "bio", "followers"]);
    expect(valuesOf(opened)).toEqual([
      ["ann", "it's, well", "5"],
      ["bob", "", "6"],
    ]);
    expect(dialectOf(opened)).toContain("apostrophes");
    const plain = await bench.read("account_id,bio\n'ann','x'\nbob,'y'\n'cy',z\n");
    expect(valuesOf(plain)[0]).toEqual(["'ann'", "'x'"]);
    expect(dialectOf(plain)).toBeUndefined();
  });

  it("reads quotes behind backslashes, as Spark and MySQL write them", async () => {
    const opened = await bench.read(
      'account_id,bio,likes\nann,"say \\"hi\\", then\nleave",5\nbob,"a\\\\",6\ncy,plain,7\n',
    );
    expect(valuesOf(opened)).toEqual([
      ["ann", 'say "hi", then\nleave', "5"],
      ["bob", "a\\", "6"],
      ["cy", "plain", "7"],
    ]);
    expect(dialectOf(opened)).toContain("backslash");
    const plain = await bench.read('account_id,bio,likes\nann,"a\\",5\nbob,"b ""c""",6\n');
    expect(valuesOf(plain)[0]).toEqual(["ann", "a\\", "5"]);
  });

  it("reads quotes that are not doubled where several records have them", async () => {
    const opened = await bench.read(
      'account_id,bio,likes\nann,"say "hi" now",5\nbob,"5" tall, yes",6\ncy,"plain",7\n',
    );
    expect(valuesOf(opened).map(([, bio]) => bio)).toEqual(['say "hi" now', '5" tall, yes', "plain"]);
    expect(dialectOf(opened)).toContain("not doubled");
  });

  it.each([
    ["a title", "Export of 1 May\n"],
    ["a title and a blank line", "Export of 1 May, 2024\n\n"],
    ["a title filled up with empty cells", "Creators,,,\n,,,\n"],
    ["names of groups of columns, with empty cells behind them,", "Creator,,Reach,\n"],
    ["names of groups of columns, each repeated,", "Creator,Creator,Reach,Reach\n"],
    ["comments", "# exported by a tool\n# of two lines, with a comma\n"],
    ["a block of facts", 'Query: "dance"\nRows,2\n\n'],
    ["facts in quotes", '"Exported","2024-05-01","x"\n'],
  ])("leaves %s above the header out", async (_, above) => {
    const opened = await bench.read(`${above}account_id,bio,followers,likes\nann,"a\nb",1,2\nbob,c,3,4\n`);
    expect(opened.columns).toEqual(["account_id", "bio", "followers", "likes"]);
    expect(valuesOf(opened)).toEqual([
      ["ann", "a\nb", "1", "2"],
      ["bob", "c", "3", "4"],
    ]);
    expect(dialectOf(opened)).toContain("above the header");
    const lines = above.split("\n").length - 1;
    expect(await opened.linesOf([0, 1])).toEqual(
      new Map([
        [0, lines + 2],
        [1, lines + 4],
      ]),
    );
  });

  it("reads tables that are unusual in more than one way", async () => {
    const padded = await bench.read('Title\n\naccount_id, bio, likes\n"ann", "a, b", 5\n"bob", "c, d", 6\n');
    expect(valuesOf(padded)).toEqual([
      ["ann", "a, b", "5"],
      ["bob", "c, d", "6"],
    ]);
    expect(dialectOf(padded)).toMatch(/above the header.*blanks/);
    const excel = await bench.read("sep=;\nTitle\naccount_id;likes;bio\nann;5;x\nbob;6;y\n");
    expect(valuesOf(excel)[1]).toEqual(["bob", "6", "y"]);
    expect(await excel.linesOf([1])).toEqual(new Map([[1, 5]]));
    const german = await bench.read("Kampagne;Mai\nNutzername;Abonnenten;Land\nann;5;DE\nbob;6;AT\n");
    expect(german.columns).toEqual(["Nutzername", "Abonnenten", "Land"]);
    const caret = await bench.read("account_id^likes\nann^5\n");
    expect(valuesOf(caret)).toEqual([["ann", "5"]]);
  });

  it("numbers lines below a title also where every record is one", async () => {
    const opened = await bench.read("Export\naccount_id;likes;x\nann;1;2\nbob;3\ncy;4;5\n");
    expect(await opened.linesOf([0, 2])).toEqual(
      new Map([
        [0, 3],
        [2, 5],
      ]),
    );
    expect(opened.rejects).toMatchObject([{ line: 4, reason: "too_few_columns" }]);
  });

  it("does not take the first record for a header", async () => {
    const opened = await bench.read("account_id,nickname,bio\nann,Ann,hi, there\nbob,Bob,so, what\n");
    expect(opened.columns).toEqual(["account_id", "nickname", "bio"]);
    expect(opened.rejectedCount).toBe(2);
  });

  it("reads a delimiter too many at each record's end, or at the header's", async () => {
    expect(valuesOf(await bench.read("account_id,likes\nann,1,\nbob,2,\n"))).toEqual([
      ["ann", "1"],
      ["bob", "2"],
    ]);
    const opened = await bench.read("account_id,likes,\nann,1\nbob,2\n");
    expect(opened.columns).toEqual(["account_id", "likes"]);
    expect(valuesOf(opened)[1]).toEqual(["bob", "2"]);
  });

  it("names R's column of row names", async () => {
    const opened = await bench.read('"account_id","likes"\n"1","ann",5\n"2","bob",6\n"3","cy",7\n');
    expect(opened.columns).toEqual(["column_1", "account_id", "likes"]);
    expect(valuesOf(opened)[0]).toEqual(["1", "ann", "5"]);
  });

  it("takes cells that are left out at the end of records for empty", async () => {
    const text = "account_id,likes,region\nann,1,US\nbob,2\ncy,3,DE\ndee,4\neve,5\nfay,6,FR\n";
    const opened = await bench.read(text);
    expect(opened.rejectedCount).toBe(0);
    expect(valuesOf(opened)[1]).toEqual(["bob", "2", ""]);
    // Records that a line end in a biography has broken in two are no such thing.
    const broken = await bench.read("account_id,bio,region\nann,a\nb,US\nbob,c\nd,DE\ncy,x,FR\ndee,y,FR\n");
    expect(broken.rejectedCount).toBe(4);
  });

  it.each([
    ["blanks around fields", (n: number) => `"u${n}", ${n}, "say ""hi"", all", ${n}`],
    ["a backslash", (n: number) => `"u${n}",${n},"say \\"hi\\", all",${n}`],
  ])("knows %s though a quote is left open, which costs its record", async (words, record) => {
    const records = Array.from({ length: 30 }, (_, n) => (n === 12 ? 'u12,1,"open,2' : record(n)));
    const opened = await bench.read(`account_id, followers, biography, likes\n${records.join("\n")}\n`);
    expect(dialectOf(opened)).toContain(words);
    expect(opened.rows.map((row) => row.biography)).toEqual(Array(29).fill('say "hi", all'));
    expect(opened.rejects.map(({ line }) => line)).toEqual([14]);
  });

  it("reads columns between bars, and between colons where it knows them", async () => {
    expect(valuesOf(await bench.read("account_id|likes\nann|1\n"))).toEqual([["ann", "1"]]);
    expect(valuesOf(await bench.read("account_id:likes\nann:1\nbob:2\n"))).toEqual([
      ["ann", "1"],
      ["bob", "2"],
    ]);
    expect((await bench.read("note\nat 5:30\nat 6:40\n")).columns).toEqual(["note"]);
  });

  it.each([
    ["Markdown", ["# Creators", "", "| id | bio |", "|:---|---:|", '| ann\\_b | a \\| "b |', "| cy |  |"]],
    ["psql", [" id | bio ", "----+-----", ' ann_b | a | "b', " cy | ", "(2 rows)"]],
    [
      "MySQL",
      [
        "+--+--+",
        "| id | bio |",
        "+--+--+",
        "| ann_b | é |",
        "| cy |  |",
        "+--+--+",
        "2 rows in set (0.00 sec)",
      ],
    ],
    ["DuckDB", ["┌──┬──┐", "│ id │ bio │", "├──┼──┤", "│ ann_b │ é │", "│ cy │  │", "└──┴──┘"]],
  ])("reads a table as %s draws it", async (program, lines) => {
    const opened = await bench.read(`${lines.join("\n")}\n`);
    expect(opened.columns).toEqual(["id", "bio"]);
    expect(opened.rejectedCount).toBe(program === "psql" ? 1 : 0);
    expect(valuesOf(opened)).toEqual([
      ...(program === "psql" ? [] : [["ann_b", program === "Markdown" ? 'a | "b' : "é"]]),
      ["cy", ""],
    ]);
    expect(dialectOf(opened)).toContain("bars");
    const line = lines.findIndex((text) => text.includes("cy")) + 1;
    expect(await opened.linesOf([1])).toEqual(new Map([[1, line]]));
  });

  it("rejects a header that comes again, and says so", async () => {
    const opened = await bench.read(
      "account_id,likes\nann,1\n\ufeffaccount_id,likes\nbob,2\naccount_id,likes\n",
    );
    expect(valuesOf(opened)).toEqual([
      ["ann", "1"],
      ["bob", "2"],
    ]);
    expect(opened.rejects.map(({ line, reason }) => [line, reason])).toEqual([
      [3, "repeated_header"],
      [5, "repeated_header"],
    ]);
  });

  it("leaves every table that is written as it should be alone", async () => {
    const word = fc.constantFrom(
      ...[
        "",
        "ann",
        "'x'",
        "it's",
        "# x",
        "sep=;",
        " a",
        "a\\",
        'b"',
        "c, d",
        "1",
        "e: f",
        '\\"g',
        "'",
        "total",
      ],
    );
    const table = fc
      .integer({ min: 2, max: 5 })
      .chain((width) =>
        fc.array(fc.array(word, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 12 }),
      );
    await fc.assert(
      fc.asyncProperty(table, fc.constantFrom(",", ";", "\t"), fc.boolean(), async (rows, mark, all) => {
        const header = rows[0].map((_, i) => `name${i}`);
        const written = (cell: string) =>
          all || /["\n]/.test(cell) || cell.includes(mark) ? `"${cell.replaceAll('"', '""')}"` : cell;
        const text = [header, ...rows].map((row) => row.map(written).join(mark)).join("\n");
        const opened = await bench.read(`${text}\n`);
        const quoted = rows.every((row) => row.every((cell) => /^('.*'|\d*|)$/.test(cell)));
        fc.pre(!quoted || all);
        expect(dialectOf(opened)).toBeUndefined();
        expect(valuesOf(opened)).toEqual(rows);
      }),
      { numRuns: 300 },
    );
  });
});

describe("records that a quote swallows", () => {
  it("finds them again where there are few columns", async () => {
    const opened = await bench.open(found("csv-swallow-3-columns.csv"));
    expect(opened).toMatchObject({ records: 1003, rejectedCount: 1 });
    expect(opened.rejects).toMatchObject([{ line: 2, reason: "unclosed_quote" }]);
    expect(opened.rows.at(-2)).toMatchObject({ account_id: "zed", followers: "3", biography: ", b" });
    const two = await bench.read(`id,bio\n1,"open\n${"2,x\n".repeat(5)}3,",y"\n4,z\n`);
    expect(two).toMatchObject({ records: 8, rejectedCount: 1 });
  });

  it("finds the records between several open quotes", async () => {
    const rows = Array.from({ length: 300 }, (_, i) => `u${i},${i},${i % 50 === 7 ? '"open' : "x"}\n`);
    const opened = await bench.read(`account_id,likes,bio\n${rows.join("")}`);
    expect(opened.records).toBe(300);
    expect(opened.rejectedCount).toBe(6);
  });

  it("tells the lines that a rejected record covers", async () => {
    const opened = await bench.read('a,b,c\n1,"x\ny\nz",too,many\n2,3,4\n');
    expect(opened.rejects[0].detail).toMatch(/^covers lines 2 to 4; 4 columns instead of 3: /);
    expect(valuesOf(opened)).toEqual([["2", "3", "4"]]);
  });

  it("keeps a value of lines that look like records, and says so", async () => {
    const opened = await bench.open(found("csv-swallow-rfc.csv"));
    expect(opened.records).toBe(3);
    expect(opened.alerts).toContainEqual(
      expect.objectContaining({
        code: "value_of_records",
        message: expect.stringContaining("line 2 has a value of 1,000 lines"),
      }),
    );
    const poem = await bench.read(`id,bio\n1,"${"a line, of a poem\n".repeat(3)}"\n2,b\n`);
    expect(poem.alerts).toEqual([]);
  });
});
