import { describe, expect, it } from "vitest";
import { Random } from "../base/random.ts";
import { bootstrapIntervals, less, pairedDifference, widening } from "./bootstrap.ts";
import { OneClassError } from "./classes.ts";
import { rankingMetrics, resampledMetrics } from "./metrics.ts";

function meanOf(values: ArrayLike<number>) {
  return (indices: Int32Array) => {
    let sum = 0;
    for (const i of indices) sum += values[i];
    return { mean: sum / indices.length };
  };
}

describe("bootstrapIntervals", () => {
  it("holds the mean of a normal population about as often as it claims", () => {
    const random = new Random(12);
    const rounds = 200;
    let held = 0;
    let width = 0;
    for (let round = 0; round < rounds; round++) {
      const values = Float64Array.from({ length: 60 }, () => 3 + random.normal());
      const { mean } = bootstrapIntervals(60, meanOf(values), { repeats: 300, seed: round });
      if (mean.low <= 3 && mean.high >= 3) held++;
      width += (mean.high - mean.low) / rounds;
    }
    // 95 % of 200 is 190, deviation 3.1; percentile intervals of 60 rows fall a little short.
    expect(held).toBeGreaterThanOrEqual(178);
    expect(held).toBeLessThanOrEqual(199);
    // 2 x 1.96 / sqrt(60) = 0.506
    expect(width).toBeGreaterThan(0.46);
    expect(width).toBeLessThan(0.54);
  });

  it("narrows with a lower level", () => {
    const random = new Random(2);
    const values = Float64Array.from({ length: 100 }, () => random.normal());
    const wide = bootstrapIntervals(100, meanOf(values), { seed: 1 }).mean;
    const narrow = bootstrapIntervals(100, meanOf(values), { seed: 1, level: 0.5 }).mean;
    expect(wide.low).toBeLessThan(narrow.low);
    expect(narrow.low).toBeLessThan(narrow.high);
    expect(narrow.high).toBeLessThan(wide.high);
  });

  it("takes quantiles by linear interpolation", () => {
    let next = 0;
    const { x } = bootstrapIntervals(1, () => ({ x: [5, 1, 4, 2, 3][next++] }), {
      repeats: 5,
      level: 0.7,
      seed: 0,
    });
    // 0.15 of the way along 1, 2, 3, 4, 5 (four steps) is 0.6 past the first; 0.85 is 0.4 past the fourth.
    expect(x.low).toBeCloseTo(1.6, 12);
    expect(x.high).toBeCloseTo(4.4, 12);
  });

  it("draws the same resamples for the same seed and others for another", () => {
    const values = Float64Array.from({ length: 50 }, (_, i) => i * i);
    const once = bootstrapIntervals(50, meanOf(values), { seed: 9 });
    expect(bootstrapIntervals(50, meanOf(values), { seed: 9 })).toEqual(once);
    expect(bootstrapIntervals(50, meanOf(values), { seed: 10 })).not.toEqual(once);
  });

  it("draws n rows with replacement each time, 1000 times unless told otherwise", () => {
    let calls = 0;
    let repeated = 0;
    const seen = new Set<number>();
    bootstrapIntervals(
      8,
      (indices) => {
        calls++;
        expect(indices.length).toBe(8);
        if (new Set(indices).size < 8) repeated++;
        for (const i of indices) seen.add(i);
        return { x: 0 };
      },
      { seed: 0 },
    );
    expect(calls).toBe(1000);
    expect(repeated).toBeGreaterThan(900);
    expect([...seen].sort()).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  });
});

describe("bootstrap", () => {
  const labels = Uint8Array.of(1, 0, 0, 0);
  const scores = Float64Array.of(0.9, 0.8, 0.2, 0.1);
  const auc = (indices: Int32Array) => {
    const { roc_auc } = rankingMetrics(
      Uint8Array.from(indices, (i) => labels[i]),
      Float64Array.from(indices, (i) => scores[i]),
    );
    return { roc_auc };
  };

  it("passes over resamples with one class", () => {
    // No positive: 0.75^4 = 0.316 of them; all positive: 0.004.
    expect(bootstrapIntervals(4, auc, { seed: 1 }).roc_auc).toEqual({ low: 1, high: 1 });
  });

  it("says so when every resample has one class", () => {
    const never = () => {
      throw new OneClassError(3, 0);
    };
    expect(() => bootstrapIntervals(3, never, { seed: 0 })).toThrow(
      "only one class: 3 positive and 0 negative rows",
    );
  });

  it("lets other errors through and refuses numbers that are not finite", () => {
    const broken = () => {
      throw new TypeError("broken");
    };
    expect(() => bootstrapIntervals(3, broken, { seed: 0 })).toThrow(TypeError);
    expect(() => bootstrapIntervals(3, () => ({ x: Number.NaN }), { seed: 0 })).toThrow(
      "the statistic x is NaN",
    );
    const fine = () => ({ x: 1 });
    expect(() => bootstrapIntervals(0, fine, { seed: 0 })).toThrow(RangeError);
    expect(() => bootstrapIntervals(3, fine, { seed: 0, repeats: 0 })).toThrow(RangeError);
    expect(bootstrapIntervals(1, fine, { seed: 0, repeats: 1 })).toEqual({ x: { low: 1, high: 1 } });
    expect(() => bootstrapIntervals(3, fine, { seed: 0, level: 95 })).toThrow(RangeError);
  });
});

describe("intervals of out-of-fold numbers", () => {
  const values = Float64Array.from({ length: 80 }, (_, i) => ((i * 37) % 80) / 80 + (i < 5 ? 3 : 0));
  const whole = values.reduce((sum, value) => sum + value, 0) / 80;

  it("are wider by what other training rows and other trainings change", () => {
    // Folds / (folds - 1), and the variance between repeats over their number as a share of the bootstrap's, by hand:
    // 0.1, 0.2 and 0.6 vary by 0.07, a third of which is 7/12 of 0.04.
    expect(widening(0.04, 5, [0.1, 0.2, 0.6])).toBeCloseTo(Math.sqrt(1.25 + 7 / 12), 12);
    expect(widening(0.04, 5, [0.3])).toBeCloseTo(Math.sqrt(1.25), 12);
    expect(widening(0.04, 2, [0.3, 0.3])).toBeCloseTo(Math.SQRT2, 12);
    expect(widening(0, 5, [1, 1])).toBe(1);
  });

  it("are moved away from the number on all rows, either side as far as it was", () => {
    const repeats = [{ mean: whole - 0.02 }, { mean: whole }, { mean: whole + 0.04 }];
    const crossValidated = { folds: 4, repeats };
    const options = { seed: 4, repeats: 400 };
    const resampled: number[] = [];
    const noted = (indices: Int32Array) => {
      const { mean } = meanOf(values)(indices);
      resampled.push(mean);
      return { mean };
    };
    const rows = bootstrapIntervals(80, noted, options).mean;
    const middle = resampled.reduce((sum, value) => sum + value, 0) / 400;
    const variance = resampled.reduce((sum, value) => sum + (value - middle) ** 2, 0) / 399;
    const factor = Math.sqrt(4 / 3 + 0.0028 / 3 / 3 / variance);
    const { low, high } = bootstrapIntervals(80, meanOf(values), { ...options, crossValidated }).mean;
    expect((whole - low) / (whole - rows.low)).toBeCloseTo(factor, 9);
    expect((high - whole) / (rows.high - whole)).toBeCloseTo(factor, 9);
    // A few large values: the interval reaches further up than down, and stays so.
    expect(high - whole).toBeGreaterThan(1.05 * (whole - low));
  });

  it("reach no further than a number can", () => {
    const crossValidated = { folds: 2, repeats: [{ mean: whole }] };
    const free = bootstrapIntervals(80, meanOf(values), { seed: 4, crossValidated }).mean;
    const [least, most] = [free.low + 0.01, free.high - 0.01];
    const ranges = { mean: [least, most] } as const;
    expect(bootstrapIntervals(80, meanOf(values), { seed: 4, crossValidated, ranges }).mean).toEqual({
      low: least,
      high: most,
    });
  });

  it("widens differences likewise, around the difference on all rows", () => {
    const other = values.map((value, i) => value + ((i * 13) % 7) / 10);
    const repeats = [less({ mean: 3 }, { mean: 4 })];
    expect(repeats).toEqual([{ mean: -1 }]);
    const options = { seed: 2, crossValidated: { folds: 5, repeats } };
    const rows = pairedDifference(80, meanOf(values), meanOf(other), { seed: 2 }).mean;
    const { difference, low, high, share_above } = pairedDifference(
      80,
      meanOf(values),
      meanOf(other),
      options,
    ).mean;
    expect([difference, share_above]).toEqual([rows.difference, rows.share_above]);
    expect((low - difference) / (rows.low - difference)).toBeCloseTo(Math.sqrt(1.25), 9);
    expect((high - difference) / (rows.high - difference)).toBeCloseTo(Math.sqrt(1.25), 9);
  });
});

describe("pairedDifference", () => {
  const random = new Random(8);
  const n = 300;
  const labels = Uint8Array.from({ length: n }, () => random.integer(2));
  const signal = Float64Array.from(labels, (label) => label + random.normal());
  const sigmoid = (logit: number) => 1 / (1 + Math.exp(-logit));
  const good = signal.map((value) => sigmoid(value - 0.5));
  // The same scores with a little noise: a close, correlated second.
  const close = signal.map((value) => sigmoid(value - 0.5 + 0.4 * random.normal()));
  const useless = Float64Array.from({ length: n }, () => random.uniform());
  const measure = (scores: Float64Array) => resampledMetrics(labels, scores, 0.5);

  it("tells a good model from a useless one", () => {
    const differences = pairedDifference(n, measure(good), measure(useless), { seed: 3 });
    const whole = rankingMetrics(labels, good).roc_auc - rankingMetrics(labels, useless).roc_auc;
    expect(differences.roc_auc.difference).toBeCloseTo(whole, 12);
    expect(differences.roc_auc.low).toBeGreaterThan(0);
    expect(differences.roc_auc.share_above).toBe(1);
    expect(differences.brier.high).toBeLessThan(0);
    expect(differences.brier.share_above).toBe(0);
  });

  it("is narrower than the models' own intervals suggest", () => {
    const options = { seed: 3 };
    const paired = pairedDifference(n, measure(good), measure(close), options).roc_auc;
    const one = bootstrapIntervals(n, measure(good), options).roc_auc;
    const other = bootstrapIntervals(n, measure(close), options).roc_auc;
    const apart = Math.hypot(one.high - one.low, other.high - other.low);
    expect(paired.high - paired.low).toBeLessThan(0.7 * apart);
    expect(paired.low).toBeLessThan(paired.difference);
    expect(paired.difference).toBeLessThan(paired.high);
  });

  it("finds no difference between a model and itself, and turns sign with the order", () => {
    const same = pairedDifference(n, measure(good), measure(good), { seed: 1 }).f1;
    expect(same).toEqual({ difference: 0, low: 0, high: 0, share_above: 0.5 });
    const there = pairedDifference(n, measure(good), measure(close), { seed: 1 }).f1;
    const back = pairedDifference(n, measure(close), measure(good), { seed: 1 }).f1;
    expect(back.low).toBeCloseTo(-there.high, 12);
    expect(back.share_above).toBeCloseTo(1 - there.share_above, 12);
  });
});
