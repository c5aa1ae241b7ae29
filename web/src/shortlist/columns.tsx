import {
  columnVisibilityFeature,
  createColumnHelper,
  rowSelectionFeature,
  rowSortingFeature,
  tableFeatures,
} from "@tanstack/react-table";
import type { Question } from "../../../src/bundle/answers.ts";
import { age, daysAgo, perWeek, share, shortCount, wholeCount, yesNo } from "../format.ts";
import { Account, Theirs } from "../parts/Account.tsx";
import { Answer, Flags, Meter } from "../parts/Answers.tsx";
import type { ListedRow } from "../types.ts";

/** What a column is besides its values. */
export interface ColumnMeta {
  /** In words, for the head and the chooser. */
  readonly title: string;
  /** A track of a CSS grid. */
  readonly width: string;
  readonly number?: boolean;
  /** Whether it is hidden until asked for. */
  readonly hidden?: boolean;
}

/** What the table can do; the server sorts. */
export const features = tableFeatures({
  rowSortingFeature,
  rowSelectionFeature,
  columnVisibilityFeature,
  columnMeta: {} as ColumnMeta,
});

const helper = createColumnHelper<typeof features, ListedRow>();

/** A column of numbers; the most come first, or the least. */
const numbers = (
  id: string,
  title: string,
  value: (row: ListedRow) => number | null,
  show: (value: number | null) => string,
  { hidden = false, width = "6.5rem", least = false } = {},
) =>
  helper.accessor(value, {
    id,
    header: title,
    cell: (info) => show(info.getValue()),
    sortDescFirst: !least,
    meta: { title, width, number: true, hidden },
  });

/** A column of short texts. */
const words = (
  id: string,
  title: string,
  value: (row: ListedRow) => string | null,
  { hidden = false, width = "6rem", sort = true } = {},
) =>
  helper.accessor(value, {
    id,
    header: title,
    cell: (info) => {
      const text = info.getValue();
      return text === null ? "–" : <Theirs most={20}>{text}</Theirs>;
    },
    sortDescFirst: false,
    enableSorting: sort,
    meta: { title, width, hidden },
  });

/** A column with the answer to a question. */
const answer = (question: Question, title: string) =>
  helper.accessor(question, {
    id: question,
    header: title,
    sortDescFirst: true,
    cell: ({ row: { original } }) => <Answer row={original} question={question} />,
    meta: { title, width: "7.25rem" },
  });

/** The columns by the names that the API sorts by. */
export const columns = helper.columns([
  numbers("rank", "Rank", ({ rank }) => rank, wholeCount, {
    width: "5.5rem",
    least: true,
  }),
  helper.accessor("account", {
    id: "account_id",
    header: "Account",
    sortDescFirst: false,
    cell: ({ row: { original } }) => <Account row={original} />,
    meta: { title: "Account", width: "minmax(10rem, 10fr)" },
  }),
  helper.accessor("probability", {
    id: "probability",
    header: "How likely",
    sortDescFirst: true,
    cell: ({ getValue }) => <Meter value={getValue()} />,
    meta: { title: "How likely", width: "7.25rem" },
  }),
  answer("still_posting", "Still posting"),
  answer("well_answered", "Answered well"),
  helper.accessor("reasons", {
    id: "reasons",
    header: "Why",
    enableSorting: false,
    cell: ({ row: { original } }) => <Reasons row={original} />,
    meta: { title: "Why", width: "minmax(17rem, 17fr)" },
  }),
  words("tier", "Size", ({ tier }) => tier, { hidden: true, sort: false }),
  numbers("followers", "Followers", ({ followers }) => followers, shortCount, { width: "6.25rem" }),
  numbers(
    "awg_engagement_rate",
    "Engagement",
    (row) => row.engagement_rate,
    (value) => share(value),
    { hidden: true, width: "7.5rem" },
  ),
  numbers(
    "engagement_percentile",
    "Better than, of its size",
    (row) => row.engagement_percentile,
    (value) => share(value, 0),
    { hidden: true, width: "7.5rem" },
  ),
  numbers("days_since_last_post", "Last post", (row) => row.days_since_last_post, daysAgo, {
    width: "8.5rem",
    least: true,
  }),
  numbers("posts_per_week", "Posts a week", (row) => row.posts_per_week, perWeek, {
    hidden: true,
    width: "6.5rem",
  }),
  words("has_email", "E-mail", (row) => yesNo(row.has_email), { hidden: true, width: "5.25rem" }),
  words("predicted_lang", "Language", ({ language }) => language, { hidden: true, width: "6.75rem" }),
  words("is_verified", "Verified", ({ verified }) => yesNo(verified), { hidden: true, width: "6rem" }),
  words("region", "Region", ({ region }) => region, { hidden: true }),
  numbers("following", "Follows", ({ following }) => following, shortCount, { hidden: true }),
  numbers("likes", "Likes", ({ likes }) => likes, shortCount, { hidden: true }),
  numbers("videos_count", "Videos", ({ videos }) => videos, shortCount, { hidden: true }),
  numbers("account_age_days", "Age", (row) => row.account_age_days, age, { hidden: true }),
]);

/** Why somebody stands in the list, and what to look at twice. */
function Reasons({ row: { reasons, flags } }: { row: ListedRow }) {
  const text = reasons.join("; ");
  return (
    <span className="why">
      <span title={text}>{text}</span>
      {flags.length > 0 && (
        <span>
          <Flags flags={flags} />
        </span>
      )}
    </span>
  );
}
