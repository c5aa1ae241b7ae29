import { execFile, spawnSync } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, expect, it } from "vitest";
import { listen } from "../../src/server/listen.ts";
import { createServer } from "../../src/server/server.ts";
import { ROOT, scratchFolder } from "../support/harness.ts";
import { fileWithoutRates } from "../support/server/file.ts";
import { serverModel } from "../support/server/server.ts";

const hasCurl = spawnSync("curl", ["--version"]).status === 0;
if (!hasCurl) process.stderr.write("skipped: the lines of docs/api.md need curl\n");

const scratch = await scratchFolder();
const reports: unknown[] = [];
const server = await createServer({
  model: await serverModel(),
  version: "1",
  now: () => new Date(Date.UTC(2024, 0, 2)),
  elapsed: () => 0,
  report: (error) => reports.push(error),
});
const { address, stop } = await listen(server.app, { host: "127.0.0.1", port: 0 });
afterAll(async () => {
  server.drain();
  await stop();
  await server.close();
});

it.skipIf(!hasCurl)("the lines of docs/api.md work, one after the other", async () => {
  const file = join(scratch, "people.csv");
  await writeFile(file, fileWithoutRates(40));
  const env: Record<string, string> = { PATH: process.env.PATH ?? "", URL: address, FILE: file, IMPORT: "1" };
  const text = await readFile(join(ROOT, "docs/api.md"), "utf8");
  const blocks = [...text.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map(([, block]) => block);
  expect(blocks.length).toBeGreaterThan(10);
  const answers: string[] = [];
  for (const block of blocks) {
    const { stdout } = await promisify(execFile)(
      "sh",
      ["-ec", block.replaceAll("curl -s", "curl --fail-with-body -s")],
      {
        env,
      },
    );
    answers.push(stdout);
    if (stdout.startsWith('{"job":')) env.JOB = JSON.parse(stdout).job.id;
  }
  const [one, many, lines, why] = answers;
  expect(JSON.parse(one)).toMatchObject({ id: "6812345678901234567", account_id: "some.handle" });
  expect(JSON.parse(many)).toMatchObject([
    { account_id: "one" },
    { index: 1, errors: [{ path: "followers" }] },
  ]);
  expect(
    lines
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line).account_id),
  ).toEqual(["one", "two"]);
  expect(JSON.parse(why).contributions.length).toBeGreaterThan(0);
  expect(answers.join()).toContain('"state":"done"');
  expect(reports).toEqual([]);
});
