import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { expect, it } from "vitest";
import { PICTURES } from "../../test/support/figures/pictures.ts";
import { drawFigure } from "./render.ts";

// To accept new pictures after looking at them: UPDATE_GOLDEN=1 npx vitest run src/figures
const FOLDER = new URL("../../test/golden/figures/", import.meta.url);
const UPDATE = process.env.UPDATE_GOLDEN === "1";

it.each(Object.keys(PICTURES))("draws %s as before", async (name) => {
  const { svg } = await drawFigure(PICTURES[name]());
  // A tag a line, so that a difference can be read.
  const text = `${svg.replaceAll("><", ">\n<")}\n`;
  const file = new URL(`${name}.svg`, FOLDER);
  if (UPDATE) {
    mkdirSync(FOLDER, { recursive: true });
    writeFileSync(file, text);
  }
  expect(text).toBe(readFileSync(file, "utf8"));
});

it("has no golden picture left over", () => {
  expect(readdirSync(FOLDER).sort()).toEqual(
    Object.keys(PICTURES)
      .map((name) => `${name}.svg`)
      .sort(),
  );
});
