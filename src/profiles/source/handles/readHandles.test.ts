import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createBench, valuesOf } from "../../../../test/support/profiles/opened.ts";
import { readProfiles } from "../../read.ts";
import { scanFile } from "../../scan/scanFile.ts";
import { accountNamed } from "./account.ts";

const bench = createBench();
const found = (name: string) => fileURLToPath(new URL(`../../../../test/found/${name}`, import.meta.url));
const handlesIn = async (text: string) => {
  const opened = await bench.read(text, "list.txt");
  return opened.format === "handles" ? valuesOf(opened).flat() : opened.format;
};

describe("a list of handles", () => {
  it.each(["mk-e_handles.csv", "mk-e_handles.txt"])("is read from %s", async (name) => {
    const opened = await bench.open(found(name));
    expect(opened).toMatchObject({
      format: "handles",
      columns: ["account_id"],
      records: 30,
      rejectedCount: 0,
    });
    expect(opened.rows[0].account_id).toBe("amarageorgia.noru");
    expect(opened.rows[29].account_id).toBe("pennyvigoro");
    expect(opened.alerts).toMatchObject([{ code: "list_of_handles" }]);
  });

  it.each([
    ["@ann\r\n@Bob_1\r\ncy.d", ["ann", "bob_1", "cy.d"]],
    ["ann\rbob\r", ["ann", "bob"]],
    ["ann", ["ann"]],
    ["Username\nann\nbob\n", ["ann", "bob"]],
    ['"Profile"\n"@ann"\n"@bob"\n', ["ann", "bob"]],
    ["Benutzername\nann\nbob\n", ["ann", "bob"]],
    ["Meine Leute\n@ann\n@bob\n", ["ann", "bob"]],
    ["# note\n\n@ann\n\n# other\n@bob\n", ["ann", "bob"]],
    ["@ann, @bob,@cy\n", ["ann", "bob", "cy"]],
    ["ann, bob, cy\n", ["ann", "bob", "cy"]],
    ["@ann @bob\n@cy\n", ["ann", "bob", "cy"]],
    ["@a1,@b1\n@c1,@d1\n", ["a1", "b1", "c1", "d1"]],
    ["ann,\nbob,\n", ["ann", "bob"]],
    ["1. @ann sings, well\n2) @bob\n- @cy dances\n", "csv"],
    ["1. @ann sings\n2) @bob\n- @cy dances well\n", ["ann", "bob", "cy"]],
    [
      "https://www.tiktok.com/@ann?lang=en\ntiktok.com/@Bob\nhttps://m.tiktok.com/@cy/video/7012345678901234567\nwww.tiktok.com/@dee/\n",
      ["ann", "bob", "cy", "dee"],
    ],
    ["'@ann\n'@bob\n", ["ann", "bob"]],
    ["city\nBerlin\nParis\nRom\n", "csv"],
    ["Ann\nbob\ncy\n", ["ann", "bob", "cy"]],
  ])("reads %j", async (text, handles) => {
    expect(await handlesIn(text)).toEqual(handles);
  });

  it("keeps account numbers apart from handles", async () => {
    const opened = await bench.read("id\n6812345678901234567\n6812345678901234568\n");
    expect(opened.columns).toEqual(["id"]);
    const both = await bench.read("@ann\n6812345678901234567\n");
    expect(both.columns).toEqual(["account_id", "id"]);
    expect(valuesOf(both)).toEqual([
      ["ann", ""],
      ["", "6812345678901234567"],
    ]);
  });

  it("rejects what names nobody, with its line, and says why", async () => {
    const text = `people\n${"@ann\n".repeat(30)}https://vm.tiktok.com/ZMabc/\n\nhttps://instagram.com/ann\n`;
    const opened = await bench.read(text);
    expect(opened.records).toBe(32);
    expect(opened.rejects.map(({ line, reason }) => [line, reason])).toEqual([
      [32, "short_link"],
      [34, "other_site"],
    ]);
    expect(opened.rejects[0].detail).toContain("a short link does not tell whose it is");
    expect(await opened.linesOf([0, 30])).toEqual(
      new Map([
        [0, 2],
        [30, 32],
      ]),
    );
  });

  it.each([
    "account_id,followers\nann,1000\nbob,5\n",
    "account_id\tlikes\n@ann\t5\n",
    "id,likes\n",
    "likes\nmany\nfew\n",
    "id\n1\n2\n3\n",
    "biography\nI sing, dance\nand so on, daily\n",
    "url,followers\nhttps://www.tiktok.com/@ann,5\nhttps://www.tiktok.com/@bob,6\n",
    '"a","b"\n"x\ny\nz\nx\ny\nz\nx\ny\nz\nx\ny\nz\nx\ny\nz","c"\n',
    "note\nsee https://www.tiktok.com/@ann today\nso what\n",
  ])("does not take the table %j for one", async (text) => {
    expect((await bench.read(text)).format).toMatch(/csv|tsv/);
  });

  it("is refused in words where profiles are needed, on every way", async () => {
    const words =
      /mk-e_handles.csv is a list of 30 accounts.*insights shortlist PROFILES.csv --exclude mk-e_handles.csv .*--only/;
    const path = found("mk-e_handles.csv");
    await expect(readProfiles(path)).rejects.toThrow(words);
    await expect(scanFile(path, {}, async () => ({ rows: 0, value: 0 }))).rejects.toThrow(words);
    const several = bench.file("several.txt", "@a1,@b1\n@c1,@d1\n");
    await expect(scanFile(several, {}, async () => ({ rows: 0, value: 0 }))).rejects.toThrow(
      "a list of 4 accounts",
    );
    const profiles = await readProfiles(path, { lists: true });
    expect(profiles.rows).toBe(30);
    await profiles.close();
  });

  it("loses nobody, however it is written", async () => {
    const handle = fc.stringMatching(/^[a-z_][a-z0-9_]{2,20}$/);
    const written = fc.constantFrom(
      (name: string) => `@${name}`,
      (name: string) => `https://www.tiktok.com/@${name}?lang=en`,
      (name: string) => `tiktok.com/@${name.toUpperCase()}`,
      (name: string) => `  @${name} `,
    );
    const mark = fc.constantFrom("\n", "\r\n", "\n\n", ", ", ";", "\t");
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(handle, written, mark), { minLength: 1, maxLength: 20 }),
        async (parts) => {
          const text = parts.map(([name, write, after]) => write(name) + after).join("");
          expect(await handlesIn(text)).toEqual(parts.map(([name]) => name));
        },
      ),
      { numRuns: 100 },
    );
  });
});

it("names accounts by handle, address and number", () => {
  expect(accountNamed("https://www.tiktok.com/@a%20b")).toEqual({ handle: "a b" });
  expect(accountNamed("https://www.tiktok.com/t/ZTabc/")).toEqual({ wrong: "short_link" });
  expect(accountNamed("https://www.tiktok.com/tag/dance")).toEqual({ wrong: "no_account" });
  expect(accountNamed("https://nottiktok.com/@ann")).toEqual({ wrong: "other_site" });
  expect(accountNamed("ann@example.com")).toEqual({ wrong: "no_account" });
  expect(accountNamed("a handle")).toEqual({ wrong: "no_account" });
});
