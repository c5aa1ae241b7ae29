import { describe, expect, it } from "vitest";
import { Random } from "../base/random.ts";
import { type DataProfile, profileColumn } from "./dataProfile.ts";
import { driftOfScored, PREDICTION } from "./scoredDrift.ts";

const NAMES = ["a", "b", "c", "d", "e", "f", "g", "h"];

function sample(rows: number, seed: number, shift: (column: number) => number, up = 0) {
  const random = new Random(seed);
  const values = new Float32Array(rows * NAMES.length).map(
    (_, i) => random.normal() + shift(i % NAMES.length),
  );
  const probabilities = Float64Array.from({ length: rows }, () => Math.min(1, 0.8 * random.uniform() + up));
  return { names: NAMES, values, probabilities };
}

function reference(): DataProfile {
  const { values, probabilities } = sample(2000, 1, () => 0);
  return {
    rows: 2000,
    columns: [],
    words: [],
    features: NAMES.map((name, at) =>
      profileColumn(
        name,
        values.filter((_, i) => i % NAMES.length === at),
      ),
    ),
    prediction: profileColumn(PREDICTION, probabilities),
  };
}

describe("driftOfScored", () => {
  it("is silent on rows like those of the training, and on too few of any kind", () => {
    const calm = driftOfScored(
      reference(),
      sample(1500, 2, () => 0),
    );
    expect(calm.warnings).toEqual([]);
    expect(calm.drifts).toHaveLength(NAMES.length + 1);
    expect(
      driftOfScored(
        reference(),
        sample(49, 2, () => 9),
      ).drifts,
    ).toEqual([]);
  });

  it("names the features that moved a lot, and the prediction", () => {
    const { warnings, drifts } = driftOfScored(
      reference(),
      sample(1500, 3, (column) => (column === 2 ? 2 : 0), 0.2),
    );
    expect(warnings).toHaveLength(2);
    expect(warnings[0]).toMatch(
      /^The probabilities are higher than .*above 0\.6\d, there above 0\.[34]\d \(PSI/,
    );
    expect(warnings[1]).toMatch(/^Unlike the profiles the model was trained on: c has moved a lot: higher, /);
    expect(drifts[0].name).toBe("c");
  });

  it("leaves a prediction alone that moved by itself: folds are surer than the whole", () => {
    const { warnings, drifts } = driftOfScored(
      reference(),
      sample(1500, 5, () => 0, 0.2),
    );
    expect(drifts[0]).toMatchObject({ name: PREDICTION, shift: "large" });
    expect(warnings).toEqual([]);
  });

  it("says it once where most features moved", () => {
    const { warnings } = driftOfScored(
      reference(),
      sample(500, 4, () => -1),
    );
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toMatch(/^These profiles are unlike .* 8 of 8 features moved a lot/);
  });

  it("refuses other features and odd lengths", () => {
    const { names, values, probabilities } = sample(60, 1, () => 0);
    expect(() => driftOfScored(reference(), { names: [...names].reverse(), values, probabilities })).toThrow(
      "not those of the reference",
    );
    expect(() => driftOfScored(reference(), { names, values: values.subarray(1), probabilities })).toThrow(
      "values for",
    );
  });
});
