import { compactNumber } from "../base/words.ts";
import { percent } from "./numberFormat.ts";
import type { DependenceCurve } from "./partialDependence.ts";
import { textWidth } from "./textWidth.ts";
import { LABEL_SIZE } from "./theme.ts";
import { significant } from "./thinning.ts";

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
