import { countOf } from "../base/words.ts";
import type { CalibrationReport } from "../evaluation/calibrationReport.ts";
import { quantity, SHARE, topTitle } from "./axes.ts";
import { ACTIVE, type ClassWords } from "./classWords.ts";
import { composeFigure, type Figure, REPORT_WIDTH } from "./figure.ts";
import { layer, tooltip } from "./layers.ts";
import { percent, score } from "./numberFormat.ts";
import { INK } from "./palette.ts";

/** What `reliabilityFigure` draws. */
export interface Reliability
  extends Pick<CalibrationReport, "slope" | "intercept" | "intervals" | "curve" | "bins"> {
  /** What the rows are: "rows left out of training". */
  readonly rows: string;
  /** What the two classes are called; those of the original study unless given. */
  readonly words?: ClassWords;
}

/** The diagram is a square of this size at most, so that the diagonal is one. */
const SIDE = 400;

/** Do probabilities mean what they say? Observed share against probability, with bands. */
export function reliabilityFigure(data: Reliability, limit = REPORT_WIDTH): Figure {
  const width = Math.min(limit, SIDE + 80);
  const { slope, intercept, intervals, words = ACTIVE } = data;
  const bins = data.bins.map((bin) => ({ ...bin, interval: `${percent(bin.low)} to ${percent(bin.high)}` }));
  const off = bins.filter(({ predicted, low, high }) => predicted < low || predicted > high).length;
  const x = quantity("predicted", SHARE.scale, { ...SHARE.axis, title: `Probability of ${words.being}` });
  const y = (field: string) =>
    quantity(field, SHARE.scale, { ...SHARE.axis, ...topTitle(`↑ Share that are ${words.positives}`) });
  const numbers = `slope ${score(slope)} (95 % interval ${score(intervals.slope.low)} to ${score(intervals.slope.high)}), intercept ${score(intercept)} (${score(intervals.intercept.low)} to ${score(intervals.intercept.high)})`;
  const tenths = `${off === 0 ? "None" : String(off)} of ${countOf(bins.length, "group")} ${off === 1 ? "has" : "have"} the diagonal outside ${bins.length === 1 ? "its" : "their"} interval`;
  return composeFigure({
    name: "reliability",
    title: "Do the probabilities mean what they say?",
    subtitle: `On the diagonal they do. Dots: groups of like probability, with 95 % intervals; the band is that of a line through all ${data.rows}.`,
    description: `Reliability diagram of the ${data.rows}: share of ${words.positives} against the probability given. Of a line on the logits: ${numbers}; 1 and 0 are right. ${tenths}.`,
    width,
    bodyHeight: width - 80 + 78,
    body: {
      layer: [
        layer(
          [
            { predicted: 0, observed: 0 },
            { predicted: 1, observed: 1 },
          ],
          { type: "line", color: INK.grey, strokeWidth: 1.25, strokeDash: [5, 4] },
          { x, y: y("observed") },
        ),
        layer(
          data.curve,
          { type: "area", color: INK.blue, fillOpacity: 0.16 },
          { x, y: y("low"), y2: { field: "high" } },
        ),
        layer(data.curve, { type: "line", color: INK.blue, strokeWidth: 2 }, { x, y: y("observed") }),
        layer(
          bins,
          { type: "rule", color: INK.text, strokeWidth: 1.5, strokeOpacity: 0.7 },
          { x, y: y("low"), y2: { field: "high" } },
        ),
        layer(
          bins,
          { type: "point", size: 70, color: INK.orange, stroke: INK.surface, strokeWidth: 1.25, opacity: 1 },
          {
            x,
            y: y("observed"),
            tooltip: tooltip({
              predicted: ["Mean probability", ".1%"],
              observed: [`Share that are ${words.positives}`, ".1%"],
              interval: "95 % interval",
              rows: ["Accounts", ",d"],
            }),
          },
        ),
      ],
    },
  });
}
