import type { Fit, FollowersPerRatio, LikesVsFollowers, SizeNormPoints } from "../analysis/scatters.ts";
import { compactNumber, countOf } from "../base/words.ts";
import { quantity, tailScale, topOffset, topTitle } from "./axes.ts";
import { composeFigure, type Figure, REPORT_WIDTH } from "./figure.ts";
import { axesSentence, layer, scatterLayer, shownSentence, tooltip } from "./layers.ts";
import { type LegendEntry, lineLegend } from "./legend.ts";
import { COMPACT_LABEL, PERCENT_LABEL, percent, score } from "./numberFormat.ts";
import { INK } from "./palette.ts";

const POWER = "Fitted on logarithms, with 95\u00a0% band";
const LINEAR = "The study’s straight line";

/**
 * Likes against followers, a point an account, with the regression lines. Both axes are logarithmic (log(1 + x), so
 * that zero has a place), on which a straight line of plain numbers is a curve.
 */
export function likesVsFollowersFigure(data: LikesVsFollowers, width = REPORT_WIDTH): Figure {
  const { points, power, linear } = data;
  const across = tailScale(points.map((point) => point.followers));
  const up = tailScale(points.map((point) => point.likes));
  const ceiling = Number((up.scale.domain as number[] | undefined)?.[1] ?? Number.POSITIVE_INFINITY);
  const floor = Number((up.scale.domain as number[] | undefined)?.[0] ?? 0);
  const inside = (value: number) => Math.min(ceiling, Math.max(floor, value));
  const x = quantity("followers", across.scale, { ...across.axis, title: "Followers", grid: true });
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
        followers: point.followers,
        likes: point.likes >= floor && point.likes <= ceiling ? point.likes : null,
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
        scatterLayer(
          points,
          x,
          { field: "likes", ...y },
          { followers: ["Followers", ","], likes: ["Likes", ","] },
        ),
        ...curves
          .slice(0, 1)
          .map((curve) =>
            layer(
              curve,
              { type: "area", color: lines[0].entry.color, fillOpacity: 0.25 },
              { x, y: { field: "low", ...y, stack: null }, y2: { field: "high" } },
            ),
          ),
        ...(lines.length === 0
          ? []
          : [
              layer(
                curves.flat(),
                { type: "line" },
                { x, y: { field: "likes", ...y }, ...legend.encoding("line") },
              ),
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

/** Likes per video against followers, a point an account, on logarithmic axes that keep zero where there are zeros. */
export function followersPerRatioFigure(data: FollowersPerRatio, width = REPORT_WIDTH): Figure {
  const { points } = data;
  const across = tailScale(points.map((point) => point.followers));
  const up = tailScale(points.map((point) => point.likes_per_video));
  const left =
    (data.withoutVideos > 0 ? ` ${countOf(data.withoutVideos, "account")} without videos left out.` : "") +
    (data.missing > 0 ? ` ${countOf(data.missing, "row")} without these numbers left out.` : "");
  const axes = axesSentence(across, up);
  const shown = `${shownSentence(points.length, data.rows)}${left}`;
  return composeFigure({
    name: "followers-per-ratio",
    title: "How many likes a video brings, by followers",
    subtitle: `${shown}${axes}`,
    description: `Scatter plot of likes per video against followers. ${shown}${axes}`,
    width,
    bodyHeight: 390 + topOffset(),
    body: {
      layer: [
        scatterLayer(
          points,
          quantity("followers", across.scale, { ...across.axis, title: "Followers", grid: true }),
          quantity("likes_per_video", up.scale, { ...up.axis, ...topTitle("↑ Likes per video") }),
          { followers: ["Followers", ","], likes_per_video: ["Likes per video", ",.1f"] },
        ),
      ],
    },
  });
}

/** The least rate on the axis: what is added to rates before their logarithm is taken. */
const FLOOR = 1e-4;

/** Engagement rates against followers, with the curve of what is normal for each size. */
export function sizeNormFigure(data: SizeNormPoints, width = REPORT_WIDTH): Figure {
  const { norm } = data;
  const points = data.points.map(({ followers, rate, above }) => ({
    size: Math.max(followers, 1),
    followers,
    rate,
    drawn: Math.max(rate, FLOOR),
    above: above ? "above" : "not above",
  }));
  const most = Math.max(10, ...points.map(({ size }) => size)) * 1.3;
  const sizes = norm.log10_followers.map((x) => 10 ** x);
  const rates = norm.log_rate.map((y) => Math.max(Math.exp(y) - FLOOR, FLOOR));
  // Flat beyond the ends, as the norm is.
  const curve = [
    { size: 1, drawn: rates[0] },
    ...sizes.map((size, i) => ({ size, drawn: rates[i] })),
    { size: Math.max(most / 1.3, sizes[sizes.length - 1]), drawn: rates[rates.length - 1] },
  ];
  const highest = Math.max(...points.map(({ drawn }) => drawn), ...rates) * 1.4;
  const left = data.missing > 0 ? ` ${countOf(data.missing, "account")} without these numbers left out.` : "";
  const ends = `${percent(rates[0])} of the followers for the smallest accounts, ${percent(rates[rates.length - 1])} for the largest`;
  const summary = `${shownSentence(points.length, data.rows)}${left} The line is the norm: ${ends}.`;
  const x = quantity(
    "size",
    { type: "log", domain: [0.8, most], nice: false },
    {
      title: "Followers",
      grid: true,
      values: [1, 10, 100, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9].filter((tick) => tick <= most),
      labelExpr: COMPACT_LABEL,
    },
  );
  const y = quantity(
    "drawn",
    { type: "log", domain: [FLOOR / 1.3, highest], nice: false },
    {
      ...topTitle("↑ Engagement rate"),
      values: [1e-4, 1e-3, 1e-2, 0.1, 1, 10, 100, 1000].filter((tick) => tick <= highest),
      labelExpr: PERCENT_LABEL,
    },
  );
  return composeFigure({
    name: "size-norm",
    title: "What engagement is normal for an account's size",
    subtitle: `${summary} Both axes are logarithmic.`,
    description: `Scatter plot of engagement rate against followers with a falling line. ${summary}`,
    width,
    bodyHeight: 380 + topOffset(),
    body: {
      layer: [
        layer(
          points,
          { type: "circle", size: points.length > 2000 ? 12 : 20, opacity: 1, fillOpacity: 0.45 },
          {
            x,
            y,
            color: { condition: { test: "datum.above == 'above'", value: INK.blue }, value: INK.grey },
            tooltip: tooltip({
              followers: ["Followers", ","],
              rate: ["Engagement rate", ".2~%"],
              above: "For its size",
            }),
          },
        ),
        layer(
          curve,
          { type: "line", color: INK.orange, strokeWidth: 3 },
          { x: quantity("size"), y: quantity("drawn") },
        ),
      ],
    },
  });
}
