import { stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { scratchFolder } from "../../../test/support/harness.ts";
import { fileWithoutRates } from "../../../test/support/server/file.ts";
import { addFile, peopled } from "../../../test/support/server/people.ts";
import { serverModel, someServer } from "../../../test/support/server/server.ts";

const folder = await scratchFolder();
const model = await serverModel();
const open = (path: string) => someServer({ model, workspace: { path, makeFolder: true } });

it("has everything again after a restart, and lets no other in meanwhile", async () => {
  const path = join(folder, "data", "people.duckdb");
  const first = await open(path);
  await addFile(first, fileWithoutRates(30), "a.csv");
  const made = await peopled(first).change({ people: [3], set: { status: "agreed", add_tags: ["spring"] } });
  await first.post("/v1/lists", { name: "Spring" });
  const before = await Promise.all(
    ["/v1/people?statuses=all&limit=500", "/v1/imports", "/v1/lists", "/v1/changes"].map((path) =>
      peopled(first).json(path),
    ),
  );
  await expect(open(path)).rejects.toThrow(/is open in another run/);
  expect((await first.ask("/v1/imports?sample=1", { method: "POST" })).status).toBe(409);
  await first.close();
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  const second = await open(path);
  const after = await Promise.all(
    ["/v1/people?statuses=all&limit=500", "/v1/imports", "/v1/lists", "/v1/changes"].map((path) =>
      peopled(second).json(path),
    ),
  );
  expect(after).toEqual(before);
  expect(await peopled(second).json("/v1/people/3")).toMatchObject({
    status: "agreed",
    version: made.change,
  });
  expect(await peopled(second).json("/v1/workspace")).toMatchObject({
    path,
    people: 30,
    takes_sample: false,
  });
  await second.close();
});

it("does not start on a file that is something else", async () => {
  const path = join(folder, "no.duckdb");
  await writeFile(path, "x".repeat(5000));
  await expect(open(path)).rejects.toThrow(/^not a workspace: /);
});
