import type { SizeNormPoints } from "../analysis/sizeNormPoints.ts";
import { countOf } from "../base/words.ts";
import { topOffset, topTitle } from "./axes.ts";
import { composeFigure, type Figure, type FigureOptions, REPORT_WIDTH } from "./figure.ts";
import { tooltip } from "./hover.ts";
import { COMPACT_LABEL, PERCENT_LABEL, percent } from "./numberFormat.ts";
import { INK } from "./palette.ts";
import { shownSentence } from "./scatter.ts";
import { significant } from "./thinning.ts";

/** The least rate on the axis: what is added to rates before their logarithm is taken. */
const FLOOR = 1e-4;

/** Engagement rates against followers, with the curve of what is normal for each size. */
export function sizeNormFigure(data: SizeNormPoints, options: FigureOptions = {}): Figure {
  const width = options.width ?? REPORT_WIDTH;
  const { norm } = data;
  const points = data.points.map(({ followers, rate, above }) => ({
    size: Math.max(followers, 1),
    followers,
    rate: significant(rate),
    drawn: significant(Math.max(rate, FLOOR)),
    above: above ? "above" : "not above",
  }));
  const most = Math.max(10, ...points.map(({ size }) => size)) * 1.3;
  const sizes = norm.log10_followers.map((x) => 10 ** x);
  const rates = norm.log_rate.map((y) => significant(Math.max(Math.exp(y) - FLOOR, FLOOR)));
  // Flat beyond the ends, as the norm is.
  const curve = [
    { size: 1, drawn: rates[0] },
    ...sizes.map((size, i) => ({ size: significant(size), drawn: rates[i] })),
    { size: significant(Math.max(most / 1.3, sizes[sizes.length - 1])), drawn: rates[rates.length - 1] },
  ];
  const highest = Math.max(...points.map(({ drawn }) => drawn), ...rates) * 1.4;
  const left = data.missing > 0 ? ` ${countOf(data.missing, "account")} without these numbers left out.` : "";
  const ends = `${percent(rates[0])} of the followers for the smallest accounts, ${percent(rates[rates.length - 1])} for the largest`;
  const summary = `${shownSentence(points.length, data.rows)}${left} The line is the norm: ${ends}.`;
  const x = {
    field: "size",
    type: "quantitative",
    scale: { type: "log", domain: [0.8, most], nice: false },
    axis: {
      title: "Followers",
      grid: true,
      values: [1, 10, 100, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9].filter((tick) => tick <= most),
      labelExpr: COMPACT_LABEL,
    },
  };
  const y = {
    field: "drawn",
    type: "quantitative",
    scale: { type: "log", domain: [FLOOR / 1.3, highest], nice: false },
    axis: {
      ...topTitle("↑ Engagement rate"),
      values: [1e-4, 1e-3, 1e-2, 0.1, 1, 10, 100, 1000].filter((tick) => tick <= highest),
      labelExpr: PERCENT_LABEL,
    },
  };
  return composeFigure({
    name: "size-norm",
    title: "What engagement is normal for an account's size",
    subtitle: `${summary} Both axes are logarithmic.`,
    description: `Scatter plot of engagement rate against followers with a falling line. ${summary}`,
    width,
    bodyHeight: 380 + topOffset(),
    body: {
      layer: [
        {
          data: { values: points },
          mark: { type: "circle", size: points.length > 2000 ? 12 : 20, opacity: 1, fillOpacity: 0.45 },
          encoding: {
            x,
            y,
            color: { condition: { test: "datum.above == 'above'", value: INK.blue }, value: INK.grey },
            tooltip: tooltip([
              { field: "followers", title: "Followers", format: "," },
              { field: "rate", title: "Engagement rate", format: ".2~%" },
              { field: "above", title: "For its size" },
            ]),
          },
        },
        {
          data: { values: curve },
          mark: { type: "line", color: INK.orange, strokeWidth: 3 },
          encoding: {
            x: { field: "size", type: "quantitative" },
            y: { field: "drawn", type: "quantitative" },
          },
        },
      ],
    },
  });
}
