import { homedir } from "node:os";
import { join } from "node:path";
import anyAscii from "any-ascii";
import { type Font, openSync } from "fontkit";
import { glob } from "tinyglobby";
import { shippedFont } from "./textWidth.ts";

/** Where systems keep their fonts. */
const FONT_FOLDERS: readonly string[] = [
  "/usr/share/fonts",
  "/usr/local/share/fonts",
  join(homedir(), ".fonts"),
  join(homedir(), ".local/share/fonts"),
  "/System/Library/Fonts",
  "/Library/Fonts",
  join(homedir(), "Library/Fonts"),
  "C:\\Windows\\Fonts",
];

/** A drawing that can be drawn with the fonts beside it. */
export interface Drawable {
  readonly svg: string;
  /** Paths of font files beside the shipped ones. */
  readonly fontFiles: readonly string[];
}

/**
 * Sees to it that every character of a drawing can be drawn. What the shipped font lacks (a handle in Japanese, an emoji) is drawn
 * in a font of the system that has it; where there is none, it is written in Latin letters: `さくら` becomes `sakura`.
 *
 * @param folders where fonts are looked for; the system's unless said otherwise
 */
export async function drawable(svg: string, folders: readonly string[] = FONT_FOLDERS): Promise<Drawable> {
  const missing = new Set([...textsOf(svg)].filter((character) => !hasGlyph(shippedFont(400), character)));
  if (missing.size === 0) return { svg, fontFiles: [] };
  const fontFiles: string[] = [];
  for (const file of await fontsIn(folders)) {
    if (missing.size === 0) break;
    const fonts = openedFonts(file);
    const drawn = [...missing].filter((character) => fonts.some((font) => hasGlyph(font, character)));
    for (const character of drawn) missing.delete(character);
    if (drawn.length > 0) fontFiles.push(file);
  }
  const latin = (character: string) =>
    missing.has(character) ? escaped(anyAscii(character)) : JOINING.test(character) ? "" : character;
  const written = missing.size === 0 ? svg : svg.replace(TEXTS, (text) => Array.from(text, latin).join(""));
  return { svg: written, fontFiles };
}

/** What joins emoji or varies them. */
const JOINING = /[\u200d\ufe0e\ufe0f]/;

const TEXTS = /(?<=>)[^<]+(?=<)/g;

function textsOf(svg: string): string {
  return (svg.match(TEXTS) ?? []).join("");
}

/** Text that any-ascii makes may hold `<` and `&`. */
function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

/** Characters that are no picture of their own: blanks, and what joins or varies others. */
const UNSEEN = /^[\p{Z}\p{Cc}\p{Cf}\p{Variation_Selector}]$/u;

function hasGlyph(font: Font, character: string): boolean {
  return UNSEEN.test(character) || font.hasGlyphForCodePoint(character.codePointAt(0) ?? 0);
}

/** The font files of folders, once they were looked for. */
const fontLists = new Map<string, Promise<string[]>>();

/** Sorted, so that a machine draws the same each time. */
function fontsIn(folders: readonly string[]): Promise<string[]> {
  const options = { absolute: true, caseSensitiveMatch: false };
  const look = async () => {
    const found = folders.map((cwd) => glob("**/*.{ttf,otf,ttc,otc}", { cwd, ...options }));
    return (await Promise.all(found)).flat().sort();
  };
  const key = folders.join("\n");
  const list = fontLists.get(key) ?? look();
  fontLists.set(key, list);
  return list;
}

/** The fonts of a file that are drawn as outlines: pictures of emoji are not drawn. None of a file that is no font. */
function openedFonts(file: string): Font[] {
  try {
    const opened = openSync(file);
    const fonts = "fonts" in opened ? (opened.fonts as unknown as Font[]) : [opened as Font];
    return fonts.filter((font) => {
      // The types of fontkit leave it out.
      const { tables } = (font as unknown as { directory: { tables: object } }).directory;
      return "glyf" in tables || "CFF " in tables;
    });
  } catch {
    return [];
  }
}
