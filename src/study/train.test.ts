import { describe, expect, it } from "vitest";
import { scikitLearn } from "../../test/support/evaluation/examples.ts";
import { choosePolicy } from "../evaluation/policies.ts";
import { lowestThresholdAtPrecision } from "./train.ts";

describe("lowestThresholdAtPrecision", () => {
  it("is the first point of scikit-learn's curve that is precise enough", () => {
    const { reference, labels, scores } = scikitLearn();
    const first = reference.precision.findIndex((precision) => precision >= 0.88);
    expect(lowestThresholdAtPrecision(labels, scores, 0.88)).toBe(reference.thresholds[first]);
  });

  it("takes in negatives that cost no recall to leave out, where the policy leaves them out", () => {
    const labels = Uint8Array.of(1, 1, 1, 0, 0);
    const scores = Float64Array.of(0.9, 0.8, 0.7, 0.6, 0.5);
    expect(choosePolicy({ kind: "min_precision", value: 0.75 }, labels, scores).value).toBe(0.7);
    expect(lowestThresholdAtPrecision(labels, scores, 0.75)).toBe(0.6);
  });

  it("is the most precise where none is precise enough", () => {
    const scores = Float64Array.of(0.9, 0.8, 0.7, 0.1);
    expect(lowestThresholdAtPrecision(Uint8Array.of(0, 1, 1, 0), scores, 0.9)).toBe(0.7);
  });
});
