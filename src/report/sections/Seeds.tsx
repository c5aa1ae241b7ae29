import type { ReactElement } from "react";
import type { ReportInput } from "../input.ts";
import type { Metrics } from "../metrics.ts";
import { countOf, exact, score } from "../numbers.ts";
import { Table } from "../shared/Table.tsx";
import { capital, numberWord } from "../words.ts";

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
        {capital(numberWord(seeds.length))} trainings on the same split, each from a seed of its own. F1 at
        the chosen threshold is {score(f1.mean)} on average and ranges from {score(f1.min)} to {score(f1.max)}
        . The figures and the intervals are those of the first, seed {seeds[0].seed}.
      </p>
      <Table
        caption={`Over ${countOf(seeds.length, "seed")}: mean, standard deviation, smallest and largest`}
        columns={[
          { label: "measure" },
          { label: "mean", numeric: true },
          { label: "deviation", numeric: true },
          { label: "smallest", numeric: true },
          { label: "largest", numeric: true },
        ]}
        rows={[
          row("F1, correct protocol", f1),
          row("precision, correct protocol", summary.test_at_threshold.precision),
          row("recall, correct protocol", summary.test_at_threshold.recall),
          row("F1 at one half", summary.test.f1),
          row("area under the ROC curve", summary.test.roc_auc),
          row("F1, the study’s own protocol", summary.as_published.f1),
          row("epochs", summary.epochs, exact),
        ]}
      />
      <details>
        <summary>Each training</summary>
        <Table
          caption="Each seed"
          columns={[
            { label: "seed" },
            { label: "epochs", numeric: true },
            { label: "best epoch", numeric: true },
            { label: "threshold", numeric: true },
            { label: "F1", numeric: true },
            { label: "precision", numeric: true },
            { label: "recall", numeric: true },
            { label: "F1, own protocol", numeric: true },
          ]}
          rows={seeds.map((seed) => ({
            key: String(seed.seed),
            cells: [
              String(seed.seed),
              exact(seed.epochs),
              exact(seed.best_epoch),
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
