import { type SilenceCurve, silentAfter } from "../analysis/survival.ts";
import { countInWords } from "../base/words.ts";
import { quantity, SHARE, topOffset, topTitle } from "./axes.ts";
import { composeFigure, type Figure, REPORT_WIDTH } from "./figure.ts";
import { hoverLayer, layer } from "./layers.ts";
import { lineLegend } from "./legend.ts";
import { percent } from "./numberFormat.ts";
import { INK } from "./palette.ts";

const LINES: Readonly<Record<SilenceCurve["cadence"], { color: string; dash?: readonly number[] }>> = {
  "every day or two": { color: INK.blue },
  "every few days": { color: INK.green, dash: [8, 3] },
  "a few times a month": { color: INK.purple, dash: [5, 3] },
  "less than monthly": { color: INK.orange, dash: [2, 2] },
};

/** Days at which the curves are drawn: evenly on a logarithmic axis. */
const DAYS = Array.from({ length: 121 }, (_, i) => 730 ** (i / 120));
const TICKS = [1, 3, 7, 14, 30, 90, 180, 365, 730];

/** How long accounts stay silent after a post, by how often they posted before it: survival curves. */
export function silencesFigure(curves: readonly SilenceCurve[], width = REPORT_WIDTH): Figure {
  const names = curves.map(({ cadence, accounts }) => `${cadence} (${countInWords(accounts)})`);
  const long = curves.flatMap((curve, i) =>
    DAYS.map((days) => ({ days, series: names[i], silent: silentAfter(curve, days) })),
  );
  const points = DAYS.map((days) => ({
    days,
    ...Object.fromEntries(curves.map((curve) => [curve.cadence, silentAfter(curve, days)])),
  }));
  const x = quantity(
    "days",
    { type: "log", domain: [1, 730], nice: false },
    { title: "Days after a post", values: width < 480 ? TICKS.filter((_, i) => i % 2 === 0) : TICKS },
  );
  const legend = lineLegend(
    curves.map(({ cadence }, i) => ({ name: names[i], ...LINES[cadence] })),
    width,
    topOffset(),
  );
  const told = curves.map(
    (curve) =>
      `of those that posted ${curve.cadence}, ${percent(silentAfter(curve, 30))} were silent for more than 30 days and ${percent(silentAfter(curve, 90))} for more than 90`,
  );
  return composeFigure({
    name: "silences",
    title: "A silence means more where posts come often",
    subtitle:
      "Share of accounts without a new post, by how often they had posted before. In brackets: accounts; one can stand in several lines.",
    description: `Kaplan-Meier curves of the time from a post to the next, by the median of up to nine gaps before it; the silence at the time of reading is censored, and each account weighs the same. After a post, ${told.join("; ")}.`,
    width,
    bodyHeight: 300 + legend.height,
    body: {
      layer: [
        layer(
          long,
          { type: "line", strokeWidth: 2 },
          {
            x,
            y: quantity("silent", SHARE.scale, { ...SHARE.axis, ...topTitle("↑ Still silent") }),
            ...legend.encoding("series"),
          },
        ),
        hoverLayer(points, x, {
          days: ["Days", ".0f"],
          ...Object.fromEntries(
            curves.map(({ cadence }) => [cadence, [`Posted ${cadence}`, ".0%"] as const]),
          ),
        }),
      ],
    },
  });
}
