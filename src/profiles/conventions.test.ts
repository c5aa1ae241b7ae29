import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { type Profiles, readProfiles } from "./read.ts";
import type { ReadingOptions } from "./readingOptions.ts";
import { scanFile } from "./scan/scanFile.ts";

const folder = await mkdtemp(join(tmpdir(), "conventions-test-"));
afterAll(() => rm(folder, { recursive: true }));

const COLUMNS = "account_id, followers, likes, awg_engagement_rate";

/** What both ways of reading make of a file, which must be the same; and what is said of it. */
async function read(path: string, reading?: ReadingOptions) {
  const rowsOf = async (connection: Profiles["connection"], from: string) => {
    const reader = await connection.runAndReadAll(`SELECT ${COLUMNS} FROM ${from} ORDER BY "row"`);
    return reader.getRowsJson();
  };
  const profiles = await readProfiles(path, { reading });
  const rows = await rowsOf(profiles.connection, "profiles");
  const { value, scan } = await scanFile(path, { reading }, async (connection, { select }) => {
    const scanned = await rowsOf(connection, `(${select})`);
    return { rows: scanned.length, value: scanned };
  });
  expect(value).toEqual(rows);
  await profiles.close();
  const said = profiles.alerts.filter(({ code }) =>
    ["decimal_mark", "rounded_counts", "percent", "unit"].includes(code),
  );
  return { rows, way: scan.way, blanks: profiles.blanks, said: said.map(({ message }) => message) };
}

let files = 0;
async function counts(texts: readonly string[], reading?: ReadingOptions, other = "1") {
  const path = join(folder, `counts-${++files}.csv`);
  const lines = texts.map((text, i) => `a${i},"${text}","${other}",\n`);
  await writeFile(path, `account_id,followers,likes,awg_engagement_rate\n${lines.join("")}`);
  const { rows, ...more } = await read(path, reading);
  const column = (at: number) => rows.map((row) => (row[at] === null ? null : Number(row[at])));
  return { followers: column(1), likes: column(2), ...more };
}

it("reads counts and rates in the unit that their column's name says, however the column is found", async () => {
  const path = join(folder, "units.csv");
  const lines = [
    ["Anna", "12.5", "1.2", "2.9"],
    ["Ben", "0.263", "0.004", "0.8"],
    ["Cleo", "1", "3", "11"],
    ["Dina", "12.5K", "2,5", "1.2"],
    ["Edda", "1,250", "12e0", "5"],
    ["Finn", "1,234.5", "1.2.3", "5"],
  ];
  await writeFile(
    path,
    `username;Followers (K);Likes (M);ER %\n${lines.map((line) => line.join(";")).join("\n")}\n`,
  );
  const expected = [
    ["Anna", "12500", "1200000", 2.9 / 100],
    ["Ben", "263", "4000", 0.008],
    ["Cleo", "1000", "3000000", 0.11],
    ["Dina", "12500", "2500000", 0.012],
    ["Edda", "1250000", "12000000", 0.05],
    ["Finn", "1234500", null, 0.05],
  ];
  for (const map of [{}, { followers: "Followers (K)" }]) {
    const { rows, said, way, blanks } = await read(path, { map });
    expect([way, rows]).toEqual(["parallel", expected]);
    expect(said).toContain("followers is read in units of 1,000: 12.5 is 12,500.");
    expect(blanks.map(({ column, count, value }) => [column, count, value])).toEqual([["likes", 1, "1.2.3"]]);
  }
});

it("asks for the mark of counts in units where nothing tells, in whole accounts", async () => {
  const path = join(folder, "unclear-units.csv");
  await writeFile(path, 'username,Followers (K)\nAnna,"1,250"\nBen,"3,100"\n');
  await expect(read(path)).rejects.toThrow(
    'ambiguous followers: "1,250" is 1250000 with --decimal point and 1250 with --decimal comma',
  );
});

const found = (name: string) => join(import.meta.dirname, "../../test/found", name);

describe("files that were found", () => {
  it("reads what Excel and people of other countries write as what it is", async () => {
    const plain = await read(found("mk-c2_german_plain.csv"));
    const german = await read(found("mk-c_german.csv"));
    expect(german.rows).toEqual(plain.rows);
    expect(german.rows.slice(0, 3)).toEqual([
      ["amarageorgia.noru", "10900", "230700", 0.009557011795543906],
      ["skye_comicsga32", "81200", "1000000", 0.05521393384940183],
      ["martinalochaa", "5564", "65000", 0.3492194721166684],
    ]);
    expect(german.said).toContain(
      'In counts a point parts thousands and a comma stands before decimals: "1.158" in followers is read as 1158.',
    );
    const thousands = await read(found("mk-c4_thousands.csv"));
    expect(thousands.rows.map((row) => row.slice(0, 3))).toEqual(plain.rows.map((row) => row.slice(0, 3)));
    expect([german.way, german.blanks, thousands.way]).toEqual(["parallel", [], "parallel"]);
  });

  it("reads thousands and millions, and says that they are rounded", async () => {
    const { rows, said, blanks } = await read(found("04c-counts-K-M-labelled.csv"));
    expect(rows.length).toBe(300);
    expect(rows.slice(2, 5).map((row) => row.slice(1, 3))).toEqual([
      ["1320", "17500"],
      ["809100", "2400000"],
      ["195100", "196500"],
    ]);
    expect(said).toEqual([
      "followers of 171 of 300 are rounded, such as 1.0M.",
      "likes of 196 of 300 are rounded, such as 1.0M.",
    ]);
    expect(blanks).toEqual([]);
  });

  it("reads percent signs and offsets of hours, and takes the words of pandas for missing", async () => {
    const { rows, said } = await read(found("09f-rates-as-percent-text.ndjson"));
    expect(rows).toEqual([["alma.test", "1000", "30000", 0.03]]);
    expect(said).toContain("awg_engagement_rate is read as percent: 2.9 is 0.029.");
    const missing = await read(found("08l-nan-text.csv"));
    expect([missing.rows.map((row) => row[1]), missing.blanks]).toEqual([[null, "52000", null], []]);
    const profiles = await readProfiles(found("csv-offset-hours-only.csv"));
    const reader = await profiles.connection.runAndReadAll("SELECT observed_at::VARCHAR FROM profiles");
    expect(reader.getColumnsJson()[0]).toEqual(["2023-08-01 12:30:45", "2023-08-01 10:30:46"]);
    await profiles.close();
  });
});

describe("counts as written", () => {
  it.each([
    ["1.2M", 1_200_000],
    ["10,9 K", 10_900],
    ["10.9k+", 10_900],
    ["~5000", 5000],
    ["1,234,567", 1_234_567],
    ["1.234.567", 1_234_567],
    ["1.234.567,00", 1_234_567],
    ["1 234 567", 1_234_567],
    ["12\u00a0345", 12_345],
    ["12\u202f345", 12_345],
    ["1'234", 1234],
    ["1’234’567", 1_234_567],
    ["12,34,567", 1_234_567],
    ["2.9 mil", 2900],
    ["3.4万", 34_000],
    ["12억", 1_200_000_000],
    ["1,2 Mio", 1_200_000],
    ["7.5B", 7_500_000_000],
    ["1,5 тыс.", 1500],
    ["2 mln", 2_000_000],
    ["3 Tsd", 3000],
    ["1.2 lakh", 120_000],
    ["1.2 crore", 12_000_000],
    ["1e3", 1000],
    ["3,4 N", 3400],
    [">3.4K", 3400],
    ["1.2k followers", 1200],
    ["980 Followers", 980],
    ["12.5K fans", 12_500],
    ["١٬٢٣٤", 1234],
    ["١٢٫٥ ألف", 12_500],
    ["۳۴۰۰", 3400],
    ["１２３４", 1234],
    ["３．４万", 34_000],
  ])("%s", async (text, value) => {
    expect((await counts([text, "7"])).followers).toEqual([value, 7]);
  });

  it("with B are thousands where a file is Turkish, and then in all its columns", async () => {
    const { followers, likes, said } = await counts(["3,4 B", "1 B", "1,2 Mn"], undefined, "2 B");
    expect(followers).toEqual([3400, 1000, 1_200_000]);
    expect(likes).toEqual([2000, 2000, 2000]);
    expect(said).toContain(
      "B behind counts is read as a thousand, the Turkish bin, as nobody has a billion followers, such as 1 B.",
    );
    expect((await counts(["3,4 K", "1 B"])).followers).toEqual([3400, 1_000_000_000]);
  });

  it("are nothing else", async () => {
    const odd = [
      "12abc",
      "1.5",
      "1,2,3",
      "12 34",
      "-5",
      "1.2.3M",
      "K",
      "1,23,4",
      "5 apples",
      "1.2e-3",
      "0x10",
    ];
    const { followers, blanks } = await counts([...odd, "7"]);
    expect(followers).toEqual([...odd.map(() => null), 7]);
    expect(blanks.map(({ column, count }) => [column, count])).toEqual([["followers", odd.length]]);
  });
});

describe("a mark before three digits", () => {
  it.each([
    [
      ["1.263", "1,2M"],
      [1263, 1_200_000],
    ],
    [
      ["1,263", "1.2M"],
      [1263, 1_200_000],
    ],
    [
      ["1,000", "12,345,678"],
      [1000, 12_345_678],
    ],
    [
      ["1.000", "52.0", "7.5K"],
      [1, 52, 7500],
    ],
    [
      ["1.263", "5.564"],
      [1263, 5564],
    ],
    [
      ["1,263", "5,564"],
      [1263, 5564],
    ],
    [
      ["1.263", "1.263M"],
      [1263, 1_263_000_000],
    ],
  ])("is read as the rest of the column is: %j", async (texts, values) => {
    expect((await counts(texts)).followers).toEqual(values);
  });

  it("parts thousands where counts would not be whole, whatever the rates are written with", async () => {
    const path = join(folder, "thousands.csv");
    const lines = ["1.263", "5.564", "10.000"].map((text, i) => `a${i},${text},"1,2${i}M",0.0${i + 1}\n`);
    await writeFile(path, `account_id,followers,likes,awg_engagement_rate\n${lines.join("")}`);
    expect((await read(path)).rows.map((row) => Number(row[1]))).toEqual([1263, 5564, 10_000]);
  });

  it("is told by all columns that give a count, and said of each where they differ", async () => {
    const path = join(folder, "two.csv");
    const lines = ["x,,1.263,1,000", "y,2.564,,2,345", "z,5,,7"].map((line) =>
      line.replace(/,(\d,\d+)$/, ',"$1"'),
    );
    await writeFile(path, `account_id,follower_count,followers,likes\n${lines.join("\n")}\n`);
    const { rows, said, way } = await read(path);
    expect([way, rows.map((row) => row.slice(1, 3).map(Number))]).toEqual([
      "parallel",
      [
        [1263, 1000],
        [2564, 2345],
        [5, 7],
      ],
    ]);
    expect(said).toEqual([
      'In followers a point parts thousands and a comma stands before decimals: "1.263" in followers is read as 1263.',
      'In likes a comma parts thousands and a point stands before decimals: "1,000" in likes is read as 1000.',
    ]);
  });

  it("reads what is counted behind a number, and says what is read without it", async () => {
    const path = join(folder, "counted.csv");
    await writeFile(
      path,
      'account_id,followers,likes\na,"7,777 followers",1.1M likes\nb,"12,345 Follower","1,234 likes"\nc,3 Follower,10.9K likes\n',
    );
    const { rows, said } = await read(path);
    expect(rows.map((row) => row.slice(1, 3).map(Number))).toEqual([
      [7777, 1_100_000],
      [12_345, 1234],
      [3, 10_900],
    ]);
    expect(said).toContain(
      'In counts a comma parts thousands and a point stands before decimals: "12,345 Follower" in followers is read as 12345.',
    );
  });

  it("is read as the other columns are, else asked for in one line", async () => {
    expect((await counts(["1.000", "2.000"], undefined, "1,5K")).followers).toEqual([1000, 2000]);
    await expect(counts(["1.000", "2.000"])).rejects.toThrow(
      /^ambiguous followers: "1.000" is 1 with --decimal point and 1000 with --decimal comma; nothing in the file tells which \(counts-/,
    );
    expect((await counts(["1.000", "2.000"], { decimal: "comma" })).followers).toEqual([1000, 2000]);
    expect((await counts(["1.000", "2.000"], { decimal: "point" })).followers).toEqual([1, 2]);
  });
});

describe("rates", () => {
  const rates = async (texts: readonly string[], header = "awg_engagement_rate") => {
    const path = join(folder, `rates-${++files}.csv`);
    const lines = texts.map((text, i) => `a${i},5,5,"${text}"\n`);
    await writeFile(path, `account_id,followers,likes,"${header}"\n${lines.join("")}`);
    const { rows, said } = await read(path, { map: { awg_engagement_rate: header } });
    return { rates: rows.map((row) => row[3] as number), said };
  };

  it("are percent where signs, the column's name or nearly all of its values say so", async () => {
    const close = (values: readonly number[]) => values.map((value) => expect.closeTo(value, 12));
    expect((await rates(["2,9 %", "3.1%", "4"])).rates).toEqual(close([0.029, 0.031, 0.04]));
    expect((await rates(["2.9", "3.1", "0.4"], "ER in %")).rates).toEqual(close([0.029, 0.031, 0.004]));
    expect((await rates(["2.9", "3.1", "0.4"], "ER (pct)")).rates).toEqual(close([0.029, 0.031, 0.004]));
    expect((await rates(["0.4", "0.3"], "٪ ER")).rates).toEqual(close([0.004, 0.003]));
    const percent = Array.from({ length: 12 }, (_, i) => `${i + 0.5}`);
    expect((await rates(percent)).rates).toEqual(close(percent.map((text) => Number(text) / 100)));
  });

  it("are percent in a short table of accounts with many followers, where hardly one is answered by all", async () => {
    const path = join(folder, "short.csv");
    const table = (followers: number) =>
      `account_id,followers,likes,awg_engagement_rate\na,${followers},5,1.63\nb,${followers},5,2.51\nc,9,5,0.8\n`;
    await writeFile(path, table(45_100));
    expect((await read(path)).rows.map((row) => row[3])).toEqual(
      [0.0163, 0.0251, 0.008].map((rate) => expect.closeTo(rate, 12)),
    );
    await writeFile(path, table(80));
    expect((await read(path)).rows.map((row) => row[3])).toEqual([1.63, 2.51, 0.8]);
  });

  it("are fractions where a workbook shows percent and holds them, which is said", async () => {
    const { rates: read, said } = await rates(["0.029", "0.031", "0.4"], "ER %");
    expect(read).toEqual([0.029, 0.031, 0.4]);
    expect(said).toEqual([
      "awg_engagement_rate is read as fractions, although its column is named as percent: its values are too small for that.",
    ]);
  });

  it("are fractions else, also those over 1", async () => {
    expect(await rates(["0,05", "63", "0.1"])).toEqual({ rates: [0.05, 63, 0.1], said: [] });
    expect((await rates(["1e200", "0.1"])).rates).toEqual([null, 0.1]);
  });
});
