import type { ReactElement, ReactNode } from "react";
import { NOTHING } from "../../base/words.ts";
import type { Metrics } from "../metrics.ts";
import { range, score } from "../numbers.ts";
import { Table, type TableRow } from "./Table.tsx";

interface Ends {
  readonly low: number;
  readonly high: number;
}

/** The original study's results: as published, ours by its protocol and by a correct one, and the one-line rule. */
export function ResultsTable({ metrics }: { readonly metrics: Metrics }): ReactElement {
  return (
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
  );
}

function resultRows(metrics: Metrics): TableRow[] {
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
