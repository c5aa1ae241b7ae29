import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openDatabase } from "../base/duckdb.ts";
import { InsightsError } from "../base/error.ts";
import { copyInto } from "./copyInto.ts";
import { rewriteErased } from "./erase.ts";
import type { Workspace } from "./open.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "copy-into-"));
});
afterAll(() => rm(folder, { recursive: true }));

test("lets go of the new file where a copy fails, so that another can be made", async () => {
  const { connection, close } = await openDatabase();
  try {
    await connection.run("CREATE TABLE people AS SELECT 1 AS person");
    // It is no workspace: it has no settings to clean.
    await expect(copyInto(connection, join(folder, "first.duckdb"))).rejects.toThrow("settings");
    await connection.run("CREATE TABLE settings (key VARCHAR, value VARCHAR)");
    await copyInto(connection, join(folder, "second.duckdb"));
    await connection.run(`ATTACH '${join(folder, "second.duckdb")}' AS copied`);
    const reader = await connection.runAndReadAll("SELECT person FROM copied.people");
    expect(reader.getRowsJS()).toEqual([[1]]);
  } finally {
    close();
  }
});

test("says that something is taken out already where the file cannot be written anew", async () => {
  const failing = (error: Error) => ({ rewrite: () => Promise.reject(error) }) as unknown as Workspace;
  await expect(rewriteErased(failing(new InsightsError("the disk is full")))).rejects.toThrow(
    "taken out of the workspace, but its file still holds it: the disk is full; then run insights workspace vacuum",
  );
  await expect(rewriteErased(failing(new TypeError("a fault")))).rejects.toThrow(TypeError);
});
