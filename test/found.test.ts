import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import { foundFiles, makeFiles } from "./support/found/foundFiles.ts";
import { createWalker } from "./support/found/fourWays.ts";

const folder = await mkdtemp(join(tmpdir(), "found-test-"));
const walker = await createWalker(folder);
afterAll(async () => {
  await walker.close();
  await rm(folder, { recursive: true, force: true });
});
await makeFiles(folder);
const files = await foundFiles();

/** Those that are sent to the server too: one of each kind that differs there. `npm run bench:provider-files` sends all. */
const SERVED =
  /04-counts|06a|07k|09f|exact-name|offset-hours|two-quotes|all-bad|mk-b|mk-e_handles.txt|nan-rate|two-tables|one-table.zip|1251/;

describe("a file as people have it", () => {
  it.each(files.map((file) => [`${file.file} ${JSON.stringify(file.reading ?? "")}`, file] as const))(
    "is read right on every way: %s",
    async (name, file) => {
      const rest = SERVED.test(name) ? (["shortlist", "server"] as const) : (["shortlist"] as const);
      expect(await walker.walk(file, folder, ["inspect", "score", ...rest])).toEqual({});
    },
    120_000,
  );

  it("stands in the table of right values", async () => {
    const names = new Set(files.map(({ file }) => file));
    for (const room of ["found", "fixtures/parquet"]) {
      const held = await readdir(fileURLToPath(new URL(room, import.meta.url)));
      const untold = held.filter((name) => name !== "expected.json" && !names.has(`${room}/${name}`));
      expect(untold).toEqual([]);
    }
  });
});
