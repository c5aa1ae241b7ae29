import { spawn } from "node:child_process";
import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { TEMPORARY_PREFIX } from "../files.ts";
import { sweepTemporary, temporaryName } from "./temporaryName.ts";

it("removes what killed processes left, and nothing else", async () => {
  const folder = await mkdtemp(join(tmpdir(), "insights-sweep-"));
  const child = spawn(process.execPath, ["-e", ""]);
  const [, , , started, space, machine] = temporaryName().split("-");
  await new Promise((done) => child.on("exit", done));
  const dead = `${TEMPORARY_PREFIX}${child.pid}-1-${space}-${machine}-abc`;
  const kept = [
    `${temporaryName()}abc`,
    // Of another container, in which the number may be a living process's.
    `${TEMPORARY_PREFIX}${child.pid}-${started}-1-${machine}-abc`,
    // Of another machine that has the same folder.
    `${TEMPORARY_PREFIX}${child.pid}-1-${space}-0123abcd-abc`,
    `${TEMPORARY_PREFIX}mine`,
    "thesis",
  ];
  for (const name of [dead, ...kept]) {
    await mkdir(join(folder, name));
    await writeFile(join(folder, name, "profiles.csv"), "id\n1\n");
  }
  await sweepTemporary(folder);
  expect((await readdir(folder)).sort()).toEqual(kept.sort());
  await rm(folder, { recursive: true });
  // There is nothing to sweep where there is no folder.
  await expect(sweepTemporary(folder)).resolves.toBeUndefined();
});
