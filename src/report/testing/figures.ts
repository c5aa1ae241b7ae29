import { PHONE_WIDTH } from "../../figures/figure.ts";
import { drawFigure } from "../../figures/render.ts";
import { PICTURES } from "../../figures/testing/pictures.ts";
import type { DrawnFigure } from "../figures.ts";

const { "account-ages": _, ...pictures } = PICTURES;

/** The figures of a study with example data, by name: all but one that `insights activity` alone draws. */
export const STUDY_PICTURES = pictures;

/** All figures of a study drawn from the figures' own example data, wide and for a telephone. */
export async function exampleFigures(): Promise<DrawnFigure[]> {
  const drawn: DrawnFigure[] = [];
  for (const picture of Object.values(STUDY_PICTURES)) {
    const figure = picture();
    drawn.push({
      figure,
      drawing: await drawFigure(figure),
      narrow: await drawFigure(picture({ width: PHONE_WIDTH })),
    });
  }
  return drawn;
}

/** Paths of the files the figures are saved as, relative to the report. */
export function figureFiles(figures: readonly DrawnFigure[]): string[] {
  return figures.flatMap(({ figure: { name } }) =>
    [".vl.json", ".svg", ".png", "-dark.png"].map((ending) => `figures/${name}${ending}`),
  );
}
