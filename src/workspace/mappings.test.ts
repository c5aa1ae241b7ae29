import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { NOW, shippedRanking } from "../../test/support/workspace.ts";
import { type AddOptions, addImport } from "./addImport.ts";
import { IN_MEMORY, openWorkspace, type Workspace } from "./open.ts";
import { removeImport } from "./removeImport.ts";

let [folder, workspace, files] = ["", undefined as unknown as Workspace, 0];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "mappings-"));
  workspace = await openWorkspace(IN_MEMORY, { now: NOW });
});
afterAll(async () => {
  await workspace.close();
  await rm(folder, { recursive: true });
});

const MAP = { account_id: "Q1", followers: "Q2" };

/** Adds a file, and tells what was decided about it. */
async function add(text: string, options: Partial<AddOptions> = {}) {
  const path = join(folder, `${++files}.csv`);
  await writeFile(path, text);
  const recalled: string[] = [];
  const onRecalled = (sentence: string) => void recalled.push(sentence);
  const model = await shippedRanking();
  const { import: number } = await addImport(workspace, path, { model, now: NOW, onRecalled, ...options });
  const [[facts, followers]] = await workspace.read(async (connection) =>
    (
      await connection.runAndReadAll(
        `SELECT facts, (SELECT list(followers::INTEGER ORDER BY "row") FROM snapshots WHERE import = ${number}) FROM imports WHERE import = ${number}`,
      )
    ).getRowsJS(),
  );
  return { number, recalled, decided: JSON.parse(String(facts)).decided as string[], followers };
}

it("is kept for the next file of its shape, said there, and changed by another", async () => {
  await expect(add("Q1,Q2,Q3\nann,10,1\n")).rejects.toThrow("no known column");
  const first = await add("Q1,Q2,Q3\nann,10,1\n", { reading: { map: MAP }, name: "first.csv" });
  expect([first.followers, first.recalled]).toEqual([[10], []]);

  const second = await add("Q3,Q1,Q2\n2,bob,20\n");
  const said = "The columns are read as you mapped them for first.csv last time.";
  expect([second.followers, second.recalled]).toEqual([[20], [said]]);
  expect(second.decided).toContain(said);
  // As it was read, it is there already.
  expect((await add("Q3,Q1,Q2\n2,bob,20\n")).number).toBe(second.number);

  for (const other of ["Q1,Q2\ncy,30\n", "q1,Q2,Q3\ncy,30,3\n", "Q1,Q2,Q3,Q4\ncy,30,3,4\n"])
    await expect(add(other)).rejects.toThrow("no known column");

  const other = { account_id: "Q1", followers: "Q3" };
  expect((await add("Q1,Q2,Q3\ndee,40,4\n", { reading: { map: other } })).followers).toEqual([4]);
  expect((await add("Q1,Q2,Q3\neve,50,5\n")).followers).toEqual([5]);
});

it("is still used once all files that were read with it are deleted, and names none", async () => {
  const { number } = await add("R1,R2\nann,10\n", {
    reading: { map: { account_id: "R1", followers: "R2" } },
  });
  await removeImport(workspace, number);
  const { recalled } = await add("R1,R2\nbob,20\n");
  expect(recalled).toEqual(["The columns are read as you mapped them last time."]);
});

it("is not used where it names a column that no profile has", async () => {
  await add("S1,S2\nann,10\n", { reading: { map: { account_id: "S1", followers: "S2" } } });
  await workspace.write((connection) =>
    connection.run("UPDATE mappings SET map = replace(map, 'followers', 'fans') WHERE shape LIKE '%S1%'"),
  );
  await expect(add("S1,S2\nbob,20\n")).rejects.toThrow("no known column");
});
