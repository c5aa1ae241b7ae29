import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
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
    expect([...(await readPeople(file(name, text)))].sort()).toEqual(["ann", "bob", "cy.d"]);
  });

  it("reads Parquet", async () => {
    const path = join(folder, "list.parquet");
    const { connection, close } = await openDatabase({});
    await connection.run(`COPY (SELECT 'Ann' AS account_id, 6812345678901234567 AS id) TO '${path}'`);
    close();
    expect([...(await readPeople(path))].sort()).toEqual(["6812345678901234567", "ann"]);
  });

  it("knows accounts by handle or id", async () => {
    const people = await readPeople(file("ids.csv", "id\n6812345678901234567\n"));
    expect(isAmong(people, { id: "6812345678901234567", account_id: "x" })).toBe(true);
    expect(isAmong(people, { id: null, account_id: "x" })).toBe(false);
    expect(isAmong(people, { id: null, account_id: null })).toBe(false);
  });

  it.each(["ann", "Ann", "@ANN", "https://www.tiktok.com/@aNN", "account\nANN"])(
    "%j is an account whatever the capitals of its handle in the file",
    async (text) => {
      const people = await readPeople(file("list.txt", text));
      for (const account_id of ["ann", "Ann", "ANN"])
        expect(isAmong(people, { id: null, account_id })).toBe(true);
      expect(isAmong(people, { id: "1", account_id: "anna" })).toBe(false);
    },
  );

  it("keeps an address as it is where its percent signs are no UTF-8", async () => {
    const path = file("list.txt", "https://www.tiktok.com/@50%off\nhttps://www.tiktok.com/@a%C3%A9b\n");
    expect([...(await readPeople(path))].sort()).toEqual(["50%off", "aéb"]);
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
