import { createHash } from "node:crypto";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { renameForGood, sha256OfFile, syncToDisk } from "./durable.ts";

it("gives a file its name once it is on the disk, and says where there is none", async () => {
  const folder = await mkdtemp(join(tmpdir(), "insights-durable-"));
  await writeFile(join(folder, "a.partial"), "whole");
  await renameForGood(join(folder, "a.partial"), join(folder, "a"));
  expect(await readdir(folder)).toEqual(["a"]);
  expect(await readFile(join(folder, "a"), "utf8")).toBe("whole");
  expect(await sha256OfFile(join(folder, "a"))).toBe(createHash("sha256").update("whole").digest("hex"));
  await expect(syncToDisk(join(folder, "b"))).rejects.toMatchObject({ code: "ENOENT" });
  await expect(renameForGood(join(folder, "b"), join(folder, "c"))).rejects.toMatchObject({ code: "ENOENT" });
  await rm(folder, { recursive: true });
});
