import { accountAgesFigure, postsPerWeekFigure } from "../../../src/figures/activityHistograms.ts";
import type { Figure, FigureOptions } from "../../../src/figures/figure.ts";
import { postingTimesFigure } from "../../../src/figures/postingTimes.ts";
import { sizeNormFigure } from "../../../src/figures/scatterPlots.ts";
import { targetTiersFigure } from "../../../src/figures/targetTiers.ts";
import * as example from "./activityExamples.ts";

type Picture = (options?: FigureOptions) => Figure;

/** Figures of activity and targets with example data, by name. */
export const ACTIVITY_PICTURES: Readonly<Record<string, Picture>> = {
  "posting-times": (options) => postingTimesFigure(example.exampleTimes, options),
  "posts-per-week": (options) => postsPerWeekFigure(example.examplePace, options),
  "account-ages": (options) => accountAgesFigure(example.exampleAges, options),
  "size-norm": (options) => sizeNormFigure(example.exampleNorm, options),
  "target-tiers": (options) => targetTiersFigure(example.exampleTiers, options),
};

const none = new Float64Array();
const silent = Array.from({ length: 7 }, () => new Array<number>(24).fill(0));
const once = silent.map((row, day) => row.map((_, hour) => (day === 6 && hour === 23 ? 1 : 0)));
const level = { log10_followers: [2], log_rate: [-3], rows: [1] };

/** The same at the edge of their data. */
export const ACTIVITY_EDGES: Readonly<Record<string, Picture>> = {
  "posting-times of nobody": (options) => postingTimesFigure({ counts: silent, posts: 0 }, options),
  "posting-times of one post": (options) => postingTimesFigure({ counts: once, posts: 1 }, options),
  "posts-per-week of nobody": (options) => postsPerWeekFigure({ postsPerWeek: none }, options),
  "posts-per-week of one": (options) => postsPerWeekFigure({ postsPerWeek: Float64Array.of(34) }, options),
  "account-ages of nobody": (options) => accountAgesFigure({ years: none, undated: 3 }, options),
  "account-ages of new ones": (options) =>
    accountAgesFigure({ years: Float64Array.of(0, 0.2, 12), undated: 0 }, options),
  "size-norm without points": (options) =>
    sizeNormFigure({ norm: level, points: [], rows: 0, missing: 2 }, options),
  "size-norm of one account": (options) =>
    sizeNormFigure(
      { norm: level, points: [{ followers: 4e9, rate: 63, above: true }], rows: 1, missing: 0 },
      options,
    ),
  "size-norm sampled": (options) =>
    sizeNormFigure({ ...example.exampleNorm, rows: 1_234_567, missing: 98_765 }, options),
  "target-tiers of one target": (options) => targetTiersFigure(example.emptyTiers, options),
  "target-tiers of none": (options) => targetTiersFigure({ targets: [] }, options),
};
