import { countInWords, countOfThings, intervalInWords, scoreInWords, shareInWords } from "../base/words.ts";
import type { QuestionResults } from "../training/questionResults.ts";
import { formatTable } from "./terminal.ts";

/** Questions and kinds of evidence in words. */
const ASKED = { still_posting: "goes on posting", well_answered: "answered well" } as const;
const FROM = { posts: "posts", rate: "rate", profile: "page" } as const;

/** Of so many accounts with the highest probabilities it is told how many are right. */
const FIRST = [100, 200];

/**
 * How good the answers to the two questions are, and both together for each kind of evidence, on accounts that were not learnt from.
 */
export function questionsText({ horizon, backtest, answers, kinds }: QuestionResults): string {
  const cells = ({ rows, positives, roc_auc, log_loss, brier, intervals }: Judged) => [
    countInWords(rows),
    shareInWords(positives / rows),
    scoreInWords(roc_auc),
    intervals.roc_auc === undefined ? "" : intervalInWords(intervals.roc_auc),
    scoreInWords(log_loss),
    scoreInWords(brier),
  ];
  const head = ["accounts", "yes", "ROC AUC", "95 % interval", "log loss", "Brier"];
  const numeric = [1, 2, 3, 5, 6, 7, 8];
  const each = answers.map(({ question, evidence, judged }) => [
    `${ASKED[question]}, by ${FROM[evidence]}`,
    ...cells(judged),
  ]);
  const both = kinds.map(({ still_posting, well_answered, judged, precision_of_first }) => [
    `creator, by ${FROM[still_posting]} and ${FROM[well_answered]}`,
    ...cells(judged),
    ...FIRST.map((wanted) => {
      const found = precision_of_first.find(({ first }) => first === wanted);
      return found === undefined ? "" : String(Math.round(wanted * found.precision));
    }),
  ]);
  return `Will they go on posting (a post within ${countOfThings(horizon, "day")})? Are they answered well (above the norm for their size)? Both make a creator.
The forecast learnt from ${countOfThings(backtest.examples, "moment")} of ${countOfThings(backtest.accounts, "account")}, with all later posts hidden.

${formatTable([["out of fold", ...head, ...FIRST.map((first) => `of first ${first}`)], ...each, ...both], numeric)}

A rate is judged by itself: what is uncertain where a rate is known is the posting.`;
}

type Judged = QuestionResults["kinds"][number]["judged"];
