import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, describe, expect, it } from "vitest";
import { openDatabase } from "../base/duckdb.ts";
import { isAmong, readPeople } from "./people.ts";

const folder = mkdtempSync(join(tmpdir(), "people-test-"));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const namesOf = async (path: string) => (await readPeople(path)).people.keys();

describe("readPeople", () => {
  it.each([
    ["list.txt", "@Ann\nbob\n\nhttps://www.tiktok.com/@Cy.d?x=1\n"],
    ["list.csv", 'rank,account,name\n1,Ann,"x, y"\n2,bob,z\n3,\'cy.d,z\n'],
    [
      "list.csv",
      "\uFEFFurl;note\r\nhttps://www.tiktok.com/@ann;x\r\nhttps://tiktok.com/@bob;\r\nhttps://tiktok.com/@cy.d;\r\n",
    ],
    [
      "list.ndjson",
      '{"rank":1,"account":"Ann"}\n{"account":"bob","reasons":["x"]}\n{"rank":\n{"account":"cy.d"}\n',
    ],
    [
      "list.md",
      "|  | account | why |\n| --- | --- | --- |\n| 1 | [Ann](<https://www.tiktok.com/@Ann>) | a |\n| 2 | [bob](<https://www.tiktok.com/@bob>) | b, c |\n| 3 | [cy.d](<https://www.tiktok.com/@cy.d>) |\n",
    ],
    ["crm.csv", "Title\n\nusername;followers;city\nann;5;x\n@bob;6;y\ncy.d;7;z\n"],
  ])("reads %s %j", async (name, text) => {
    expect([...(await namesOf(file(name, text)))].sort()).toEqual(["ann", "bob", "cy.d"]);
  });

  it("reads Parquet", async () => {
    const path = join(folder, "list.parquet");
    const { connection, close } = await openDatabase({});
    await connection.run(`COPY (SELECT 'Ann' AS account_id, 6812345678901234567 AS id) TO '${path}'`);
    close();
    expect([...(await namesOf(path))].sort()).toEqual(["6812345678901234567", "ann"]);
  });

  it.each(["list.txt", "list.md"])("takes no more different records than wanted of %s", async (name) => {
    const page = ["ann", "bob", "ann", "cy"].map((handle) => `https://www.tiktok.com/@${handle}\n`).join("");
    const path = file(name, page);
    expect((await readPeople(path, { most: 3 })).people.size).toBe(3);
    await expect(readPeople(path, { most: 2 })).rejects.toThrow(`more than 2 different records in ${name}`);
  });

  it("knows accounts by handle or id", async () => {
    const { people } = await readPeople(file("ids.csv", "id\n6812345678901234567\n"));
    expect(isAmong(people, { id: "6812345678901234567", account_id: "x" })).toBe(true);
    expect(isAmong(people, { id: null, account_id: "x" })).toBe(false);
    expect(isAmong(people, { id: null, account_id: null })).toBe(false);
  });

  it.each(["ann", "Ann", "@ANN", "https://www.tiktok.com/@aNN", "account\nANN"])(
    "%j is an account whatever the capitals of its handle in the file",
    async (text) => {
      const { people } = await readPeople(file("list.txt", text));
      for (const account_id of ["ann", "Ann", "ANN"])
        expect(isAmong(people, { id: null, account_id })).toBe(true);
      expect(isAmong(people, { id: "1", account_id: "anna" })).toBe(false);
    },
  );

  it("keeps an address as it is where its percent signs are no UTF-8", async () => {
    const path = file("list.txt", "https://www.tiktok.com/@50%off\nhttps://www.tiktok.com/@a%C3%A9b\n");
    expect([...(await namesOf(path))].sort()).toEqual(["50%off", "aéb"]);
  });

  it("tells what in a file names nobody", async () => {
    const handles = `people\n${"@ann\n".repeat(30)}https://vm.tiktok.com/ZMabc/\n\nhttps://instagram.com/ann\n`;
    expect(await readPeople(file("handles.txt", handles))).toMatchObject({
      people: new Map([["ann", "ann"]]),
      nameless: { other_site: 1, short_link: 1 },
    });
    const table = "account,url,name\n,,x\nann,,x\n,https://vm.tiktok.com/ZMabc/,x\n,,y\nbob,cy\n";
    expect((await readPeople(file("table.csv", table))).nameless).toEqual({
      no_account: 3,
      too_few_columns: 1,
    });
  });

  it.each([
    ["account,name,city\nFashion,,\nann,Ann,Rome\nbob,Bob,Oslo\nFood & Drink,,\ncy,Cy,Bonn\n", 2],
    ["account,name\nfashion,\n@ann,Ann\nhttps://www.tiktok.com/@bob,Bob\n@cy,Cy\n", 1],
    ["name,id\n,Fashion\nAnn,6812345678901234567\nBob,6812345678901234568\n", 1],
  ])("counts titles of groups apart in %j", async (text, titles) => {
    const { people, nameless } = await readPeople(file("groups.csv", text));
    expect(nameless).toEqual({ group_title: titles });
    expect([...people.keys()].filter((name) => /fashion|food/.test(name))).toEqual([]);
    expect(people.size).toBeGreaterThan(1);
  });

  it.each([
    // In small letters as all others are: it may be somebody of whom nothing else is known.
    "account,name\nann,Ann\nbob,\ncy,Cy\n",
    "account,name\nAnn,x\nBob,\nCy,y\n",
    // Most say nothing else.
    "account,note\nann,\nBob,\ncy,call her\n",
    "account,name\n@ann,x\n@bob,\n@cy,y\n",
    "account\nann\nBob\ncy\n",
  ])("takes nobody for a title in %j", async (text) => {
    const { people, nameless } = await readPeople(file("people.csv", text));
    expect([[...people.keys()], nameless]).toEqual([["ann", "bob", "cy"], {}]);
  });

  it("takes the column that most likely has the accounts, and says which it was", async () => {
    const path = file("two.csv", "tiktok handle,tiktok user\nann,ann2\nbob_1,bobby\ncy.d,cy_1\n");
    const likely = await readPeople(path);
    expect([...likely.people.keys()]).toEqual(["ann", "bob_1", "cy.d"]);
    expect(likely.takenFrom).toBe("tiktok handle");
    expect(likely.decided).toEqual([expect.stringContaining('taken from column "tiktok handle"')]);
    const said = await readPeople(path, { reading: { map: { account_id: "tiktok user" } } });
    expect([...said.people.keys()]).toEqual(["ann2", "bobby", "cy_1"]);
    expect([said.takenFrom, said.decided]).toEqual([null, []]);
  });

  it("knows the names of one account as one, whatever it is called later", async () => {
    const [id, other] = ["6812345678901234567", "6812345678901234568"];
    const text = `id,account,profile\n${id},Ann,creator\n${other},bob,creator\n${id},ann.new,creator\n`;
    expect([...(await readPeople(file("both.csv", text))).people]).toEqual([
      ...[
        ["ann", "ann"],
        ["creator", "ann"],
        [id, "ann"],
      ],
      ...[
        ["bob", "bob"],
        [other, "bob"],
        ["ann.new", "ann"],
      ],
    ]);
  });

  it("reads a packed page of Markdown, and a text in the encoding that is said", async () => {
    const page = join(folder, "list.md.gz");
    writeFileSync(page, gzipSync("| [Ann](<https://www.tiktok.com/@Ann>) |\n"));
    expect([...(await namesOf(page))]).toEqual(["ann"]);
    const path = join(folder, "koi8.csv");
    // `аня` in KOI8-R.
    writeFileSync(
      path,
      Buffer.concat([Buffer.from("account,x\n"), Buffer.from([0xc1, 0xce, 0xd1]), Buffer.from(",1\n")]),
    );
    const { people } = await readPeople(path, { reading: { encoding: "koi8-r" } });
    expect([...people.keys()]).toEqual(["аня"]);
  });

  it("refuses a list without accounts", async () => {
    await expect(readPeople(file("none.csv", "account,name\n,x\n"))).rejects.toThrow(
      "no accounts in none.csv",
    );
    await expect(readPeople(file("short.txt", "https://vm.tiktok.com/ZMx/\n"))).rejects.toThrow(
      "no accounts",
    );
  });
});
