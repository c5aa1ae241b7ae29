import { describe, expect, it } from "vitest";
import { Random } from "../base/random.ts";
import { logit, sigmoid } from "../base/statistics.ts";
import { repeatedStratifiedFolds } from "../evaluation/split.ts";
import {
  answersOutOfFold,
  applyAnswers,
  type EvidenceLogits,
  fitAnswers,
  KINDS,
  meanEvidence,
  type Outcomes,
} from "./combineAnswers.ts";

const ROWS = 4000;
const random = new Random(3);
const draw = () => Float64Array.from({ length: ROWS }, () => 1.5 * random.normal());
const outcome = (z: Float64Array) => Int8Array.from(z, (one) => (random.uniform() < sigmoid(one) ? 1 : 0));
const both = (a: Int8Array, b: Int8Array) => a.map((one, i) => Math.min(one, b[i]));

/** Accounts whose true logits are known; what is given for the page is twice as sure as it should be. */
const [still, well] = [draw(), draw()];
const [posted, above] = [outcome(still), outcome(well)];
const twice = (z: Float64Array) => z.map((one) => 2 * one + 1);
const logits: EvidenceLogits = {
  posts: still.map((z, i) => (i % 10 === 0 ? Number.NaN : z)),
  page: twice(still),
  rate: well,
  wellPage: twice(well),
};
const outcomes: Outcomes = {
  came: posted,
  posted,
  above,
  cameAbove: both(posted, above),
  creator: both(posted, above),
};
const all = Int32Array.from({ length: ROWS }, (_, i) => i);

describe("combined answers", () => {
  it("calibrates each answer and finds that an AND is a product", () => {
    const { calibrations, combinations } = fitAnswers(logits, outcomes, all);
    expect(calibrations.page).toMatchObject({ method: "platt" });
    expect(calibrations.page).toHaveProperty("slope", expect.closeTo(0.5, 1));
    expect(calibrations.page).toHaveProperty("intercept", expect.closeTo(-0.5, 0));
    for (const { slope, intercept } of combinations) {
      expect(Math.abs(slope - 1)).toBeLessThan(0.12);
      expect(Math.abs(intercept)).toBeLessThan(0.15);
    }
    expect(
      combinations.map(({ still_posting, well_answered }) => `${still_posting}+${well_answered}`),
    ).toEqual(["posts+rate", "posts+profile", "profile+rate", "profile+profile"]);
  });

  it("gives the product of the two probabilities, and nothing where an answer is unknown", () => {
    const fitted = fitAnswers(logits, outcomes, all);
    const plain = {
      calibrations: fitted.calibrations,
      combinations: KINDS.map(({ still_posting, well_answered }) => ({
        still_posting,
        well_answered,
        intercept: 0,
        slope: 1,
      })),
    };
    const { answers, kinds } = applyAnswers(logits, plain);
    expect(kinds[3][7]).toBeCloseTo(answers.page[7] * answers.wellPage[7], 12);
    expect(answers.rate[7]).toBeCloseTo(sigmoid(well[7]), 12);
    expect(kinds[0][10]).toBeNaN();
    expect(kinds[0][11]).not.toBeNaN();
  });

  it("lets no account have a say in its own probability", () => {
    const folds = repeatedStratifiedFolds(Uint8Array.from(posted), { folds: 4, repeats: 1, seed: 1 });
    const before = answersOutOfFold(logits, outcomes, folds);
    const [{ train, test }] = folds;
    // Everything that turned out of the first fold, turned around.
    const turned = (labels: Int8Array) => labels.map((label, i) => (test.includes(i) ? 1 - label : label));
    const mixed: Outcomes = {
      came: turned(posted),
      posted: turned(posted),
      above: turned(above),
      cameAbove: turned(outcomes.cameAbove),
      creator: turned(outcomes.creator),
    };
    const after = answersOutOfFold(logits, mixed, folds);
    for (const i of test.subarray(0, 50)) {
      expect(after.kinds[2][i]).toBe(before.kinds[2][i]);
      expect(after.answers.page[i]).toBe(before.answers.page[i]);
    }
    expect(after.kinds[2][train[0]]).not.toBe(before.kinds[2][train[0]]);
    // And by the others it is what they were fitted to.
    const expected = applyAnswers(logits, fitAnswers(logits, outcomes, train)).kinds[1][test[1]];
    expect(before.kinds[1][test[1]]).toBe(expected);
  });

  it("averages logits place by place", () => {
    const other = { ...logits, rate: well.map((z) => z + 2) };
    expect(meanEvidence([logits, other]).rate[3]).toBeCloseTo(well[3] + 1, 12);
    expect(meanEvidence([logits, other]).page[3]).toBeCloseTo(logits.page[3], 12);
    expect(logit(sigmoid(meanEvidence([logits]).page[5]))).toBeCloseTo(logits.page[5], 6);
  });
});
