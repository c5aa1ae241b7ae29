import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync } from "node:fs";
import { cp, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { MAIN, ROOT, scratchFolder, start } from "../support/harness.ts";

const scratch = await scratchFolder();
const sample = join(ROOT, "examples/profiles.csv");
const quick = ["--max-epochs", "20", "--no-recommended"];

it("studies the shipped sample as the README says, and tells where the report is", async () => {
  const out = join(scratch, "plain");
  const { code, stdout, stderr } = await start(["study", "--out", out]).finished;
  expect({ code, stdout: stdout === "" }).toEqual({ code: 0, stdout: false });
  expect(stdout).toContain(join(out, "report.html"));
  // Piped, not a terminal: a line a step, no cursor movements.
  expect(stderr).not.toContain("\u001b");
  expect(stderr.trim().split("\n").length).toBeGreaterThanOrEqual(6);

  const table = (text: string, line: string) =>
    text
      .split("\n")
      .find((row) => row.includes(line))
      ?.match(/\b[01]\.\d{3}\b/g)
      ?.map(Number);
  const readme = await readFile(join(ROOT, "README.md"), "utf8");
  for (const [told, written] of [
    ["the study's own protocol", "the study's own protocol"],
    ["correct protocol, at 0.5 ", "the correct protocol, at 0.5"],
    ["correct protocol, at 0.0", "threshold chosen on validation rows"],
    ["like_engagement_rate +", "`like_engagement_rate +"],
  ]) {
    const [measured, claimed] = [table(stdout, told)?.slice(-3), table(readme, written)?.slice(-3)];
    expect(measured, told).toHaveLength(3);
    measured?.forEach((value, i) => {
      expect(value, `${told}: README.md says ${claimed}`).toBeCloseTo(claimed?.[i] ?? Number.NaN, 2);
    });
  }
  // The whole study of 1000 profiles, all epochs and folds: a minute on a busy machine.
}, 120_000);

it("leaves no half output at Ctrl-C, and ends as the shell expects", async () => {
  const folder = join(scratch, "interrupted");
  mkdirSync(folder);
  const { child, finished, seen } = start(["study", sample, "--out", join(folder, "out"), "--seeds", "1000"]);
  while (!seen().includes("Fit features") && child.exitCode === null)
    await new Promise((done) => setTimeout(done, 20));
  child.kill("SIGINT");
  const { code, stderr } = await finished;
  expect(code).toBe(130);
  expect(stderr).toContain("interrupted: nothing was written");
  expect(readdirSync(folder)).toEqual([]);
});

/** Whether a small file system of our own can be mounted here. */
function mount(folder: string): boolean {
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=256k", "tmpfs", folder], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

it("says that the disk is full and leaves nothing on it", async (context) => {
  const folder = join(scratch, "full");
  mkdirSync(folder);
  if (!mount(folder)) return context.skip("no permission to mount a small tmpfs");
  try {
    const { code, stderr } = await start(["study", sample, "--out", join(folder, "out"), ...quick]).finished;
    expect(code).toBe(1);
    expect(stderr).toContain("the disk is full");
    expect(stderr).not.toContain("    at ");
    expect(readdirSync(folder)).toEqual([]);
  } finally {
    execFileSync("umount", [folder]);
  }
});

it("prints metrics.json and nothing else with --json, from another folder and of a file whose name is odd", async () => {
  const folder = join(scratch, "elsewhere [1]");
  mkdirSync(folder);
  await cp(sample, join(folder, "it's *mine*.csv"));
  const words = ["study", "it's *mine*.csv", "--out", "out", "--json", ...quick];
  const { code, stdout } = await start(words, { cwd: folder }).finished;
  expect(code).toBe(0);
  expect(stdout).toBe(await readFile(join(folder, "out/metrics.json"), "utf8"));
  expect(existsSync(join(folder, "out/report.html"))).toBe(true);
});

it("ends quietly when its reader goes away", async () => {
  await writeFile(
    join(scratch, "closed.sh"),
    `"$1" "$2" inspect "$3" | head -n 1\nexit "\${PIPESTATUS[0]}"\n`,
  );
  const text = execFileSync("bash", [join(scratch, "closed.sh"), process.execPath, MAIN, sample], {
    encoding: "utf8",
  });
  expect(text).toContain("profiles.csv");
});
