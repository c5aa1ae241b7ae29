import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { someCreatorModel, someFlaggedModel } from "../../test/support/bundle/creatorModel.ts";
import { someModel } from "../../test/support/bundle/models.ts";
import { mixedProfiles, scoresOf } from "../../test/support/bundle/profiles.ts";
import { connect, createProfiles } from "../../test/support/features/profiles.ts";
import { sigmoid } from "../base/statistics.ts";
import { calibratedLogit } from "../evaluation/calibration.ts";
import { transform } from "../features/transform.ts";
import { createPredictor } from "../network/predictor.ts";
import { EVIDENCE_WORDS, ensembleOf, type Question } from "./answers.ts";
import { loadModel, type Model } from "./model.ts";
import { createModelPredictor } from "./modelPredictor.ts";
import { saveModel } from "./save.ts";
import { createProfileScorer, scoreProfiles } from "./score.ts";

const connection = await connect();
const profiles = mixedProfiles(3000, 4);
await createProfiles(connection, "profiles", profiles);
const model = await someFlaggedModel(connection, "profiles");
const { names, rows, values } = await transform(connection, model.pipeline, "profiles");
const root = await mkdtemp(join(tmpdir(), "questions-"));
afterAll(() => rm(root, { recursive: true }));

/** What a question is answered with, one row by itself and by the plain definition. */
function plainly({ answers }: Model, question: Question, row: number) {
  const feature = (name: string) => values[row * names.length + names.indexOf(name)];
  const all = answers.filter((answer) => answer.question === question);
  const met = all.find(({ needs }) => needs === null || feature(needs) === 1);
  const { features, network, calibration, evidence } = met ?? all[all.length - 1];
  const { networks, weights } = ensembleOf(network);
  const x = Float32Array.from(features, feature);
  const z = networks.reduce((sum, one, i) => sum + weights[i] * createPredictor(one).logits(x, 1)[0], 0);
  const logit = calibration === undefined ? z : calibratedLogit(calibration, z);
  return { logit, used: evidence, evidence: met === undefined ? "none" : evidence };
}

describe("a model of two questions", () => {
  const found = createModelPredictor(model).answers(values, rows.length);

  it("answers each row by the best evidence it has, and combines both for that kind of evidence", () => {
    for (let row = 0; row < 400; row++) {
      const [still, well] = (["still_posting", "well_answered"] as const).map((one) =>
        plainly(model, one, row),
      );
      const { intercept, slope } = model.combinations!.find(
        (one) => one.still_posting === still.used && one.well_answered === well.used,
      )!;
      expect(EVIDENCE_WORDS[found.evidence[row]]).toBe(`${still.evidence}+${well.evidence}`);
      expect(found.still[row]).toBeCloseTo(sigmoid(still.logit), 12);
      expect(found.well[row]).toBeCloseTo(sigmoid(well.logit), 12);
      const both = sigmoid(still.logit) * sigmoid(well.logit);
      const logit = intercept + slope * Math.log(both / (1 - both));
      expect(found.logits[row]).toBeCloseTo(logit, 9);
    }
    expect(new Set(found.evidence).size).toBe(EVIDENCE_WORDS.length);
  });

  it("gives each row the same bits in whatever chunks the rows come", () => {
    const predictor = createModelPredictor(model);
    const columns = names.length;
    for (const [from, to] of [
      [0, 1],
      [1, 2],
      [2, 700],
      [700, 3000],
    ]) {
      const part = predictor.answers(values.subarray(from * columns, to * columns), to - from);
      for (const name of ["logits", "still", "well", "evidence"] as const)
        expect(part[name]).toEqual(found[name].slice(from, to));
    }
    expect(predictor.logits(values, rows.length)).toEqual(found.logits);
  });

  it("refuses too few values", () => {
    expect(() => createModelPredictor(model).answers(values.subarray(1), rows.length)).toThrow(
      "too few values to score",
    );
  });

  it("comes back from its folder, and says the same of a table and of profiles in memory", async () => {
    await saveModel(join(root, "model"), model);
    const loaded = await loadModel(join(root, "model"));
    expect(loaded).toEqual(model);
    const scores = await scoresOf(connection, loaded, "profiles");
    expect(scores.probabilities).toEqual(found.logits.map(sigmoid));
    expect(scores.answers).toEqual({
      still_posting: found.still,
      well_answered: found.well,
      evidence: Array.from(found.evidence, (code) => EVIDENCE_WORDS[code]),
    });
    const { probabilities, answers } = createProfileScorer(loaded)(profiles);
    expect(answers?.evidence).toEqual(scores.answers?.evidence);
    probabilities.forEach((p, row) => {
      expect(p).toBeCloseTo(scores.probabilities[row], 9);
    });
  });
});

it("looks at posts from the newest date of the file where it is not known when a profile was read", async () => {
  const [newest, older] = [new Date("2024-01-31T12:00:00Z"), new Date("2023-12-01T00:00:00Z")];
  const posted_at = [new Date("2024-01-20T00:00:00Z"), new Date("2023-12-24T00:00:00Z")];
  const rows = [
    { posted_at, followers: 5n },
    { posted_at, followers: 5n, observed_at: newest },
    { posted_at: [new Date("2023-11-11T00:00:00Z")], followers: 5n, observed_at: older },
    { followers: 5n, created_at: older },
  ];
  await createProfiles(connection, "read", rows);
  const creator = await someCreatorModel(connection, "profiles");
  const { answers } = await scoreProfiles(connection, creator, "read");
  expect(answers?.evidence).toEqual([...Array(3).fill("posts+profile"), "profile+profile"]);
  const { still_posting: still } = answers!;
  expect(still[0]).toBe(still[1]);
  expect(still[2]).not.toBe(still[1]);
  // By itself a profile has no file to take a date of. One without posts is left as it is.
  const { answers: alone } = createProfileScorer(creator)([rows[0], rows[3]]);
  expect(alone?.evidence).toEqual(["profile+profile", "profile+profile"]);
  expect(alone?.still_posting[1]).toBe(still[3]);
});

it("takes more rows than it has room for with a model of one question too", async () => {
  const target = await someModel(connection, "profiles", { preset: "profile", hidden: [4] });
  const matrix = await transform(connection, target.pipeline, "profiles");
  const { logits } = createModelPredictor(target).answers(matrix.values, matrix.rows.length);
  const last = createModelPredictor(target).logits(matrix.values.subarray(-matrix.columns), 1);
  expect([logits.length, logits[2999]]).toEqual([3000, last[0]]);
});
