import { contributionsFigure } from "../../../src/figures/contributions.ts";
import { type DependenceCurve, partialDependenceFigure } from "../../../src/figures/partialDependence.ts";
import type { Picture } from "./pictures.ts";

const share = (words: string, value: number) => ({ words, value });
const account = {
  who: "@someone.dances",
  base: -1.5,
  baseProbability: 0.182,
  logit: -0.181,
  probability: 0.455,
  contributions: [
    share("6.92 likes per follower", 0.62),
    share("579 followers", 0.363),
    share("biography offers contact in words and by e-mail and by another handle and by a web address", -0.3),
    share("87 videos in 2.3 years", 0.256),
    share("likes per video of 7.9 % of the followers", 0.224),
    share("account 2.3 years old", 0.09),
    share("no link", -0.06),
    share("not verified", -0.05),
    share("0.15 videos per follower", 0.045),
    share("1,096 followed accounts", 0.041),
    share("biography of 67 characters", 0.05),
    share("4,004 likes", 0.04),
  ],
};

const point = (value: number, probability: number, half = 0.04) => ({
  value,
  probability,
  low: probability - half,
  high: probability + half,
});
const curve = (label: string, points: DependenceCurve["points"], edges: number[], counts: number[]) => ({
  label,
  flag: false,
  points,
  density: { edges, counts },
});
const followers = curve(
  "followers",
  [point(6, 0.15), point(190, 0.27), point(1200, 0.37, 0.01), point(95_000, 0.16), point(2_500_000, 0.05)],
  [6, 100, 1000, 10_000, 100_000, 2_500_000],
  [40, 130, 420, 310, 90],
);
const age = curve(
  "account age in years",
  [point(0.2, 0.31), point(2.5, 0.28, 0.01), point(5.2, 0.23)],
  [0.2, 1, 2, 3, 4, 5.2],
  [10, 60, 120, 80, 12],
);
const verified = {
  ...curve("verified", [point(0, 0.25), point(1, 0.35)], [0, 0, 0], [0, 0]),
  flag: true,
};

/** Figures of what a model relies on. */
export const INSIDE_PICTURES: Readonly<Record<string, Picture>> = {
  contributions: (width) => contributionsFigure(account, width),
  "partial-dependence": (width) =>
    partialDependenceFigure({ curves: [age, followers, verified], being: "being active" }, width),
};

/** The same at the edge of their data. */
export const INSIDE_EDGES: Readonly<Record<string, Picture>> = {
  "contributions of nothing": (width) =>
    contributionsFigure({ ...account, logit: -1.5, probability: 0.182, contributions: [] }, width),
  "contributions that are huge": (width) =>
    contributionsFigure(
      {
        ...account,
        who: "7234567890123456789",
        logit: 28.5,
        probability: 1,
        contributions: [share("153,700,000 likes", 30)],
      },
      width,
    ),
  "partial-dependence on nothing": (width) =>
    partialDependenceFigure({ curves: [], being: "being positive" }, width),
  "partial-dependence that is flat": (width) =>
    partialDependenceFigure(
      {
        curves: [
          curve("like rate", [point(0.001, 0.02, 0), point(0.0012, 0.02, 0)], [0.001, 0.0012], [7]),
          curve("engagement rate", [point(0, 0.999, 0), point(63, 1, 0)], [0, 63], [7]),
        ],
        being: "being a creator",
      },
      width,
    ),
};
