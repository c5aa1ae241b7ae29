import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { parseMetrics } from "../../src/report/metrics.ts";
import { writeSample } from "../../src/sample/sample.ts";
import { runHere, scratchFolder } from "../support/harness.ts";
import { saveUntrainedModel } from "../support/untrainedModel.ts";

const folder = await scratchFolder();
const at = (name: string) => join(folder, name);
const sample = at("sample.csv");
const shippedModel = at("shipped");
const QUICK = ["--max-epochs", "3", "--hidden", "4", "--no-recommended"];

beforeAll(async () => {
  await writeSample(sample, { rows: 150, seed: 3 });
  await saveUntrainedModel(shippedModel, sample);
});

/** Runs the command with a list and a report of this name. */
const start = (name: string, ...words: string[]) =>
  runHere(["start", ...words, "--list", at(`${name}.csv`), "--out", at(name), ...QUICK], { shippedModel });

describe("insights start", () => {
  it("writes a list, prints its first ten, then studies the file", async () => {
    const cut = at("cut.csv");
    await writeFile(cut, `${await readFile(sample, "utf8")}${"x\n".repeat(20)}`);
    const { code, stdout, stderr } = await start("whole", cut);
    expect(code, stderr).toBe(0);
    // Both read the file, and one says so.
    expect(stderr.match(/^warning: 20 of 170 records .* were rejected/gm)).toHaveLength(1);
    expect(stderr.match(/were rejected/g)).toHaveLength(1);
    const [head, ...lines] = (await readFile(at("whole.csv"), "utf8")).trim().split("\n");
    expect(head).toMatch(/^rank,account,name,url,probability/);
    const printed = stdout.split("\n").filter((line) => /^ *\d+ {2}\S+ +[\d.]+ % /.test(line));
    expect(printed).toHaveLength(10);
    expect(printed.map((line) => line.trim().split(/ +/)[1])).toEqual(
      lines.slice(0, 10).map((line) => line.split(",")[1]),
    );
    // People first, the study after.
    expect(stdout.indexOf("listed:")).toBeGreaterThan(0);
    expect(stdout.indexOf("on the test rows")).toBeGreaterThan(stdout.indexOf("listed:"));
    expect(await readdir(at("whole"))).toEqual(expect.arrayContaining(["report.html", "metrics.json"]));
  });

  it("ranks a file that cannot be studied, and says why there is no study", async () => {
    const bare = at("bare.csv");
    await writeFile(bare, "account_id,followers,likes,videos_count\na,10000,500000,70\nb,9000000,3,1\n");
    const { code, stdout, stderr } = await start("ranked", bare);
    expect(code, stderr).toBe(0);
    expect(stderr).toMatch(/^no study: missing column.*awg_engagement_rate.*bare\.csv/m);
    expect(stdout).toContain("2 accounts listed");
    expect(await readFile(at("ranked.csv"), "utf8")).toMatch(/\n1,[ab],/);
    expect(existsSync(at("ranked"))).toBe(false);
  });

  it("keeps the list where the study is interrupted, and says where it is", async () => {
    const controller = new AbortController();
    const { code, stderr } = await runHere(
      ["start", sample, "--list", at("kept.csv"), "--out", at("kept"), ...QUICK],
      {
        shippedModel,
        signal: controller.signal,
        stdout: (text) => {
          if (text.includes("listed:")) controller.abort(new Error("interrupted"));
        },
      },
    );
    expect(code).toBe(1);
    expect(stderr.split("\n").at(-2)).toBe(
      `interrupted: there is no report; the list is in ${at("kept.csv")}`,
    );
    expect([existsSync(at("kept.csv")), existsSync(at("kept"))]).toEqual([true, false]);
  });

  it("leaves standard output to the numbers, where those are asked for", async () => {
    const { stdout, stderr } = await start("numbers", sample, "--json");
    expect(parseMetrics(JSON.parse(stdout)).dataset.rows).toBe(150);
    expect(stderr).toContain("accounts listed");
  });

  it("replaces neither list nor report unless told, and looks at both first", async () => {
    await writeFile(at("taken.csv"), "mine");
    const list = await start("taken", sample);
    expect(list).toMatchObject({ code: 1, stdout: "" });
    expect(list.stderr).toContain(`output file exists: ${at("taken.csv")}`);
    await writeFile(at("free"), "mine");
    const report = await start("free", sample);
    expect(report).toMatchObject({ code: 1, stdout: "" });
    expect(existsSync(at("free.csv"))).toBe(false);
    expect(await readFile(at("taken.csv"), "utf8")).toBe("mine");
    expect((await start("taken", sample, "--force")).code).toBe(0);
  });

  it("keeps earlier results of the usual names: the next ones get a number, which is told", async () => {
    const cwd = process.cwd();
    const here = at("here");
    await mkdir(here);
    process.chdir(here);
    try {
      const bare = at("small.csv");
      await writeFile(bare, "account_id,followers,likes,videos_count\na,10000,500000,70\nb,9000000,3,1\n");
      const usual = (...words: string[]) => runHere(["start", ...words], { shippedModel });
      expect((await usual(bare)).stderr).not.toContain("kept");
      await mkdir("insights-report-2");
      const second = await usual(bare);
      expect(second.stderr).toContain(
        "2 earlier results kept here: this one goes to insights-report-3 and insights-shortlist-3.csv (--force replaces the first)\n",
      );
      // What is wrong with the file comes first, and alone.
      expect(await usual("nofile.csv")).toMatchObject({
        ...{ code: 1, stdout: "" },
        stderr: expect.stringMatching(/^[^\n]*nofile\.csv[^\n]*\n$/),
      });
      const named = await usual(bare, "--list", "mine.csv");
      expect(named.stderr).not.toContain("kept");
      expect((await usual(bare, "--force")).code).toBe(0);
      expect((await readdir(here)).sort()).toEqual([
        "insights-report-2",
        "insights-shortlist-3.csv",
        "insights-shortlist.csv",
        "mine.csv",
      ]);
    } finally {
      process.chdir(cwd);
    }
  });
});
