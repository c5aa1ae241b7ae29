import { createHash } from "node:crypto";
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { NOW, shippedRanking } from "../../test/support/workspace.ts";
import { addImport } from "./addImport.ts";
import { exportSnapshots } from "./exportSnapshots.ts";
import { forget } from "./forget.ts";
import { infoOf } from "./info.ts";
import type { RankingModel } from "./models.ts";
import { openWorkspace, type Workspace } from "./open.ts";
import { removeImport } from "./removeImport.ts";
import { SCHEMA_VERSION } from "./schema.ts";

let root: string;
let model: RankingModel;
let trial = 0;
let workspace: Workspace;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "insights-test-"));
  model = await shippedRanking();
});
afterAll(() => rm(root, { recursive: true, force: true }));
beforeEach(async () => {
  workspace = await openWorkspace(join(root, `w${trial++}.duckdb`), { now: NOW });
  return () => workspace.close();
});

const HEAD = "id,username,nickname,biography,followers,likes,videos_count,timestamp";
/** Adds a file of these lines, and some others that are always in it. */
async function add(name: string, ...lines: string[]) {
  const path = join(root, name);
  const others = Array.from(
    { length: 20 },
    (_, i) =>
      `70000000000000000${10 + i},somebody.${i},Some ${i},"baking bread, ${i}",${1000 + i},50000,40,2023-08-01`,
  );
  await writeFile(path, [HEAD, ...lines, ...others, ""].join("\n"));
  return addImport(workspace, path, { model, now: NOW });
}
const ask = (sql: string) =>
  workspace.read(async (connection) => (await connection.runAndReadAll(sql)).getRowsJS());
/** What choices are counted by that fits nobody. */
const unused = () => ask("FROM combinations ANTI JOIN people USING (combination)");
const write = (sql: string) => workspace.write((connection) => connection.run(sql));

const ZELDA = `7123456789012345678,zelda.quux,Zelda Quuxington,"write to zelda.quux@example.com",5000,90000,50,`;

/** All bytes beside the workspace, its log among them. */
async function bytes(): Promise<string> {
  const names = (await readdir(root)).filter((name) =>
    name.startsWith(workspace.path.slice(root.length + 1)),
  );
  return (await Promise.all(names.map((name) => readFile(join(root, name), "latin1"))))
    .join("\n")
    .toLowerCase();
}

describe("forget", () => {
  it("leaves no byte of a person in the file, and everybody else", async () => {
    // A record that is rejected is quoted in the facts of the import.
    await add("a.csv", `${ZELDA}2023-08-01`, "not.a.number/zelda.quux,,Zelda Quuxington,x,1,1,1,2023-08-01");
    await add("b.csv", ZELDA.replace("zelda.quux,", "zelda.renamed,").concat("2023-09-15"));
    await write(
      `INSERT INTO marks SELECT DISTINCT person, 'contacted', 'Zelda Quuxington called', 'kim', ['x'], 1, NULL FROM identities WHERE handle = 'zelda.quux'`,
    );
    await write(
      `INSERT INTO marks SELECT person, 'new', 'friend of zelda.quux', NULL, [], 2, NULL FROM people WHERE account_id = 'somebody.1'`,
    );
    await write("INSERT INTO lists VALUES (1, 'spring', NULL, 1)");
    await write("INSERT INTO listed SELECT 1, person, NULL FROM marks");
    await write(
      "INSERT INTO changes VALUES (1, NULL, 'zelda.quux is contacted', 1, NULL), (2, NULL, '2 people on spring, among them @Zelda.Quux', 2, NULL)",
    );
    await write(
      "INSERT INTO changed SELECT 1, person, 'note', NULL, '', note FROM marks WHERE status = 'contacted' UNION ALL SELECT 2, person, 'list', '1', NULL, 'in' FROM marks",
    );
    await write(
      `INSERT INTO studies VALUES (1, NULL, '{"points":[[41234,57]]}'), (3, NULL, '{"example":"zelda.quux"}')`,
    );
    const before = await bytes();
    for (const name of ["zelda.quux", "zelda quuxington", "7123456789012345678", "zelda.renamed"])
      expect(before).toContain(name);
    expect(await forget(workspace, "@Zelda.Quux")).toEqual({
      people: 1,
      snapshots: 2,
      lists: ["spring"],
      marked: true,
      mentions: 1,
    });
    expect(await ask("SELECT count(*) FROM people UNION ALL SELECT count(*) FROM changes")).toEqual([
      [20n],
      [1n],
    ]);
    expect(await unused()).toEqual([]);
    // A study of a file that shows them goes; where another only quotes them, their name does.
    expect(await ask("SELECT import, view FROM studies")).toEqual([[3, '{"example":"…"}']]);
    expect(await ask("SELECT words FROM changes")).toEqual([["2 people on spring, among them @…"]]);
    // The note on somebody else is left, which said so.
    await write("UPDATE marks SET note = ''");
    await workspace.rewrite();
    const after = await bytes();
    for (const name of ["zelda", "quux", "7123456789012345678"]) expect(after).not.toContain(name);
    expect(after).toContain("somebody.1");
  });

  it("says whom it does not know, and asks where several people had the handle", async () => {
    await add("a.csv", `${ZELDA}2023-08-01`);
    await add("b.csv", ZELDA.replace("5678,", "9999,").concat("2023-09-15"));
    await expect(forget(workspace, "nobody")).rejects.toThrow(
      "nobody is known as nobody (expected a handle, an id or the address of a profile)",
    );
    await expect(forget(workspace, "zelda.quux")).rejects.toThrow(
      "2 people have been known as zelda.quux: 7123456789012345678 (zelda.quux); 7123456789012349999 (zelda.quux) (name one by id",
    );
    expect(await forget(workspace, "7123456789012349999")).toMatchObject({ people: 1 });
    expect(await forget(workspace, "https://www.tiktok.com/@zelda.quux")).toMatchObject({ people: 1 });
    expect(await ask("SELECT count(*) FROM people")).toEqual([[20n]]);
  });
});

describe("removeImport", () => {
  it("takes people who are in no other, keeps those who are marked, and makes the file smaller", async () => {
    await add("a.csv", `${ZELDA}2023-08-01`);
    const many = Array.from(
      { length: 3000 },
      (_, i) =>
        `71000000000000${10_000 + i},many.${i},Many ${i},${createHash("sha512").update(String(i)).digest("hex").repeat(2)},${2000 + i},50000,40,2023-09-15`,
    );
    await add("b.csv", ZELDA.replace("zelda.quux,", "zelda.renamed,").concat("2023-09-15"), ...many);
    const before = await ask("SELECT * EXCLUDE (person) FROM people WHERE import = 1");
    await write(
      "INSERT INTO marks SELECT person, 'never', NULL, NULL, [], 1, NULL FROM people WHERE account_id = 'many.5'",
    );
    await workspace.rewrite();
    const size = (await stat(workspace.path)).size;
    expect(await removeImport(workspace, 2)).toEqual({ name: "b.csv", snapshots: 3021, gone: 2999, kept: 1 });
    expect((await stat(workspace.path)).size).toBeLessThan(size - 300_000);
    expect(await ask("SELECT handle FROM identities WHERE id = '7123456789012345678'")).toEqual([
      ["zelda.quux"],
    ]);
    expect(await ask("SELECT count(*), count(*) FILTER (imports = [1]) FROM people")).toEqual([[21n, 21n]]);
    expect(before.length).toBeLessThanOrEqual(21);
    expect(await unused()).toEqual([]);
    // Who is excluded stays so when they come again, and numbers are not used again.
    const [[excluded]] = await ask("SELECT person FROM marks");
    const again = await add("c.csv", ...many.slice(0, 10));
    expect(again).toMatchObject({ import: 3, newPeople: 9 });
    expect(await ask("SELECT person FROM people WHERE account_id = 'many.5'")).toEqual([[excluded]]);
    expect(await ask("SELECT count(*) FROM people WHERE person > 3021")).toEqual([[9n]]);
    await expect(removeImport(workspace, 2)).rejects.toThrow("no such import: 2");
  });
});

describe("exportSnapshots", () => {
  it("writes every snapshot with its import and marks, and who is marked without one", async () => {
    await add("a.csv", "7123456789012345678,zelda,=1+1,hm,5000,90000,50,2023-08-01");
    await add(
      "b.csv",
      "7123456789012345678,zelda,Zelda,hm,6000,90000,50,2023-09-15",
      "1712345678901234567,gone,Gone,hm,1,1,1,2023-09-15",
    );
    await write(
      "INSERT INTO marks SELECT person, 'agreed', 'yes', 'kim', ['a', 'b'], 1, NULL FROM people WHERE account_id IN ('zelda', 'gone')",
    );
    await removeImport(workspace, 2);
    const out = (ending: string) => join(root, `out${trial}${ending}`);
    for (const ending of [".csv", ".parquet", ".ndjson"] as const)
      expect(await workspace.read((connection) => exportSnapshots(connection, out(ending), ending))).toBe(22);
    const lines = (await readFile(out(".csv"), "utf8")).split("\n");
    expect(lines.find((line) => line.includes("zelda"))).toMatch(
      /^1,a\.csv,0,7123456789012345678,zelda,'=1\+1,.*,agreed,yes,kim,a;b,$/,
    );
    expect(lines.find((line) => line.includes("gone"))).toMatch(
      /^\d+,,,1712345678901234567,gone,,.*,agreed,yes,kim,a;b,$/,
    );
    expect(
      await ask(
        `SELECT count(*), max(followers), any_value(tags) FROM '${out(".parquet")}' WHERE status = 'agreed'`,
      ),
    ).toEqual([[2n, 5000n, ["a", "b"]]]);
    expect(JSON.parse((await readFile(out(".ndjson"), "utf8")).split("\n")[0])).toMatchObject({
      person: 1,
      import_name: "a.csv",
      account_id: "zelda",
    });
  });
});

describe("infoOf", () => {
  it("tells of imports when they were read, and whom they brought", async () => {
    await add("a.csv", `${ZELDA}2023-08-02`);
    await add("b.csv", ZELDA.concat("2023-09-15"));
    const { imports, ...rest } = await infoOf(workspace);
    expect(rest).toMatchObject({
      path: workspace.path,
      version: SCHEMA_VERSION,
      made_at: NOW,
      people: 21,
      snapshots: 42,
      marked: 0,
    });
    expect(
      imports.map(({ name, people, new_people, read_last }) => [name, people, new_people, read_last]),
    ).toEqual([
      ["a.csv", 21, 21, new Date("2023-08-02")],
      ["b.csv", 21, 0, new Date("2023-09-15")],
    ]);
  });
});
