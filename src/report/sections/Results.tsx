import type { ReactElement } from "react";
import { capitalised, countInWords, countOf, numberWord } from "../../base/words.ts";
import type { ReportInput } from "../input.ts";
import type { Metrics } from "../metrics.ts";
import { range, score } from "../numbers.ts";
import { FigureGroup } from "../page/FigureGroup.tsx";
import { ResultsTable } from "../shared/ResultsTable.tsx";
import { Table } from "../shared/Table.tsx";

/** How good the network is: beside the published study, by its protocol and by a correct one, and beside the rule. */
export function Results(input: ReportInput): ReactElement {
  const { metrics, figures, files } = input;
  const { test, split } = metrics;
  return (
    <>
      <p>
        Precision: of the accounts it picks, how many are active. Recall: of the active accounts, how many it
        picks. F1: one number for both. All are measured on {countOf(split.test.rows, "test account")} that
        neither training nor the choice of the threshold has seen, except where the table says otherwise.
      </p>
      <ResultsTable metrics={metrics} />
      <p className="aside">
        Small print under a number: the middle 95 % over redrawn test accounts. It tells how far another test
        set of this size would move it.
      </p>
      <p>{protocolWords(metrics)}</p>
      <p>
        As a ranking, whatever the threshold: of an active account and another, the network puts the active
        one ahead in {(test.roc_auc * 100).toFixed(1)} of 100 cases (area under the ROC curve{" "}
        {score(test.roc_auc)}, 95 % interval {range(test.intervals.roc_auc)}). Average precision{" "}
        {score(test.average_precision)}, Brier score {score(test.brier)}, log loss {score(test.log_loss)}.
      </p>
      <FigureGroup
        names={["roc", "confusion-matrix", "score-distribution"]}
        figures={figures}
        files={files}
      />
      <Seeds metrics={metrics} />
    </>
  );
}

/** What the difference between the two protocols comes to, and whether it says anything. */
export function protocolWords({ as_published, test_at_threshold: chosen }: ReportInput["metrics"]): string {
  const difference = as_published.f1 - chosen.f1;
  const { low, high } = chosen.intervals.f1;
  const within = as_published.f1 >= low && as_published.f1 <= high;
  const size = score(Math.abs(difference));
  const what =
    Math.abs(difference) < 0.0005
      ? "The study’s own protocol gives the same F1 as the correct one."
      : difference > 0
        ? `The study’s own protocol gives an F1 that is ${size} higher than the correct one.`
        : `The study’s own protocol gives an F1 that is ${size} lower than the correct one, although picking the threshold on the test rows flatters: dropout left on while predicting, and the last weights instead of the best, cost something too.`;
  const meaning = within
    ? "That is within the interval, so on a test set of this size it means little; a threshold picked on the rows it is judged on is no forecast all the same."
    : "That is outside the interval: the way of judging matters here, not only the network.";
  return `${what} ${meaning}`;
}

type Spread = Metrics["seeds_summary"]["epochs"];

/** How much of the result is luck: the same split, trained again from other seeds. */
export function Seeds({ metrics }: Pick<ReportInput, "metrics">): ReactElement {
  const { seeds, seeds_summary: summary } = metrics;
  if (seeds.length === 1) {
    return (
      <>
        <h3>How much of it is luck</h3>
        <p>
          The network was trained once, from seed {seeds[0].seed}. How much another start would change cannot
          be told from one training; <code>--seeds 10</code> trains ten.
        </p>
      </>
    );
  }
  const { f1 } = summary.test_at_threshold;
  return (
    <>
      <h3>How much of it is luck</h3>
      <p>
        {capitalised(numberWord(seeds.length))} trainings on the same split, each from a seed of its own. F1
        at the chosen threshold is {score(f1.mean)} on average and ranges from {score(f1.min)} to{" "}
        {score(f1.max)}. The figures and the intervals are those of the first, seed {seeds[0].seed}.
      </p>
      <Table
        caption={`Over ${countOf(seeds.length, "seed")}: mean, standard deviation, smallest and largest`}
        columns={["measure", "mean", "deviation", "smallest", "largest"]}
        rows={[
          row("F1, correct protocol", f1),
          row("precision, correct protocol", summary.test_at_threshold.precision),
          row("recall, correct protocol", summary.test_at_threshold.recall),
          row("F1 at one half", summary.test.f1),
          row("area under the ROC curve", summary.test.roc_auc),
          row("F1, the study’s own protocol", summary.as_published.f1),
          row("epochs", summary.epochs, countInWords),
        ]}
      />
      <details>
        <summary>Each training</summary>
        <Table
          caption="Each seed"
          columns={[
            "seed",
            "epochs",
            "best epoch",
            "threshold",
            "F1",
            "precision",
            "recall",
            "F1, own protocol",
          ]}
          rows={seeds.map((seed) => ({
            key: String(seed.seed),
            cells: [
              String(seed.seed),
              countInWords(seed.epochs),
              countInWords(seed.best_epoch),
              score(seed.threshold),
              score(seed.test_at_threshold.f1),
              score(seed.test_at_threshold.precision),
              score(seed.test_at_threshold.recall),
              score(seed.as_published.f1),
            ],
          }))}
        />
      </details>
    </>
  );
}

function row(name: string, spread: Spread, print: (value: number) => string = score) {
  return {
    key: name,
    cells: [name, print(spread.mean), print(spread.standard_deviation), print(spread.min), print(spread.max)],
  };
}
