import type { LikesPerVideoCount } from "../analysis/likesPerVideoCount.ts";
import { compactNumber, countInWords, countOf, listed } from "../base/words.ts";
import { quantity, tailScale, topOffset, topTitle } from "./axes.ts";
import { composeFigure, type Figure, REPORT_WIDTH } from "./figure.ts";
import { hoverLayer, layer } from "./layers.ts";
import { INK } from "./palette.ts";

/** Mean likes of the accounts with each number of videos, with a bootstrap band. */
export function likesPerVideoCountFigure(data: LikesPerVideoCount, width = REPORT_WIDTH): Figure {
  const points = data.counts;
  const up = tailScale(points.flatMap((point) => [point.low, point.mean, point.high]));
  const last = Math.max(1, ...points.map((point) => point.videos_count));
  const x = quantity(
    "videos_count",
    { domain: [0, last], nice: false },
    { title: "Videos of the account", tickMinStep: 1, tickCount: width < 480 ? 4 : 8, format: ",d" },
  );
  const y = {
    type: "quantitative",
    scale: up.scale,
    axis: { ...up.axis, ...topTitle("↑ Mean likes") },
  };
  const peak = points.reduce((best, point) => (point.mean > best.mean ? point : best), points[0]);
  const single = points.filter((point) => point.accounts === 1).length;
  const left =
    (data.leftOut > 0
      ? ` ${countOf(data.leftOut, "account")} with ${countInWords(data.limit)} videos or more left out, as in the study.`
      : "") + (data.missing > 0 ? ` ${countOf(data.missing, "row")} without these numbers left out.` : "");
  return composeFigure({
    name: "likes-per-videocount",
    title: "Mean likes by number of videos",
    subtitle: `Accounts with the same number of videos together; 95 % bootstrap band. ${countOf(data.rows, "account")}.${left}`,
    description:
      `Mean likes of the accounts with each number of videos${up.kind === "linear" ? "" : ", on a logarithmic axis"}, with a 95 % bootstrap band. ${countOf(data.rows, "account")}.${left}` +
      (peak === undefined
        ? ""
        : ` It stands out most at ${listed(data.peaks.map(countInWords))} videos; the highest mean is ${compactNumber(peak.mean)}, at ${countInWords(peak.videos_count)}, of ${countOf(peak.accounts, "account")}. ${countInWords(single)} of ${countOf(points.length, "number")} of videos are those of a single account and have no band.`),
    width,
    bodyHeight: 300 + topOffset(),
    body: {
      layer: [
        layer(
          points,
          { type: "area", color: INK.blue, fillOpacity: 0.22 },
          { x, y: { field: "low", ...y, stack: null }, y2: { field: "high" } },
        ),
        layer(
          points,
          {
            type: "line",
            color: INK.blue,
            strokeWidth: 1.5,
            ...(points.length < 40 ? { point: { color: INK.blue, size: 22 } } : {}),
          },
          { x, y: { field: "mean", ...y } },
        ),
        hoverLayer(points, x, {
          videos_count: ["Videos", ","],
          accounts: ["Accounts", ","],
          mean: ["Mean likes", ",.0f"],
          low: ["Band from", ",.0f"],
          high: ["to", ",.0f"],
        }),
      ],
    },
  });
}
