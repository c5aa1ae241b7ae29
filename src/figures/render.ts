import { renderAsync } from "@resvg/resvg-js";
import * as vega from "vega";
import { compile } from "vega-lite";
import type { Figure } from "./figure.ts";
import { drawable } from "./glyphs.ts";
import { colorVariable, figureCss, PALETTE, replaceInk, type Theme, themeVariables } from "./palette.ts";
import { tidySvg } from "./svg.ts";
import { FONT_FAMILY, fontFiles, nearestWeight, textWidth } from "./textWidth.ts";

/** A figure drawn. */
export interface Drawing {
  /**
   * The drawing as SVG, to stand inline in a page: light colours as attributes, which `figureCss` and the variables of
   * `themeVariables` exchange.
   */
  readonly svg: string;
  /** The compiled Vega specification for drawing with hover: colours are `var(--figure-text, #1a1f26)`. */
  readonly vega: Record<string, unknown>;
  /** Size in pixels. */
  readonly width: number;
  readonly height: number;
  /** What Vega and Vega-Lite had to complain of; empty for a sound figure. */
  readonly warnings: readonly string[];
}

interface TextItem {
  readonly font?: string;
  readonly fontSize?: number;
  readonly fontWeight?: unknown;
  readonly limit?: number;
}

interface TextMetrics {
  width: (item: TextItem, text: unknown) => number;
}

let measuring = false;

/**
 * Lets Vega measure texts in Inter. Without a canvas it takes 0.8 of the font size for each letter, which leaves wide
 * gaps. Texts in other fonts are measured as before, for programs that use Vega beside us.
 */
function measureText(): void {
  if (measuring) return;
  // Vega exports its text metrics to be replaced by renderers without a canvas, but its types leave them out.
  const metrics = (vega as unknown as { textMetrics: TextMetrics }).textMetrics;
  const before = metrics.width;
  metrics.width = (item, text) => {
    if (item.font !== FONT_FAMILY) return before(item, text);
    const line = text == null ? "" : String(text).trim();
    const width = textWidth(line, item.fontSize ?? 11, nearestWeight(item.fontWeight));
    return item.limit !== undefined && item.limit > 0 ? Math.min(width, item.limit) : width;
  };
  measuring = true;
}

/** Compiles and draws a figure, without a browser. Takes about 40 ms. */
export async function drawFigure(figure: Figure): Promise<Drawing> {
  measureText();
  const warnings: string[] = [];
  const logger = vega.logger(vega.Warn, "warn", (_method, _level, messages) => {
    warnings.push(messages.join(" "));
  });
  const compiled = compile(figure.spec, { logger }).spec;
  const view = new vega.View(vega.parse(compiled), { renderer: "none", logger });
  const raw = await view.toSVG();
  view.finalize();
  const svg = tidySvg(raw, `${figure.name}-${figure.width}`, `${figure.title}. ${figure.description}`);
  const size = /^<svg[^>]*? width="([\d.]+)" height="([\d.]+)"/.exec(svg);
  const themable = replaceInk(
    JSON.stringify(compiled),
    (role) => `var(${colorVariable(role)}, ${PALETTE.light[role]})`,
  );
  return {
    svg,
    vega: JSON.parse(themable) as Record<string, unknown>,
    width: Number(size?.[1]),
    height: Number(size?.[2]),
    warnings,
  };
}

/**
 * The drawing as a file of its own: it brings the colours and the ground of both themes and takes those that the
 * reader's system prefers. Programs that do not know such rules show the light one.
 */
export function standaloneSvg(drawing: Drawing): string {
  const style =
    `<style>.figure{${themeVariables("light")}}` +
    `@media (prefers-color-scheme:dark){.figure{${themeVariables("dark")}}}${figureCss}</style>`;
  const ground = `<rect width="100%" height="100%" fill="${PALETTE.light.surface}"/>`;
  return `${drawing.svg.replace(/^<svg[^>]*>/, (root) => root + style + ground)}\n`;
}

/**
 * The drawing as PNG on the theme's ground, in twice the size for sharp screens. Drawn off the main thread, with the
 * shipped fonts, so that every machine gives the same picture, but for characters that those do not have: see {@link drawable}.
 */
export async function rasterise(drawing: Drawing, theme: Theme): Promise<Uint8Array> {
  const svg = theme === "light" ? drawing.svg : replaceInk(drawing.svg, (role) => PALETTE[theme][role]);
  const { svg: drawn, fontFiles: others } = await drawable(svg);
  const image = await renderAsync(drawn, {
    font: { loadSystemFonts: false, fontFiles: [...fontFiles(), ...others], defaultFontFamily: "Inter" },
    fitTo: { mode: "zoom", value: 2 },
    background: PALETTE[theme].surface,
  });
  return image.asPng();
}
