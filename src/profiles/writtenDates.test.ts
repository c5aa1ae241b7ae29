import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { readProfiles } from "./read.ts";
import { scanFile } from "./scan/scanFile.ts";

const folder = await mkdtemp(join(tmpdir(), "written-dates-test-"));
afterAll(() => rm(folder, { recursive: true }));

let files = 0;
async function dates(texts: readonly string[], more: readonly string[] = []) {
  const path = join(folder, `dates-${++files}.csv`);
  const lines = texts.map((text, i) => `a${i},5,"${text}","${more[i] ?? ""}"\n`);
  await writeFile(path, `account_id,followers,created_at,observed_at\n${lines.join("")}`);
  const select = (from: string) =>
    `SELECT strftime(created_at, '%Y-%m-%d %H:%M') FROM ${from} ORDER BY "row"`;
  const profiles = await readProfiles(path);
  const rows = (await profiles.connection.runAndReadAll(select("profiles"))).getRowsJson();
  const { value, scan } = await scanFile(path, {}, async (connection, scan) => {
    const scanned = (await connection.runAndReadAll(select(`(${scan.select})`))).getRowsJson();
    return { rows: scanned.length, value: scanned };
  });
  await profiles.close();
  expect([scan.way, value]).toEqual(["parallel", rows]);
  return {
    read: rows.map(([text]) => text),
    said: profiles.alerts.find(({ code }) => code === "date_order")?.message,
    blanked: profiles.blanks.find(({ column }) => column === "created_at")?.count,
  };
}

it("reads the names of months in many languages, and years that come first", async () => {
  const texts = [
    "12 ago 2020",
    "12 de agosto de 2020",
    "12. August 2020",
    "12 août 2020",
    "1er août 2020 10:30",
    "3 сентября 2020 г.",
    "5 Ağustos 2020",
    "2020年8月12日",
    "2020년 8월 12일 09:05",
    "12 foo 2020",
  ];
  expect(await dates(texts)).toMatchObject({
    read: [
      "2020-08-12 00:00",
      "2020-08-12 00:00",
      "2020-08-12 00:00",
      "2020-08-12 00:00",
      "2020-08-01 10:30",
      "2020-09-03 00:00",
      "2020-08-05 00:00",
      "2020-08-12 00:00",
      "2020-08-12 09:05",
      null,
    ],
    blanked: 1,
  });
});

it("reads dates as people and mail write them", async () => {
  const texts = [
    "13.05.2021",
    "1.5.2021 14:30",
    "1 May 2021",
    "May 1st, 2021",
    "Sat, 01 May 2021 10:00:00 +0200",
  ];
  const { read, said } = await dates([...texts, "31.02.2021", "1 Foo 2021"]);
  expect(read).toEqual([
    "2021-05-13 00:00",
    "2021-05-01 14:30",
    "2021-05-01 00:00",
    "2021-05-01 00:00",
    "2021-05-01 08:00",
    null,
    null,
  ]);
  expect(said).toBeUndefined();
});

it("tells the order of dates between slashes by the whole file", async () => {
  const american = await dates(["5/6/2021 1:05 PM", "12/31/2020 12:00:00 am"]);
  expect(american.read).toEqual(["2021-05-06 13:05", "2020-12-31 00:00"]);
  expect(american.said).toContain("month first");
  expect((await dates(["05/06/2021", "31/12/2020"])).read).toEqual(["2021-06-05 00:00", "2020-12-31 00:00"]);
  expect((await dates(["5-06-2021", "31-12-2020"])).read).toEqual(["2021-06-05 00:00", "2020-12-31 00:00"]);
  expect((await dates(["05-06-2021"], ["31/12/2021"])).read).toEqual(["2021-06-05 00:00"]);
});

it("asks for another form of dates between slashes where nothing tells their order", async () => {
  const unknown = await dates(["05/06/2021", "01/02/2021"]);
  expect(unknown.read).toEqual([null, null]);
  expect(unknown.blanked).toBe(2);
  expect(unknown.said).toMatch(/^2 of created_at can be read .* Write them as 2021-12-31/);
});

it.each([["csv"], ["ndjson"]])("reads lists of dates by the same rules (%s)", async (ending) => {
  const lists = async (...texts: string[]) => {
    const path = join(folder, `lists-${++files}.${ending}`);
    const lines = texts.map((text, i) =>
      ending === "csv"
        ? `a${i},5,"${text.replaceAll('"', '""')}"\n`
        : `${JSON.stringify({ account_id: `a${i}`, followers: 5, posted_at: text })}\n`,
    );
    await writeFile(path, (ending === "csv" ? "account_id,followers,posted_at\n" : "") + lines.join(""));
    const profiles = await readProfiles(path);
    const sql =
      "SELECT list_transform(posted_at, lambda time: strftime(time, '%Y-%m-%d %H:%M')) FROM profiles ORDER BY \"row\"";
    const rows = (await profiles.connection.runAndReadAll(sql)).getRowsJson();
    await profiles.close();
    return {
      read: rows.map(([list]) => list),
      said: profiles.alerts.find(({ code }) => code === "date_order")?.message,
    };
  };
  const european = await lists("01/05/2024, 13/05/2024", '["02/05/2024 10:30","1/5/2024"]', "none");
  expect(european.read).toEqual([
    ["2024-05-13 00:00", "2024-05-01 00:00"],
    ["2024-05-02 10:30", "2024-05-01 00:00"],
    null,
  ]);
  expect(european.said).toBe('posted_at is read with the day first, such as "01/05/2024".');
  expect((await lists("5/1/2024 1:05 PM; 5/13/2024")).read).toEqual([
    ["2024-05-13 00:00", "2024-05-01 13:05"],
  ]);
  const unknown = await lists("01/05/2024, 02/05/2024");
  expect(unknown.read).toEqual([null]);
  expect(unknown.said).toMatch(/^2 of posted_at can be read with the day or the month first/);
  const named = await lists(
    "May 1, 2024, May 13, 2024",
    "12 ago 2023 | 13.05.2021",
    "2024/5/1, 2024/05/13",
    "2024年5月1日、2024年5月13日 09:05",
  );
  expect(named.read).toEqual([
    ["2024-05-13 00:00", "2024-05-01 00:00"],
    ["2023-08-12 00:00", "2021-05-13 00:00"],
    ["2024-05-13 00:00", "2024-05-01 00:00"],
    ["2024-05-13 09:05", "2024-05-01 00:00"],
  ]);
  expect(named.said).toBeUndefined();
});

it("reads the days as which spreadsheets hold dates, and no other small number", async () => {
  expect(await dates(["45139", "45139.5", "41640", "7", "70000"], ["45200"])).toMatchObject({
    read: ["2023-08-01 00:00", "2023-08-01 12:00", "2014-01-01 00:00", null, null],
  });
});
