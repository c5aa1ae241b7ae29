import type { ReactElement } from "react";
import type { TrainingResults } from "../../training/results.ts";
import { range, score } from "../numbers.ts";
import { Table } from "./Table.tsx";

/** Numbers of the table, and what each is. */
const SHOWN = [
  ["roc_auc", "area under the ROC curve"],
  ["average_precision", "average precision"],
  ["precision", "precision"],
  ["recall", "recall"],
  ["f1", "F1"],
  ["brier", "Brier score"],
] as const;

/** How the recommended model does on accounts it had not seen, with intervals. */
export function MeasuredTable({
  measured,
}: {
  readonly measured: TrainingResults["out_of_fold"];
}): ReactElement {
  return (
    <Table
      caption={`On accounts it had not seen; picked from a probability of ${score(measured.threshold)}`}
      fit
      columns={[
        { label: "measure" },
        { label: "value", numeric: true },
        { label: "95 % interval", numeric: true },
      ]}
      rows={SHOWN.map(([name, words]) => ({
        key: name,
        cells: [words, score(measured[name]), range(measured.intervals[name])],
      }))}
    />
  );
}
