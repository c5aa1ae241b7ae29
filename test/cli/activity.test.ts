import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, expect, it } from "vitest";
import { writeSample } from "../../src/sample/sample.ts";
import { runHere, scratchFolder } from "../support/harness.ts";

const folder = await scratchFolder();
const sample = join(folder, "sample.csv");
beforeAll(() => writeSample(sample, { rows: 300, seed: 3 }));

const run = (from: string, words: readonly string[] = [], signal = new AbortController().signal) =>
  runHere(["activity", from, ...words], { signal });

async function file(name: string, content: string): Promise<string> {
  await writeFile(join(folder, name), content);
  return join(folder, name);
}

it("prints what it found, and draws it", async () => {
  const out = join(folder, "deep", "pictures");
  const { code, stdout, stderr } = await run(sample, ["--out", out]);
  expect([code, stderr]).toEqual([0, `7 pictures and activity.json in ${out}\n`]);
  for (const part of [
    /^provider +Bright Data$/m,
    /^measured from +the moment each profile was read \(observed_at\)$/m,
    /^last post +median [\d.,]+ days ago, the middle half [\d.,]+ to [\d.,]+$/m,
    /^posted within +30 days: [\d.]+ %, 90 days: [\d.]+ %$/m,
    /^posts a week +median /m,
    /^hours \(UTC\) +most posts from \d+:00/m,
    /^account age +median /m,
    /^creator +[\d.]+ % /m,
    /^nano +\d+ /m,
  ]) {
    expect(stdout).toMatch(part);
  }
  const names = [
    ...[
      "account-ages",
      "days-since-last-post",
      "posting-times",
      "posts-per-week",
      "silences",
      "size-norm",
      "target-tiers",
    ],
  ];
  const expected = names.flatMap((name) =>
    [".vl.json", ".svg", ".png", "-dark.png"].map((end) => name + end),
  );
  expect((await readdir(out)).sort()).toEqual([...expected, "activity.json", "checksums.json"].sort());
  expect((await run(sample, ["--out", out])).stderr).toBe(
    `error: output folder exists: ${out} (choose another --out)\n`,
  );
  expect(JSON.parse(await readFile(join(out, "activity.json"), "utf8"))).toMatchObject({ profiles: 300 });
});

it("prints JSON and nothing else", async () => {
  const { stdout, stderr } = await run(sample, ["--json"]);
  expect(stderr).toBe("");
  const found = JSON.parse(stdout);
  expect(found).toMatchObject({ file: "sample.csv", provider: "Bright Data", profiles: 300 });
  expect(found.targets.map(({ name }: { name: string }) => name)).toEqual([
    "engagement",
    "activity",
    "creator",
  ]);
  expect(found.size_norm.log_rate.length).toBeGreaterThan(3);
  expect(stdout).not.toMatch(/NaN|undefined/);
});

it("works on files without posts, and says what is lacking", async () => {
  const bare = await file("bare.csv", "id,followers,awg_engagement_rate\n5,10,0.1\n6,20,0.2\n7,3000,0.01\n");
  const { stdout } = await run(bare);
  expect(stdout).toContain("There is no activity: the file has no posted_at (it could come from top_videos");
  expect(stdout).toMatch(/^engagement +66.7 % +2 +- +1 +- +0$/m);
  expect(stdout).not.toContain("creator");
  const out = join(folder, "bare-out");
  expect((await run(await file("ids.csv", "id\n5\n"), ["--out", out])).stderr).toBe(
    `0 pictures and activity.json in ${out}\n`,
  );
  expect(await readdir(out)).toEqual(["activity.json", "checksums.json"]);
});

it("measures from the newest date of a file that does not say when it was read", async () => {
  const posts = await file("posts.csv", 'id,top_videos\n5,"[""2023-08-01""]"\n6,"[""2023-06-22""]"\n');
  const { stdout } = await run(posts);
  expect(stdout).toContain("the newest date anywhere in the file (2023-08-01), because no profile says");
  expect(stdout).toMatch(/^posted within +30 days: 50 %, 90 days: 100 %$/m);
  expect(stdout).toMatch(/^activity +50 %/m);
  expect(stdout).not.toContain("by followers");
});

it("never takes an impossible date for 1970", async () => {
  const path = await file(
    "old.csv",
    "id,timestamp,top_videos\n5,2023-08-01,https://www.tiktok.com/@a/video/1234567890123456789\n",
  );
  const { stdout } = await run(path);
  expect(stdout).not.toContain("1970");
  expect(stdout).toMatch(/There is no activity/);
});

it("leaves nothing half written when it is stopped or the path is taken", async () => {
  const out = join(folder, "stopped");
  const stopped = await run(sample, ["--out", out], AbortSignal.abort(new Error("stopped")));
  expect(stopped).toMatchObject({ code: 1, stdout: "", stderr: "interrupted: nothing was written\n" });
  expect(existsSync(out)).toBe(false);
  expect((await run(sample, ["--out", sample])).stderr).toContain("a file stands there");
  await mkdir(join(folder, "mine"));
  expect((await run(sample, ["--out", join(folder, "mine")])).stderr).toContain("output folder exists");
  expect((await readdir(folder)).filter((name) => name.includes("partial"))).toEqual([]);
});

it("is a command of the command line, with its options", async () => {
  const { code, stdout, stderr } = await runHere(["activity", sample, "--json"]);
  expect([code, stderr]).toEqual([0, ""]);
  expect(JSON.parse(stdout)).toMatchObject({ profiles: 300 });
  expect((await runHere(["activity"])).code).toBe(2);
});
