import { describe, expect, it } from "vitest";
import { PALETTE } from "./palette.ts";
import { drawFigure, rasterise, renderFigure, standaloneSvg } from "./render.ts";
import { PICTURES } from "./testing/pictures.ts";

/** Width and height in the header of a PNG. */
function sizeOf(png: Uint8Array): [number, number] {
  const view = new DataView(png.buffer, png.byteOffset);
  return [view.getUint32(16), view.getUint32(20)];
}

const figure = PICTURES["permutation-importance"]();

describe("drawFigure", () => {
  it("draws the same twice", async () => {
    const [a, b] = [await drawFigure(figure), await drawFigure(figure)];
    expect(a).toEqual(b);
  });

  it("marks every colour of the palette, so that nothing stays light in the dark", async () => {
    for (const picture of Object.values(PICTURES)) {
      const { svg } = await drawFigure(picture());
      const colors = new Set([...svg.matchAll(/(?:fill|stroke)="([^"]+)"/g)].map((match) => match[1]));
      const known = new Set<string>(["none", ...Object.values(PALETTE.light)]);
      expect([...colors].filter((color) => !known.has(color))).toEqual([]);
    }
  });

  it("gives a Vega specification with colours as variables", async () => {
    const text = JSON.stringify((await drawFigure(figure)).vega);
    expect(text).toContain(`var(--figure-blue, ${PALETTE.light.blue})`);
    expect(text.replaceAll(/var\([^)]*\)/g, "")).not.toContain(PALETTE.light.blue);
  });
});

describe("pictures in both themes", () => {
  it("stands alone with the colours of both", async () => {
    const svg = standaloneSvg(await drawFigure(figure));
    expect(svg).toMatch(/^<svg [^>]*><style>\.figure\{.*<\/style><rect [^>]*class="f-surface"/);
    expect(svg).toContain("@media (prefers-color-scheme:dark)");
    expect(svg).toContain(`--figure-text:${PALETTE.dark.text}`);
  });

  it("is a PNG of twice the size, on the theme's ground", async () => {
    const drawing = await drawFigure(figure);
    const light = await rasterise(drawing, "light");
    const dark = await rasterise(drawing, "dark");
    expect(sizeOf(light)).toEqual([drawing.width * 2, drawing.height * 2]);
    expect(sizeOf(dark)).toEqual(sizeOf(light));
    expect(Buffer.from(dark).equals(Buffer.from(light))).toBe(false);
  });

  it("renders one theme at once", async () => {
    const { svg, png, vega } = await renderFigure(figure, { theme: "dark" });
    expect(svg).toContain(PALETTE.dark.blue);
    expect(svg).not.toContain(PALETTE.light.blue);
    expect(png.length).toBeGreaterThan(1000);
    expect(vega.marks).toBeDefined();
    expect((await renderFigure(figure, { theme: "light" })).svg).toContain(PALETTE.light.blue);
  });
});
