import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { EDGES, PICTURES } from "../../test/support/figures/pictures.ts";
import { overlaps, textBoxes } from "../../test/support/figures/textBoxes.ts";
import { PHONE_WIDTH, REPORT_WIDTH } from "./figure.ts";
import { PALETTE } from "./palette.ts";
import { drawFigure } from "./render.ts";

const CASES = Object.entries({ ...PICTURES, ...EDGES }).flatMap(([name, picture]) =>
  [REPORT_WIDTH, PHONE_WIDTH].map((width) => ({ name, width, picture })),
);

// To accept new pictures after looking at them: UPDATE_GOLDEN=1 npx vitest run src/figures
const FOLDER = new URL("../../test/golden/figures/", import.meta.url);
const UPDATE = process.env.UPDATE_GOLDEN === "1";

describe.each(CASES)("$name at $width", ({ name, width, picture }) => {
  const figure = picture(width);
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

  it("marks every colour of the palette, so that nothing stays light in the dark", async () => {
    const colors = new Set(
      [...(await drawn).svg.matchAll(/(?:fill|stroke)="([^"]+)"/g)].map((match) => match[1]),
    );
    const known = new Set<string>(["none", ...Object.values(PALETTE.light)]);
    expect([...colors].filter((color) => !known.has(color))).toEqual([]);
  });

  const golden = name in PICTURES && width === REPORT_WIDTH ? it : undefined;
  golden?.("is drawn as before", async () => {
    // A tag a line, so that a difference can be read.
    const text = `${(await drawn).svg.replaceAll("><", ">\n<")}\n`;
    const file = new URL(`${name}.svg`, FOLDER);
    if (UPDATE) {
      mkdirSync(FOLDER, { recursive: true });
      writeFileSync(file, text);
    }
    expect(text).toBe(readFileSync(file, "utf8"));
  });

  it("says what it shows", () => {
    expect(name.startsWith(figure.name)).toBe(true);
    expect(figure.title).not.toBe("");
    expect(figure.description).toMatch(/^[A-Z].*\.$/);
    expect(figure.description).not.toMatch(/NaN|undefined|Infinity|null/);
    if (!name.includes("on nothing")) expect(JSON.stringify(figure.spec)).toContain('"tooltip"');
  });
});

it("has no golden picture left over", () => {
  expect(readdirSync(FOLDER).sort()).toEqual(
    Object.keys(PICTURES)
      .map((name) => `${name}.svg`)
      .sort(),
  );
});
