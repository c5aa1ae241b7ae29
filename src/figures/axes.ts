import { COMPACT_LABEL, PERCENT_LABEL } from "./numberFormat.ts";
import { INK } from "./palette.ts";

/** Properties of a Vega-Lite axis, scale, mark, encoding or layer. */
export type Properties = Readonly<Record<string, unknown>>;

/** An encoding of a number: its field and, where they are given, its scale and axis; an axis of null is not drawn. */
export function quantity(field: string, scale?: Properties, axis?: Properties | null): Properties {
  return {
    field,
    type: "quantitative",
    ...(scale === undefined ? {} : { scale }),
    ...(axis === undefined ? {} : { axis }),
  };
}

/**
 * A vertical axis with a named row for each entry, in the order of the data.
 *
 * @param padding space between the rows, in rows
 * @param rows the rows, where some may have no data
 */
export function rowAxis(field: string, padding: number, rows?: readonly string[]): Properties {
  return {
    field,
    type: "nominal",
    sort: null,
    scale: { ...(rows !== undefined && { domain: rows }), padding },
    axis: { title: null, grid: false, labelColor: INK.text },
  };
}

/** A horizontal axis for estimates with their intervals, a row each: a grid to read them by and nothing else. */
export function estimateAxis(title: string, format: string, width: number): Properties {
  return { title, grid: true, domain: false, ticks: false, format, tickCount: width < 480 ? 4 : 6 };
}

/** Height of a row of labels above the plot, in pixels. */
const TOP_LABEL = 18;

/** Space that the title of the vertical axis takes above the plot, and rows of labels under it, in pixels. */
export function topOffset(rowsBelow = 0): number {
  return 32 + rowsBelow * TOP_LABEL;
}

/**
 * A title for the vertical axis that stands above it and is read without turning the head.
 *
 * @param rowsBelow rows of labels between the title and the plot
 */
export function topTitle(title: string, rowsBelow = 0): Properties {
  return {
    title,
    titleAngle: 0,
    titleAlign: "left",
    titleAnchor: "end",
    titleBaseline: "bottom",
    titleX: 0,
    titleY: -10 - rowsBelow * TOP_LABEL,
  };
}

/** A scale and the axis values that suit it. */
export interface TailScale {
  readonly scale: Properties;
  readonly axis: Properties;
  /** How the axis is scaled, for the text beside it. */
  readonly kind: "log" | "symlog" | "linear";
}

/**
 * An axis for quantities with long tails, all >= 0. Where the largest is at least twenty times the smallest it is
 * logarithmic; with zeros among the values it is symmetric-logarithmic with constant 1, which is log(1 + x) and keeps
 * zero on the axis. Otherwise it is linear.
 *
 * @param values what will be drawn; those that are not finite are passed over
 * @param zero `true` to have zero on the axis even if no value is zero
 */
export function tailScale(values: Iterable<number>, zero = false): TailScale {
  let low = Number.POSITIVE_INFINITY;
  let high = 0;
  let zeros = zero;
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    if (value <= 0) zeros = true;
    else if (value < low) low = value;
    if (value > high) high = value;
  }
  if (high === 0) return linear(0, 1);
  if (zeros) {
    if (high < 20) return linear(0, high);
    const ticks = [0, 1, ...decades(10, high * 1.1)];
    return {
      kind: "symlog",
      scale: { type: "symlog", constant: 1, domain: [0, high * 1.15], nice: false },
      axis: { values: ticks, labelExpr: COMPACT_LABEL },
    };
  }
  if (high / low < 20) return linear(low === high ? 0 : low, high);
  const domain = [low / 1.15, high * 1.15];
  let ticks = decades(domain[0], domain[1]);
  if (ticks.length < 3) {
    const start = 10 ** Math.floor(Math.log10(domain[0]));
    ticks = [start, ...ticks.filter((tick) => tick > start)].flatMap((tick) => [tick, tick * 2, tick * 5]);
  }
  return {
    kind: "log",
    scale: { type: "log", domain, nice: false },
    axis: {
      values: ticks.filter((tick) => tick >= domain[0] && tick <= domain[1]),
      labelExpr: COMPACT_LABEL,
    },
  };
}

function linear(low: number, high: number): TailScale {
  return {
    kind: "linear",
    scale: { type: "linear", domain: [low, high], nice: true, zero: low === 0 },
    axis: { labelExpr: COMPACT_LABEL, tickCount: 6 },
  };
}

/** Powers of ten within a range. */
function decades(low: number, high: number): number[] {
  const ticks: number[] = [];
  for (let power = Math.ceil(Math.log10(low) - 1e-9); 10 ** power <= high; power++) ticks.push(10 ** power);
  return ticks;
}

/** Scale and axis for shares from 0 to 1, in percent. */
export const SHARE: { scale: Properties; axis: Properties } = {
  scale: { domain: [0, 1] },
  axis: { values: [0, 0.2, 0.4, 0.6, 0.8, 1], labelExpr: PERCENT_LABEL },
};

/** Scale and axis for probabilities and thresholds from 0 to 1. */
export const PROBABILITY: { scale: Properties; axis: Properties } = {
  scale: { domain: [0, 1] },
  axis: { values: [0, 0.2, 0.4, 0.6, 0.8, 1], format: ".1f" },
};
