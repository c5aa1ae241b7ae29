import { appendFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { NOW, SAMPLE_FILE, sampleWorkspace, shippedRanking } from "../../test/support/workspace.ts";
import { addImport } from "./addImport.ts";
import type { Workspace } from "./open.ts";

let workspace: Workspace;
beforeAll(async () => {
  workspace = await sampleWorkspace();
});
afterAll(() => workspace.close());

const ask = (sql: string) =>
  workspace.read(async (connection) => (await connection.runAndReadAll(sql)).getRowsJS());

describe("addImport", () => {
  it("gives every account of a file a person, a snapshot, a forecast and a row of people", async () => {
    expect(
      await ask(
        `SELECT count(*), count(DISTINCT person), count(probability), count(DISTINCT account_id), min(person), max(person) FROM people`,
      ),
    ).toEqual([[1000n, 1000n, 1000n, 1000n, 1n, 1000n]]);
    expect(await ask("SELECT count(*) FROM snapshots UNION ALL SELECT count(*) FROM forecasts")).toEqual([
      [1000n],
      [1000n],
    ]);
    expect(
      await ask("SELECT records, rows, new_people, duplicates, rejected, synthetic FROM imports"),
    ).toEqual([[1000n, 1000n, 1000n, 0n, 0n, true]]);
    expect(await ask("SELECT next_person, next_import FROM workspace")).toEqual([[1001n, 2]]);
    expect(
      await ask(
        "SELECT count(*) FROM people WHERE imports = [1] AND snapshots = 1 AND active = (probability >= 0.5)",
      ),
    ).not.toEqual([[0n]]);
  });

  it("changes nothing where the same file comes again", async () => {
    const again = await addImport(workspace, SAMPLE_FILE, { model: await shippedRanking(), now: NOW });
    expect(again).toEqual({ import: 1, people: 1000, newPeople: 0, already: true });
    expect(await ask("SELECT count(*) FROM snapshots")).toEqual([[1000n]]);
  });

  it("adds nothing of a file that is another once it is read", async () => {
    const folder = await mkdtemp(join(tmpdir(), "add-import-"));
    const path = join(folder, "people.csv");
    await writeFile(path, "id,followers\n6812345678901234567,1\n");
    const onProgress = (step: string) => {
      if (step === "checking the records") appendFileSync(path, "6812345678901234568,1\n");
    };
    await expect(
      addImport(workspace, path, { model: await shippedRanking(), now: NOW, onProgress }),
    ).rejects.toThrow("people.csv has changed while it was read: add it again");
    expect(await ask("SELECT count(*) FROM imports")).toEqual([[1n]]);
    await rm(folder, { recursive: true });
  });
});
