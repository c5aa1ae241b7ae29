import type { AccountAges, PostingPace } from "../analysis/posting.ts";
import { percentile } from "../base/statistics.ts";
import { compactNumber, countOf } from "../base/words.ts";
import { type Properties, quantity, topTitle } from "./axes.ts";
import { composeFigure, type Figure, type Parts, REPORT_WIDTH } from "./figure.ts";
import { type Hint, layer, tooltip } from "./layers.ts";
import { PERCENT_LABEL, percent } from "./numberFormat.ts";
import { INK } from "./palette.ts";

/** Space between bars, in bars. */
const BAR_GAP = 0.04;

/** What `histogram` draws: accounts in bins of any widths, drawn equally wide. */
interface Histogram extends Omit<Parts, "width" | "body"> {
  /** One value an account. */
  readonly values: Float64Array;
  /** Where a bin ends and the next begins, rising; a value on an end belongs to the bin before it. */
  readonly ends: readonly number[];
  /** What a bin is called in its tooltip, from the first to the last, which has no end. */
  readonly bins: readonly string[];
  /** The horizontal axis: its title and what is written where. */
  readonly axis: Properties;
  readonly hover: Hint;
  /** Lines between bars, each after the bin that ends at `end`, with a label to its left. */
  readonly marks?: readonly { readonly end: number; readonly label: string }[];
}

/** How many of the values are in each bin. */
function countBins(values: Float64Array, ends: readonly number[]): number[] {
  const counts = new Array<number>(ends.length + 1).fill(0);
  for (const value of values) {
    const bin = ends.findIndex((end) => value <= end);
    counts[bin < 0 ? ends.length : bin]++;
  }
  return counts;
}

/** Bars of shares of accounts, each with its share above it. */
function histogram(
  { values: numbers, ends, bins, axis, hover, marks = [], ...parts }: Histogram,
  width: number,
): Figure {
  const counts = countBins(numbers, ends);
  const total = numbers.length;
  let within = 0;
  const values = counts.map((accounts, i) => {
    within += accounts;
    return {
      from: i + BAR_GAP / 2,
      middle: i + 0.5,
      to: i + 1 - BAR_GAP / 2,
      accounts,
      share: total === 0 ? 0 : accounts / total,
      label: total === 0 ? "" : percent(accounts / total),
      bin: bins[i],
      within: total === 0 ? "none" : percent(within / total),
    };
  });
  const x = quantity("from", { domain: [0, counts.length], nice: false }, axis);
  // Room above the highest bar for its label.
  const scale = { domain: [0, (Math.max(...values.map((bin) => bin.share)) || 1) * 1.1], nice: false };
  const y = quantity("share", scale, {
    ...topTitle("↑ Share of accounts", marks.length),
    labelExpr: PERCENT_LABEL,
    tickCount: 5,
  });
  return composeFigure({
    ...parts,
    width,
    body: {
      layer: [
        layer(
          values,
          { type: "rect", color: INK.blue },
          { x, x2: { field: "to" }, y, y2: { datum: 0 }, tooltip: tooltip(hover) },
        ),
        layer(
          values,
          { type: "text", baseline: "bottom", dy: -4, fontWeight: 500 },
          { x: quantity("middle"), y: quantity("share"), text: { field: "label" } },
        ),
        ...marks.flatMap(({ end, label }, row) => boundary({ at: ends.indexOf(end) + 1, label }, row)),
      ],
    },
  });
}

/** A line between two bars, its label to the left and one row higher for each mark, since the labels would meet. */
function boundary(mark: { at: number; label: string }, row: number): object[] {
  const x = quantity("at");
  const y = -6 - row * 18;
  return [
    layer(
      [mark],
      { type: "rule", color: INK.text, strokeWidth: 1.25, strokeDash: [4, 3], y: y - 12, y2: "height" },
      { x },
    ),
    layer(
      [mark],
      { type: "text", align: "right", baseline: "bottom", y, dx: -5, fontWeight: 500 },
      { x, text: { field: "label" } },
    ),
  ];
}

/** Names of the bins and an axis with a number at each end. */
function atEnds(
  ends: readonly number[],
  what: string,
  title: string,
): Pick<Histogram, "ends" | "bins" | "axis" | "hover"> {
  const last = ends.length - 1;
  return {
    ends,
    bins: [
      `up to ${ends[0]}`,
      ...ends.slice(1).map((end, i) => `${ends[i]} to ${end}`),
      `over ${ends[last]}`,
    ],
    axis: {
      title,
      values: ends.map((_, i) => i + 1),
      labelExpr: `${JSON.stringify(ends.map(String))}[datum.value - 1]`,
      labelOverlap: false,
    },
    hover: { bin: what, accounts: ["Accounts", ",d"], label: "Share" },
  };
}

/** Upper ends of the bins in days. Each belongs to its bin: who posted 30 days ago posted within 30 days. */
const DAYS = [1, 7, 30, 90, 365];
const DAYS_LABELS = ["up to 1", "1 to 7", "7 to 30", "30 to 90", "90 to 365", "over 365"];
const SHORT_LABELS = ["≤ 1", "1–7", "7–30", "30–90", "90–365", "> 365"];

/** The ends that mean something to the targets: a post within a month, within three. */
const MARKED = [30, 90];

/** What `daysSinceLastPostFigure` draws. */
export interface DaysSinceLastPost {
  /** Days from the last dated post to the snapshot, >= 0, one an account with both. */
  readonly days: Float64Array;
  /** Where the snapshot moment came from, in words. */
  readonly snapshot: string;
}

/** Accounts by days since their last post, in bins that widen, with 30 and 90 days marked. */
export function daysSinceLastPostFigure(data: DaysSinceLastPost, width = REPORT_WIDTH): Figure {
  const total = data.days.length;
  const within = (days: number) =>
    percent(total === 0 ? 0 : data.days.filter((value) => value <= days).length / total);
  const labels = width < 480 ? SHORT_LABELS : DAYS_LABELS;
  const summary = `${within(30)} posted within 30 days, ${within(90)} within 90`;
  return histogram(
    {
      name: "days-since-last-post",
      title: total === 0 ? "No post could be dated" : "When they last posted",
      subtitle:
        total === 0
          ? "The file dates no posts."
          : `${countOf(total, "account")} with a dated post: ${summary}. Bins widen to the right.`,
      description:
        total === 0
          ? "No account has a dated post, so there is nothing to draw."
          : `Share of ${countOf(total, "account")} by days from the last dated post to the snapshot (${data.snapshot}), in bins that widen: ${summary}.`,
      values: data.days,
      ends: DAYS,
      bins: DAYS_LABELS.map((label) => `${label} days`),
      axis: {
        title: "Days since the last post",
        values: DAYS_LABELS.map((_, i) => i + 0.5),
        labelExpr: `${JSON.stringify(labels)}[floor(datum.value)]`,
        ticks: false,
        labelOverlap: false,
      },
      hover: { bin: "Last post", accounts: ["Accounts", ",d"], label: "Share", within: "Up to here" },
      marks: total === 0 ? [] : MARKED.map((end) => ({ end, label: `← ${within(end)} within ${end} days` })),
      bodyHeight: 330,
    },
    width,
  );
}

/** From a post in ten weeks to more than one a day; every bin about twice as far as the one before. */
const PACES = [0.1, 0.25, 0.5, 1, 2, 4, 7];

/** Accounts by posts a week over their listed posts, in bins that widen. */
export function postsPerWeekFigure(
  { postsPerWeek: values }: Pick<PostingPace, "postsPerWeek">,
  width = REPORT_WIDTH,
): Figure {
  const total = values.length;
  const median = percentile(values.slice().sort(), 0.5);
  const often = values.filter((pace) => pace > 1).length;
  const summary = `half of them post more than ${compactNumber(median)} times a week, ${percent(often / total)} more than once`;
  const none = "No account has two dated posts, so there is no pace to draw.";
  return histogram(
    {
      name: "posts-per-week",
      title: total === 0 ? "No posting pace is known" : "How often they post",
      subtitle:
        total === 0
          ? none
          : `${countOf(total, "account")} with two dated posts or more, from the oldest to the newest listed one: ${summary}.`,
      description:
        total === 0
          ? none
          : `Share of ${countOf(total, "account")} by posts a week between the oldest and the newest listed post, in bins that widen: ${summary}.`,
      values,
      ...atEnds(PACES, "Posts a week", "Posts a week"),
      bodyHeight: 300,
    },
    width,
  );
}

/** Years; no account is older than the service, so a handful of bins does. */
const YEARS = [1, 2, 3, 4, 5, 6, 8];

/** Accounts by their age at the snapshot. */
export function accountAgesFigure({ years, undated }: AccountAges, width = REPORT_WIDTH): Figure {
  const total = years.length;
  const rest = undated > 0 ? ` ${countOf(undated, "account")} without a date left out.` : "";
  const summary =
    total === 0
      ? "No account has a date, so there is no age to draw."
      : `${countOf(total, "account")} with a date, half of them older than ${compactNumber(percentile(years.slice().sort(), 0.5))} years.${rest}`;
  return histogram(
    {
      name: "account-ages",
      title: total === 0 ? "No account's age is known" : "How old the accounts are",
      subtitle: summary,
      description: `Share of accounts by years from their making to the snapshot. ${summary}`,
      values: years,
      ...atEnds(YEARS, "Years", "Years since the account was made"),
      bodyHeight: 300,
    },
    width,
  );
}
