import { compactNumber } from "../base/words.ts";
import { type Properties, quantity } from "./axes.ts";
import { composeFigure, type Figure, REPORT_WIDTH } from "./figure.ts";
import { layer, tooltip } from "./layers.ts";
import { COMPACT_LABEL, PERCENT_LABEL, percent } from "./numberFormat.ts";
import { INK } from "./palette.ts";
import { LABEL_SIZE, PADDING } from "./theme.ts";

/** How a probability goes with one number of an account. */
export interface DependenceCurve {
  /** What the number is: `followers`. */
  readonly label: string;
  /** Whether it is a yes or no, 1 or 0. */
  readonly flag: boolean;
  /** Rising; probabilities 0 to 1. */
  readonly points: readonly {
    readonly value: number;
    readonly probability: number;
    readonly low: number;
    readonly high: number;
  }[];
  /** Where accounts are: one more edge than counts. */
  readonly density: { readonly edges: readonly number[]; readonly counts: readonly number[] };
}

/** What `partialDependenceFigure` draws. */
export interface PartialDependenceData {
  readonly curves: readonly DependenceCurve[];
  /** What the probability is of: "being active". */
  readonly being: string;
}

/** Narrower pictures have one panel a row. */
const TWO_FROM = 560;
/** Space between panels, and to the right of a plot for the half of a label, in pixels. */
const GUTTER = 26;
const RIGHT = 14;
/** Room for the labels at the left of a plot. */
const LEVELS = 44;
/** Height of the curve, of the accounts under it, and of all that stands around them. */
const PLOT = 112;
const DENSITY = 26;
const AROUND = 62;
/** Space between rows that the last does not need. */
const BELOW = 28;
/** From this on a scale is logarithmic: ln(1 + value). */
const LONG = 500;

const DECADES = [0, 1, ...Array.from({ length: 10 }, (_, i) => 10 ** (i + 1))];

/** How the mean probability goes with each number that an account shows, and where the accounts are. */
export function partialDependenceFigure(data: PartialDependenceData, width = REPORT_WIDTH): Figure {
  const columns = width >= TWO_FROM ? 2 : 1;
  const each = (width - 2 * PADDING - (columns - 1) * GUTTER) / columns;
  const rangeOf = ({ points }: DependenceCurve) => {
    const probabilities = points.map(({ probability }) => probability);
    return Math.max(...probabilities) - Math.min(...probabilities);
  };
  const curves = data.curves
    .filter(({ points }) => points.length > 1)
    .sort((a, b) => rangeOf(b) - rangeOf(a));
  const reached = curves.flatMap(({ points }) => points.flatMap(({ low, high }) => [low, high]));
  // One scale for all, so that steep means much.
  const bottom = Math.max(0, Math.floor(10 * Math.min(0.4, ...reached)) / 10);
  const top = Math.min(1, Math.ceil(10 * Math.max(0.6, ...reached)) / 10);
  const first = curves[0];
  const words =
    first === undefined
      ? "No number of the accounts varies."
      : `It goes furthest with ${first.label}: from ${percent(Math.min(...first.points.map((p) => p.probability)))} to ${percent(Math.max(...first.points.map((p) => p.probability)))}.`;
  return composeFigure({
    name: "partial-dependence",
    title: `How the probability of ${data.being} goes with each number`,
    subtitle: `Mean probability of the model if all accounts had the same value, the rest of them as it is. ${words} Bands: 8 of 10 of the networks it was made of. Grey below: where the accounts are; where there are few, the curve is a guess.`,
    description: `Partial dependence of the probability on ${curves.length} numbers of an account: ${curves.map(({ label }) => label).join(", ") || "none"}. ${words}`,
    width,
    bodyHeight: Math.max(1, Math.ceil(curves.length / columns)) * (PLOT + DENSITY + AROUND) - BELOW,
    fit: false,
    body: {
      concat:
        first === undefined
          ? [
              {
                width: width - 2 * PADDING,
                height: PLOT + DENSITY + AROUND - 20,
                ...layer([], { type: "rect" }, {}),
              },
            ]
          : curves.map((curve) => panel(curve, [bottom, top], Math.floor(each - LEVELS - RIGHT))),
      columns,
      spacing: { row: 20, column: GUTTER },
    },
  });
}

/** One curve with its band, and the accounts below it. */
function panel(
  { label, flag, points, density }: DependenceCurve,
  [bottom, top]: readonly [number, number],
  width: number,
): Properties {
  const [least, most] = [points[0].value, points[points.length - 1].value];
  const long = most >= LONG && least >= 0;
  // The accounts stand under the lowest probability, on the same scale.
  const floor = bottom - ((top - bottom) * DENSITY) / PLOT;
  const step = top - bottom > 0.5 ? 0.2 : 0.1;
  const levels = Array.from(
    { length: Math.floor((top - bottom) / step + 1e-9) + 1 },
    (_, i) => bottom + i * step,
  );
  const inWords = (value: number) => (flag ? (value === 1 ? "yes" : "no") : compactNumber(value));
  const ticks = flag
    ? { values: [0, 1], labelExpr: "datum.value ? 'yes' : 'no'" }
    : { labelExpr: COMPACT_LABEL };
  const scale = long ? { type: "symlog", constant: 1 } : {};
  const x = (field: string) =>
    quantity(
      field,
      { ...scale, domain: [least, most], nice: false, zero: false },
      {
        title: null,
        domain: false,
        ticks: false,
        labelBound: RIGHT,
        ...(long ? { values: DECADES.filter((tick) => tick >= least && tick <= most) } : { tickCount: 4 }),
        ...ticks,
      },
    );
  const y = (field: string) =>
    quantity(
      field,
      { domain: [floor, top], nice: false, zero: false },
      { title: null, values: levels, labelExpr: PERCENT_LABEL, minExtent: LEVELS, maxExtent: LEVELS },
    );
  const values = points.map((point) => ({
    ...point,
    label,
    at: inWords(point.value),
    share: percent(point.probability),
    band: `${percent(point.low)} to ${percent(point.high)}`,
  }));
  const hint = { label: "Of", at: "Value", share: "Mean probability", band: "8 of 10 networks" };
  return {
    title: { text: label, fontSize: LABEL_SIZE, lineHeight: 16, offset: 6 },
    width,
    height: PLOT + DENSITY,
    layer: [
      // Keeps the panels as wide as each other, whatever their labels.
      layer([{}], { type: "rect", color: "transparent", x: 0, x2: width + RIGHT, y: 0, y2: 1 }, {}),
      layer(
        flag ? [] : bars(density, long ? Math.log1p : (value) => value, [least, most], [floor, bottom]),
        { type: "rect", color: INK.grey, opacity: 0.6 },
        { x: x("from"), x2: { field: "to" }, y: y("height"), y2: { datum: floor } },
      ),
      layer(
        values,
        { type: "area", color: INK.blue, opacity: 0.18 },
        { x: x("value"), y: y("low"), y2: { field: "high" } },
      ),
      layer(values, { type: "line", color: INK.blue }, { x: x("value"), y: y("probability") }),
      layer(
        values,
        { type: "point", color: INK.blue, size: 22, opacity: 1 },
        { x: x("value"), y: y("probability"), tooltip: tooltip(hint) },
      ),
    ],
  };
}

/** Bars between two levels whose area, on the drawn scale, is the number of accounts. */
function bars(
  { edges, counts }: DependenceCurve["density"],
  scale: (value: number) => number,
  [least, most]: readonly [number, number],
  [floor, ceiling]: readonly [number, number],
): object[] {
  const clip = (value: number) => Math.min(most, Math.max(least, value));
  const bins = counts
    .map((count, i) => {
      const [from, to] = [clip(edges[i]), clip(edges[i + 1])];
      const wide = scale(to) - scale(from);
      return { from, to, thick: wide > 0 ? count / wide : 0 };
    })
    .filter(({ thick }) => thick > 0);
  const thickest = Math.max(...bins.map(({ thick }) => thick));
  return bins.map(({ from, to, thick }) => ({
    from,
    to,
    height: floor + (0.85 * (ceiling - floor) * thick) / thickest,
  }));
}
