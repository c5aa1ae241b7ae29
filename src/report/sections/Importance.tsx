import type { ReactElement } from "react";
import type { ReportInput } from "../input.ts";
import { range, score } from "../numbers.ts";
import { FigureGroup } from "../page/FigureGroup.tsx";
import { Table } from "../shared/Table.tsx";
import { leakingFeatures } from "../verdict.tsx";
import { listed } from "../words.ts";

/** Which inputs the network relies on: what shuffling each costs. */
export function Importance({ metrics, figures, files }: ReportInput): ReactElement {
  const rows = metrics.permutation_importance.toSorted((a, b) => b.mean - a.mean);
  const [most] = rows;
  const nothing = rows.filter(({ low, high }) => low <= 0 && high >= 0);
  return (
    <>
      <p>
        Permutation importance: shuffle one input among the test accounts, so that it says nothing any more,
        and see how much of the area under the ROC curve is lost. It is repeated, for the shuffling itself is
        chance.
      </p>
      {most !== undefined && (
        <p>
          {most.low > 0 ? (
            <>
              Most is lost without <code>{most.feature}</code>: {score(most.mean)}
              {leakingFeatures(metrics).includes(most.feature) && ", which is a part of the label itself"}.
            </>
          ) : (
            "No single input makes a difference that can be told from none."
          )}
          {most.low > 0 && nothing.length > 0 && (
            <>
              {" "}
              For {listed(nothing.map(({ feature }) => <code key={feature}>{feature}</code>))} the loss cannot
              be told from none.
            </>
          )}{" "}
          Inputs that say the same stand in for each other, so each may look less important than it is.
        </p>
      )}
      <FigureGroup names={["permutation-importance"]} figures={figures} files={files} />
      <details>
        <summary>The numbers</summary>
        <Table
          caption="Loss of area under the ROC curve when an input is shuffled"
          columns={["input", "mean loss", "deviation", "95 % interval"]}
          rows={rows.map(({ feature, mean, standard_deviation, low, high }) => ({
            key: feature,
            cells: [
              <code key="feature">{feature}</code>,
              score(mean, 4),
              score(standard_deviation, 4),
              range({ low, high }, 4),
            ],
          }))}
        />
      </details>
    </>
  );
}
