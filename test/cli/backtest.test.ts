import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { writeSample } from "../../src/sample/sample.ts";
import { forecastEvaluationSchema } from "../../src/training/evaluateForecast.ts";
import { runHere, scratchFolder } from "../support/harness.ts";
import { saveUntrainedModel } from "../support/untrainedModel.ts";

const folder = await scratchFolder();
const sample = join(folder, "sample.csv");
const posts = join(folder, "posts.csv");

/** Address of a post of a day: a video's number holds its second in the upper half. */
const postOf = (day: string) => `https://www.tiktok.com/@a/video/${(BigInt(Date.parse(day)) / 1000n) << 32n}`;

beforeAll(async () => {
  await writeSample(sample, { rows: 400, seed: 3 });
  // Read on 1 August: 30 posted in July as well as in June, 25 in May only, and one for the first time in July.
  const again = Array.from({ length: 30 }, (_, i) => [
    `again${i}`,
    postOf("2023-07-20"),
    postOf("2023-06-28"),
    postOf("2023-06-20"),
  ]);
  const gone = Array.from({ length: 25 }, (_, i) => [`gone${i}`, postOf("2023-05-20"), postOf("2023-05-10")]);
  // A list is taken for whole where others are longer.
  const long = [
    "long",
    postOf("2023-07-20"),
    ...Array.from({ length: 20 }, (_, i) => postOf(`2023-06-${29 - i}`)),
  ];
  const rows = [long, ...again, ...gone, ["new", postOf("2023-07-20")]];
  await writeFile(
    posts,
    `account_id,timestamp,top_videos\n${rows.map(([who, ...listed]) => `${who},2023-08-01,"${listed.join(",")}"\n`).join("")}`,
  );
});

const evaluate = (...words: string[]) => runHere(["evaluate", ...words, "--backtest"]);

describe("insights evaluate --backtest", () => {
  it("hides what came later, by posts alone, and asks who posted again", async () => {
    const { code, stdout, stderr } = await evaluate(posts, "--json");
    expect(code, stderr).toBe(0);
    const found = forecastEvaluationSchema.parse(JSON.parse(stdout));
    expect(found).toMatchObject({ horizon: 30, accounts: 56, came: 31, trained_on: false });
    // The last post before the moment tells the two kinds apart, and so does the forecast.
    expect([found.roc_auc, found.days_since_last_post.roc_auc]).toEqual([1, 1]);
    expect(found.brier).toBeLessThan(0.25);
  });

  it("says it in a table, beside the days since the last post alone", async () => {
    const { stdout } = await evaluate(sample);
    expect(stdout).toMatch(
      /^400 profiles \(Bright Data\), taken back by 30 days: \d+ accounts with posts before that, \d+ \([\d.]+ %\) posted again$/m,
    );
    expect(stdout).toMatch(/^ROC AUC +0\.\d{3} {2}0\.\d{3} to 0\.\d{3}$/m);
    expect(stdout).toMatch(/^ROC AUC of days since the last post alone +0\.\d{3}$/m);
  });

  it("is refused where there is nothing to go back to, and for a model that makes no forecast", async () => {
    const bare = join(folder, "bare.csv");
    await writeFile(bare, "account_id,followers\na,5\n");
    expect((await evaluate(bare)).stderr).toMatch(
      /^error: missing column: posted_at, needed for a back-test/m,
    );
    const few = join(folder, "few.csv");
    await writeFile(few, `account_id,timestamp,top_videos\na,2023-08-01,${postOf("2023-06-20")}\n`);
    expect((await evaluate(few)).stderr).toMatch(
      /^error: too few examples: 30 days or more before the snapshot, 0 accounts went on/m,
    );
    await saveUntrainedModel(join(folder, "other"), sample);
    const other = await evaluate(join(folder, "other"), posts);
    expect([other.code, other.stderr]).toEqual([
      1,
      "error: the model makes no forecast: it answers one question, not whether posts go on (expected a model of the target creator)\n",
    ]);
  });
});
