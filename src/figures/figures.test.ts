import { describe, expect, it } from "vitest";
import { EDGES, PICTURES } from "../../test/support/figures/pictures.ts";
import { overlaps, textBoxes } from "../../test/support/figures/textBoxes.ts";
import { PHONE_WIDTH, REPORT_WIDTH } from "./figure.ts";
import { drawFigure } from "./render.ts";

const CASES = Object.entries({ ...PICTURES, ...EDGES }).flatMap(([name, picture]) =>
  [REPORT_WIDTH, PHONE_WIDTH].map((width) => ({ name, width, picture })),
);

describe.each(CASES)("$name at $width", ({ name, width, picture }) => {
  const figure = picture({ width });
  const drawn = drawFigure(figure);

  it("compiles and draws without a warning", async () => {
    expect((await drawn).warnings).toEqual([]);
  });

  it("has its size, and no number that is none", async () => {
    const { svg, width: drawnWidth, height } = await drawn;
    expect(drawnWidth).toBeLessThanOrEqual(width);
    expect(Math.abs(drawnWidth - figure.width)).toBeLessThanOrEqual(4);
    expect(Math.abs(height - figure.height)).toBeLessThanOrEqual(3);
    expect(svg).not.toMatch(/NaN|undefined|Infinity|null/);
  });

  it("cuts no text and lays none over another", async () => {
    const drawing = await drawn;
    const boxes = textBoxes(drawing.svg);
    expect(boxes.length).toBeGreaterThan(3);
    const outside = boxes.filter(
      (box) => box.left < 0 || box.right > drawing.width || box.top < 0 || box.bottom > drawing.height,
    );
    expect(outside).toEqual([]);
    expect(overlaps(boxes)).toEqual([]);
    expect(boxes.filter((box) => box.text.includes("…"))).toEqual([]);
  });

  it("says what it shows", () => {
    expect(name.startsWith(figure.name)).toBe(true);
    expect(figure.title).not.toBe("");
    expect(figure.description).toMatch(/^[A-Z].*\.$/);
    expect(figure.description).not.toMatch(/NaN|undefined|Infinity|null/);
    if (!name.includes("on nothing")) expect(JSON.stringify(figure.spec)).toContain('"tooltip"');
  });
});
