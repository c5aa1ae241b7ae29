import { estimateAxis, quantity, rowAxis } from "./axes.ts";
import { composeFigure, type Figure, REPORT_WIDTH } from "./figure.ts";
import { layer, tooltip } from "./layers.ts";
import { INK } from "./palette.ts";

/** What `leaderboardFigure` draws. */
export interface LeaderboardData {
  /** Best first. */
  readonly entries: readonly {
    readonly name: string;
    /** Area under the ROC curve with its 95 % interval. */
    readonly roc_auc: { readonly value: number; readonly low: number; readonly high: number };
    /** Wall time, milliseconds. */
    readonly training_ms: number;
  }[];
  /** What was judged on: "998 accounts, 5 folds, 3 times". */
  readonly rows: string;
  /** The model that is pointed out. */
  readonly ours: string;
}

const ROW = 34;

/** Models on the same folds: area under the ROC curve with intervals, a row a model. */
export function leaderboardFigure(data: LeaderboardData, width = REPORT_WIDTH): Figure {
  const values = data.entries.map(({ name, roc_auc: { value, low, high }, training_ms }) => ({
    name,
    value,
    low,
    high,
    label: value.toFixed(3),
    interval: `${low.toFixed(3)} to ${high.toFixed(3)}`,
    time: `${(training_ms / 1000).toFixed(1)} s`,
    ours: name === data.ours,
  }));
  const least = Math.min(0.5, ...values.map(({ low }) => low));
  const most = Math.max(0.6, ...values.map(({ high }) => high));
  // On the right there is room for the numbers.
  const [left, right] = [(most - least) * 0.03, (most - least) * (width < 480 ? 0.25 : 0.11)];
  const domain = [least - left, most + right];
  const axis = estimateAxis("Area under the ROC curve", ".2f", width);
  const x = (field: string) => quantity(field, { domain, nice: false, zero: false }, axis);
  const y = rowAxis("name", 0.4);
  const color = { condition: { test: "datum.ours", value: INK.blue }, value: INK.grey };
  const told = values.map(({ name, label, interval }) => `${name} ${label} (${interval})`);
  return composeFigure({
    name: "leaderboard",
    title: "Ours against others on the same folds",
    subtitle: `Area under the ROC curve, ${data.rows}: 0.50 is guessing. Lines are 95 % intervals.`,
    description: `Area under the ROC curve out of fold with 95 % intervals, ${data.rows}. Best first: ${told.join(", ")}.`,
    width,
    bodyHeight: Math.max(1, values.length) * ROW + 44,
    body: {
      data: { values },
      layer: [
        layer(
          [{ at: 0.5 }],
          { type: "rule", color: INK.grey, strokeWidth: 1, strokeDash: [4, 3] },
          { x: quantity("at") },
        ),
        {
          mark: { type: "rule", strokeWidth: 2.5, strokeOpacity: 0.55, strokeCap: "round" },
          encoding: { x: x("low"), x2: { field: "high" }, y, color },
        },
        {
          mark: { type: "point", filled: true, size: 75, opacity: 1 },
          encoding: {
            x: x("value"),
            y,
            color,
            tooltip: tooltip({
              name: "Model",
              label: "ROC AUC",
              interval: "95 % interval",
              time: "Training",
            }),
          },
        },
        {
          mark: { type: "text", align: "left", baseline: "middle", dx: 8, fontWeight: 500 },
          encoding: { x: x("high"), y, text: { field: "label" } },
        },
      ],
    },
  });
}
