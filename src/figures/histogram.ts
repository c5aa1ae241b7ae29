import { topTitle } from "./axes.ts";
import { composeFigure, type Figure, type FigureOptions, REPORT_WIDTH } from "./figure.ts";
import { tooltip } from "./hover.ts";
import { PERCENT_LABEL, percent } from "./numberFormat.ts";
import { INK } from "./palette.ts";
import { significant } from "./thinning.ts";

/** Space between bars, in bars. */
const BAR_GAP = 0.04;

/** What `histogramFigure` draws: accounts in bins of any widths, drawn equally wide. */
export interface Histogram {
  readonly name: string;
  readonly title: string;
  readonly subtitle: string;
  readonly description: string;
  /** One value an account. */
  readonly values: Float64Array;
  /** Where a bin ends and the next begins, rising; a value on an end belongs to the bin before it. */
  readonly ends: readonly number[];
  /** Title of the horizontal axis. */
  readonly axis: string;
  /** What a bin is, in its tooltip. */
  readonly what: string;
}

/** Bars of shares of accounts, each with its share above it. */
export function histogramFigure(data: Histogram, options: FigureOptions = {}): Figure {
  const width = options.width ?? REPORT_WIDTH;
  const { ends } = data;
  const counts = new Array<number>(ends.length + 1).fill(0);
  for (const value of data.values) {
    const bin = ends.findIndex((end) => value <= end);
    counts[bin < 0 ? ends.length : bin]++;
  }
  const total = data.values.length;
  const values = counts.map((accounts, i) => ({
    from: i + BAR_GAP / 2,
    middle: i + 0.5,
    to: i + 1 - BAR_GAP / 2,
    accounts,
    share: significant(total === 0 ? 0 : accounts / total),
    label: total === 0 ? "" : percent(accounts / total),
    bin:
      i === 0
        ? `up to ${ends[0]}`
        : i === ends.length
          ? `over ${ends[i - 1]}`
          : `${ends[i - 1]} to ${ends[i]}`,
  }));
  return composeFigure({
    name: data.name,
    title: data.title,
    subtitle: data.subtitle,
    description: data.description,
    width,
    bodyHeight: 300,
    body: {
      layer: [
        {
          data: { values },
          mark: { type: "rect", color: INK.blue },
          encoding: {
            x: {
              field: "from",
              type: "quantitative",
              scale: { domain: [0, counts.length], nice: false },
              axis: {
                title: data.axis,
                values: ends.map((_, i) => i + 1),
                labelExpr: `${JSON.stringify(ends.map(String))}[datum.value - 1]`,
                labelOverlap: false,
              },
            },
            x2: { field: "to" },
            y: {
              field: "share",
              type: "quantitative",
              scale: { domain: [0, (Math.max(...values.map((bin) => bin.share)) || 1) * 1.1], nice: false },
              axis: { ...topTitle("↑ Share of accounts"), labelExpr: PERCENT_LABEL, tickCount: 5 },
            },
            y2: { datum: 0 },
            tooltip: tooltip([
              { field: "bin", title: data.what },
              { field: "accounts", title: "Accounts", format: ",d" },
              { field: "label", title: "Share" },
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
      ],
    },
  });
}
