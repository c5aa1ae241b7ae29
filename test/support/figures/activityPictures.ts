import { accountAgesFigure, postsPerWeekFigure } from "../../../src/figures/activityHistograms.ts";
import type { Figure } from "../../../src/figures/figure.ts";
import { postingTimesFigure } from "../../../src/figures/postingTimes.ts";
import { sizeNormFigure } from "../../../src/figures/scatterPlots.ts";
import { silencesFigure } from "../../../src/figures/survival.ts";
import { targetTiersFigure } from "../../../src/figures/targetTiers.ts";
import * as example from "./activityExamples.ts";

type Picture = (width?: number) => Figure;

/** Figures of activity and targets with example data, by name. */
export const ACTIVITY_PICTURES: Readonly<Record<string, Picture>> = {
  "posting-times": (width) => postingTimesFigure(example.exampleTimes, width),
  silences: (width) => silencesFigure(example.exampleSilences, width),
  "posts-per-week": (width) => postsPerWeekFigure(example.examplePace, width),
  "account-ages": (width) => accountAgesFigure(example.exampleAges, width),
  "size-norm": (width) => sizeNormFigure(example.exampleNorm, width),
  "target-tiers": (width) => targetTiersFigure(example.exampleTiers, width),
};

const none = new Float64Array();
const silent = Array.from({ length: 7 }, () => new Array<number>(24).fill(0));
const once = silent.map((row, day) => row.map((_, hour) => (day === 6 && hour === 23 ? 1 : 0)));
const level = { log10_followers: [2], log_rate: [-3], rows: [1] };

/** The same at the edge of their data. */
export const ACTIVITY_EDGES: Readonly<Record<string, Picture>> = {
  "posting-times of nobody": (width) => postingTimesFigure({ counts: silent, posts: 0 }, width),
  "posting-times of one post": (width) => postingTimesFigure({ counts: once, posts: 1 }, width),
  "silences of one cadence that never ends": (width) =>
    silencesFigure([{ cadence: "less than monthly", accounts: 10, times: [], shares: [] }], width),
  "posts-per-week of nobody": (width) => postsPerWeekFigure({ postsPerWeek: none }, width),
  "posts-per-week of one": (width) => postsPerWeekFigure({ postsPerWeek: Float64Array.of(34) }, width),
  "account-ages of nobody": (width) => accountAgesFigure({ years: none, undated: 3 }, width),
  "account-ages of new ones": (width) =>
    accountAgesFigure({ years: Float64Array.of(0, 0.2, 12), undated: 0 }, width),
  "size-norm without points": (width) =>
    sizeNormFigure({ norm: level, points: [], rows: 0, missing: 2 }, width),
  "size-norm of one account": (width) =>
    sizeNormFigure(
      { norm: level, points: [{ followers: 4e9, rate: 63, above: true }], rows: 1, missing: 0 },
      width,
    ),
  "size-norm sampled": (width) =>
    sizeNormFigure({ ...example.exampleNorm, rows: 1_234_567, missing: 98_765 }, width),
  "target-tiers of one target": (width) => targetTiersFigure(example.emptyTiers, width),
  "target-tiers of none": (width) => targetTiersFigure({ targets: [] }, width),
};
