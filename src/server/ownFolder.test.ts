import { spawn } from "node:child_process";
import { once } from "node:events";
import { access, mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { makeOwnFolder } from "./ownFolder.ts";

const folder = await mkdtemp(join(tmpdir(), "own-folder-"));
afterAll(() => rm(folder, { recursive: true, force: true }));

/** A process with a folder of its own, as a server has it, with a file in it. */
async function other() {
  const code = `import { makeOwnFolder } from ${JSON.stringify(new URL("./ownFolder.ts", import.meta.url).href)};
    import { writeFileSync } from "node:fs";
    const { path } = await makeOwnFolder(${JSON.stringify(folder)});
    writeFileSync(path + "/people.csv", "id");
    console.log(path);
    setInterval(() => {}, 1000);`;
  const child = spawn(
    process.execPath,
    ["--import", import.meta.resolve("tsx"), "--input-type=module", "-e", code],
    {
      stdio: ["ignore", "pipe", "inherit"],
    },
  );
  const [path] = await once(child.stdout.setEncoding("utf8"), "data");
  return { child, path: String(path).trim() };
}

it("removes what a killed server has left, and nothing else", async () => {
  const strangers = ["insights-server-notes", "other", "insights-server-file"].map((name) =>
    join(folder, name),
  );
  await mkdir(strangers[0]);
  await mkdir(strangers[1]);
  await writeFile(strangers[2], "mine");
  const { child, path } = await other();
  // While the other lives, its folder stays.
  const first = await makeOwnFolder(folder);
  await access(join(path, "people.csv"));
  child.kill("SIGKILL");
  await once(child, "exit");
  const second = await makeOwnFolder(folder);
  await expect(access(path)).rejects.toThrow("ENOENT");
  await access(first.path);
  for (const stranger of strangers) await access(stranger);
  await Promise.all([first.remove(), second.remove()]);
  expect((await readdir(folder)).sort()).toEqual(["insights-server-file", "insights-server-notes", "other"]);
});
