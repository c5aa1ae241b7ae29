import type { ReactElement } from "react";
import type { ReportInput } from "../input.ts";
import type { Metrics } from "../metrics.ts";
import { countOf, days, percent } from "../numbers.ts";
import { FigureGroup } from "../page/FigureGroup.tsx";
import { MeterRows } from "../page/MeterRows.tsx";
import { Posting } from "./Posting.tsx";
import { Size } from "./Size.tsx";

/** What the dates of the posts tell about activity, and how the label fares against them; how often and when they post, and what is usual for a size. */
export function Activity({ metrics, figures, files }: ReportInput): ReactElement {
  const { activity } = metrics.summary;
  if (activity === null) {
    return (
      <>
        <p>
          This file dates no posts, so whether the accounts that are called active do post cannot be checked.
          Files that list an account’s recent videos can tell, because the number of a video holds the second
          it was made.
        </p>
        <Size metrics={metrics} figures={figures} files={files} />
      </>
    );
  }
  const { positive, negative } = activity.posted_within_30_days_by_target;
  return (
    <>
      <p>
        An active creator is one who posts. The listed posts have dates, and the profiles were read at a known
        moment ({activity.snapshot}). Of {countOf(activity.accounts, "account")} with both,{" "}
        {percent(activity.posted_within_30_days)} had posted within the 30 days before and{" "}
        {percent(activity.posted_within_90_days)} within 90; the median last post was{" "}
        {days(activity.median_days_since_last_post)} old.
      </p>
      {positive !== null && negative !== null && (
        <>
          <MeterRows
            caption="Posted within 30 days"
            rows={[
              {
                name: "accounts the label calls active",
                value: positive,
                label: percent(positive),
                tone: "blue",
              },
              { name: "the others", value: negative, label: percent(negative), tone: "grey" },
            ]}
          />
          <p>{labelAgainstPosting(metrics, positive, negative)}</p>
        </>
      )}
      <FigureGroup names={["days-since-last-post"]} figures={figures} files={files} />
      <Posting metrics={metrics} figures={figures} files={files} />
      <Size metrics={metrics} figures={figures} files={files} />
    </>
  );
}

/** Whether the label and posting agree, in words. */
function labelAgainstPosting({ target }: Metrics, positive: number, negative: number): string {
  const difference = positive - negative;
  const why =
    target.name === "engagement"
      ? " A fixed mark for accounts of all sizes mostly finds accounts with few followers, whose handful of viewers like what they see; it says little about posting."
      : "";
  if (Math.abs(difference) < 0.02)
    return "The label tells next to nothing about posting: both groups post about as often.";
  return difference < 0
    ? `The label points the wrong way: the accounts it calls active post less often than those it does not.${why}`
    : "The label and posting agree in part: the accounts it calls active post more often than the others.";
}
