import { afterAll, beforeAll, expect, it } from "vitest";
import { sampleWorkspace } from "../../test/support/workspace.ts";
import type { Workspace } from "./open.ts";
import { rebuildPeople, TOUCHED } from "./people.ts";

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
