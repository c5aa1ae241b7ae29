import { composeFigure, type Figure, type FigureOptions, REPORT_WIDTH } from "./figure.ts";
import { tooltip } from "./hover.ts";
import { percent } from "./numberFormat.ts";
import { INK } from "./palette.ts";
import { type Drawn, drawPanel, panelHeight } from "./partialDependencePanel.ts";
import { PADDING } from "./theme.ts";

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

/** Space between panels. */
const GUTTER = 26;
/** Narrower pictures have one panel a row. */
const TWO_FROM = 560;

/** How the mean probability goes with each number that an account shows, and where the accounts are. */
export function partialDependenceFigure(data: PartialDependenceData, options: FigureOptions = {}): Figure {
  const width = options.width ?? REPORT_WIDTH;
  const inner = width - 2 * PADDING;
  const columns = width >= TWO_FROM ? 2 : 1;
  const each = (inner - (columns - 1) * GUTTER) / columns;
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
  const drawn = curves.map((curve, i) =>
    drawPanel(curve, {
      left: (i % columns) * (each + GUTTER),
      top: Math.floor(i / columns) * panelHeight(),
      width: each,
      domain: [bottom, top],
    }),
  );
  const height = Math.max(1, Math.ceil(curves.length / columns)) * panelHeight();
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
    bodyHeight: height,
    body: { layer: layersOf(drawn, inner, height) },
  });
}

/** The marks of all panels, in pixels of the picture. */
function layersOf(drawn: readonly Drawn[], width: number, height: number): object[] {
  const all = <Part extends keyof Drawn>(part: Part) => drawn.flatMap((panel) => panel[part] as object[]);
  const scale = (most: number, reverse: boolean) => ({
    type: "quantitative",
    scale: { domain: reverse ? [most, 0] : [0, most], nice: false, zero: false },
    axis: null,
  });
  const [across, down] = [scale(width, false), scale(height, true)];
  const x = { field: "x", ...across };
  const y = { field: "y", ...down };
  const [x2, y2] = [{ field: "x2" }, { field: "y2" }];
  const text = (part: "titles" | "ticks" | "levels", mark: object) => ({
    data: { values: all(part) },
    mark: { type: "text", ...mark },
    encoding: { x, y, text: { field: "text" } },
  });
  const hover = tooltip([
    { field: "label", title: "Of" },
    { field: "value", title: "Value" },
    { field: "share", title: "Mean probability" },
    { field: "band", title: "8 of 10 networks" },
  ]);
  return [
    {
      data: { values: all("grid") },
      mark: { type: "rule", color: INK.grid },
      encoding: { x, x2, y },
    },
    {
      data: { values: all("bars") },
      mark: { type: "rect", color: INK.grey, opacity: 0.6 },
      encoding: { x, x2, y, y2 },
    },
    {
      data: { values: all("points") },
      mark: { type: "area", color: INK.blue, opacity: 0.18 },
      encoding: { x, y: { field: "lowY", ...down }, y2: { field: "highY" }, detail: { field: "label" } },
    },
    {
      data: { values: all("points") },
      mark: { type: "line", color: INK.blue },
      encoding: { x, y, detail: { field: "label" } },
    },
    {
      data: { values: all("points") },
      mark: { type: "point", color: INK.blue, size: 22, opacity: 1 },
      encoding: { x, y, tooltip: hover },
    },
    text("titles", { align: "left", baseline: "top", fontWeight: 600 }),
    text("levels", { align: "right", baseline: "middle", color: INK.muted }),
    text("ticks", { align: "center", baseline: "top", color: INK.muted }),
  ];
}
