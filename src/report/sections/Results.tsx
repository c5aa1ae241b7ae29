import type { ReactElement, ReactNode } from "react";
import type { ReportInput } from "../input.ts";
import { countOf, NOTHING, range, score } from "../numbers.ts";
import { FigureGroup } from "../page/FigureGroup.tsx";
import { Table, type TableRow } from "../page/Table.tsx";
import { Seeds } from "./Seeds.tsx";

interface Ends {
  readonly low: number;
  readonly high: number;
}

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
      <Table
        caption="The published result, ours, and the one-line rule"
        className="results"
        columns={[
          { label: "result" },
          { label: "F1", numeric: true },
          { label: "precision", numeric: true },
          { label: "recall", numeric: true },
          { label: "threshold", numeric: true },
        ]}
        rows={resultRows(metrics)}
      />
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

function resultRows(metrics: ReportInput["metrics"]): TableRow[] {
  const { published, as_published, test_at_threshold: chosen, test, rule } = metrics;
  return [
    {
      key: "published",
      cells: [
        <Named
          key="name"
          name="The published study"
          note="threshold picked on the test rows, dropout left on"
        />,
        score(published.f1, 2),
        score(published.precision, 2),
        score(published.recall, 2),
        NOTHING,
      ],
    },
    {
      key: "as-published",
      cells: [
        <Named
          key="name"
          name="Ours, by the study’s own protocol"
          note="flattering, and noisy, in the same ways"
        />,
        score(as_published.f1),
        score(as_published.precision),
        score(as_published.recall),
        score(as_published.threshold),
      ],
    },
    {
      key: "chosen",
      strong: true,
      cells: [
        <Named
          key="name"
          name="Ours, by a correct protocol"
          note="threshold chosen on the validation rows"
        />,
        <Estimate key="f1" value={chosen.f1} interval={chosen.intervals.f1} />,
        <Estimate key="precision" value={chosen.precision} interval={chosen.intervals.precision} />,
        <Estimate key="recall" value={chosen.recall} interval={chosen.intervals.recall} />,
        score(chosen.threshold),
      ],
    },
    {
      key: "half",
      cells: [
        <Named key="name" name="The same network at one half" note="threshold not chosen, just the middle" />,
        <Estimate key="f1" value={test.f1} interval={test.intervals.f1} />,
        <Estimate key="precision" value={test.precision} interval={test.intervals.precision} />,
        <Estimate key="recall" value={test.recall} interval={test.intervals.recall} />,
        score(test.threshold),
      ],
    },
    ...(rule === null
      ? []
      : [
          {
            key: "rule",
            cells: [
              <Named key="name" name="The one-line rule" note={<code>{rule.expression}</code>} />,
              score(rule.f1),
              score(rule.precision),
              score(rule.recall),
              NOTHING,
            ],
          },
        ]),
  ];
}

function Named({ name, note }: { readonly name: string; readonly note: ReactNode }): ReactElement {
  return (
    <>
      {name}
      <span className="under">{note}</span>
    </>
  );
}

function Estimate({ value, interval }: { readonly value: number; readonly interval: Ends }): ReactElement {
  return (
    <>
      {score(value)}
      <span className="under">{range(interval)}</span>
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
