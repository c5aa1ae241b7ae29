import type { ReactElement } from "react";
import type { ReportInput } from "../input.ts";
import type { Metrics } from "../metrics.ts";
import { countOf, percent, quantity } from "../numbers.ts";
import { FigureGroup } from "../page/FigureGroup.tsx";

type Times = NonNullable<Metrics["summary"]["posting"]["times"]>;

/** How often the accounts post, and at what hours; nothing where the file does not tell. */
export function Posting({ metrics, figures, files }: ReportInput): ReactElement | null {
  const { pace, times, account_age: age } = metrics.summary.posting;
  if (pace === null && times === null) return null;
  return (
    <>
      <h3>How often, and when</h3>
      {pace !== null && (
        <>
          <p>
            {pace.more_than_once_a_week > 0.5
              ? "Most of them post more than once a week"
              : "Most of them post once a week or less"}
            . Of {countOf(pace.accounts, "account")} with two dated posts or more{" "}
            {percent(pace.more_than_once_a_week)} post more often than weekly, and the median is{" "}
            {quantity(pace.median_posts_per_week)} posts a week over the listed posts. The time since the last
            one is not part of it, so whoever has stopped still has a pace.
            {age !== null &&
              ` The median account was ${quantity(age.median_years)} years old when it was read.`}
          </p>
          <FigureGroup names={["posts-per-week"]} figures={figures} files={files} />
        </>
      )}
      {times !== null && (
        <>
          <p>{hoursInWords(times)} Hours are UTC: nobody’s own time zone is known.</p>
          <FigureGroup names={["posting-times"]} figures={figures} files={files} />
        </>
      )}
    </>
  );
}

/** Posts below which one hour cannot be told from another: about three a cell of the grid. */
const ENOUGH_POSTS = 500;

/** Busiest by quietest hour below which there is no telling them apart by eye. */
const ALIKE = 1.5;

/** Distance of the weekend's share from two days in seven that is worth a word. */
const WEEKEND = 0.03;

function hoursInWords({ posts, by_weekday_and_hour: days }: Times): string {
  if (posts < ENOUGH_POSTS)
    return `${countOf(posts, "dated post")} are too few to tell one hour from another.`;
  const hours = days[0].map((_, hour) => days.reduce((sum, day) => sum + day[hour], 0));
  const most = hours.indexOf(Math.max(...hours));
  const least = hours.indexOf(Math.min(...hours));
  const named = (hour: number) => `${String(hour).padStart(2, "0")}:00 (${percent(hours[hour] / posts)})`;
  const spread =
    hours[most] < ALIKE * hours[least]
      ? `${countOf(posts, "dated post")} spread over the whole day: the fullest hour begins at ${named(most)}, the emptiest at ${named(least)}.`
      : `Of ${countOf(posts, "dated post")} most come in the hour from ${named(most)}, fewest in the one from ${named(least)}.`;
  const weekend = days.slice(5).reduce((sum, day) => sum + day.reduce((all, count) => all + count, 0), 0);
  const more = weekend / posts - 2 / 7;
  const weekends =
    Math.abs(more) < WEEKEND
      ? "Weekends are like other days."
      : `Saturdays and Sundays have ${percent(weekend / posts)} of them, ${more > 0 ? "more" : "less"} than two days’ share.`;
  return `${spread} ${weekends}`;
}
