import { createRequire } from "node:module";
import { type Font, openSync } from "fontkit";

/** The weights the figures use: regular, medium and semibold. */
export type FontWeight = 400 | 500 | 600;

const FILES: Readonly<Record<FontWeight, string>> = {
  400: "400Regular/Inter_400Regular.ttf",
  500: "500Medium/Inter_500Medium.ttf",
  600: "600SemiBold/Inter_600SemiBold.ttf",
};

/** The font of the figures. Inter is shipped for measuring and for PNG; a browser without it takes its own sans serif. */
export const FONT_FAMILY =
  "Inter, system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif";

/** Path of the TrueType file of a weight. */
export function fontFile(weight: FontWeight): string {
  return createRequire(import.meta.url).resolve(`@expo-google-fonts/inter/${FILES[weight]}`);
}

/** Paths of all TrueType files the figures use. */
export function fontFiles(): string[] {
  return [fontFile(400), fontFile(500), fontFile(600)];
}

interface Measure {
  font: Font;
  advances: Map<string, number>;
}

const measures = new Map<FontWeight, Measure>();

function measureOf(weight: FontWeight): Measure {
  let measure = measures.get(weight);
  if (measure === undefined) {
    const opened = openSync(fontFile(weight));
    if (!("layout" in opened)) throw new Error(`not a single font: ${fontFile(weight)}`);
    measure = { font: opened, advances: new Map() };
    measures.set(weight, measure);
  }
  return measure;
}

/** The shipped font in a weight. */
export function shippedFont(weight: FontWeight): Font {
  return measureOf(weight).font;
}

/** The nearest weight the figures have, for any CSS weight. */
export function nearestWeight(weight: unknown): FontWeight {
  const number = weight === "bold" ? 600 : weight === "normal" || weight == null ? 400 : Number(weight);
  if (!(number > 450)) return 400;
  return number > 550 ? 600 : 500;
}

/**
 * Width of a line of text in pixels: the sum of its glyphs' advances in Inter. Kerning is left out, because it
 * needs a shaping run a text (1 ms) and mostly narrows: the width is right to 2 % and errs on the wide side.
 *
 * @param size font size in pixels
 */
export function textWidth(text: string, size: number, weight: FontWeight = 400): number {
  const { font, advances } = measureOf(weight);
  let units = 0;
  for (const character of text) {
    let advance = advances.get(character);
    if (advance === undefined) {
      advance = font.glyphForCodePoint(character.codePointAt(0) ?? 0).advanceWidth;
      advances.set(character, advance);
    }
    units += advance;
  }
  return (units / font.unitsPerEm) * size;
}

/**
 * Breaks a text into lines no wider than `width` pixels, at spaces. A word that is wider than a line stands alone.
 * Returns no line for an empty text.
 */
export function wrapText(text: string, width: number, size: number, weight: FontWeight = 400): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/[ \n]+/)) {
    if (word === "") continue;
    const longer = line === "" ? word : `${line} ${word}`;
    if (line !== "" && textWidth(longer, size, weight) > width) {
      lines.push(line);
      line = word;
    } else {
      line = longer;
    }
  }
  if (line !== "") lines.push(line);
  return lines;
}

/** As `wrapText`, with lines of about equal width: as few lines as fit, and no word left over on the last. */
export function balanceText(text: string, width: number, size: number, weight: FontWeight = 400): string[] {
  let best = wrapText(text, width, size, weight);
  if (best.length < 2) return best;
  let low = width / 2;
  let high = width;
  while (high - low > 4) {
    const middle = (low + high) / 2;
    const lines = wrapText(text, middle, size, weight);
    if (lines.length > best.length) low = middle;
    else {
      best = lines;
      high = middle;
    }
  }
  return best;
}
