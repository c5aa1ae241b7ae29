import { countOf } from "../base/words.ts";
import { topTitle } from "./axes.ts";
import { composeFigure, type Figure, type FigureOptions, REPORT_WIDTH } from "./figure.ts";
import { tooltip } from "./hover.ts";
import { PERCENT_LABEL, percent } from "./numberFormat.ts";
import { INK } from "./palette.ts";
import { significant } from "./thinning.ts";

/** Upper ends of the bins in days. Each belongs to its bin: who posted 30 days ago posted within 30 days. */
const ENDS = [1, 7, 30, 90, 365, Number.POSITIVE_INFINITY];

const LABELS = ["up to 1", "1 to 7", "7 to 30", "30 to 90", "90 to 365", "over 365"];

/** Space between bars, in bars. */
const BAR_GAP = 0.04;

/** The ends that mean something to the targets: still posting within a month, within three. */
const MARKED = [30, 90];

/** What `daysSinceLastPostFigure` draws. */
export interface DaysSinceLastPost {
  /** Days from the last dated post to the snapshot, >= 0, one an account with both. */
  readonly days: Float64Array;
  /** Where the snapshot moment came from, in words. */
  readonly snapshot: string;
}

/** Accounts by days since their last post, in bins that widen, with 30 and 90 days marked. */
export function daysSinceLastPostFigure(data: DaysSinceLastPost, options: FigureOptions = {}): Figure {
  const width = options.width ?? REPORT_WIDTH;
  const counts = ENDS.map(() => 0);
  for (const days of data.days) {
    counts[ENDS.findIndex((end) => days <= end)]++;
  }
  const total = counts.reduce((sum, count) => sum + count, 0);
  let within = 0;
  const values = counts.map((accounts, i) => {
    within += accounts;
    const share = total === 0 ? 0 : accounts / total;
    return {
      from: i + BAR_GAP / 2,
      middle: i + 0.5,
      to: i + 1 - BAR_GAP / 2,
      accounts,
      share: significant(share),
      label: total === 0 ? "" : percent(share),
      range: `${LABELS[i]} days`,
      within: total === 0 ? "none" : percent(within / total),
    };
  });
  const reached = (days: number) => {
    const last = ENDS.indexOf(days);
    return total === 0 ? 0 : counts.slice(0, last + 1).reduce((sum, count) => sum + count, 0) / total;
  };
  const marks = MARKED.map((days) => ({
    at: ENDS.indexOf(days) + 1,
    label: `← ${percent(reached(days))} within ${days} days`,
  }));
  const x = {
    field: "from",
    type: "quantitative",
    scale: { domain: [0, ENDS.length], nice: false },
    axis: {
      title: "Days since the last post",
      values: LABELS.map((_, i) => i + 0.5),
      labelExpr: `${JSON.stringify(width < 480 ? ["≤ 1", "1–7", "7–30", "30–90", "90–365", "> 365"] : LABELS)}[floor(datum.value)]`,
      ticks: false,
      labelOverlap: false,
    },
  };
  const summary = `${percent(reached(30))} posted within 30 days, ${percent(reached(90))} within 90`;
  return composeFigure({
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
    width,
    bodyHeight: 330,
    body: {
      layer: [
        {
          data: { values },
          mark: { type: "rect", color: INK.blue },
          encoding: {
            x,
            x2: { field: "to" },
            y: {
              field: "share",
              type: "quantitative",
              // Room above the highest bar for its label, under the labels of the marks.
              scale: { domain: [0, (Math.max(...values.map((bin) => bin.share)) || 1) * 1.1], nice: false },
              axis: {
                ...topTitle("↑ Share of accounts", marks.length),
                labelExpr: PERCENT_LABEL,
                tickCount: 5,
              },
            },
            y2: { datum: 0 },
            tooltip: tooltip([
              { field: "range", title: "Last post" },
              { field: "accounts", title: "Accounts", format: ",d" },
              { field: "label", title: "Share" },
              { field: "within", title: "Up to here" },
            ]),
          },
        },
        {
          data: { values },
          mark: { type: "text", baseline: "bottom", dy: -4, fontWeight: 500 },
          encoding: {
            x: { field: "middle", type: "quantitative" },
            y: { field: "share", type: "quantitative" },
            text: { field: "label" },
          },
        },
        ...(total === 0 ? [] : marks.flatMap((mark, row) => boundary(mark, row))),
      ],
    },
  });
}

/** A line between two bars, its label to the left and one row higher for each mark, since the labels would meet. */
function boundary(mark: { at: number; label: string }, row: number): Record<string, unknown>[] {
  const data = { values: [mark] };
  const x = { field: "at", type: "quantitative" };
  const y = -6 - row * 18;
  return [
    {
      data,
      mark: { type: "rule", color: INK.text, strokeWidth: 1.25, strokeDash: [4, 3], y: y - 12, y2: "height" },
      encoding: { x },
    },
    {
      data,
      mark: { type: "text", align: "right", baseline: "bottom", y, dx: -5, fontWeight: 500 },
      encoding: { x, text: { field: "label" } },
    },
  ];
}
