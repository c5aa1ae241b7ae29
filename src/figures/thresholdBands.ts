import type { ThresholdBands } from "../evaluation/thresholds.ts";
import { PROBABILITY, quantity, topOffset, topTitle } from "./axes.ts";
import { composeFigure, type Figure, REPORT_WIDTH } from "./figure.ts";
import { hoverLayer, layer, markerLayers } from "./layers.ts";
import { lineLegend } from "./legend.ts";
import { score } from "./numberFormat.ts";
import { INK } from "./palette.ts";

/** What `thresholdBandsFigure` draws. */
export interface ThresholdBandsData {
  readonly bands: ThresholdBands;
  /** The threshold in use. */
  readonly chosen: number;
  /** What the rows are: "rows left out of training". */
  readonly rows: string;
}

const SERIES = [
  ["Precision", "precision", INK.blue, undefined],
  ["Recall", "recall", INK.orange, [8, 3]],
  ["F1", "f1", INK.purple, [2, 3]],
  ["Share picked", "queue_rate", INK.green, [8, 3, 2, 3]],
] as const;

/** Precision, recall, F1 and the share picked against the threshold, with bands over the repeats. */
export function thresholdBandsFigure(data: ThresholdBandsData, width = REPORT_WIDTH): Figure {
  const { bands, chosen } = data;
  const points = SERIES.flatMap(([series, name]) => seriesPoints(series, bands.threshold, bands[name]));
  const together = bands.threshold.map((threshold, i) => ({
    threshold,
    ...Object.fromEntries(SERIES.map(([series, name]) => [series, bands[name].mean[i]])),
  }));
  const x = quantity("threshold", PROBABILITY.scale, { ...PROBABILITY.axis, title: "Threshold" });
  const axis = { ...PROBABILITY.axis, ...topTitle("↑ Out of fold", 1) };
  const y = (field: string) => quantity(field, PROBABILITY.scale, axis);
  const legend = lineLegend(
    SERIES.map(([name, , color, dash]) => ({ name, color, ...(dash === undefined ? {} : { dash }) })),
    width,
    topOffset(1),
  );
  const encoding = legend.encoding("series");
  const band =
    bands.repeats === 1
      ? "One repeat, so no bands."
      : `Bands: lowest and highest of ${bands.repeats} repeats.`;
  const at = SERIES.map(([series, name]) => {
    const mean = bands[name].mean[nearest(bands.threshold, chosen)];
    return `${series.toLowerCase().replace("f1", "F1")} ${mean === null ? "unknown" : score(mean)}`;
  });
  return composeFigure({
    name: "threshold-bands",
    title: "What the threshold decides",
    subtitle: `Precision: picks that are right. Recall: those found. ${band}`,
    description: `Precision, recall, F1 and the share of accounts picked against the threshold, ${data.rows}. ${band} Near the chosen threshold, ${score(chosen)}: ${at.join(", ")}.`,
    width,
    bodyHeight: 320 + legend.height,
    body: {
      layer: [
        layer(
          points,
          { type: "area", fillOpacity: 0.2, strokeWidth: 0, line: false },
          { x, y: y("low"), y2: { field: "high" }, color: encoding.color },
        ),
        layer(points, { type: "line", strokeWidth: 2 }, { x, y: y("mean"), ...encoding }),
        ...markerLayers(
          {
            at: chosen,
            share: Math.max(0, Math.min(1, chosen)),
            label: `chosen: ${score(chosen)}`,
          },
          width - 80,
        ),
        hoverLayer(together, x, {
          threshold: ["Threshold", ".2f"],
          ...Object.fromEntries(SERIES.map(([series]) => [series, [series, ".3f"] as const])),
        }),
      ],
    },
  });
}

/** A series' points; thresholds at which it is unknown are left out. */
function seriesPoints(
  series: string,
  thresholds: readonly number[],
  { mean, low, high }: ThresholdBands["recall"],
) {
  return thresholds.flatMap((threshold, i) => {
    const [middle, least, most] = [mean[i], low[i], high[i]];
    if (middle === null || least === null || most === null) return [];
    return [{ threshold, series, mean: middle, low: least, high: most }];
  });
}

function nearest(thresholds: readonly number[], chosen: number): number {
  const distances = thresholds.map((threshold) => Math.abs(threshold - chosen));
  return distances.indexOf(Math.min(...distances));
}
