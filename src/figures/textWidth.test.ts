import { openSync } from "fontkit";
import { describe, expect, it } from "vitest";
import { balanceText, type FontWeight, fontFile, nearestWeight, textWidth, wrapText } from "./textWidth.ts";

const TEXTS = [
  "Likes grow with followers",
  "Fitted on logarithms, with 95\u00a0% band",
  "0.39: precision 0.91, recall 0.96",
  "likes followers component 2",
  "AVAWATo, To. 11.11 fi ffl",
];

describe("textWidth", () => {
  it.each([400, 500, 600] as FontWeight[])("is what a shaping run gives at weight %d, to 2 %", (weight) => {
    const font = openSync(fontFile(weight));
    if (!("layout" in font)) throw new Error("not a single font");
    for (const text of TEXTS) {
      const shaped = (font.layout(text).advanceWidth / font.unitsPerEm) * 12;
      expect(textWidth(text, 12, weight) / shaped, text).toBeGreaterThan(0.995);
      expect(textWidth(text, 12, weight) / shaped, text).toBeLessThan(text.startsWith("AV") ? 1.08 : 1.02);
    }
  });

  it("grows with the size and the weight", () => {
    expect(textWidth("abc", 24)).toBeCloseTo(2 * textWidth("abc", 12), 9);
    expect(textWidth("abc", 12, 600)).toBeGreaterThan(textWidth("abc", 12, 400));
    expect(textWidth("", 12)).toBe(0);
  });

  it("takes the nearest weight the figures have", () => {
    expect(["bold", "normal", undefined, 500, 700, 100].map(nearestWeight)).toEqual([
      600, 400, 400, 500, 600, 400,
    ]);
  });
});

describe("wrapping", () => {
  const text = "Training stopped early after 820 epochs; the weights of epoch 570 were kept.";

  it("keeps lines within the width and all words in order", () => {
    const lines = wrapText(text, 200, 13);
    expect(lines.length).toBeGreaterThan(2);
    for (const line of lines) expect(textWidth(line, 13)).toBeLessThanOrEqual(200);
    expect(lines.join(" ")).toBe(text);
  });

  it("lets a word that is too wide stand alone", () => {
    expect(wrapText("a incomprehensibilities b", 40, 13)).toEqual(["a", "incomprehensibilities", "b"]);
    expect(wrapText("", 40, 13)).toEqual([]);
  });

  it("balances to the same number of lines, of about equal width", () => {
    const lines = balanceText(text, 480, 13);
    expect(lines).toHaveLength(wrapText(text, 480, 13).length);
    const widths = lines.map((line) => textWidth(line, 13));
    expect(Math.max(...widths) - Math.min(...widths)).toBeLessThan(80);
    expect(balanceText("short", 480, 13)).toEqual(["short"]);
  });
});
