import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Random } from "../base/random.ts";
import { sigmoid, softplus } from "../base/statistics.ts";
import {
  applyCalibration,
  type Calibration,
  calibratedLogit,
  chooseCalibration,
  fitBeta,
  fitPlatt,
} from "./calibration.ts";
import { calibrationReport } from "./calibrationReport.ts";
import { rankingMetrics } from "./metrics.ts";

/** Logits that are normal, and labels drawn with the probability that `truth` gives each. */
function drawn(rows: number, truth: (z: number) => number, seed = 1) {
  const random = new Random(seed);
  const logits = Float64Array.from({ length: rows }, () => 2 * random.normal());
  const labels = Uint8Array.from(logits, (z) => (random.uniform() < sigmoid(truth(z)) ? 1 : 0));
  return { logits, labels };
}

describe("Platt's calibration", () => {
  it("finds the line that labels were drawn by", () => {
    const { logits, labels } = drawn(20_000, (z) => 0.6 * z - 0.4);
    const platt = fitPlatt(logits, labels);
    expect(platt).toMatchObject({ method: "platt" });
    expect(calibratedLogit(platt, 1) - calibratedLogit(platt, 0)).toBeCloseTo(0.6, 1);
    expect(calibratedLogit(platt, 0)).toBeCloseTo(-0.4, 1);
  });

  it("never turns the order around", () => {
    const { logits, labels } = drawn(500, (z) => -z);
    const platt = fitPlatt(logits, labels);
    expect(calibratedLogit(platt, 1)).toBeGreaterThan(calibratedLogit(platt, 0));
    const mean = applyCalibration(platt, logits).reduce((sum, p) => sum + p, 0) / 500;
    expect(mean).toBeCloseTo(labels.reduce((sum, label) => sum + label, 0) / 500, 1);
  });

  it("is never certain, though the rows are told apart", () => {
    const platt = fitPlatt(Float64Array.from([-2, -1, 1, 2]), Uint8Array.from([0, 0, 1, 1]));
    const [lowest, , , highest] = applyCalibration(platt, [-2, -1, 1, 2]);
    expect(lowest).toBeGreaterThan(0.1);
    expect(highest).toBeLessThan(0.9);
  });
});

describe("beta calibration", () => {
  const bent = (z: number) => -0.3 * softplus(-z) + 2 * softplus(z) - 1;

  it("bends where Platt's cannot, and is chosen then", () => {
    const { logits, labels } = drawn(5000, bent);
    const chosen = chooseCalibration(logits, labels, { seed: 1 });
    expect(chosen.method).toBe("beta");
    const loss = (p: Float64Array) => rankingMetrics(labels, p).log_loss;
    const platt = applyCalibration(fitPlatt(logits, labels), logits);
    expect(loss(applyCalibration(chosen, logits))).toBeLessThan(loss(platt) - 0.005);
    for (const z of [-3, 0, 2]) expect(Math.abs(calibratedLogit(chosen, z) - bent(z))).toBeLessThan(0.3);
  });

  it("rises everywhere, for any rows", () => {
    const row = fc.tuple(fc.double({ min: -20, max: 20, noNaN: true }), fc.constantFrom(0, 1));
    fc.assert(
      fc.property(fc.array(row, { minLength: 2, maxLength: 40 }), (rows) => {
        fc.pre(rows.some(([, y]) => y === 0) && rows.some(([, y]) => y === 1));
        const z = Float64Array.from(rows, ([value]) => value);
        const y = Uint8Array.from(rows, ([, label]) => label);
        for (const fit of [fitBeta, fitPlatt]) {
          const calibration = fit(z, y);
          const levels = [-30, -1, 0, 1, 30].map((value) => calibratedLogit(calibration, value));
          expect(levels.every(Number.isFinite)).toBe(true);
          for (let i = 1; i < levels.length; i++) expect(levels[i]).toBeGreaterThanOrEqual(levels[i - 1]);
        }
      }),
    );
  });
});

it("fits beta's other factor again where one comes out below 0, and keeps the mean", () => {
  const falls = drawn(3000, (z) => 0.6 * softplus(-z) + 1.5 * softplus(z) - 1.5);
  const rises = drawn(3000, (z) => -1.5 * softplus(-z) - 0.6 * softplus(z) + 1.5);
  for (const [{ logits, labels }, gone, kept] of [
    [falls, "rise", "fall"],
    [rises, "fall", "rise"],
  ] as const) {
    const beta = fitBeta(logits, labels) as unknown as Record<string, number | string>;
    expect(beta).toMatchObject({ method: "beta", [gone]: 0 });
    expect(beta[kept]).toBeGreaterThan(0.5);
    // Where the intercept fits the rest, the mean probability is the share of positives.
    const mean = applyCalibration(fitBeta(logits, labels), logits).reduce((sum, p) => sum + p, 0) / 3000;
    expect(mean).toBeCloseTo(labels.reduce((sum, label) => sum + label, 0) / 3000, 3);
  }
});

it("chooses by rows that the method was not fitted to", () => {
  const chosen = Array.from({ length: 30 }, (_, seed) => {
    const { logits, labels } = drawn(50, (z) => z, seed + 1);
    const loss = (calibration: Calibration) =>
      rankingMetrics(labels, applyCalibration(calibration, logits)).log_loss;
    return {
      byOwnRows: loss(fitBeta(logits, labels)) < loss(fitPlatt(logits, labels)),
      byOthers: chooseCalibration(logits, labels, { seed: 1 }).method === "beta",
    };
  });
  // One parameter more nearly always fits the rows themselves better, and seldom others.
  expect(chosen.filter(({ byOwnRows }) => byOwnRows).length).toBeGreaterThan(24);
  expect(chosen.filter(({ byOthers }) => byOthers).length).toBeLessThan(15);
});

it("chooses for the fewest rows, the same with the same seed", () => {
  const logits = Float64Array.from([-1, 0, 1]);
  expect(chooseCalibration(logits, Uint8Array.from([0, 0, 1]), { seed: 1 }).method).toBe("platt");
  expect(() => chooseCalibration(logits, new Uint8Array(3), { seed: 1 })).toThrow("only one class");
  const many = drawn(200, (z) => z);
  expect(chooseCalibration(many.logits, many.labels, { seed: 3 })).toEqual(
    chooseCalibration(many.logits, many.labels, { seed: 3 }),
  );
});

describe("the report", () => {
  it("finds slope 1 and intercept 0 where probabilities are right", () => {
    const { logits, labels } = drawn(5000, (z) => z);
    const report = calibrationReport(labels, logits.map(sigmoid), { seed: 1, repeats: 200 });
    expect(Math.abs(report.slope - 1)).toBeLessThan(0.1);
    expect(Math.abs(report.intercept)).toBeLessThan(0.1);
    expect(report.intervals.slope.low).toBeLessThan(1);
    expect(report.intervals.slope.high).toBeGreaterThan(1);
    expect(report.expected_calibration_error).toBeLessThan(0.03);
    expect(report.bins.map(({ rows }) => rows)).toEqual(new Array(10).fill(500));
    for (const bin of report.bins) {
      expect(bin.low).toBeLessThanOrEqual(bin.observed);
      expect(bin.high).toBeGreaterThanOrEqual(bin.observed);
    }
  });

  it("measures how far the bins are from what was given", () => {
    // Ten bins of ten rows: 0.05 to 0.95 were given, and 0.2 more came in each of the lower half, 0.1 less in the upper.
    const rows = Array.from({ length: 100 }, (_, i) => ({ bin: Math.floor(i / 10), place: i % 10 }));
    const probabilities = Float64Array.from(rows, ({ bin }) => bin / 10 + 0.05);
    const labels = Uint8Array.from(rows, ({ bin, place }) =>
      place < (bin < 5 ? bin + 2.5 : bin - 0.5) ? 1 : 0,
    );
    const report = calibrationReport(labels, probabilities, { seed: 1, repeats: 10 });
    const observed = report.bins.map((bin) => bin.observed);
    expect(observed).toEqual([0.3, 0.4, 0.5, 0.6, 0.7, 0.5, 0.6, 0.7, 0.8, 0.9]);
    const distance = (5 * 0.25 + 5 * 0.05) / 10;
    expect(report.expected_calibration_error).toBeCloseTo(distance, 12);
    expect(report.bias).toBeCloseTo(-0.1, 12);
  });

  it("tells probabilities that are too extreme, and those that lean", () => {
    const { logits, labels } = drawn(5000, (z) => z / 2 - 1);
    const report = calibrationReport(labels, logits.map(sigmoid), { seed: 1, repeats: 10 });
    expect(report.slope).toBeCloseTo(0.5, 1);
    expect(report.intercept).toBeCloseTo(-1, 1);
    expect(report.bias).toBeGreaterThan(0.1);
  });

  it("takes certainties and few rows", () => {
    const report = calibrationReport(Uint8Array.from([0, 1, 1]), Float64Array.from([0, 1, 0.5]), {
      seed: 1,
      repeats: 20,
    });
    expect(Number.isFinite(report.slope)).toBe(true);
    expect(report.bins).toHaveLength(3);
  });
});
