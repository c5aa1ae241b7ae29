import { compactNumber } from "../base/words.ts";
import { composeFigure, type Figure, type FigureOptions, REPORT_WIDTH } from "./figure.ts";
import { layer, tooltip } from "./layers.ts";
import { percent, significant } from "./numberFormat.ts";
import { INK } from "./palette.ts";
import { textWidth } from "./textWidth.ts";
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
  const text = (part: "titles" | "ticks" | "levels", mark: object) =>
    layer(all(part), { type: "text", ...mark }, { x, y, text: { field: "text" } });
  const hover = tooltip({ label: "Of", value: "Value", share: "Mean probability", band: "8 of 10 networks" });
  return [
    layer(all("grid"), { type: "rule", color: INK.grid }, { x, x2, y }),
    layer(all("bars"), { type: "rect", color: INK.grey, opacity: 0.6 }, { x, x2, y, y2 }),
    layer(
      all("points"),
      { type: "area", color: INK.blue, opacity: 0.18 },
      { x, y: { field: "lowY", ...down }, y2: { field: "highY" }, detail: { field: "label" } },
    ),
    layer(all("points"), { type: "line", color: INK.blue }, { x, y, detail: { field: "label" } }),
    layer(all("points"), { type: "point", color: INK.blue, size: 22, opacity: 1 }, { x, y, tooltip: hover }),
    text("titles", { align: "left", baseline: "top", fontWeight: 600 }),
    text("levels", { align: "right", baseline: "middle", color: INK.muted }),
    text("ticks", { align: "center", baseline: "top", color: INK.muted }),
  ];
}

/** Where a panel is to be, in pixels, and what its vertical scale holds. */
interface Place {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly domain: readonly [low: number, high: number];
}

/** The parts of a panel, in pixels of the whole picture. */
export interface Drawn {
  readonly titles: readonly object[];
  readonly grid: readonly object[];
  readonly levels: readonly object[];
  readonly ticks: readonly object[];
  readonly bars: readonly object[];
  readonly points: readonly object[];
}

const TITLE = 24;
const PLOT = 112;
const DENSITY = 26;
const TICKS = 22;
const GAP = 20;
/** Room for the labels at the left. */
const LEVELS = 44;
const RIGHT = 14;
/** From this on a scale is logarithmic: ln(1 + value). */
const LONG = 500;

/** Height of a panel with the space under it, in pixels. */
export function panelHeight(): number {
  return TITLE + PLOT + DENSITY + TICKS + GAP;
}

/** A value for people: `12.5K`, `yes`. */
function valueInWords(value: number, flag: boolean): string {
  if (!flag) return compactNumber(Number(value.toPrecision(3)));
  return value === 1 ? "yes" : "no";
}

/** Draws one curve with its band, its axes and the accounts below. */
export function drawPanel({ label, flag, points, density }: DependenceCurve, place: Place): Drawn {
  const [low, high] = [points[0].value, points[points.length - 1].value];
  const long = high >= LONG && low >= 0;
  const scale = (value: number) => (long ? Math.log1p(value) : value);
  const left = place.left + LEVELS;
  const wide = place.width - LEVELS - RIGHT;
  const x = (value: number) =>
    significant(left + (wide * (scale(value) - scale(low))) / (scale(high) - scale(low)));
  const [bottom, top] = place.domain;
  const y = (probability: number) =>
    significant(place.top + TITLE + PLOT * (1 - (probability - bottom) / (top - bottom)));
  const ground = place.top + TITLE + PLOT + DENSITY;
  const right = left + wide;
  const step = top - bottom > 0.5 ? 0.2 : 0.1;
  const levels = Array.from(
    { length: Math.floor((top - bottom) / step + 1e-9) + 1 },
    (_, i) => bottom + i * step,
  );
  return {
    titles: [{ x: place.left, y: place.top, text: label }],
    grid: levels.map((level) => ({ x: left, x2: right, y: y(level) })),
    levels: levels.map((level) => ({ x: left - 6, y: y(level), text: percent(significant(level)) })),
    ticks: spaced(
      (flag ? [0, 1] : long ? decades(low, high) : evenTicks(low, high)).map((value) => ({
        x: x(value),
        y: ground + 6,
        text: valueInWords(value, flag),
      })),
    ),
    bars: flag ? [] : barsOf(density, scale, x, [low, high], ground),
    points: points.map(({ value, probability, low, high }) => ({
      x: x(value),
      y: y(probability),
      lowY: y(low),
      highY: y(high),
      label,
      value: valueInWords(value, flag),
      share: percent(probability),
      band: `${percent(low)} to ${percent(high)}`,
    })),
  };
}

/** Bars whose area, on the drawn scale, is the number of accounts. */
function barsOf(
  { edges, counts }: DependenceCurve["density"],
  scale: (value: number) => number,
  x: (value: number) => number,
  [low, high]: readonly [number, number],
  ground: number,
): object[] {
  const clip = (value: number) => Math.min(high, Math.max(low, value));
  const bins = counts
    .map((count, i) => {
      const [from, to] = [clip(edges[i]), clip(edges[i + 1])];
      const wide = scale(to) - scale(from);
      return { from, to, thick: wide > 0 ? count / wide : 0 };
    })
    .filter(({ thick }) => thick > 0);
  const most = Math.max(...bins.map(({ thick }) => thick));
  return bins.map(({ from, to, thick }) => ({
    x: x(from),
    x2: x(to),
    y: significant(ground - ((DENSITY - 4) * thick) / most),
    y2: ground,
  }));
}

/** Ticks that leave room for each other's labels, from the left. */
function spaced<Tick extends { x: number; text: string }>(ticks: readonly Tick[]): Tick[] {
  let end = Number.NEGATIVE_INFINITY;
  return ticks.filter(({ x, text }) => {
    const half = textWidth(text, LABEL_SIZE) / 2;
    if (x - half < end + 8) return false;
    end = x + half;
    return true;
  });
}

function decades(low: number, high: number): number[] {
  return [0, 1, 10, 100, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10].filter(
    (tick) => tick >= low && tick <= high,
  );
}

/** Round values at even distances, about four. */
function evenTicks(low: number, high: number): number[] {
  const rough = (high - low) / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5].find((factor) => factor * power >= rough) ?? 10);
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, i) => significant((first + i) * step));
}
