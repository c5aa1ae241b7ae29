import { existsSync } from "node:fs";
import { cp, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import type { Explanation } from "../../src/explain/explanation.ts";
import { writeSample } from "../../src/sample/sample.ts";
import { runHere, scratchFolder } from "../support/harness.ts";
import { saveCreatorModel, saveUntrainedModel } from "../support/untrainedModel.ts";

const folder = await scratchFolder();
const sample = join(folder, "sample.csv");
const model = join(folder, "model");
const creator = join(folder, "creator");
const bare = join(folder, "bare.csv");
let ids: string[];
let scored: Map<string, number>;

beforeAll(async () => {
  await writeSample(sample, { rows: 250, seed: 3 });
  await saveUntrainedModel(model, sample);
  await saveCreatorModel(creator, sample);
  await runHere(["score", model, sample, "--out", join(folder, "scores.csv")]);
  const [, ...lines] = (await readFile(join(folder, "scores.csv"), "utf8")).trim().split("\n");
  scored = new Map(lines.map((line) => [line.split(",")[0], Number(line.split(",")[1])]));
  ids = [...scored.keys()];
  await writeFile(bare, "account_id,followers,likes\nSome.One,100,5000\nother,9000000,3\n");
});

describe("insights explain", () => {
  it("prints what an account shows, what speaks for it and against, and what the numbers mean", async () => {
    const { code, stdout, stderr } = await runHere(["explain", model, sample, "--id", ids[3]]);
    expect(code).toBe(0);
    expect(stderr).toMatch(/^warning: profiles older than 30 days tell who was posting then.*\n$/);
    expect(stdout).toMatch(
      /\n\nProfiles read from \d+ Jul 2023 to \d+ Aug 2023, the first 5 months ago\.\n$/,
    );
    expect(stdout).toMatch(
      new RegExp(
        `^${ids[3]}: [\\d.]+ % creator, number \\d+ of 250 accounts; (at or above|below) the threshold of`,
      ),
    );
    expect(stdout).toMatch(/^[+-]\d\.\d\d +█*│█* +speaks (for|against) +\S/m);
    expect(stdout).toMatch(/^From [+-][\d.]+ \([\d.]+ %\), the mean of the accounts/m);
    expect(stdout).toContain("not causes");
  });

  it("gives the same as JSON, for several, with the probabilities of the scores", async () => {
    const wanted = [ids[5], ids[9]];
    const { stdout } = await runHere([
      "explain",
      model,
      sample,
      ...wanted.flatMap((id) => ["--id", id]),
      "--json",
    ]);
    const found = JSON.parse(stdout) as (Explanation & { id: string })[];
    expect(found.map(({ id }) => id)).toEqual(wanted);
    for (const { id, base, logit, probability, threshold, active, contributions } of found) {
      expect(probability).toBeCloseTo(scored.get(id) ?? Number.NaN, 6);
      expect(active).toBe(probability >= threshold);
      expect(contributions.reduce((sum, { value }) => sum + value, base)).toBeCloseTo(logit, 6);
    }
  });

  it("answers two questions by what is known of an account, and says which facts stand behind it", async () => {
    const words = ["--id", ids[3], "--id", ids[4]];
    const { code, stdout } = await runHere(["explain", creator, sample, ...words]);
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^ {2}goes on posting +[\d.]+ % {2}by its (posts|page) +(posted|last post|no posts)/m,
    );
    expect(stdout).toMatch(/^ {2}answered well +[\d.]+ % {2}by its (rate|page) +answered /m);
    const json = await runHere(["explain", creator, sample, ...words, "--json"]);
    for (const { answers, rank, probability } of JSON.parse(json.stdout)) {
      expect(answers).toMatchObject({ evidence: "posts+rate", out_of_fold: false });
      expect(answers.probability).toBeCloseTo(probability, 6);
      expect(stdout).toContain(`number ${rank} of 250 accounts`);
    }
  });

  it("tells of an account that the model learnt from what networks said that did not", async () => {
    await mkdir(join(folder, "trained"));
    await cp(creator, join(folder, "trained/model"), { recursive: true });
    await writeFile(
      join(folder, "trained/answers.csv"),
      `id,probability,still_posting,well_answered,evidence\n${ids[3]},0.123,0.9,0.137,posts+rate\n`,
    );
    const words = ["explain", join(folder, "trained"), sample, "--id"];
    const learnt = await runHere([...words, ids[3]]);
    expect(learnt.stdout).toContain(`${ids[3]}: 12 % creator`);
    expect(learnt.stdout).toMatch(/^ {2}answered well +14 % {2}by its rate/m);
    expect(learnt.stdout).toContain(
      "The model learnt from this account: the above is of networks that did not.",
    );
    const other = await runHere([...words, ids[4]]);
    expect(other.stdout).not.toContain("The model learnt from");
    // Without what the training left, the model grades its own pupils, and that is said.
    const alone = await runHere(["explain", creator, sample, "--id", ids[3]]);
    expect(alone.stderr).toMatch(
      /^warning: the model was trained on this very file, and the out-of-fold answers/m,
    );
    expect(learnt.stderr).not.toContain("trained on this very file");
  });

  it("takes a handle, and says which columns a file lacks", async () => {
    const { code, stdout, stderr } = await runHere(["explain", model, bare, "--id", "@some.one"]);
    expect(code).toBe(0);
    expect(stderr).toMatch(
      /^warning: the file does not have .*videos_count.*; the model takes them as unknown/,
    );
    expect(stdout).toContain("@some.one: ");
    expect(stdout).toContain("50 likes per follower");
  });

  it("draws an account, and never over a file unless told", async () => {
    const svg = join(folder, "why.svg");
    const words = ["explain", model, sample, "--id", ids[0], "--figure"];
    expect((await runHere([...words, svg])).code).toBe(0);
    expect(await readFile(svg, "utf8")).toMatch(/^<svg[\s\S]*prefers-color-scheme:\s*dark/);
    const again = await runHere([...words, svg]);
    expect(again).toMatchObject({ code: 1, stdout: "" });
    expect(again.stderr).toContain(`output file exists: ${svg}`);
    const png = join(folder, "why.png");
    expect((await runHere([...words, png, "--force"])).code).toBe(0);
    expect((await readFile(png)).subarray(1, 4).toString()).toBe("PNG");
  });

  it("refuses what cannot be explained", async () => {
    const nothing = join(folder, "nothing.csv");
    await writeFile(nothing, "account_id,url\na,https://example.com\n");
    const cases: [string[], number, string][] = [
      [[model, sample, "--id", "nobody", "--id", ids[0]], 1, "no such account: nobody (expected an id or"],
      [[model, nothing, "--id", "a"], 1, "missing columns: "],
      [[join(folder, "no"), sample, "--id", "a"], 1, "no such model"],
      [[model, sample], 2, "required option '--id <id>'"],
      [[model, sample, "--id", "a", "--figure", "a.gif"], 2, "unknown kind of figure: a.gif"],
      [[model, sample, "--id", "a", "--id", "b", "--figure", "a.svg"], 2, "--figure draws one account"],
      [
        [model, sample, "--id", ids[0], "--figure", join(folder, "no", "a.svg")],
        1,
        "the folder does not exist",
      ],
    ];
    for (const [words, code, message] of cases) {
      const run = await runHere(["explain", ...words]);
      expect(run.stderr).toContain(message);
      expect([run.code, run.stdout]).toEqual([code, ""]);
    }
    expect(existsSync("a.svg")).toBe(false);
  });
});
