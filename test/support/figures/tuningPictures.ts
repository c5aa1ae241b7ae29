import { Random } from "../../../src/base/random.ts";
import type { Figure } from "../../../src/figures/figure.ts";
import { type TuningTrials, tuningTrialsFigure } from "../../../src/figures/tuningTrials.ts";

type Picture = (width?: number) => Figure;

/** Made-up trials: each has a worth of its own, seen the better the larger the budget; the best third goes on. */
function exampleTrials(count: number): TuningTrials {
  const random = new Random(21);
  const worth = Array.from({ length: count }, () => 0.42 + 0.03 * random.uniform() ** 2);
  const rungs = [
    { networks: 2, repeats: 1 },
    { networks: 8, repeats: 1 },
    { networks: 8, repeats: 3 },
  ];
  let alive = worth.map((_, trial) => trial);
  const evaluations = rungs.flatMap((_, rung) => {
    const on = alive.map((trial) => ({
      rung,
      trial,
      log_loss: worth[trial] - 0.004 * rung + (0.006 / (rung + 1)) * random.normal(),
    }));
    const best = [...on].sort((a, b) => a.log_loss - b.log_loss).slice(0, Math.ceil(on.length / 3));
    alive = [...new Set([0, ...best.map(({ trial }) => trial)])].sort((a, b) => a - b);
    return on;
  });
  const last = evaluations.filter(({ rung }) => rung === rungs.length - 1);
  const { trial: chosen } = last.reduce((a, b) => (b.log_loss < a.log_loss ? b : a));
  return { rungs, evaluations, chosen, words: worth.map((_, trial) => `recipe ${trial}`) };
}

/** Figures of tuning with example data, by name. */
export const TUNING_PICTURES: Readonly<Record<string, Picture>> = {
  "tuning-trials": (width) => tuningTrialsFigure(exampleTrials(60), width),
};

const rungs = [{ networks: 8, repeats: 3 }];

/** The same at the edge of their data. */
export const TUNING_EDGES: Readonly<Record<string, Picture>> = {
  "tuning-trials of the usual recipe alone": (width) =>
    tuningTrialsFigure(
      { rungs, evaluations: [{ rung: 0, trial: 0, log_loss: 0.5 }], words: ["usual"], chosen: 0 },
      width,
    ),
  "tuning-trials that all failed": (width) =>
    tuningTrialsFigure(
      { rungs, evaluations: [{ rung: 0, trial: 0, log_loss: null }], words: ["usual"], chosen: 0 },
      width,
    ),
  "tuning-trials that differ little": (width) =>
    tuningTrialsFigure(
      {
        rungs,
        evaluations: [0, 1, 2].map((trial) => ({ rung: 0, trial, log_loss: 0.5 + trial * 1e-5 })),
        words: ["usual", "one", "two"],
        chosen: 1,
      },
      width,
    ),
};
