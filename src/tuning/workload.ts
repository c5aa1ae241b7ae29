import type { Recipe } from "../training/recipe.ts";
import { type Rung, ranked } from "./rungs.ts";
import { within } from "./search.ts";
import type { Trial } from "./space.ts";

/** How much of a tuning is done. Guessed from the networks' sizes, so that the time left can be told from the time spent. */
export interface Workload {
  /** These trials are on a rung of a search, none evaluated yet. */
  enter(search: number, rung: number, alive: readonly number[]): void;
  /** A trial was evaluated. */
  evaluated(search: number, rung: number, trial: number): void;
  /** A search's choice was judged on its rows held out. */
  judged(search: number): void;
  /** Share of all work that is done, 0 to 1. */
  done(): number;
}

/** What the work is made of. */
export interface WorkloadOptions {
  readonly trials: readonly Trial[];
  readonly rungs: readonly Rung[];
  /** Rows of each search, the one over all rows first, which alone is not judged. */
  readonly rows: readonly number[];
  /** Features. */
  readonly columns: number;
  readonly folds: number;
}

/** Multiplications that starting a network, and moving a row, cost as much as. */
const START = 2e7;
const ROW = 3000;

/** Starts counting. */
export function countWork({ trials, rungs, rows, columns, folds }: WorkloadOptions): Workload {
  const cost = ({ hidden, epochs, networks }: Recipe, search: number, repeats: number) => {
    const units = [columns, ...hidden, 1];
    const weights = units.slice(1).reduce((sum, out, i) => sum + units[i] * out, 0);
    return networks * folds * repeats * (START + rows[search] * epochs * (3 * weights + ROW));
  };
  const trialCost = (search: number, rung: number, trial: number) =>
    cost(within(trials[trial].recipe, rungs[rung]), search, rungs[rung].repeats);
  const everyone = trials.map(({ trial }) => trial);
  const total = (search: number, rung: number, alive: readonly number[]) =>
    alive.reduce((sum, trial) => sum + trialCost(search, rung, trial), 0);
  // Who will be on a rung is not known yet: as many as the average trial costs.
  let size = trials.length;
  const sizes = rungs.map((_, rung) => {
    if (rung > 0) size = Math.ceil(size / 3) + (size > 1 ? 1 : 0);
    return Math.min(size, trials.length);
  });
  const planned = rows.map((_, search) =>
    rungs.map((__, rung) => (total(search, rung, everyone) * sizes[rung]) / trials.length),
  );
  const judging = rows.map((_, search) => (search === 0 ? 0 : 2 * cost(trials[0].recipe, search, 1)));
  let spent = 0;
  return {
    enter: (search, rung, alive) => {
      planned[search][rung] = total(search, rung, alive);
    },
    evaluated: (search, rung, trial) => {
      spent += trialCost(search, rung, trial);
    },
    judged: (search) => {
      spent += judging[search];
    },
    done: () => {
      const all = [...planned.flat(), ...judging].reduce((sum, one) => sum + one, 0);
      return Math.min(1, spent / all);
    },
  };
}

/** The best of some evaluations; undefined where there is none that could be trained. */
export function bestOf<Scored extends { readonly trial: number; readonly log_loss: number | null }>(
  evaluations: readonly Scored[],
): Scored | undefined {
  return ranked(evaluations).find(({ log_loss }) => log_loss !== null);
}
