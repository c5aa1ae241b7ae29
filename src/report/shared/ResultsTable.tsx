import type { ReactElement, ReactNode } from "react";
import { NOTHING } from "../../base/words.ts";
import type { Metrics } from "../metrics.ts";
import { score } from "../numbers.ts";
import { Estimate, Table } from "./Table.tsx";

type Measure = "f1" | "precision" | "recall";

/** A row of the table: what was measured, and how sure it is where that is known. */
interface Result {
  readonly name: string;
  readonly note: ReactNode;
  readonly measured: Readonly<Record<Measure, number>> & { readonly threshold?: number };
  readonly intervals?: Readonly<Record<Measure, { readonly low: number; readonly high: number }>>;
  /** Digits of the measures, 3 unless given. */
  readonly digits?: number;
}

/** The original study's results: as published, ours by its protocol and by a correct one, and the one-line rule. */
export function ResultsTable({ metrics }: { readonly metrics: Metrics }): ReactElement {
  const { published, as_published, test_at_threshold: chosen, test, rule } = metrics;
  const results: readonly Result[] = [
    {
      name: "The published study",
      note: "threshold picked on the test rows, dropout left on",
      measured: published,
      digits: 2,
    },
    {
      name: "Ours, by the study’s own protocol",
      note: "flattering, and noisy, in the same ways",
      measured: as_published,
    },
    {
      name: "Ours, by a correct protocol",
      note: "threshold chosen on the validation rows",
      measured: chosen,
      intervals: chosen.intervals,
    },
    {
      name: "The same network at one half",
      note: "threshold not chosen, just the middle",
      measured: test,
      intervals: test.intervals,
    },
    ...(rule === null
      ? []
      : [{ name: "The one-line rule", note: <code>{rule.expression}</code>, measured: rule }]),
  ];
  return (
    <Table
      caption="The published result, ours, and the one-line rule"
      className="results"
      columns={["result", "F1", "precision", "recall", "threshold"]}
      rows={results.map(({ name, note, measured, intervals, digits }) => ({
        key: name,
        strong: measured === chosen,
        cells: [
          <>
            {name}
            <span className="under">{note}</span>
          </>,
          ...(["f1", "precision", "recall"] as const).map((measure) =>
            intervals === undefined ? (
              score(measured[measure], digits)
            ) : (
              <Estimate key={measure} value={measured[measure]} interval={intervals[measure]} />
            ),
          ),
          measured.threshold === undefined ? NOTHING : score(measured.threshold),
        ],
      }))}
    />
  );
}
