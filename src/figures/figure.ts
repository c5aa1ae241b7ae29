import type { TopLevelSpec } from "vega-lite";
import { balanceText } from "./textWidth.ts";
import { PADDING, SUBTITLE_LINE, SUBTITLE_SIZE, THEME, TITLE_LINE, TITLE_SIZE } from "./theme.ts";

/** One picture: what it is called, what it says, and how it is drawn. */
export interface Figure {
  /** File name without ending, also the prefix of ids in the drawing: `roc`. */
  readonly name: string;
  /** The heading, also drawn in the picture. */
  readonly title: string;
  /** Caption and alternative text: what is drawn and what to see in it, in plain sentences. */
  readonly description: string;
  /** A complete Vega-Lite v6 specification with its data, in the light colours of the palette. */
  readonly spec: TopLevelSpec;
  /** Size of the picture in pixels, padding included. */
  readonly width: number;
  readonly height: number;
}

/** Width of a figure for a report's column, in pixels. Figures can be drawn for any width from 320 on. */
export const REPORT_WIDTH = 640;

/** Width for a telephone, on which a picture 640 wide would be shown too small to read. */
export const PHONE_WIDTH = 360;

/** A part of a Vega-Lite specification: a unit, layers or panels. */
type Body = Readonly<Record<string, unknown>>;

/** What `composeFigure` puts together. */
export interface Parts {
  readonly name: string;
  readonly title: string;
  /** One or two sentences under the title, wrapped to the width. */
  readonly subtitle: string;
  readonly description: string;
  readonly width: number;
  /** Height of the drawing under the heading in pixels, with axes and legend. */
  readonly bodyHeight: number;
  readonly body: Body;
  /**
   * Whether the body is one view that Vega fits into the width and height (the default). Panels side by side cannot
   * be fitted: they bring sizes of their own, and `bodyHeight` only tells what they come to.
   */
  readonly fit?: boolean;
}

const TITLE_OFFSET = 14;
const SUBTITLE_PADDING = 4;

/** A number and its percent sign stay on one line. */
function bindPercent(text: string): string {
  return text.replace(/(\d) %/g, "$1\u00a0%");
}

/** Six significant digits of a fraction, which is finer than a pixel: specs stay small. */
function rounded(_key: string, value: unknown): unknown {
  return typeof value === "number" && !Number.isInteger(value) ? Number(value.toPrecision(6)) : value;
}

/** Puts a heading, a body and the theme together to a figure. Fractions in the body are kept to six digits. */
export function composeFigure(parts: Parts): Figure {
  const description = bindPercent(parts.description);
  // A reader without Inter sees the picture in a font that may be wider, by 8 % in the widest common one (DejaVu Sans).
  const inner = (parts.width - 2 * PADDING) * 0.92;
  const text = balanceText(bindPercent(parts.title), inner, TITLE_SIZE, 600);
  const subtitle = balanceText(bindPercent(parts.subtitle), inner, SUBTITLE_SIZE);
  const heading =
    text.length * TITLE_LINE +
    (subtitle.length > 0 ? SUBTITLE_PADDING + subtitle.length * SUBTITLE_LINE : 0) +
    TITLE_OFFSET;
  const height = Math.round(2 * PADDING + heading + parts.bodyHeight);
  const spec = {
    $schema: "https://vega.github.io/schema/vega-lite/v6.json",
    description,
    title: { text, ...(subtitle.length > 0 ? { subtitle } : {}) },
    ...(parts.fit === false
      ? {}
      : { width: parts.width, height, autosize: { type: "fit", contains: "padding" } }),
    ...JSON.parse(JSON.stringify(parts.body, rounded)),
    config: THEME,
  };
  return {
    name: parts.name,
    title: parts.title,
    description,
    // The bodies are literal specs; Vega-Lite's own schema checks them in the tests.
    spec: spec as unknown as TopLevelSpec,
    width: parts.width,
    height,
  };
}
