import type { ReactElement } from "react";
import { countInWords, countOf } from "../../base/words.ts";
import type { QuestionResults } from "../../training/questionResults.ts";
import { percent } from "../numbers.ts";
import { QUESTION_WORDS, STANDS_ON } from "./answers.ts";
import { Estimate, Table } from "./Table.tsx";

/** What a model of creators asks, from what it answers, and how good each answer is on accounts that it did not learn from. */
export function Questions({ questions }: { readonly questions: QuestionResults }): ReactElement {
  const { horizon, backtest, answers, kinds } = questions;
  return (
    <>
      <p>
        It asks two questions, and answers each by the best evidence that a row has.{" "}
        <strong>Still posting:</strong> does a post come within {countOf(horizon, "day")} after the profile
        was read? From dated posts by a forecast, else from the profile page alone.{" "}
        <strong>Answered well:</strong> is the account answered better than is usual for its size? From the
        observed engagement, drawn towards the middle where it stands on few posts, else from the profile page
        alone. Both together make the one number that ranks.
      </p>
      <p>
        The forecast learnt by going back: at {countInWords(backtest.examples)} moments of{" "}
        {countOf(backtest.accounts, "account")} all that came later was hidden, and it was asked whether a
        post came. It is judged at the latest of these moments, on accounts that it had not seen.
      </p>
      <Table
        caption="Each answer, on accounts it had not seen"
        className="results"
        columns={COLUMNS}
        rows={answers.map(({ question, evidence, judged }) => ({
          key: `${question} ${evidence}`,
          cells: [`${QUESTION_WORDS[question]}, ${STANDS_ON[evidence]}`, ...measures(judged)],
        }))}
      />
      <Table
        caption="Both together, by what they stand on"
        className="results"
        columns={["from", ...COLUMNS.slice(1), "right of first 100"]}
        rows={kinds.map(({ still_posting, well_answered, judged, precision_of_first }) => ({
          key: `${still_posting} ${well_answered}`,
          cells: [
            `${STANDS_ON[still_posting]}, ${STANDS_ON[well_answered]}`,
            ...measures(judged),
            percent(precision_of_first.find(({ first }) => first === 100)?.precision ?? null),
          ],
        }))}
      />
      <p>
        Small print: 95 % intervals. A slope of 1 means that probabilities are neither too extreme nor too
        timid. The engagement is not forecast: an answer from the rate is judged by the very rate that it
        reads, and what is uncertain there is the posting.
      </p>
    </>
  );
}

const COLUMNS = ["answer", "accounts", "ROC AUC", "Brier score", "slope"];

type Judged = QuestionResults["kinds"][number]["judged"];

/** The numbers of a row; small print is the 95 % interval. */
function measures({ rows, intervals, ...judged }: Judged): (string | ReactElement)[] {
  const estimate = (name: "roc_auc" | "brier" | "slope") => (
    <Estimate key={name} value={judged[name]} interval={intervals[name]} />
  );
  return [countInWords(rows), ...(["roc_auc", "brier", "slope"] as const).map(estimate)];
}
