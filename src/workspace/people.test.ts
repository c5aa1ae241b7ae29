import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { scratchFolder } from "../../test/support/harness.ts";
import { NOW, sampleWorkspace, shippedRanking } from "../../test/support/workspace.ts";
import { addImport } from "./addImport.ts";
import { forget } from "./forget.ts";
import type { Workspace } from "./open.ts";
import { rebuildPeople, TOUCHED } from "./people.ts";
import { removeImport } from "./removeImport.ts";
import { COMBINED } from "./schema.ts";

const folder = await scratchFolder();
let workspace: Workspace;
beforeAll(async () => {
  workspace = await sampleWorkspace();
});
afterAll(() => workspace.close());

it("puts the likeliest first, also where not all are put in order at a time", async () => {
  const stored = () =>
    workspace.read(async (connection) => (await connection.runAndReadAll("FROM people")).getRowsJS());
  const sorted = () =>
    workspace.read(async (connection) =>
      (
        await connection.runAndReadAll(
          "FROM people ORDER BY probability DESC NULLS LAST, followers DESC NULLS LAST, person",
        )
      ).getRowsJS(),
    );
  const before = await stored();
  expect(before).toEqual(await sorted());
  // The last part is not full.
  await workspace.write(async (connection) => {
    await connection.run(`CREATE OR REPLACE TEMP TABLE ${TOUCHED} AS SELECT person FROM people`);
    await rebuildPeople(connection, 300);
  });
  expect(await stored()).toEqual(before);
});

it("gives each person the combination that is theirs, and keeps none of nobody", async () => {
  const wrong = () =>
    workspace.read(async (connection) => {
      const own = Object.keys(COMBINED).map((name) => `p.${name} IS NOT DISTINCT FROM c.${name}`);
      const reader = await connection.runAndReadAll(
        `SELECT count(*) FROM people p FULL JOIN combinations c USING (combination)
         WHERE p.person IS NULL OR c.combination IS NULL OR NOT (${own.join(" AND ")})`,
      );
      return reader.getRowsJS()[0][0];
    });
  expect(await wrong()).toBe(0n);
  // Nobody is new in the only import; then whom the second one brings is.
  const path = join(folder, "more.csv");
  await writeFile(path, "account_id,followers\nsomebody.else,1200\nanother.one,80\n");
  await addImport(workspace, path, { model: await shippedRanking(), now: NOW });
  expect(await wrong()).toBe(0n);
  await forget(workspace, "another.one");
  expect(await wrong()).toBe(0n);
  await removeImport(workspace, 1);
  expect(await wrong()).toBe(0n);
});
