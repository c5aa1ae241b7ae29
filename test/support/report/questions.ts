import type { QuestionResults } from "../../../src/training/questionResults.ts";

function judged(roc_auc: number, rows = 940): QuestionResults["kinds"][number]["judged"] {
  const around = (value: number) => ({ low: value - 0.02, high: value + 0.02 });
  const measures = { roc_auc, average_precision: 0.8, log_loss: 0.3, brier: 0.09, slope: 1.01, intercept: 0 };
  return {
    ...{ rows, positives: 300 },
    ...measures,
    intervals: {
      roc_auc: around(roc_auc),
      average_precision: around(0.8),
      log_loss: around(0.3),
      brier: around(0.09),
      slope: around(1.01),
      intercept: around(0),
    },
  };
}

const calibration = { method: "platt", slope: 1, intercept: 0 } as const;
const kind = (
  still_posting: "posts" | "profile",
  well_answered: "rate" | "profile",
  roc_auc: number,
  precision: number,
) => ({
  still_posting,
  well_answered,
  judged: judged(roc_auc),
  precision_of_first: [{ first: 100, precision }],
});

/** What a model of creators says of its two questions, made up. */
export const exampleQuestions: QuestionResults = {
  horizon: 30,
  backtest: { examples: 8996, accounts: 940, cuts: 12 },
  answers: [
    { question: "still_posting", evidence: "posts", calibration, judged: judged(0.942) },
    { question: "still_posting", evidence: "profile", calibration, judged: judged(0.761, 998) },
    { question: "well_answered", evidence: "profile", calibration, judged: judged(0.867, 1000) },
  ],
  kinds: [
    kind("posts", "rate", 0.976, 0.92),
    kind("posts", "profile", 0.902, 0.64),
    kind("profile", "rate", 0.881, 0.6),
    { ...kind("profile", "profile", 0.79, 0.5), precision_of_first: [] },
  ],
};
