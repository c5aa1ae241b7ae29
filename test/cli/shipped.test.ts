import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { writeSample } from "../../src/sample/sample.ts";
import { runHere, scratchFolder } from "../support/harness.ts";
import { saveCreatorModel, saveUntrainedModel } from "../support/untrainedModel.ts";

const folder = await scratchFolder();
const at = (name: string) => join(folder, name);
const sample = at("sample.csv");
const shippedModel = at("shipped");

beforeAll(async () => {
  await writeSample(sample, { rows: 60, seed: 3 });
  await saveUntrainedModel(shippedModel, sample);
  await saveCreatorModel(at("creator"), sample);
  await mkdir(at("copies"));
  await writeFile(at("copies/a.csv"), await readFile(sample));
  await writeFile(at("copies/b.csv"), await readFile(sample));
});

/** Runs a command line with a model in place of the one that ships. */
const run = (...words: string[]) => runHere(words, { shippedModel });

const id = async () => (await readFile(at("scores.csv"), "utf8")).split("\n")[1].split(",")[0];

describe("without a model among the words, the one that ships", () => {
  it.each([
    ["score", [sample, "--out", at("scores.csv")]],
    ["score", [at("copies"), "--out", at("copies-scores.csv")]],
    ["shortlist", [sample, "--out", at("list.csv")]],
    ["export", ["--format", "sql"]],
  ])("is used by %s, and named in one line with its date and its limits", async (command, words) => {
    const { code, stderr } = await run(command, ...words);
    expect(code, stderr).toBe(0);
    const named = stderr.split("\n").filter((line) => line.startsWith("the model that ships"));
    expect(named).toEqual([
      "the model that ships: creator, learnt from 60 profiles of sample.csv as of 1 Jan 1970; it knows no other times and places (insights evaluate FILE measures it on yours)",
    ]);
  });

  it("gives the same as when it is named, as a word and by --model", async () => {
    await run("score", sample, "--out", at("none.csv"));
    const word = await run("score", shippedModel, sample, "--out", at("word.csv"));
    const option = await run("score", sample, "--model", shippedModel, "--out", at("option.csv"));
    expect([word.code, option.code]).toEqual([0, 0]);
    expect(word.stderr + option.stderr).not.toContain("the model that ships");
    const [none, ...named] = await Promise.all(
      ["none.csv", "word.csv", "option.csv"].map((name) => readFile(at(name), "utf8")),
    );
    expect(named).toEqual([none, none]);
  });

  it("explains an account, is judged and is compared with", async () => {
    const explained = await run("explain", sample, "--id", await id());
    expect([explained.code, explained.stderr]).toEqual([0, expect.stringMatching(/^the model that ships: /)]);
    const judged = await run("evaluate", sample);
    expect(judged.stderr).toMatch(/^the model that ships: .*\nerror: invalid model: it has not kept what/);
    const compared = await run("compare", sample);
    expect(compared.code).toBe(1);
    expect(compared.stderr).toContain("has not kept what its training rows looked like: the one that ships");
  });

  it("answers two questions of every row, and counts those about whom it has nothing to say", async () => {
    const post = "https://www.tiktok.com/@a/video/7250000000000000000";
    const lines = ["a,500,0.2,2023-08-01,", `b,500,,2023-08-01,${post}`, "c,,,2023-08-03,", `d,7,,,${post}`];
    await writeFile(
      at("kinds.csv"),
      `${["account_id,followers,awg_engagement_rate,timestamp,top_videos", ...lines].join("\n")}\n`,
    );
    const words = ["score", at("kinds.csv"), "--out", at("kinds-scores.csv")];
    const { code, stdout, stderr } = await runHere(words, { shippedModel: at("creator") });
    expect(code, stderr).toBe(0);
    const [head, ...rows] = (await readFile(at("kinds-scores.csv"), "utf8")).trim().split("\n");
    expect(head).toBe("id,probability,active,still_posting,well_answered,evidence");
    expect(rows.map((row) => row.split(",").at(-1))).toEqual([
      "profile+rate",
      "posts+profile",
      "none+none",
      "profile+profile",
    ]);
    expect(stdout).toMatch(/^1 with nothing to answer either question from \(none\+none\)$/m);
    expect(stdout).toMatch(/^1 whose posts say nothing, because it is not known when the profile was read$/m);
    expect(stdout).toMatch(
      /^Profiles read from 1 Aug 2023 to 3 Aug 2023, the first 5 months ago \(1 profile without a day\); the forecast is for the 30 days after the day of each\.$/m,
    );
  });

  it.each([["score"], ["shortlist"]])(
    "refuses a file of handles in %s, and names what each question needs",
    async (command) => {
      await writeFile(at("handles.csv"), "account_id,nickname\na,A\nb,B\n");
      const words = [command, at("handles.csv"), "--out", at("never.csv")];
      const { code, stdout, stderr } = await runHere(words, { shippedModel: at("creator") });
      expect([code, stdout]).toEqual([1, ""]);
      expect(stderr).toMatch(
        /^error: missing columns: neither question can be answered\. To tell who goes on posting: posted_at; or .*\. To tell who is answered well: awg_engagement_rate and followers; or /m,
      );
    },
  );

  it("is missed in words where it is not there", async () => {
    const gone = { shippedModel: at("gone") };
    const { code, stdout, stderr } = await runHere(["shortlist", sample, "--out", at("no.csv")], gone);
    expect([code, stdout]).toEqual([1, ""]);
    expect(stderr).toBe(
      `error: no shipped model: ${at("gone")} holds none (name one with --model; insights train makes one)\n`,
    );
  });
});
