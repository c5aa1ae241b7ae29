import { InsightsError } from "../base/error.ts";
import type { Calibration } from "../evaluation/calibration.ts";
import type { Network } from "../network/network.ts";
import { checkEnsemble, type Ensemble } from "../network/predictor.ts";
import type { Combination } from "./combination.ts";

/** The two questions that a model of creators answers. */
export const QUESTIONS = ["still_posting", "well_answered"] as const;

/** A question of {@link QUESTIONS}. */
export type Question = (typeof QUESTIONS)[number];

/**
 * What a question can be answered from, best first. `posts`: the dates of listed posts. `rate`: the observed engagement rate.
 * `profile`: the counts of a profile page. `none`: nothing that the question needs is known.
 */
export const EVIDENCE = {
  still_posting: ["posts", "profile", "none"],
  well_answered: ["rate", "profile", "none"],
} as const;

/**
 * The evidence of both questions in words, `still_posting` first: `posts+rate`, `posts+profile`, `none+rate` and so on. A place in
 * this list is the code of the two: 3 x place of the first in its list + place of the second.
 */
export const EVIDENCE_WORDS = EVIDENCE.still_posting.flatMap((still) =>
  EVIDENCE.well_answered.map((well) => `${still}+${well}` as const),
);

/** The evidence of both questions: one of {@link EVIDENCE_WORDS}. */
export type EvidenceWords = (typeof EVIDENCE_WORDS)[number];

/** The code of the evidence of both questions: a place in {@link EVIDENCE_WORDS}. */
export function evidenceCode(still: number, well: number): number {
  return EVIDENCE.well_answered.length * still + well;
}

/** The code of a row about which neither question finds anything. */
export const NO_EVIDENCE = evidenceCode(2, 2);

/** One way to answer a question of a model, for rows that have what it needs. */
export interface Answer {
  /** `target` where the model has one question of its own: whatever it was trained for. */
  readonly question: Question | "target";
  readonly evidence: "posts" | "rate" | "profile";
  /** Name of the feature, 1 or 0, that tells whether a row has what the answer needs; null where every row has. */
  readonly needs: string | null;
  /** Names of the features that the network takes, in its order. */
  readonly features: readonly string[];
  /** One network, or several of one shape whose logits are averaged. Without a hidden layer it is logistic regression. */
  readonly network: Network | Ensemble;
  /** From the network's logits to those of probabilities; without it they are the same. */
  readonly calibration?: Calibration | undefined;
}

/** What a model is asked: its answers, and how those of the two questions become one probability. */
export interface Answers {
  /** Best first: per question the first whose needs a row meets is used. */
  readonly answers: readonly Answer[];
  /** Of a model of two questions one for each kind of evidence; else there are none. */
  readonly combinations?: readonly Combination[] | undefined;
}

/** The only answer of a model that has one question: of all features. */
export function targetAnswer(
  { names }: { readonly names: readonly string[] },
  network: Answer["network"],
  calibration?: Calibration,
): Answer {
  const rest = calibration === undefined ? {} : { calibration };
  return { question: "target", evidence: "profile", needs: null, features: [...names], network, ...rest };
}

/** Whether a model answers the two questions, not one of its own. */
export function asksQuestions({ answers }: Answers): boolean {
  return answers.some(({ question }) => question !== "target");
}

/** Whether an answer has several networks. */
export function isEnsemble(network: Answer["network"]): network is Ensemble {
  return "networks" in network;
}

/** An answer's networks as an ensemble, whether it has one or several. */
export function ensembleOf(network: Answer["network"]): Ensemble {
  return isEnsemble(network) ? network : { networks: [network], weights: [1] };
}

/** The answers to a question, best first. */
export function answersTo({ answers }: Answers, question: Question): readonly Answer[] {
  return answers.filter((answer) => answer.question === question);
}

/** How the evidence of two answers is combined. */
export function combinationFor(
  combinations: readonly Combination[],
  still: Answer["evidence"],
  well: Answer["evidence"],
): Combination {
  const found = combinations.find((one) => one.still_posting === still && one.well_answered === well);
  if (found === undefined) throw new InsightsError(`invalid answers: no combination for ${still}+${well}`);
  return found;
}

/**
 * Refuses answers that no row could be scored with: those that read features which are not there, networks of other inputs, two
 * answers from the same evidence, a question without an answer, evidence without a combination.
 *
 * @param names those of the pipeline's features
 * @throws InsightsError that says what does not fit
 */
export function checkAnswers(names: readonly string[], model: Answers): void {
  const { answers, combinations = [] } = model;
  const wrong = (what: string) => new InsightsError(`invalid answers: ${what}`);
  for (const { question, needs, features, network } of answers) {
    checkEnsemble(ensembleOf(network));
    const [{ inputs }] = ensembleOf(network).networks;
    if (features.length !== inputs) {
      const whose = question === "target" ? "the pipeline" : question;
      throw new InsightsError(`${whose} has ${features.length} features for a network of ${inputs} inputs`);
    }
    const unknown = [...features, ...(needs === null ? [] : [needs])].find((name) => !names.includes(name));
    if (unknown !== undefined) throw wrong(`${question} reads ${unknown}, which is no feature`);
  }
  if (!asksQuestions(model)) {
    const [only] = answers;
    if (answers.length !== 1 || combinations.length > 0) throw wrong("a model of one question has one");
    if (only.needs !== null || only.features.join() !== names.join())
      throw wrong("a model of one question reads all features, in their order");
    return;
  }
  for (const { question, evidence } of answers) {
    if (question === "target") throw wrong("a model of two questions has no third");
    if (!(EVIDENCE[question] as readonly string[]).includes(evidence))
      throw wrong(`${question} from ${evidence}`);
    const same = answers.filter((other) => other.question === question && other.evidence === evidence);
    if (same.length > 1) throw wrong(`${question} twice from ${evidence}`);
  }
  const [still, well] = QUESTIONS.map((question) => answersTo(model, question));
  if (still.length === 0 || well.length === 0) throw wrong("one of the two questions has none");
  for (const one of still)
    for (const other of well) combinationFor(combinations, one.evidence, other.evidence);
  if (combinations.length !== still.length * well.length) throw wrong("a combination for nothing");
}
