import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { writeSample } from "../src/sample/sample.ts";
import { ROOT, scratchFolder } from "./support/harness.ts";

const scratch = await scratchFolder();

/** Runs an example as its first lines say. */
function example(name: string, ...words: string[]): string {
  return execFileSync(
    process.execPath,
    ["--import", import.meta.resolve("tsx"), join(ROOT, "examples", name), ...words],
    {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    },
  );
}

it("studies and then scores with the model that was saved, giving the same probabilities", async () => {
  const out = join(scratch, "report");
  const sample = join(scratch, "sample.csv");
  await writeSample(sample, { rows: 300, seed: 3 });
  const told = example("study.ts", sample, out);
  expect(told).toMatch(
    /^300 profiles of Bright Data, 0 rejected\nof ten accounts it names, \d+\.\d are right\n/,
  );

  const listed = example("score.ts", sample, join(out, "model")).trim().split("\n");
  expect(listed).toHaveLength(10);
  const saved = new Map(
    readFileSync(join(out, "predictions.csv"), "utf8")
      .trim()
      .split("\n")
      .slice(1)
      .map((line) => [line.split(",")[0], Number(line.split(",")[2])]),
  );
  const probabilities = listed.map((line) => {
    const [id, probability, ...answers] = line.split("\t");
    expect(Number(probability)).toBeCloseTo(saved.get(id) ?? Number.NaN, 4);
    expect(answers).toEqual([]);
    return Number(probability);
  });
  expect(probabilities).toEqual(probabilities.toSorted((a, b) => b - a));
  // A whole study from source, all folds of it: three minutes were seen on a machine with a load of 25.
}, 240_000);

it("scores with the model that ships, which answers two questions", () => {
  const listed = example("score.ts", join(ROOT, "examples/profiles.csv")).trim().split("\n");
  expect(listed).toHaveLength(10);
  for (const line of listed) {
    const [, ...numbers] = line.split("\t");
    expect(numbers.slice(0, 3).every((number) => Number(number) > 0.5 && Number(number) < 1)).toBe(true);
    expect(numbers[3]).toBe("posts+rate");
  }
});
