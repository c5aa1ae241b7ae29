import { sigmoid } from "../base/statistics.ts";
import { bothLogit, type Combination, combinedLogit } from "../bundle/combination.ts";
import { type Calibration, calibratedLogit, fitPlatt } from "../evaluation/calibration.ts";
import type { Fold } from "../evaluation/split.ts";

/** What the two questions are answered from, one number an account. */
export interface Evidence<Column> {
  /** Still posting, from the dates of posts and from the profile page. */
  readonly posts: Column;
  readonly page: Column;
  /** Answered well, from the rate and from the profile page. */
  readonly rate: Column;
  readonly wellPage: Column;
}

/** Logits of each answer before calibration, NaN where it cannot be given. */
export type EvidenceLogits = Evidence<Float64Array>;

/** Outcomes, one an account: 1, 0, or -1 where it is unknown. */
export interface Outcomes {
  /** A post came within the horizon after the latest moment of the back-test. */
  readonly came: Int8Array;
  /** The last post is within the horizon before the snapshot. */
  readonly posted: Int8Array;
  /** The rate is above the norm. */
  readonly above: Int8Array;
  /** Both: by the back-test, and by the snapshot. */
  readonly cameAbove: Int8Array;
  readonly creator: Int8Array;
}

/** The four kinds of evidence, the best first: which logits they stand on, and what their combination is judged by. */
export const KINDS = [
  { still_posting: "posts", well_answered: "rate", still: "posts", well: "rate", outcome: "cameAbove" },
  {
    still_posting: "posts",
    well_answered: "profile",
    still: "posts",
    well: "wellPage",
    outcome: "cameAbove",
  },
  { still_posting: "profile", well_answered: "rate", still: "page", well: "rate", outcome: "creator" },
  {
    still_posting: "profile",
    well_answered: "profile",
    still: "page",
    well: "wellPage",
    outcome: "creator",
  },
] as const satisfies readonly (Pick<Combination, "still_posting" | "well_answered"> & {
  readonly still: keyof EvidenceLogits;
  readonly well: keyof EvidenceLogits;
  readonly outcome: keyof Outcomes;
})[];

/** The answers that are calibrated, and by what. The rate's is a probability already. */
const CALIBRATED = { posts: "came", page: "posted", wellPage: "above" } as const;

/** What makes logits of single answers the probabilities of them and of both together. */
export interface FittedAnswers {
  readonly calibrations: Readonly<Record<keyof typeof CALIBRATED, Calibration>>;
  /** One a kind of evidence, in the order of {@link KINDS}. */
  readonly combinations: readonly Combination[];
}

/** Probabilities of each answer and of each kind of evidence in the order of {@link KINDS}; NaN where it cannot be given. */
export interface AnswerProbabilities {
  readonly answers: EvidenceLogits;
  readonly kinds: readonly Float64Array[];
}

/**
 * Fits the calibration of each answer (Platt), and then that of the product of two. If the two questions were independent, the
 * probability of both would be the product. Platt's slope and intercept correct it where they are not.
 *
 * @param logits out of fold
 * @param among positions of the accounts to fit to
 * @throws OneClassError where all of them are of one class
 */
export function fitAnswers(logits: EvidenceLogits, outcomes: Outcomes, among: Int32Array): FittedAnswers {
  const platt = (z: Float64Array, outcome: Int8Array) => {
    const known = among.filter((i) => outcome[i] >= 0 && !Number.isNaN(z[i]));
    return fitPlatt(
      Float64Array.from(known, (i) => z[i]),
      Uint8Array.from(known, (i) => outcome[i]),
    );
  };
  const calibrations = {
    posts: platt(logits.posts, outcomes.came),
    page: platt(logits.page, outcomes.posted),
    wellPage: platt(logits.wellPage, outcomes.above),
  };
  const calibrated = calibratedLogits(logits, calibrations);
  const combinations = KINDS.map(({ still_posting, well_answered, still, well, outcome }): Combination => {
    const both = calibrated[still].map((z, i) => bothLogit(z, calibrated[well][i]));
    const fitted = platt(both, outcomes[outcome]);
    if (fitted.method !== "platt") throw new RangeError("Platt's calibration expected");
    return { still_posting, well_answered, intercept: fitted.intercept, slope: fitted.slope };
  });
  return { calibrations, combinations };
}

/** Applies what was fitted to all accounts. */
export function applyAnswers(
  logits: EvidenceLogits,
  { calibrations, combinations }: FittedAnswers,
): AnswerProbabilities {
  const calibrated = calibratedLogits(logits, calibrations);
  const kinds = KINDS.map(({ still, well }, kind) =>
    calibrated[still].map((z, i) => sigmoid(combinedLogit(combinations[kind], z, calibrated[well][i]))),
  );
  return { answers: mapEvidence(calibrated, (z) => z.map(sigmoid)), kinds };
}

/**
 * The probabilities of each account, by calibrations and combinations fitted to the accounts of the other folds.
 *
 * @param folds of one repeat
 */
export function answersOutOfFold(
  logits: EvidenceLogits,
  outcomes: Outcomes,
  folds: readonly Fold[],
): AnswerProbabilities {
  const empty = (z: Float64Array) => new Float64Array(z.length).fill(Number.NaN);
  const found = { answers: mapEvidence(logits, empty), kinds: KINDS.map(() => empty(logits.posts)) };
  for (const { train, test } of folds) {
    const { answers, kinds } = applyAnswers(logits, fitAnswers(logits, outcomes, train));
    for (const i of test) {
      for (const name of EVIDENCE_NAMES) found.answers[name][i] = answers[name][i];
      kinds.forEach((kind, k) => {
        found.kinds[k][i] = kind[i];
      });
    }
  }
  return found;
}

const EVIDENCE_NAMES = ["posts", "page", "rate", "wellPage"] as const;

/** Makes something of each part of the evidence. */
export function mapEvidence<From, To>(
  { posts, page, rate, wellPage }: Evidence<From>,
  make: (part: From, name: keyof Evidence<From>) => To,
): Evidence<To> {
  return {
    posts: make(posts, "posts"),
    page: make(page, "page"),
    rate: make(rate, "rate"),
    wellPage: make(wellPage, "wellPage"),
  };
}

function calibratedLogits(
  logits: EvidenceLogits,
  calibrations: FittedAnswers["calibrations"],
): EvidenceLogits {
  return mapEvidence(logits, (z, name) =>
    name === "rate" ? z : z.map((one) => calibratedLogit(calibrations[name], one)),
  );
}

/** The mean of some lists of evidence, place by place. */
export function meanEvidence(lists: readonly EvidenceLogits[]): EvidenceLogits {
  return mapEvidence(lists[0], (first, name) =>
    first.map((_, i) => lists.reduce((sum, list) => sum + list[name][i], 0) / lists.length),
  );
}

/** The mean of the probabilities of some repeats, place by place. */
export function meanProbabilities(lists: readonly AnswerProbabilities[]): AnswerProbabilities {
  const mean = (of: (list: AnswerProbabilities) => Float64Array) =>
    of(lists[0]).map((_, i) => lists.reduce((sum, list) => sum + of(list)[i], 0) / lists.length);
  return {
    answers: meanEvidence(lists.map(({ answers }) => answers)),
    kinds: lists[0].kinds.map((_, kind) => mean(({ kinds }) => kinds[kind])),
  };
}
