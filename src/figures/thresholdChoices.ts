import { capitalised } from "../base/words.ts";
import type { PolicyChoice } from "../evaluation/policies.ts";
import { quantity } from "./axes.ts";
import { ACTIVE, type ClassWords } from "./classWords.ts";
import { composeFigure, type Figure, REPORT_WIDTH } from "./figure.ts";
import { layer, tooltip } from "./layers.ts";
import { rectangleLegend } from "./legend.ts";
import { score } from "./numberFormat.ts";
import { INK } from "./palette.ts";
import { textWidth } from "./textWidth.ts";
import { LABEL_SIZE, PADDING } from "./theme.ts";

/** What `thresholdChoicesFigure` draws. */
export interface ThresholdChoicesData {
  readonly choices: readonly (Pick<PolicyChoice, "value" | "per_1000"> & {
    /** In a few words: "the best F1". */
    readonly name: string;
    /** Whether it is the one in use. */
    readonly asked: boolean;
  })[];
  /** What the rows are: "rows left out of training". */
  readonly rows: string;
  /** What the two classes are called; those of the original study unless given. */
  readonly words?: ClassWords;
}

const ROW = 54;
const BAR = 22;

/** What each way to choose a threshold comes to, in accounts per thousand. */
export function thresholdChoicesFigure(data: ThresholdChoicesData, width = REPORT_WIDTH): Figure {
  const { choices, words = ACTIVE } = data;
  const parts = [
    { name: "Picked, right", color: INK.blue },
    { name: "Picked, wrong", color: INK.orange },
    { name: "Missed", color: INK.grey },
  ];
  const plot = width - 2 * PADDING;
  const most = Math.max(1, ...choices.map(({ per_1000: { selected, missed } }) => selected + missed));
  const bars = choices.flatMap(({ name, value, per_1000: { right, wrong, missed } }, row) => {
    const counts = [right, wrong, missed];
    return counts.map((count, i) => {
      const from = counts.slice(0, i).reduce((sum, other) => sum + other, 0);
      const label = thousandth(count);
      const fits = textWidth(label, LABEL_SIZE, 600) + 8 < (plot * count) / (most * 1.02);
      return {
        row,
        top: row * ROW + ROW - BAR - 8,
        bottom: row * ROW + ROW - 8,
        middle: row * ROW + ROW - BAR / 2 - 8,
        name,
        threshold: score(value),
        part: parts[i].name,
        from,
        to: from + count,
        centre: from + count / 2,
        count: label,
        label: fits ? label : "",
      };
    });
  });
  const heads = choices.map(({ name, asked, value, per_1000: { selected, right } }, row) => ({
    at: row * ROW + ROW - BAR - 13,
    label: `${capitalised(name)}${asked ? " (in use)" : ""}`,
    asked,
    note: `${width < 480 ? "" : `threshold ${score(value)}, `}${thousandth(selected)} picked, ${thousandth(right)} right`,
  }));
  const told = choices.map(
    ({ name, per_1000: { selected, right, missed } }) =>
      `${capitalised(name)}: ${thousandth(selected)} picked, ${thousandth(right)} of them right, ${thousandth(missed)} missed`,
  );
  const legend = rectangleLegend(parts, width);
  const x = (field: string) =>
    quantity(
      field,
      { domain: [0, most * 1.02], nice: false },
      { title: "Of 1,000 accounts", grid: true, ticks: false, tickCount: width < 480 ? 4 : 6 },
    );
  const y = (field: string) =>
    quantity(field, { domain: [Math.max(1, choices.length) * ROW, 0], nice: false }, null);
  const text = (align: "left" | "right", field: string, more: object) =>
    layer(
      heads,
      { type: "text", align, baseline: "bottom", x: align === "left" ? 0 : "width", ...more },
      { y: y("at"), text: { field } },
    );
  return composeFigure({
    name: "threshold-choices",
    title: "What each choice means for 1,000 accounts",
    subtitle: `${capitalised(words.positives)} picked, others picked by mistake, and ${words.positives} missed; ${data.rows}.`,
    description: `What ways to choose a threshold come to for 1,000 accounts, ${data.rows}. ${told.join("; ")}.`,
    width,
    bodyHeight: Math.max(1, choices.length) * ROW + 44 + legend.height,
    body: {
      layer: [
        layer(
          bars,
          { type: "rect" },
          {
            x: x("from"),
            x2: { field: "to" },
            y: y("top"),
            y2: { field: "bottom" },
            color: { field: "part", type: "nominal", ...legend.scale },
            tooltip: tooltip({ name: "Choice", threshold: "Threshold", part: "Accounts", count: "Of 1,000" }),
          },
        ),
        layer(
          bars.filter(({ label }) => label !== ""),
          { type: "text", baseline: "middle", fontWeight: 600, color: INK.surface },
          { x: x("centre"), y: y("middle"), text: { field: "label" } },
        ),
        text("left", "label", { fontWeight: 600 }),
        text("right", "note", { color: INK.muted }),
      ],
    },
  });
}

/** A count of a thousand: whole, or below 10 with one digit. */
function thousandth(count: number): string {
  return count < 10 ? String(Math.round(10 * count) / 10) : String(Math.round(count));
}
