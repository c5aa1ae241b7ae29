import type { ReactElement } from "react";
import { countInWords } from "../../base/words.ts";
import type { ReportInput } from "../input.ts";
import type { Metrics } from "../metrics.ts";
import { percent, score } from "../numbers.ts";
import { FigureGroup } from "../page/FigureGroup.tsx";
import { perThousand, Thousand } from "../shared/Thousand.tsx";

/** How the threshold was chosen, and what it means for a thousand accounts. */
export function Threshold({ metrics, figures, files }: ReportInput): ReactElement {
  const { threshold, test_at_threshold: test } = metrics;
  const thousand = perThousand(test.confusion);
  return (
    <>
      <p>
        The network gives each account a probability; from which one on is it picked? You asked for a
        precision of at least {percent(threshold.min_precision)}.{" "}
        {threshold.reached ? (
          <>
            On the validation accounts {score(threshold.value)} is the threshold that finds most at that
            precision: precision {percent(threshold.valid_precision)}, recall{" "}
            {percent(threshold.valid_recall)}.
          </>
        ) : (
          <>
            No threshold reaches that on the validation accounts. The most precise one was taken,{" "}
            {score(threshold.value)}, with precision {percent(threshold.valid_precision)} and recall{" "}
            {percent(threshold.valid_recall)}.
          </>
        )}{" "}
        On the test accounts it comes to precision {percent(test.precision)} and recall {percent(test.recall)}
        {shortfall(metrics)}.
      </p>
      {thousand !== null && (
        <>
          <h3>Of 1,000 accounts like these</h3>
          <Thousand counts={thousand} />
          <p>
            You would get a list of {countInWords(thousand.tp + thousand.fp)} names. “Active” is still what{" "}
            <a href="#label">the label</a> calls so.
          </p>
        </>
      )}
      <FigureGroup names={["precision-recall-tradeoff"]} figures={figures} files={files} />
    </>
  );
}

/** Whether the precision of the validation rows holds on the test rows. */
function shortfall({ threshold, test_at_threshold: { precision } }: Metrics): string {
  if (!threshold.reached) return "";
  return precision >= threshold.min_precision
    ? ": the precision holds"
    : ": less than was asked for, which can happen, because a threshold chosen on some accounts is a forecast for others";
}
