import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { ROOT, runHere } from "../support/harness.ts";

it("shows help and version on standard output", async () => {
  const help = await runHere(["--help"]);
  expect(help.code).toBe(0);
  for (const command of ["study", "inspect", "train", "tune", "score", "evaluate", "sample"])
    expect(help.stdout).toContain(command);
  const { version } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
  expect(await runHere(["--version"])).toEqual({ code: 0, stdout: `${version}\n`, stderr: "" });
});

const wrong: [words: string[], message: RegExp][] = [
  [["nonsense"], /unknown command 'nonsense'/],
  [["study", "--nonsense"], /unknown option '--nonsense'/],
  [["study", "a.csv", "b.csv"], /too many arguments/],
  [["study", "--preset", "x"], /unknown preset: x \(expected original/],
  [["study", "--seeds", "0"], /^error: invalid --seeds: 0 \(expected a whole number from 1 to \d+\)$/m],
  [["study", "--seeds", "1.5"], /expected a whole number from 1/],
  [["study", "--seed", "-1"], /expected a whole number from 0/],
  [["study", "--min-precision", "88"], /expected a number from 0 to 1/],
  [["study", "--min-precision", ""], /expected a number from 0 to 1/],
  [["study", "--hidden", "64,,64"], /expected units a layer/],
  [["study", "--map", "followers"], /expected canonical=source/],
  [["study", "--map", "folowers=fans"], /unknown column: folowers \(expected .*followers/],
  [["start", "--preset", "x"], /unknown preset: x/],
  [["start", "--list", "taken"], /unknown format: taken/],
  [["inspect"], /missing required argument 'file'/],
  [["inspect", "a.csv", "--map", "folowers=fans"], /unknown column: folowers/],
  [["activity", "a.csv", "--out", "taken", "--map", "folowers=fans"], /unknown column: folowers/],
  [["train", "a.csv"], /required option '--out <folder>'/],
  [["train", "a.csv", "--out", "taken", "--folds", "1"], /expected a whole number from 2/],
  [["train", "a.csv", "--out", "taken", "--preset", "x"], /unknown preset: x/],
  [["train", "a.csv", "--out", "taken", "--target", "x", "--recipe", "none.json"], /unknown target: x/],
  [["train", "a.csv", "--out", "taken", "--target", "followers >"], /invalid condition/],
  [["train", "a.csv", "--out", "taken", "--min-precision", "88"], /invalid min-precision: 88/],
  [["train", "a.csv", "--out", "taken", "--cost", "1"], /invalid cost: 1/],
  [["train", "a.csv", "--out", "taken", "--tiers", "nano"], /invalid tiers?: nano/],
  [
    ["train", "a.csv", "--out", "taken", "--active-days", "9"],
    /--active-days is not for the target creator \(creator takes --horizon\)/,
  ],
  [
    ["train", "a.csv", "--out", "taken", "--target", "activity", "--horizon", "9"],
    /--horizon is not for the target activity$/m,
  ],
  [["train", "a.csv", "--out", "taken", "--horizon", "9", "--active-days", "9"], /--active-days is not for/],
  [
    ["tune", "a.csv", "--out", "taken", "--target", "engagement", "--active-days", "9"],
    /--active-days is not for the target engagement/,
  ],
  [["tune", "a.csv", "--out", "taken", "--preset", "x"], /unknown preset: x/],
  [["tune", "a.csv", "--out", "taken", "--target", "x"], /unknown target: x/],
  [["score", "--out", "x.csv"], /missing files \(expected \[MODEL\] FILES\.\.\.\)/],
  [["score", "model", "a.csv"], /required option '--out <file>'/],
  [["score", "model", "a.csv", "--out", "taken"], /unknown ending: taken/],
  [["score", "model", "-", "--out", "taken.csv", "--resume"], /--resume needs files/],
  [["evaluate"], /missing file \(expected \[MODEL\] FILE\)/],
  [["evaluate", "model", "a.csv", "b.csv"], /too many words \(expected \[MODEL\] FILE\)/],
  [["evaluate", "model", "a.csv", "--tiers", "nano"], /invalid tiers?: nano/],
  [["explain", "model", "a.csv", "--id", "1", "--figure", "taken"], /unknown kind of figure: taken/],
  [["compare", "a.csv", "b.csv", "--out", "taken", "--preset", "x"], /unknown preset: x/],
  [["compare"], /missing file \(expected \[TRAIN\] FILE\)/],
  [["compare", "a.csv", "b.csv", "c.csv"], /too many words \(expected \[TRAIN\] FILE\)/],
  [["shortlist", "--out", "taken.csv"], /missing file \(expected \[MODEL\] FILE\)/],
  [["shortlist", "model", "a.csv", "--out", "taken"], /unknown format: taken/],
  [["shortlist", "model", "a.csv", "--out", "taken.csv", "--tier", "x"], /unknown tier: x/],
  [["shortlist", "model", "a.csv", "--out", "taken.csv", "--where", "likes >"], /invalid condition/],
  [["serve", "a", "--host", "0.0.0.0"], /no token: 0\.0\.0\.0/],
  [["export", "a", "b", "--format", "sql"], /too many words \(expected \[MODEL\]\)/],
  [["export", "--format", "onnx"], /say where it shall go with --out/],
  [["export", "model", "--format", "onnx"], /say where it shall go with --out/],
  [["sample"], /required option '--out <file>'/],
  [["sample", "--out", "taken"], /unknown ending: taken/],
];

it.each(wrong)(
  "ends with 2 and one clear message for %j, whatever stands on the disk",
  async (words, message) => {
    for (const name of ["insights-report", "taken", "taken.csv"]) mkdirSync(name, { recursive: true });
    const { code, stdout, stderr } = await runHere(words);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/^\s+at /m);
  },
);

it("shows where a mistake was found only with --debug", async () => {
  const plain = await runHere(["inspect", "no-such.csv"]);
  const debug = await runHere(["inspect", "no-such.csv", "--debug"]);
  expect([plain.code, debug.code]).toEqual([1, 1]);
  expect(plain.stderr).not.toMatch(/^\s+at /m);
  expect(debug.stderr).toMatch(/^\s+at /m);
});
