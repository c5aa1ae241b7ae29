import { join } from "node:path";
import { createElement } from "react";
import { beforeAll, describe, expect, it } from "vitest";
import { trainText } from "../src/cli/train.ts";
import { PRESETS } from "../src/features/presets.ts";
import { readProfiles } from "../src/profiles/read.ts";
import { Recommended } from "../src/report/sections/Recommended.tsx";
import { verdict } from "../src/report/verdict.tsx";
import { writeSample } from "../src/sample/sample.ts";
import { resolveTarget } from "../src/targets/resolve.ts";
import { modelCard } from "../src/training/modelCard.ts";
import { ENSEMBLE } from "../src/training/recipe.ts";
import type { TrainedProfiles } from "../src/training/trained.ts";
import { trainProfiles } from "../src/training/trainProfiles.ts";
import { nearest, thousandAt } from "../web/src/study/policies.ts";
import { scratchFolder } from "./support/harness.ts";
import { exampleMetrics } from "./support/report/metrics.ts";
import { textOf } from "./support/report/text.ts";

const scratch = await scratchFolder();
let trained: TrainedProfiles;
/** Each screen's text, blanks made plain. */
let screens: Record<"command line" | "card" | "report", string>;

beforeAll(async () => {
  const path = join(scratch, "sample.csv");
  await writeSample(path, { rows: 400, seed: 3 });
  const profiles = await readProfiles(path);
  trained = await trainProfiles(profiles, {
    definition: await resolveTarget("following > 300"),
    preset: PRESETS.profile,
    recipe: { ...ENSEMBLE, networks: 1, hidden: [8], epochs: 10 },
    folds: 3,
    repeats: 2,
    seed: 5,
    workers: 1,
    quickAudit: true,
    allowLeakage: true,
    wording: "following > 300",
    policy: { kind: "queue", size: 130, of: null },
    versions: { influencer_insights: "0", node: "0", duckdb: "0" },
    createdAt: new Date(0),
    elapsed: () => 0,
  });
  await profiles.close();
  const { results } = trained;
  const metrics = exampleMetrics({ recommended: { results, reason: null } });
  const plain = (text: string) => text.replaceAll(/\s+/g, " ");
  screens = {
    "command line": plain(trainText(results, "out")),
    card: plain(modelCard(results)),
    report: plain(textOf(createElement(Recommended, { metrics, figures: [], files: [] } as never))),
  };
});

describe("one model, wherever it is told of", () => {
  it.each([
    ["roc_auc", /ROC AUC|area under the ROC curve/],
    ["average_precision", /average precision/],
    ["precision", /precision at [\d.]+|precision/],
    ["recall", /recall/],
    ["f1", /F1/],
  ] as const)("has the same %s with the same interval", (name, called) => {
    const { out_of_fold: measured } = trained.results;
    const { low, high } = measured.intervals[name]!;
    const [value, from, to] = [measured[name], low, high].map((number) => number.toFixed(3));
    for (const [screen, text] of Object.entries(screens)) {
      const found = new RegExp(`(${called.source})[^.]*? ${value} \\(?${from} to ${to}`);
      expect(text, screen).toMatch(found);
    }
  });

  it("has the same threshold, chosen for the same, and picks as many", () => {
    const { threshold, thresholds, out_of_fold: measured, target } = trained.results;
    expect(measured.threshold).toBe(threshold.value);
    expect(trained.model.threshold).toBe(threshold.value);
    for (const [screen, text] of Object.entries(screens)) {
      expect(text, screen).toContain(threshold.value.toFixed(3));
      expect(text, screen).toContain(threshold.explanation.replaceAll(/\s+/g, " "));
    }
    const { tp, fp, fn, tn } = measured.confusion;
    const rows = tp + fp + fn + tn;
    const { selected, right, missed } = threshold.per_1000;
    expect([selected, right, missed].map((count) => (count * rows) / 1000)).toEqual(
      [tp + fp, tp, fn].map((count) => expect.closeTo(count, 9)),
    );
    expect([threshold.precision, threshold.recall, threshold.f1]).toEqual([
      measured.precision,
      measured.recall,
      measured.f1,
    ]);
    const lines = trained.predictions.trim().split("\n").slice(1);
    expect(lines.filter((line) => line.split(",")[2] === "1")).toHaveLength(tp + fp);

    // What the page's slider shows where it stands on that threshold.
    const { table } = thresholds;
    const at = nearest(table.threshold, threshold.value);
    expect(table.threshold[at]).toBe(threshold.value);
    expect([table.precision[at], table.recall[at]]).toEqual([measured.precision, measured.recall]);
    expect(table.f1[at]).toBeCloseTo(measured.f1, 12);
    const thousand = thousandAt(table, at, target.positive_rate);
    expect(thousand?.tp).toBeCloseTo(right, -0.3);
    expect((thousand?.tp ?? 0) + (thousand?.fp ?? 0)).toBeCloseTo(selected, -0.3);
    const metrics = exampleMetrics({ recommended: { results: trained.results, reason: null } });
    expect(verdict(metrics).why).toContain(
      `Of 1,000 accounts like these it picks ${Math.round(selected)}, and ${Math.round(right)} of them are creators`,
    );
  });

  it("has the same Brier score where it is told", () => {
    const { brier, intervals } = trained.results.out_of_fold;
    const words = [brier, intervals.brier!.low, intervals.brier!.high].map((number) => number.toFixed(3));
    expect(screens.card).toContain(`${words[0]} (${words[1]} to ${words[2]})`);
    expect(screens.report).toContain(`Brier score ${words[0]} ${words[1]} to ${words[2]}`);
  });

  it("has the same line through its probabilities", () => {
    const { slope, intervals } = trained.results.calibration;
    const words = (digits: number) =>
      [slope, intervals.slope.low, intervals.slope.high].map((value) => value.toFixed(digits));
    const [value, low, high] = words(3);
    expect(screens["command line"]).toContain(`calibration slope ${value} ${low} to ${high}`);
    expect(screens.card).toContain(`slope ${value} (${low} to ${high})`);
    const [short, from, to] = words(2);
    expect(screens.report).toContain(`a slope of ${short} (95 % interval ${from} to ${to}`);
  });
});
