import { readFileSync } from "node:fs";
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

it.each([
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
  [["inspect"], /missing required argument 'file'/],
  [["train", "a.csv"], /required option '--out <folder>'/],
  [["train", "a.csv", "--out", "x", "--folds", "1"], /expected a whole number from 2/],
  [["train", "a.csv", "--out", "x", "--min-precision", "88"], /invalid min-precision: 88/],
  [["score", "model", "--out", "x"], /missing required argument 'files'/],
  [["score", "model", "a.csv"], /required option '--out <file>'/],
  [["evaluate", "model"], /missing required argument 'file'/],
  [["sample"], /required option '--out <file>'/],
])("ends with 2 and one clear message for %j", async (words, message) => {
  const { code, stdout, stderr } = await runHere(words as string[]);
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  expect(stderr).toMatch(message as RegExp);
  expect(stderr).not.toMatch(/^\s+at /m);
});

it("shows where a mistake was found only with --debug", async () => {
  const plain = await runHere(["inspect", "no-such.csv"]);
  const debug = await runHere(["inspect", "no-such.csv", "--debug"]);
  expect([plain.code, debug.code]).toEqual([1, 1]);
  expect(plain.stderr).not.toMatch(/^\s+at /m);
  expect(debug.stderr).toMatch(/^\s+at /m);
});
