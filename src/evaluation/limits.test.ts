import { describe, expect, it } from "vitest";
import { Random } from "../base/random.ts";
import { sigmoid } from "../base/statistics.ts";
import { bootstrapIntervals, less } from "./bootstrap.ts";
import { calibratedLogit, fitPlatt } from "./calibration.ts";
import { calibrationReport } from "./calibrationReport.ts";
import { profileColumn, profileWords } from "./dataProfile.ts";
import { compareColumn, compareWords } from "./drift.ts";
import { populationStability, wordStability } from "./driftMeasures.ts";
import { decisionMetrics, METRIC_RANGES, metricsOfRepeats, resampledMetrics } from "./metrics.ts";
import { choosePolicy } from "./policies.ts";
import { driftOfColumns } from "./scoredDrift.ts";
import { sliceMetrics } from "./slices.ts";
import { thresholdTable } from "./thresholds.ts";

// Numbers worked out by hand, at the very limits: what is at a limit, just below and just above it.

const group = (rows: number) => ({ dimension: "region", names: ["XX"], codes: new Int32Array(rows) });

describe("a row at the threshold", () => {
  const labels = Uint8Array.of(1, 0, 1, 0);
  const scores = Float64Array.of(0.5, 0.5, 0.7, 0.2);

  it("is picked, wherever decisions are made", () => {
    const picked = { tp: 2, fp: 1, fn: 0, tn: 1 };
    expect(decisionMetrics(labels, scores, 0.5).confusion).toEqual(picked);
    expect(resampledMetrics(labels, scores, 0.5)(Int32Array.of(0, 1, 2, 3))).toMatchObject({
      precision: 2 / 3,
      recall: 1,
    });
    expect(thresholdTable(labels, scores, [0.5]).queue_rate).toEqual([0.75]);
    const [slice] = sliceMetrics(labels, scores, group(4), { threshold: 0.5, seed: 1, repeats: 20 });
    expect(slice.queue_rate).toBe(0.75);
    expect(choosePolicy({ kind: "queue", size: 3, of: null }, labels, scores)).toMatchObject({
      value: 0.5,
      queue_rate: 0.75,
    });
  });

  it("is not when the threshold is a hair above it", () => {
    const above = 0.5 + Number.EPSILON;
    expect(decisionMetrics(labels, scores, above).confusion).toEqual({ tp: 1, fp: 0, fn: 1, tn: 2 });
    expect(resampledMetrics(labels, scores, above)(Int32Array.of(0, 1, 2, 3)).recall).toBe(0.5);
    expect(thresholdTable(labels, scores, [above]).queue_rate).toEqual([0.25]);
  });
});

describe("slices", () => {
  /** So many positives and negatives, told apart without a mistake. */
  const warning = (positives: number, negatives: number) => {
    const labels = Uint8Array.from({ length: positives + negatives }, (_, i) => (i < positives ? 1 : 0));
    const probabilities = Float64Array.from(labels, (label) => 0.2 + 0.6 * label);
    const options = { threshold: 0.5, seed: 1, repeats: 20 };
    return sliceMetrics(labels, probabilities, group(labels.length), options)[0].warning;
  };

  it("are large enough with twenty of each class, and not with nineteen of one", () => {
    expect(warning(20, 20)).toBeNull();
    expect(warning(19, 30)).toBe("XX is too small to say: 49 accounts, 19 of them positive.");
    expect(warning(30, 19)).toBe("XX is too small to say: 49 accounts, 30 of them positive.");
  });

  it("have the widened intervals of their own rows where probabilities are out of fold", () => {
    const random = new Random(3);
    const labels = Uint8Array.from({ length: 120 }, (_, i) => i % 2);
    const noisy = () => Float64Array.from(labels, (label) => sigmoid(2 * label - 1 + random.normal()));
    const repeats = [noisy(), noisy()];
    const mean = repeats[0].map((p, i) => (p + repeats[1][i]) / 2);
    const codes = Int32Array.from(labels, (_, i) => (i < 50 ? 1 : 0));
    const options = { threshold: 0.5, seed: 4, repeats: 200 };
    const repeated = { folds: 5, probabilities: repeats };
    const grouping = { dimension: "region", names: ["A", "B"], codes };
    const [, slice] = sliceMetrics(labels, mean, grouping, { ...options, repeated });
    const own = <T extends Uint8Array | Float64Array>(all: T) => all.subarray(0, 50) as T;
    const statistic = resampledMetrics(own(labels), own(mean), 0.5);
    const { roc_auc } = bootstrapIntervals(50, statistic, {
      seed: 4,
      repeats: 200,
      ranges: METRIC_RANGES,
      crossValidated: metricsOfRepeats(own(labels), 0.5, { folds: 5, probabilities: repeats.map(own) }),
    });
    expect(slice.metrics?.roc_auc).toMatchObject(roc_auc);
    const [, plain] = sliceMetrics(labels, mean, grouping, options);
    const width = ({ low, high }: { low: number; high: number }) => high - low;
    expect(width(slice.metrics!.roc_auc)).toBeGreaterThan(1.05 * width(plain.metrics!.roc_auc));
  });
});

describe("Platt's goals", () => {
  it("are (n + 1) / (n + 2) and 1 / (n + 2)", () => {
    // Logits that say nothing: the mean of the goals of three positives and one negative, (3 x 4/5 + 1/3) / 4.
    const platt = fitPlatt(new Float64Array(4), Uint8Array.of(1, 1, 1, 0));
    expect(sigmoid(calibratedLogit(platt, 0))).toBeCloseTo((3 * 0.8 + 1 / 3) / 4, 9);
    expect(platt).toMatchObject({ slope: 1e-3 });
  });
});

describe("the line of a calibration report", () => {
  const random = new Random(2);
  const logits = Float64Array.from({ length: 400 }, () => 1.5 * random.normal());
  const labels = Uint8Array.from(logits, (z) => (random.uniform() < sigmoid(z) ? 1 : 0));
  const probabilities = logits.map(sigmoid);
  const report = calibrationReport(labels, probabilities, { seed: 1, repeats: 60 });

  it("goes from the lowest to the highest probability in 25 even steps", () => {
    const { curve, slope, intercept } = report;
    expect(curve).toHaveLength(25);
    expect(curve[0].predicted).toBe(Math.min(...probabilities));
    expect(curve[24].predicted).toBeCloseTo(Math.max(...probabilities), 12);
    expect(curve[12].predicted).toBeCloseTo((curve[0].predicted + curve[24].predicted) / 2, 12);
    for (const { predicted, observed, low, high } of curve) {
      const z = Math.log(predicted / (1 - predicted));
      expect(observed).toBeCloseTo(sigmoid(slope * z + intercept), 9);
      expect(low).toBeLessThan(observed);
      expect(high).toBeGreaterThan(observed);
    }
  });

  it("has wider intervals out of fold, by the slopes of the repeats", () => {
    const repeated = { folds: 2, probabilities: [probabilities] };
    const wider = calibrationReport(labels, probabilities, { seed: 1, repeats: 60, repeated });
    const factor = (of: "low" | "high") =>
      (wider.intervals.slope[of] - report.slope) / (report.intervals.slope[of] - report.slope);
    expect(factor("low")).toBeCloseTo(Math.SQRT2, 9);
    expect(factor("high")).toBeCloseTo(Math.SQRT2, 9);
    const others = [probabilities, logits.map((z) => sigmoid(2 * z))];
    const two = calibrationReport(labels, probabilities, {
      seed: 1,
      repeats: 60,
      repeated: { folds: 2, probabilities: others },
    });
    expect(two.intervals.slope.high).toBeGreaterThan(wider.intervals.slope.high);
  });

  it("has bins by rising probability, rows before equals", () => {
    const few = calibrationReport(Uint8Array.of(1, 0, 1, 0), Float64Array.of(0.9, 0.1, 0.5, 0.3), {
      seed: 1,
      repeats: 5,
    });
    expect(few.bins.map(({ predicted, observed, rows }) => [predicted, observed, rows])).toEqual([
      [0.1, 0, 1],
      [0.3, 0, 1],
      [0.5, 1, 1],
      [0.9, 1, 1],
    ]);
  });
});

describe("what a model keeps of its rows", () => {
  it("is two hundred values at most, of as many rows each", () => {
    const { values, counts } = profileColumn(
      "x",
      Float64Array.from({ length: 10_000 }, (_, i) => i / 7),
    );
    expect(values).toHaveLength(200);
    expect(new Set(counts)).toEqual(new Set([50]));
  });

  it("has four digits of large numbers and of fractions, and whole numbers below a thousand as they are", () => {
    const kept = (value: number) =>
      profileColumn("x", [...Array.from({ length: 12 }, (_, i) => value + (i - 6) * value * 1e-9)]).values;
    expect(kept(123_456.7)).toEqual([123_500]);
    expect(kept(0.123_456)).toEqual([0.1235]);
    // Ten of one and nine of another: the nine are not told.
    const counts = profileColumn("x", [...new Array(10).fill(999), ...new Array(9).fill(5)]);
    expect(counts).toMatchObject({ values: [999], counts: [19] });
  });

  it("has twelve words at most, of ten rows at least, the frequent first", () => {
    const words = Array.from({ length: 14 }, (_, i) => new Array(30 - i).fill(`w${i}`)).flat();
    const { words: listed, counts, other, unknown } = profileWords("x", [...words, null]);
    expect(listed).toEqual(Array.from({ length: 12 }, (_, i) => `w${i}`));
    expect(counts).toEqual(Array.from({ length: 12 }, (_, i) => 30 - i));
    expect([other, unknown]).toEqual([18 + 17, 1]);
    const few = [...new Array(10).fill("b"), ...new Array(10).fill("a"), ...new Array(9).fill("c")];
    expect(profileWords("x", few)).toMatchObject({ words: ["a", "b"], other: 9 });
  });
});

describe("the stability index", () => {
  it("adds half a row to every group, and knows what chance gives", () => {
    const { psi, chance, bins } = wordStability([10, 30, 0], [20, 20, 0]);
    const [p, q] = [10.5 / 41, 20.5 / 41];
    expect(psi).toBeCloseTo((q - p) * Math.log(q / p) + (p - q) * Math.log((1 - q) / (1 - p)), 12);
    expect(bins).toBe(2);
    // The 99th percentile of chi squared is 6.635 with one degree of freedom, 21.666 with nine.
    expect(chance / (2 / 40) / 6.635).toBeCloseTo(1, 1);
    const rows = Float64Array.from({ length: 400 }, (_, i) => i);
    expect(populationStability(rows, rows.subarray(0, 100)).chance / (5 / 400) / 21.666).toBeCloseTo(1, 2);
    expect(wordStability([10], [20])).toEqual({ psi: 0, chance: 0, bins: 1 });
    expect(() => wordStability([], [1])).toThrow("no values to compare");
  });
});

describe("a column compared", () => {
  it("has medians, quantiles and the share of pairs that are higher, ties counting half", () => {
    const rows = Float64Array.from({ length: 20 }, (_, i) => i + 1);
    const drift = compareColumn("x", rows, [2, 4, 9]);
    expect(drift.median).toEqual({ reference: 10.5, current: 4 });
    expect(drift.quantiles).toEqual({ reference: [1, 5, 10, 15, 19], current: [2, 2, 4, 9, 9] });
    expect(compareColumn("x", [1, 2, 3], [2, 2, 4]).higher).toBeCloseTo(6 / 9, 12);
    expect(compareColumn("x", [1, Number.NaN], [1, 1, 1, Number.NaN]).missing).toEqual({
      reference: 0.5,
      current: 0.25,
    });
  });

  it("is told in words: lower, as before, true for, unknown", () => {
    const spread = (from: number, step: number) =>
      Float64Array.from({ length: 600 }, (_, i) => from + step * i);
    expect(compareColumn("x", spread(600, 1), spread(0, 1)).message).toMatch(
      /^x has moved a lot: lower, the median 300 after 900; PSI/,
    );
    expect(compareColumn("x", spread(-300, 1), spread(-3000, 10)).message).toContain("spread differently");
    const flags = (ones: number) => Float64Array.from({ length: 500 }, (_, i) => (i < ones ? 1 : 0));
    const flag = compareColumn("x", flags(100), flags(300));
    expect(flag.ones).toEqual({ reference: 0.2, current: 0.6 });
    expect(flag.message).toMatch(/^x has moved a lot: true for 60 % after 20 %; PSI/);
    expect(compareColumn("x", [0, 1], [0, 2]).ones).toBeNull();
    const some = compareColumn("x", flags(200), flags(280));
    expect(some).toMatchObject({ shift: "some" });
    expect(some.message).toContain("x has moved somewhat");
  });

  it("takes different shares of unknown values for a move only beyond chance", () => {
    const lacking = (unknown: number, rows: number) =>
      Float64Array.from({ length: rows }, (_, i) => (i < unknown ? Number.NaN : i % 7));
    expect(compareColumn("x", lacking(0, 700), lacking(210, 700)).shift).toBe("large");
    expect(compareColumn("x", lacking(0, 21), lacking(4, 21)).shift).not.toBe("large");
  });
});

describe("words compared", () => {
  const spoken = (shares: Record<string, number>) =>
    profileWords(
      "lang",
      Object.entries(shares).flatMap(([word, rows]) => new Array<string>(rows).fill(word)),
    );

  it("names three at most, and a word that one in twenty has though the other set does not list it", () => {
    const found = compareWords(
      spoken({ a: 400, b: 300, c: 200, d: 100 }),
      spoken({ a: 100, b: 250, c: 250, d: 350, e: 50 }),
    );
    expect(found.message).toMatch(
      /^lang has moved a lot: a 10 % after 40 %, d 35 % after 10 %, b 25 % after 30 %; PSI \d\.\d\d\.$|^lang has moved a lot: a 10 % after 40 %, d 35 % after 10 %, [bce] \d+ % after \d+ %; PSI \d\.\d\d\.$/,
    );
    expect(found.shares.map(({ word }) => word).sort()).toEqual(["a", "b", "c", "d", "e"]);
    expect(found.shares.find(({ word }) => word === "e")).toEqual({ word: "e", reference: 0, current: 0.05 });
    const rarer = compareWords(spoken({ a: 1000 }), spoken({ a: 951, e: 49 }));
    expect(rarer.shares.map(({ word }) => word).sort()).toEqual(["a", "other"]);
  });
});

describe("scored rows against the training's", () => {
  const names = ["a", "b", "c", "d", "e", "f", "g", "h"];
  const column = (seed: number, rows: number, up = 0) => {
    const random = new Random(seed);
    return Float64Array.from({ length: rows }, () => up + random.normal());
  };
  const reference = {
    rows: 2000,
    columns: [],
    words: [],
    features: names.map((name, i) => profileColumn(name, column(i + 1, 2000))),
    prediction: profileColumn("prediction", column(50, 2000).map(sigmoid)),
  };
  const drift = (moved: number, rows = 1000, up = 0) => {
    const features = Object.fromEntries(
      names.map((name, i) => [name, column(100 + i, rows, i < moved ? 3 : 0)]),
    );
    return driftOfColumns(reference, features, column(200, rows, up).map(sigmoid));
  };

  it("names three features that moved, and speaks of the whole file from four of eight on", () => {
    expect(drift(3).warnings).toHaveLength(3);
    expect(drift(3).warnings.every((words) => words.startsWith("Unlike the profiles"))).toBe(true);
    expect(drift(4).warnings).toEqual([expect.stringContaining("4 of 8 features moved a lot")]);
  });

  it("are compared from fifty rows on", () => {
    expect(drift(8, 50).drifts).toHaveLength(9);
    expect(drift(8, 49).drifts).toEqual([]);
  });

  it("says whether probabilities are higher or lower", () => {
    expect(drift(1, 1000, -2).warnings[0]).toContain(
      "The probabilities are lower than those of the profiles",
    );
    expect(drift(1, 1000, 2).warnings[0]).toContain(
      "The probabilities are higher than those of the profiles",
    );
  });
});

it("subtracts the second from the first", () => {
  expect(less({ a: 1, b: 5 }, { a: 3, b: 1 })).toEqual({ a: -2, b: 4 });
});
