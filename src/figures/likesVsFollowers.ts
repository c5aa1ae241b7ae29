import type { Fit, LikesVsFollowers } from "../analysis/likesVsFollowers.ts";
import { compactNumber, countOf } from "../base/words.ts";
import { tailScale, topOffset, topTitle } from "./axes.ts";
import { composeFigure, type Figure, type FigureOptions, REPORT_WIDTH } from "./figure.ts";
import { type LegendEntry, lineLegend } from "./legend.ts";
import { score } from "./numberFormat.ts";
import { INK } from "./palette.ts";
import { axesSentence, scatterLayer, shownSentence } from "./scatter.ts";
import { significant } from "./thinning.ts";

const POWER = "Fitted on logarithms, with 95\u00a0% band";
const LINEAR = "The study’s straight line";

/**
 * Likes against followers, a point an account, with the regression lines. Both axes are logarithmic (log(1 + x), so
 * that zero has a place), on which a straight line of plain numbers is a curve.
 */
export function likesVsFollowersFigure(data: LikesVsFollowers, options: FigureOptions = {}): Figure {
  const width = options.width ?? REPORT_WIDTH;
  const { points, power, linear } = data;
  const across = tailScale(points.map((point) => point.followers));
  const up = tailScale(points.map((point) => point.likes));
  const ceiling = Number((up.scale.domain as number[] | undefined)?.[1] ?? Number.POSITIVE_INFINITY);
  const floor = Number((up.scale.domain as number[] | undefined)?.[0] ?? 0);
  const inside = (value: number) => significant(Math.min(ceiling, Math.max(floor, value)));
  const x = {
    field: "followers",
    type: "quantitative",
    scale: across.scale,
    axis: { ...across.axis, title: "Followers", grid: true },
  };
  const lines: { entry: LegendEntry; fit: Fit }[] = [];
  if (power !== null) lines.push({ entry: { name: POWER, color: INK.orange }, fit: power });
  if (linear !== null) lines.push({ entry: { name: LINEAR, color: INK.purple, dash: [6, 4] }, fit: linear });
  const legend = lineLegend(
    lines.map((line) => line.entry),
    width,
    topOffset(),
  );
  const y = {
    type: "quantitative",
    scale: up.scale,
    axis: { ...up.axis, ...topTitle("↑ Likes") },
  };
  const [left, right] = (across.scale.domain as number[] | undefined) ?? [0, Number.POSITIVE_INFINITY];
  const curves = lines.map(({ entry, fit }) =>
    fit.curve
      .filter(({ followers }) => followers >= left && followers <= right)
      .map((point) => ({
        line: entry.name,
        followers: significant(point.followers),
        likes: point.likes >= floor && point.likes <= ceiling ? significant(point.likes) : null,
        low: inside(point.low),
        high: inside(point.high),
      })),
  );
  const shown = `${shownSentence(points.length, data.rows)}${leftOutSentence(data)}${axesSentence(across, up)}`;
  return composeFigure({
    name: "likes-vs-followers",
    // Only what the numbers say is said.
    title:
      power !== null && power.slope > 0.3 && power.r2 > 0.3
        ? "Likes grow with followers"
        : "Likes against followers",
    subtitle: shown,
    description: `Scatter plot of likes against followers. ${shown}${fitSentences(data)}`,
    width,
    bodyHeight: 390 + (lines.length > 0 ? legend.height : topOffset()),
    body: {
      layer: [
        scatterLayer(points, x, { field: "likes", ...y }, [
          { field: "followers", title: "Followers", format: "," },
          { field: "likes", title: "Likes", format: "," },
        ]),
        ...curves.slice(0, 1).map((curve) => ({
          data: { values: curve },
          mark: { type: "area", color: lines[0].entry.color, fillOpacity: 0.25 },
          encoding: { x, y: { field: "low", ...y, stack: null }, y2: { field: "high" } },
        })),
        ...(lines.length === 0
          ? []
          : [
              {
                data: { values: curves.flat() },
                mark: { type: "line" },
                encoding: { x, y: { field: "likes", ...y }, ...legend.encoding("line") },
              },
            ]),
      ],
    },
  });
}

function leftOutSentence({ limit, leftOut, missing }: LikesVsFollowers): string {
  const out =
    leftOut > 0
      ? ` ${countOf(leftOut, "account")} with ${compactNumber(limit)} likes or more left out, as in the study.`
      : "";
  const unknown = missing > 0 ? ` ${countOf(missing, "row")} without these numbers left out.` : "";
  return out + unknown;
}

function fitSentences({ power, linear }: LikesVsFollowers): string {
  const byPower =
    power === null
      ? ""
      : ` Fitted on logarithms, likes grow as followers to the power ${score(power.slope)} (r² ${score(power.r2)}), with its 95 % band.`;
  const byLine =
    linear === null
      ? ""
      : ` The study’s straight line, ${compactNumber(linear.slope)} likes a follower (r² ${score(linear.r2)}), is a curve on these axes; the largest accounts decide it.`;
  return byPower + byLine;
}
