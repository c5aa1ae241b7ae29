import { readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { scratchFolder } from "../../test/support/harness.ts";
import { largeFile } from "../../test/support/profiles/largeFile.ts";
import { NOW, shippedRanking } from "../../test/support/workspace.ts";
import { addImport } from "./addImport.ts";
import { type FirstPeople, firstPeople, isLarge } from "./firstPeople.ts";
import { IN_MEMORY, openWorkspace } from "./open.ts";

const folder = await scratchFolder();
const path = join(folder, "large.csv");
const ranking = await shippedRanking();

/** The first people of a text. */
async function firstOf(text: string): Promise<FirstPeople | undefined> {
  await writeFile(path, text);
  return firstPeople(path, ranking.model, folder, { now: NOW });
}

describe("the first people of a file", () => {
  it("are told before it is added, the best first, and nothing of them stays", async () => {
    await writeFile(path, largeFile(600));
    const workspace = await openWorkspace(IN_MEMORY, { now: NOW });
    const told: FirstPeople[] = [];
    const add = () =>
      addImport(workspace, path, {
        ...{ model: ranking, now: NOW, database: { temporaryDirectory: folder } },
        onFirst: (first) => void told.push(first),
      });
    try {
      expect((await add()).people).toBe(600);
      expect(await readdir(folder)).toEqual(["large.csv"]);
      const [first] = told;
      // 2 MiB of records of 40 KB.
      expect(first).toMatchObject({ among: 52, about: 600 });
      expect(first.rows).toHaveLength(20);
      const handles = first.rows.map(({ account_id }) => Number(account_id?.slice(1)));
      expect(Math.max(...handles)).toBeLessThan(52);
      const likely = first.rows.map(({ probability }) => probability);
      expect(likely).toEqual([...likely].sort((a, b) => b - a));
      // Who has people looks at them.
      expect((await add()).already).toBe(true);
      expect(told).toHaveLength(1);
    } finally {
      await workspace.close();
    }
  });

  it("are not told of a file that is soon read or is not there, nor of one whose columns nobody knows", async () => {
    const few = join(folder, "few.csv");
    await writeFile(few, largeFile(600, 10));
    const workspace = await openWorkspace(IN_MEMORY, { now: NOW });
    const told: FirstPeople[] = [];
    try {
      await addImport(workspace, few, {
        ...{ model: ranking, now: NOW },
        onFirst: (first) => void told.push(first),
      });
    } finally {
      await workspace.close();
    }
    expect(told).toEqual([]);
    expect(await isLarge(join(folder, "none.csv"))).toBe(false);
    await expect(firstOf(largeFile(600).replace(/^.*\n/, "a,b,c,d,e,f,g,h\n"))).rejects.toThrow(/column/);
  });

  it("are not told of a list of videos, whose authors have more of them", async () => {
    const head = "authorMeta.id,authorMeta.name,authorMeta.fans,id,createTimeISO,diggCount,commentCount,page";
    const line = (i: number) =>
      `${6e6 + i},ann${i},5000,73${10 ** 16 + i},2024-01-01T00:00:10Z,7,1,${"x".repeat(40_000)}\n`;
    expect(
      await firstOf(`${head}\n${Array.from({ length: 600 }, (_, i) => line(i)).join("")}`),
    ).toBeUndefined();
  });
});
