import { expect, it } from "vitest";
import { someFlaggedModel } from "../../test/support/bundle/creatorModel.ts";
import { someModel } from "../../test/support/bundle/models.ts";
import { connect, createProfiles, NASTY_PROFILES } from "../../test/support/features/profiles.ts";
import { Random } from "../base/random.ts";
import { initialise } from "../network/network.ts";
import {
  type Answer,
  asksQuestions,
  checkAnswers,
  EVIDENCE_WORDS,
  evidenceCode,
  NO_EVIDENCE,
} from "./answers.ts";
import type { Model } from "./model.ts";

const connection = await connect();
await createProfiles(connection, "profiles", NASTY_PROFILES);
const questions = await someFlaggedModel(connection, "profiles");
const target = await someModel(connection, "profiles", { preset: "profile", hidden: [] });
const check = (model: Model) => checkAnswers(model.pipeline.names, model);

it("tells models of two questions from others", () => {
  expect([asksQuestions(questions), asksQuestions(target)]).toEqual([true, false]);
});

it("names the evidence of both questions", () => {
  expect(EVIDENCE_WORDS).toEqual([
    "posts+rate",
    "posts+profile",
    "posts+none",
    "profile+rate",
    "profile+profile",
    "profile+none",
    "none+rate",
    "none+profile",
    "none+none",
  ]);
  expect(EVIDENCE_WORDS[evidenceCode(0, 1)]).toBe("posts+profile");
  expect(EVIDENCE_WORDS[evidenceCode(1, 0)]).toBe("profile+rate");
  expect(EVIDENCE_WORDS[NO_EVIDENCE]).toBe("none+none");
});

/** The model of two questions with its first answer changed, that to `still_posting` from posts. */
const changed = (change: Partial<Answer>): Model => ({
  ...questions,
  answers: [{ ...questions.answers[0], ...change }, ...questions.answers.slice(1)],
});
const three = initialise(3, [], new Random(1));

it.each<[string, Model, string]>([
  [
    "a feature that is not there",
    changed({ features: ["likes", "x", "age"] }),
    "reads x, which is no feature",
  ],
  ["a need that is not there", changed({ needs: "y" }), "still_posting reads y, which is no feature"],
  [
    "another number of features",
    changed({ features: ["likes"] }),
    "still_posting has 1 features for a network of 3",
  ],
  ["evidence of the other question", changed({ evidence: "rate" }), "still_posting from rate"],
  ["two answers from one evidence", changed({ evidence: "profile" }), "still_posting twice from profile"],
  [
    "no answer to a question",
    { ...questions, answers: questions.answers.filter(({ question }) => question === "well_answered") },
    "one of the two questions has none",
  ],
  ["a target among the questions", changed({ question: "target" }), "a model of two questions has no third"],
  ["no combinations", { ...questions, combinations: undefined }, "no combination for posts+rate"],
  [
    "a combination missing",
    { ...questions, combinations: questions.combinations?.slice(0, 3) },
    "no combination for profile+profile",
  ],
  [
    "a combination twice",
    { ...questions, combinations: [...questions.combinations!, questions.combinations![0]] },
    "a combination for nothing",
  ],
  [
    "two answers to a target",
    { ...target, answers: [target.answers[0], target.answers[0]] },
    "a model of one question has one",
  ],
  [
    "a target that combines",
    { ...target, combinations: questions.combinations },
    "a model of one question has one",
  ],
  [
    "a target that needs something",
    { ...target, answers: [{ ...target.answers[0], needs: "likes" }] },
    "reads all features, in their order",
  ],
  [
    "a target of some features",
    {
      ...target,
      answers: [{ ...target.answers[0], features: ["likes", "videos", "followers"], network: three }],
    },
    "reads all features, in their order",
  ],
  [
    "networks of different inputs",
    changed({ network: { networks: [three, initialise(2, [], new Random(1))], weights: [0.5, 0.5] } }),
    "invalid ensemble: networks of 3 and of 2 features",
  ],
  ["no networks", changed({ network: { networks: [], weights: [] } }), "invalid ensemble: no networks"],
])("refuses %s", (_what, model, message) => {
  expect(() => check(model)).toThrow(message);
});

it("takes answers that fit", () => {
  for (const model of [questions, target]) expect(check(model)).toBeUndefined();
});
