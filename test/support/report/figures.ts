import { PHONE_WIDTH } from "../../../src/figures/figure.ts";
import { drawFigure } from "../../../src/figures/render.ts";
import type { DrawnFigure } from "../../../src/report/input.ts";
import { PICTURES, type Picture } from "../figures/pictures.ts";

/** Figures that other commands draw. */
const ELSEWHERE = ["account-ages", "contributions", "drift", "tuning-trials"];

/** The figures of a study with example data, by name. */
export const STUDY_PICTURES = Object.fromEntries(
  Object.entries(PICTURES).filter(([name]) => !ELSEWHERE.includes(name)),
);

/** All figures of a study drawn from the figures' own example data, wide and for a telephone. */
export async function exampleFigures(): Promise<DrawnFigure[]> {
  const drawn: DrawnFigure[] = [];
  for (const picture of Object.values(STUDY_PICTURES)) {
    drawn.push(await drawnTwice(picture));
  }
  // The recommended model's own importance, under the name that a study gives it.
  const again: Picture = (width) => ({
    ...PICTURES["permutation-importance"](width),
    name: "recommended-permutation-importance",
  });
  drawn.push(await drawnTwice(again));
  return drawn;
}

async function drawnTwice(picture: Picture): Promise<DrawnFigure> {
  const figure = picture();
  return {
    figure,
    drawing: await drawFigure(figure),
    narrow: await drawFigure(picture(PHONE_WIDTH)),
  };
}

/** Paths of the files the figures are saved as, relative to the report. */
export function figureFiles(figures: readonly DrawnFigure[]): string[] {
  return figures.flatMap(({ figure: { name } }) =>
    [".vl.json", ".svg", ".png", "-dark.png"].map((ending) => `figures/${name}${ending}`),
  );
}
