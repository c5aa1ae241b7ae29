import type { ReactElement } from "react";
import { countOf } from "../../base/words.ts";
import { RATE_FLOOR } from "../../features/sizeNorm.ts";
import type { ReportInput } from "../input.ts";
import type { Metrics } from "../metrics.ts";
import { days, percent, quantity } from "../numbers.ts";
import { FigureGroup } from "../page/FigureGroup.tsx";
import { MeterRows } from "../page/parts.tsx";

/** What the dates of the posts tell about activity, and how the label fares against them; how often and when they post, and what is usual for a size. */
export function Activity({ metrics, figures, files }: ReportInput): ReactElement {
  const { activity } = metrics.summary;
  if (activity === null) {
    return (
      <>
        <p>
          This file dates no posts, so whether the accounts that are labelled active do post cannot be
          checked. Files that list an account’s recent videos can tell, because the number of a video holds
          the second it was made.
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
      <FigureGroup names={["days-since-last-post", "silences"]} figures={figures} files={files} />
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

type Summary = Metrics["summary"];
type Target = Summary["targets"][number];

/** What is normal for an account's size, and whom the targets call active by size; nothing where the file does not tell. */
export function Size({ metrics, figures, files }: ReportInput): ReactElement | null {
  const { targets, size_norm: norm } = metrics.summary;
  const compared = targets.map(endsOf).filter((ends) => ends !== null);
  const tiered = targets.some(({ tiers }) => tiers.some(known));
  if (norm === null && !tiered) return null;
  return (
    <>
      <h3>Small accounts and large ones</h3>
      {norm !== null && (
        <>
          <p>{normInWords(norm)}</p>
          <FigureGroup names={["size-norm"]} figures={figures} files={files} />
        </>
      )}
      {tiered && (
        <>
          {compared.length > 0 && <p>{tiersInWords(compared, metrics.target.name)}</p>}
          <FigureGroup names={["target-tiers"]} figures={figures} files={files} />
        </>
      )}
    </>
  );
}

/** Norm of the smallest accounts divided by that of the largest, above which size is said to matter. */
const MATTERS = 1.5;

function normInWords({ log_rate: rates }: NonNullable<Summary["size_norm"]>): string {
  const usual = (log: number) => Math.max(0, Math.exp(log) - RATE_FLOOR);
  const small = usual(rates[0]);
  const large = usual(rates[rates.length - 1]);
  return small > MATTERS * large
    ? `Fewer followers, more engagement: as a share of the followers it is usually ${percent(small)} for the smallest accounts and ${percent(large)} for the largest. A fixed mark for all sizes has to miss that; a norm by size does not.`
    : `Engagement depends little on size here: as a share of the followers it is usually ${percent(small)} for the smallest accounts and ${percent(large)} for the largest.`;
}

/** Accounts that a tier must have for a sentence about its share. */
const ENOUGH_ACCOUNTS = 10;

/** What a target says of the smallest and of the largest tier with accounts enough. */
interface Ends {
  readonly name: string;
  readonly small: { readonly tier: string; readonly share: number };
  readonly large: { readonly tier: string; readonly share: number };
}

/** Accounts of a tier whose answer is known. */
function known({ positives, negatives }: Target["tiers"][number]): number {
  return positives + negatives;
}

/** The ends of a target's tiers; null where fewer than two tiers have accounts enough. */
function endsOf({ name, tiers }: Target): Ends | null {
  const told = tiers.filter((tier) => known(tier) >= ENOUGH_ACCOUNTS);
  if (told.length < 2) return null;
  const end = ({ name: tier, positives, negatives }: Target["tiers"][number]) => ({
    tier,
    share: positives / (positives + negatives),
  });
  return { name, small: end(told[0]), large: end(told[told.length - 1]) };
}

/** Difference between the ends that is worth a verdict. */
const APART = 0.1;

function tiersInWords(compared: readonly Ends[], label: string): string {
  const own = compared.find(({ name }) => name === label) ?? compared[0];
  const { small, large } = own;
  const difference = large.share - small.share;
  const verdict =
    Math.abs(difference) < APART
      ? "hardly asks for size"
      : difference < 0
        ? "mostly finds small accounts"
        : "finds large accounts more often";
  const shares = ({ small: from, large: to }: Ends) =>
    `${percent(from.share)} in the tier “${from.tier}”, ${percent(to.share)} in “${to.tier}”`;
  const creator = compared.find(({ name }) => name === "creator");
  const other =
    creator === undefined || creator === own
      ? ""
      : ` The target creator, a post within 30 days and more engagement than is usual for the size, calls active ${shares(creator)}.`;
  return `The target ${own.name} ${verdict}: it calls active ${shares(own)}.${other}`;
}
