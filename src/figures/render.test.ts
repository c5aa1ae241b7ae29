import { describe, expect, it } from "vitest";
import { PICTURES } from "../../test/support/figures/pictures.ts";
import { composeFigure } from "./figure.ts";
import { PALETTE } from "./palette.ts";
import { drawFigure, rasterise, standaloneSvg } from "./render.ts";
import { textWidth } from "./textWidth.ts";
import { PADDING } from "./theme.ts";

/** Width and height in the header of a PNG. */
function sizeOf(png: Uint8Array): [number, number] {
  const view = new DataView(png.buffer, png.byteOffset);
  return [view.getUint32(16), view.getUint32(20)];
}

const WORDS = { name: "test", title: "Test", subtitle: "", description: "A test." };

const figure = PICTURES["permutation-importance"]();

describe("drawFigure", () => {
  it("draws the same twice", async () => {
    const [a, b] = [await drawFigure(figure), await drawFigure(figure)];
    expect(a).toEqual(b);
  });

  it("tells what Vega-Lite and Vega complain of", async () => {
    const shaped = {
      data: { values: [{ a: 1 }] },
      mark: "bar",
      encoding: { x: { field: "a", type: "quantitative" }, shape: { value: "circle" } },
    };
    const broken = composeFigure({ ...WORDS, width: 300, bodyHeight: 100, body: shaped });
    expect((await drawFigure(broken)).warnings).toEqual([expect.stringContaining("shape dropped")]);
    const empty = {
      data: { values: [{ a: null }] },
      mark: "bar",
      encoding: { x: { field: "a", type: "quantitative" } },
    };
    const blank = composeFigure({ ...WORDS, width: 300, bodyHeight: 100, body: empty });
    expect((await drawFigure(blank)).warnings.join(" ")).toContain("Infinite extent");
  });

  it("measures texts in Inter, and those in other fonts as Vega does", async () => {
    const lengthOf = async (font: object) => {
      const text = "a long label indeed";
      const body = {
        data: { values: [{ text }] },
        mark: { type: "text", align: "right", fontSize: 12, ...font },
        encoding: { text: { field: "text" } },
        width: 10,
        height: 10,
      };
      // The picture grows by the text, which starts at the middle of the plot and runs to the left.
      const figure = composeFigure({ ...WORDS, title: "", width: 10, bodyHeight: 10, fit: false, body });
      return (await drawFigure(figure)).width;
    };
    const inter = await lengthOf({});
    const cut = await lengthOf({ limit: 40 });
    const other = await lengthOf({ font: "monospace" });
    expect(inter - (2 * PADDING + 5)).toBeCloseTo(textWidth("a long label indeed", 12), -1);
    expect(cut).toBeLessThan(inter);
    expect(other).toBeGreaterThan(inter);
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
    expect(svg).toMatch(/^<svg [^>]*><style>\.figure\{.*<\/style><rect [^>]*fill="#ffffff"/);
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
});
