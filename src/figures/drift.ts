import { spaced } from "../base/words.ts";
import type { Drift } from "../evaluation/drift.ts";
import { quantity, rowAxis } from "./axes.ts";
import { composeFigure, type Figure, REPORT_WIDTH } from "./figure.ts";
import { layer, tooltip } from "./layers.ts";
import { briefNumber, percent } from "./numberFormat.ts";
import { INK } from "./palette.ts";

/** What `driftFigure` draws. */
export interface DriftData {
  /** Columns, features or both, in any order. */
  readonly drifts: readonly Pick<Drift, "name" | "psi" | "shift" | "median" | "ones" | "missing">[];
  /** What the two sets are called: "train.csv", "new.csv". */
  readonly train: string;
  readonly now: string;
}

/** Entries that are drawn at most. */
const MOST = 15;

const ROW = 26;

/** By custom up to the first little has moved, from the second much (Siddiqi, Credit Risk Scorecards, 2006). */
const MARKS = [0.1, 0.25] as const;

const COLOURS = { large: INK.orange, some: INK.blue, none: INK.grey, unclear: INK.grey } as const;

/** A move in a few characters: `6.02K → 9.8K`, `3 % → 12 %`. */
function moved({ median, ones, missing }: DriftData["drifts"][number]): string {
  if (ones !== null) return `${percent(ones.reference)} → ${percent(ones.current)}`;
  const unknown = Math.abs(missing.current - missing.reference);
  if (median.reference === null || median.current === null || unknown >= 0.2) {
    return `unknown ${percent(missing.reference)} → ${percent(missing.current)}`;
  }
  return `${briefNumber(median.reference)} → ${briefNumber(median.current)}`;
}

/** How far columns, features and the prediction have moved, the largest shifts first, with the medians before and after. */
export function driftFigure({ drifts, train, now }: DriftData, width = REPORT_WIDTH): Figure {
  const sorted = [...drifts].sort((a, b) => b.psi - a.psi);
  const values = sorted.slice(0, MOST).map((drift) => ({
    name: spaced(drift.name),
    psi: drift.psi,
    moved: moved(drift),
    shift: drift.shift,
    colour: COLOURS[drift.shift],
  }));
  const large = sorted.filter(({ shift }) => shift === "large").length;
  // Room for the words at the right, whose width does not grow with the picture.
  const most = Math.max(MARKS[1] * 1.2, values[0]?.psi ?? 0) * (width < 480 ? 2 : 1.45);
  const y = rowAxis("name", 0.35);
  const x = quantity(
    "psi",
    { domain: [0, most], nice: false },
    { title: "Population stability index (PSI)", grid: false, tickCount: width < 480 ? 4 : 6 },
  );
  const first = values[0];
  return composeFigure({
    name: "drift",
    title: "What has moved",
    subtitle: `Distance of ${now} from ${train}, with the median or share before and after. By custom up to 0.1 is little, from 0.25 much (dashed). Grey may be chance.`,
    description:
      `Population stability index of ${values.length} of ${sorted.length} columns and features between ${train} and ${now}, largest first; ${large} moved a lot beyond chance.` +
      (first === undefined ? "" : ` ${first.name} moved most: ${first.moved}, PSI ${first.psi.toFixed(2)}.`),
    width,
    bodyHeight: Math.max(1, values.length) * ROW + 44,
    body: {
      data: { values },
      layer: [
        layer(
          MARKS.map((at) => ({ at })),
          { type: "rule", color: INK.axis, strokeWidth: 1, strokeDash: [4, 3] },
          { x: quantity("at") },
        ),
        {
          mark: { type: "bar" },
          encoding: {
            x,
            y,
            color: { field: "colour", type: "nominal", scale: null },
            tooltip: tooltip({
              name: "Column",
              psi: ["PSI", ".3f"],
              moved: "Before and after",
              shift: "Shift",
            }),
          },
        },
        {
          mark: { type: "text", align: "right", color: INK.text },
          encoding: { x: { datum: most, type: "quantitative" }, y, text: { field: "moved" } },
        },
      ],
    },
  });
}
