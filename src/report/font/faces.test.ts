import { readFileSync } from "node:fs";
import { create, type Font } from "fontkit";
import { expect, it } from "vitest";
import { fontFile } from "../../figures/textWidth.ts";
import { fontFaces } from "./faces.ts";

const one = (bytes: Buffer): Font => {
  const font = create(bytes);
  if (!("layout" in font)) throw new Error("a collection");
  return font;
};

async function faces(): Promise<{ family: string; weight: string; font: Font; bytes: number }[]> {
  const rule = /font-family:"([^"]+)";font-weight:(\d+);.*?base64,([^)]+)\)/g;
  return [...(await fontFaces()).matchAll(rule)].map(([, family, weight, base64]) => {
    const bytes = Buffer.from(base64, "base64");
    return { family, weight, font: one(bytes), bytes: bytes.length };
  });
}

it("draws every letter as Inter does, accents put together from parts too", async () => {
  const whole = one(readFileSync(fontFile(400)));
  const [part] = await faces();
  for (const letter of "Aag09éÅçğ“”–…€→−≤ ") {
    const code = letter.codePointAt(0)!;
    expect(part.font.hasGlyphForCodePoint(code), letter).toBe(true);
    const [ours, theirs] = [part.font, whole].map((font) => font.glyphForCodePoint(code));
    expect(ours.advanceWidth, letter).toBe(theirs.advanceWidth);
    expect(ours.path.toSVG(), letter).toBe(theirs.path.toSVG());
  }
  expect(part.font.hasGlyphForCodePoint(0x0416)).toBe(false);
});

it("gives all digits of the tabular family one width, which Inter's own have not", async () => {
  const all = await faces();
  const widths = (font: Font) =>
    new Set([..."0123456789"].map((digit) => font.glyphForCodePoint(digit.codePointAt(0)!).advanceWidth));
  expect(widths(all[0].font).size).toBeGreaterThan(1);
  for (const { family, font } of all) if (family === "Inter Tabular") expect(widths(font).size).toBe(1);
});

it("stays small", async () => {
  const all = await faces();
  expect(all.map(({ family, weight }) => `${family} ${weight}`)).toEqual([
    "Inter 400",
    "Inter 500",
    "Inter 600",
    "Inter Tabular 400",
    "Inter Tabular 500",
    "Inter Tabular 600",
  ]);
  expect(all.reduce((sum, { bytes }) => sum + bytes, 0)).toBeLessThan(110_000);
});
