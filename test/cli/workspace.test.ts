import { readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, expect, it } from "vitest";
import { writeSample } from "../../src/sample/sample.ts";
import { openWorkspace } from "../../src/workspace/open.ts";
import { runHere, scratchFolder } from "../support/harness.ts";
import { NOW } from "../support/workspace.ts";

const root = await scratchFolder();
const at = (name: string) => join(root, name);
const usualWorkspace = join(root, "data", "insights", "workspace.duckdb");
const run = (...words: string[]) => runHere(["workspace", ...words], { usualWorkspace });

const HEAD = "id,username,nickname,followers,likes,videos_count,timestamp\n";
beforeAll(async () => {
  await writeFile(
    at("june.csv"),
    `${HEAD}7123456789012345678,ann,Ann,5000,900,50,2023-06-01\n7123456789012345679,bo,Bo,6000,900,50,2023-06-02\n`,
  );
  await writeFile(
    at("july.csv"),
    `${HEAD}7123456789012345678,anna,Ann,7000,900,60,2023-07-01\n,cy,Cy,6000,900,50,2023-07-01\n`,
  );
});

it("keeps people over files, tells of them, gives them out, deletes and forgets", async () => {
  expect((await run("info")).stderr).toBe(
    `error: no workspace: ${usualWorkspace} (insights workspace add FILE makes one)\n`,
  );
  expect(await run("add", at("june.csv"))).toMatchObject({
    code: 0,
    stdout: `2 people, 2 of them new, as import 1\n${usualWorkspace}\n`,
  });
  expect((await stat(join(root, "data"))).mode & 0o777).toBe(0o700);
  expect((await run("add", at("june.csv"))).stdout).toMatch(
    /^2 people: the file is in the workspace already, as import 1; nothing has changed\n/,
  );
  expect((await run("add", at("july.csv"))).stdout).toMatch(/^2 people, 1 of them new, as import 2\n/);
  expect(JSON.parse((await run("info", "--json")).stdout)).toMatchObject({
    path: usualWorkspace,
    people: 3,
    snapshots: 4,
  });
  const told = (await run("info")).stdout;
  expect(told).toMatch(/^people {5}3$/m);
  expect(told).toMatch(/^ +2 +2 +1 +0 +1 Jul 2023 +2 Jan 2024 +july\.csv$/m);

  const out = at("all.csv");
  expect(await run("export", "--out", out)).toMatchObject({ code: 0, stdout: `4 rows\n${out}\n` });
  expect(
    (await readFile(out, "utf8")).split("\n").map((line) => line.split(",").slice(0, 5).join(",")),
  ).toEqual([
    "person,import_name,row,id,account_id",
    "1,june.csv,0,7123456789012345678,ann",
    "1,july.csv,0,7123456789012345678,anna",
    "2,june.csv,1,7123456789012345679,bo",
    "3,july.csv,1,,cy",
    "",
  ]);
  expect((await run("export", "--out", out)).stderr).toMatch(/^error: output file exists/);
  expect((await run("export", "--out", usualWorkspace, "--force")).code).toBe(2);
  expect((await run("export", "--out", at("all.xlsx"))).stderr).toMatch(
    /^error: unknown ending: .*all.xlsx \(expected \.parquet, \.csv, \.ndjson\)/,
  );

  expect((await run("forget", "@Ann")).stdout).toBe(`forgot 1 person: 2 profiles\n${usualWorkspace}\n`);
  expect((await run("forget", "ann")).stderr).toMatch(/^error: nobody is known as ann/);
  const deleted = await run("delete", "2");
  expect(deleted.stdout).toMatch(/^\d+\.\d MB, \d+\.\d MB before\n/);
  expect(deleted.stderr).toBe("deleted july.csv: 1 profile, and 1 person who are in no other import\n");
  expect((await run("delete", "two")).stderr).toMatch(/^error: .*expected the number of an import/);
  const shown: (string | undefined)[] = [];
  const terminal = { interactive: true, columns: 80 };
  const redraw = (text: string | undefined) => shown.push(text);
  expect((await runHere(["workspace", "vacuum"], { usualWorkspace, terminal, redraw })).code).toBe(0);
  expect(shown).toEqual(["Writing the file anew, which takes a while with many people", undefined]);
  expect(JSON.parse((await run("info", "--json")).stdout)).toMatchObject({
    people: 1,
    imports: [{ name: "june.csv" }],
  });
});

it("takes the file that is named, which one run at a time may open", async () => {
  const named = at("mine.duckdb");
  const workspace = await openWorkspace(named, { now: NOW });
  const refused = await run("add", at("june.csv"), "--workspace", named);
  await workspace.close();
  expect(refused).toMatchObject({ code: 1, stdout: "" });
  expect(refused.stderr).toMatch(
    new RegExp(`^error: the workspace ${named} is open in another run, process ${process.pid} `, "m"),
  );
  expect((await run("add", at("june.csv"), "--workspace", named)).code).toBe(0);
  expect((await run("add", at("no.csv"), "--workspace", named)).stderr).toMatch(/^error: no such file: /m);
});

it("adds several files, each counted, and loses none to a bad one", async () => {
  const workspace = ["--workspace", at("several.duckdb")];
  await writeFile(at("bad.csv"), "note\nmany words\nmore words\n");
  const files = [at("june.csv"), at("bad.csv"), at("no.csv"), at("july.csv")];
  const { code, stdout, stderr } = await run("add", ...files, ...workspace);
  expect(code).toBe(1);
  expect(stdout).toBe(
    `${at("june.csv")}: 2 people, 2 of them new, as import 1\n${at("july.csv")}: 2 people, 1 of them new, as import 2\n${at("several.duckdb")}\n`,
  );
  expect(stderr).toMatch(/^error: no known column: .*bad\.csv/m);
  expect(stderr).toMatch(/^error: no such file: .*no\.csv/m);
  expect(stderr).toContain(`error: not added: ${at("bad.csv")}, ${at("no.csv")} (2 of 4 files added)\n`);
  const again = await run("add", at("june.csv"), at("july.csv"), ...workspace);
  expect(again).toMatchObject({ code: 0, stdout: expect.stringMatching(/^(?:.*nothing has changed\n){2}/) });
});

it("keeps the files that it has told of where it is interrupted, and nothing of the others", async () => {
  const path = at("interrupted.duckdb");
  const controller = new AbortController();
  const words = ["workspace", "add", at("june.csv"), at("july.csv"), "--workspace", path];
  let told = "";
  const { code, stderr } = await runHere(words, {
    usualWorkspace,
    signal: controller.signal,
    stdout: (text) => {
      told += text;
      controller.abort(new Error("interrupted"));
    },
  });
  expect([code, told]).toEqual([1, `${at("june.csv")}: 2 people, 2 of them new, as import 1\n`]);
  expect(stderr).toMatch(/^interrupted: 1 of 2 files added, nothing of the others\n$/m);
  expect(JSON.parse((await run("info", "--json", "--workspace", path)).stdout)).toMatchObject({
    people: 2,
    imports: [{ name: "june.csv" }],
  });
});

it("says which commands there are", async () => {
  expect((await run("ad")).stderr).toMatch(/unknown command 'ad'\n\(Did you mean add\?\)/);
  expect((await run("add", "--help")).stdout).toMatch(/--workspace <file>/);
  expect((await run("export", "--oot", "x")).stderr).toMatch(/unknown option '--oot'/);
});

it("tells how forecasts did, once the same people are read again", async () => {
  const workspace = ["--workspace", at("forecasts.duckdb")];
  await writeSample(at("first.parquet"), { rows: 300, seed: 1 });
  await writeSample(at("later.parquet"), { rows: 300, seed: 1, later: 30 });
  await run("add", at("first.parquet"), ...workspace);
  expect((await run("forecasts", ...workspace)).stdout).toMatch(
    /^0 of 300 forecasts could be held to what happened\. Of the others\n {2}300 are too young: /m,
  );
  await run("add", at("later.parquet"), ...workspace);
  const { code, stdout } = await run("forecasts", ...workspace);
  expect(code).toBe(0);
  const [card] = JSON.parse((await run("forecasts", "--json", ...workspace)).stdout);
  const { people, came_true } = card.questions[0].likely;
  expect(stdout).toMatch(/^The model that ships, 30 days ahead\n\nWill they go on posting\?\n/);
  expect(stdout).toContain(`\nOf ${people} people forecast above 80 %, ${came_true} posted (`);
  expect(people).toBeGreaterThan(50);
});

it("reads columns as they were mapped last time, in as much memory as it is given", async () => {
  const how = ["--workspace", at("mapped.duckdb"), "--memory", "1GB"];
  await writeFile(at("may.csv"), "Q1,Q2\nann,10\n");
  await writeFile(at("next.csv"), "Q2,Q1\n20,bo\n");
  const mapped = ["--map", "account_id=Q1", "--map", "followers=Q2"];
  expect((await run("add", at("may.csv"), ...mapped, ...how)).stderr).not.toContain("last time");
  const next = await run("add", at("next.csv"), ...how);
  expect(next.stdout).toMatch(/^1 person, 1 of them new, as import 2\n/);
  expect(next.stderr).toContain("The columns are read as you mapped them for may.csv last time.\n");
  expect((await run("info", "--memory", "1KB")).stderr).toContain("expected at least");
});
