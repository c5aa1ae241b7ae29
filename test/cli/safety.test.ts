import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rename, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { claim } from "../../src/base/output/claim.ts";
import { readProfiles } from "../../src/profiles/read.ts";
import { writeSample } from "../../src/sample/sample.ts";
import { describeFile, type Manifest } from "../../src/scoring/unfinished.ts";
import { MAIN, runHere, scratchFolder, start } from "../support/harness.ts";
import { saveUntrainedModel } from "../support/untrainedModel.ts";

const folder = await scratchFolder();
const at = (...names: string[]) => join(folder, ...names);
const model = at("model");
const profiles = at("profiles.parquet");

beforeAll(async () => {
  await writeSample(profiles, { rows: 2000, seed: 21 });
  await writeSample(at("few.csv"), { rows: 100, seed: 21 });
  await saveUntrainedModel(model, at("few.csv"));
});

const words = (out: string, ...more: string[]) => [
  ...["score", model, profiles, "--out", out, "--part-size", "100KB"],
  ...more,
];

/** A run that is stopped once it has finished so many parts. */
async function stopped(out: string, parts: number): Promise<void> {
  const stop = new AbortController();
  const running = runHere(words(out), { signal: stop.signal });
  while (!existsSync(`${out}.partial/part-0000${parts - 1}`))
    await new Promise((done) => setTimeout(done, 2));
  stop.abort(new Error("interrupted"));
  expect((await running).stderr).toContain("goes on");
}

describe("insights score --resume", () => {
  it("makes a damaged part anew, and says so", async () => {
    const whole = at("whole.csv");
    expect((await runHere(words(whole))).code).toBe(0);
    for (const [name, harm] of Object.entries({
      "cut.csv": (path: string) => truncate(path, 1000),
      "changed.csv": async (path: string) => {
        const bytes = await readFile(path);
        bytes[bytes.length - 3] ^= 1;
        await writeFile(path, bytes);
      },
    })) {
      await stopped(at(name), 2);
      await harm(at(`${name}.partial`, "part-00000"));
      const { code, stdout, stderr } = await runHere(words(at(name), "--resume"));
      expect(code, stderr).toBe(0);
      expect(stderr).toContain("part-00000 was damaged since it was written, and was made anew\n");
      expect(stdout).toMatch(/^2,000 records = 2,000 profiles written/m);
      expect(await readFile(at(name), "utf8")).toBe(await readFile(whole, "utf8"));
    }
  });

  it("has no more to do than to clear up, where a kill came after the output was in its place", async () => {
    const out = at("placed.csv");
    await stopped(out, 2);
    const path = at("placed.csv.partial", "manifest.json");
    const manifest = JSON.parse(await readFile(path, "utf8")) as Manifest;
    await rename(at("placed.csv.partial", "part-00000"), out);
    const parts = manifest.parts.slice(0, 1);
    await writeFile(path, JSON.stringify({ ...manifest, parts, whole: await describeFile(out) }));
    const { code, stdout } = await runHere(words(out, "--resume"));
    expect([code, stdout]).toEqual([0, expect.stringContaining(`${parts[0].written} profiles written`)]);
    expect((await readdir(folder)).filter((name) => name.includes("placed"))).toEqual(["placed.csv"]);
    expect((await runHere(words(out, "--resume"))).stderr).toContain("output file exists");
  });
});

it("keeps a second run away from an output that another writes", async () => {
  const out = at("two.csv");
  {
    await using _first = await claim(out, false);
    const second = await start(words(out)).finished;
    expect([second.code, second.stdout]).toEqual([1, ""]);
    expect(second.stderr).toContain(`another run writes it, process ${process.pid} (wait for it`);
  }
  expect((await runHere(words(out))).code).toBe(0);
});

describe("a machine with something wrong", () => {
  it.each([
    ["is not there", at("nowhere"), "the folder does not exist"],
    ["cannot be written", "/proc", "the folder does not exist|no permission to write there"],
  ])("is told, where the folder for temporary files %s", async (_what, folderOf, why) => {
    // DuckDB would read the name as a pattern, so that the file gets a link in that folder.
    await writeFile(at("odd[1].csv"), await readFile(at("few.csv")));
    vi.stubEnv("TMPDIR", folderOf);
    const { code, stderr } = await runHere(["inspect", at("odd[1].csv")]);
    vi.unstubAllEnvs();
    expect(code).toBe(1);
    expect(stderr).toMatch(
      new RegExp(
        `^error: cannot make temporary files in ${folderOf}: (${why}) \\(TMPDIR names another folder\\)$`,
        "m",
      ),
    );
    expect(stderr).not.toContain("fault of the program");
  });

  it.skipIf(!existsSync("/dev/full"))("is told, where standard output goes to a full disk", async () => {
    const line = `"${process.execPath}" "${MAIN}" inspect "${at("few.csv")}" > /dev/full`;
    const said = await new Promise<{ code: unknown; stderr: string }>((done) =>
      execFile("sh", ["-c", line], (error, _stdout, stderr) => done({ code: error?.code ?? 0, stderr })),
    );
    expect(said).toEqual({ code: 1, stderr: "error: cannot write to standard output: the disk is full\n" });
  });
});

it("runs no text of a file in a spreadsheet that opens the scores, and changes no number", async () => {
  await mkdir(at("formulas"));
  const file = at("formulas", "in.csv");
  const rows = [
    ["=cmd", 100, 5, 3, "=HYPERLINK(1)", "-0.5"],
    ["ana", 200, 6, 4, "@SUM(1)", "+4915112345678"],
  ];
  const text = [
    "account_id,followers,likes,videos_count,biography,=score",
    ...rows.map((row) => row.join(",")),
  ];
  await writeFile(file, `${text.join("\n")}\n`);
  const score = async (name: string) => {
    const out = at("formulas", name);
    const { code, stderr } = await runHere(["score", model, file, "--columns", "all", "--out", out]);
    expect(code, stderr).toBe(0);
    return readFile(out, "utf8");
  };
  const [header, ...lines] = (await score("out.csv")).trimEnd().split("\n");
  expect(header).toMatch(/^account_id,followers,likes,videos_count,biography,'=score,probability/);
  expect(lines[0]).toMatch(/^'=cmd,100,5,3,'=HYPERLINK\(1\),-0\.5,/);
  expect(lines[1]).toMatch(/^ana,200,6,4,'@SUM\(1\),\+4915112345678,/);
  expect(await score("out.ndjson")).toContain('"account_id":"=cmd"');
  const back = await readProfiles(at("formulas", "out.ndjson"));
  expect(back.rows).toBe(2);
  await back.close();
});
