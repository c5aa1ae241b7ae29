import { readFile } from "node:fs/promises";
import { create, type Font } from "fontkit";
import { type FontWeight, fontFile } from "../../figures/textWidth.ts";
import { subsetFont } from "./subset.ts";
import { packWoff } from "./woff.ts";

/** First and last code points that the page brings its own letters for; others come from the reader's system. */
const RANGES: readonly (readonly [number, number])[] = [
  [0x20, 0x7e],
  [0xa0, 0x17f], // letters of the European languages
  [0x2010, 0x2027], // dashes, quotes, dots
  [0x20ac, 0x20ac], // €
  [0x2190, 0x2193], // arrows
  [0x2212, 0x2212], // minus
  [0x2248, 0x2248], // ≈
  [0x2264, 0x2265], // ≤ ≥
];

const DIGITS: readonly (readonly [number, number])[] = [[0x30, 0x39]];

/** The family with digits of one width, to be named before the other in tables. */
export const TABULAR_FAMILY = "Inter Tabular";

function glyphsOf(font: Font, ranges: typeof RANGES, features: readonly string[]): Map<number, number> {
  const glyphs = new Map<number, number>();
  for (const [first, last] of ranges) {
    for (let code = first; code <= last; code++) {
      if (!font.hasGlyphForCodePoint(code)) continue;
      const [glyph] =
        features.length === 0
          ? [font.glyphForCodePoint(code)]
          : font.layout(String.fromCodePoint(code), [...features]).glyphs;
      glyphs.set(code, glyph.id);
    }
  }
  return glyphs;
}

async function face(weight: FontWeight, family: string, ranges: typeof RANGES, features: readonly string[]) {
  const bytes = await readFile(fontFile(weight));
  const font = create(bytes);
  if (!("layout" in font)) throw new Error(`not a single font: ${fontFile(weight)}`);
  const woff = packWoff(subsetFont(bytes, glyphsOf(font, ranges, features)));
  return `@font-face{font-family:"${family}";font-weight:${weight};font-style:normal;src:url(data:font/woff;base64,${woff.toString("base64")}) format("woff")}`;
}

let css: Promise<string> | undefined;

/**
 * `@font-face` rules with the letters the page needs of Inter in three weights, and its digits of one width.
 * Figures are measured in Inter; in another font their texts could run into each other. Made once, about 100 KB.
 */
export function fontFaces(): Promise<string> {
  css ??= Promise.all([
    face(400, "Inter", RANGES, []),
    face(500, "Inter", RANGES, []),
    face(600, "Inter", RANGES, []),
    face(400, TABULAR_FAMILY, DIGITS, ["tnum"]),
    face(500, TABULAR_FAMILY, DIGITS, ["tnum"]),
    face(600, TABULAR_FAMILY, DIGITS, ["tnum"]),
  ]).then((faces) => faces.join("\n"));
  return css;
}
