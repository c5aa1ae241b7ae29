import { type DriftData, driftFigure } from "../../../src/figures/drift.ts";
import type { Figure } from "../../../src/figures/figure.ts";

type Picture = (width?: number) => Figure;

const entry = (
  name: string,
  psi: number,
  shift: DriftData["drifts"][number]["shift"],
  more: Partial<DriftData["drifts"][number]> = {},
): DriftData["drifts"][number] => ({
  name,
  psi,
  shift,
  median: { reference: 6100, current: 9800 },
  ones: null,
  missing: { reference: 0, current: 0 },
  ...more,
});

/** Made up. */
const exampleDrift: DriftData = {
  train: "july.csv",
  now: "december.csv",
  drifts: [
    entry("followers", 0.31, "large"),
    entry("prediction", 0.12, "some", { median: { reference: 0.174, current: 0.291 } }),
    entry("is_verified", 0.14, "some", { ones: { reference: 0.031, current: 0.12 } }),
    entry("awg_engagement_rate", 0.45, "large", {
      median: { reference: 0.0513, current: null },
      missing: { reference: 0, current: 1 },
    }),
    entry("likes_per_follower_and_video", 0.11, "unclear", { median: { reference: -0.5, current: -0.192 } }),
    entry("videos_count", 0.01, "none", { median: { reference: 88, current: 91 } }),
  ],
};

/** What drift looks like, with example data, by name. */
export const DRIFT_PICTURES: Readonly<Record<string, Picture>> = {
  drift: (width) => driftFigure(exampleDrift, width),
};

/** Drift that is hard to draw. */
export const DRIFT_EDGES: Readonly<Record<string, Picture>> = {
  "drift of nothing": (width) => driftFigure({ ...exampleDrift, drifts: [] }, width),
  "drift of a file all different": (width) =>
    driftFigure(
      {
        ...exampleDrift,
        drifts: Array.from({ length: 90 }, (_, i) => entry(`feature_${i}`, 9.8 - i / 20, "large")),
      },
      width,
    ),
};
