import type { Evaluation, TuningResults } from "./results.ts";

/** A stage of successive halving: what a trial is given to show what it is worth. */
export type Rung = Readonly<TuningResults["rungs"][number]>;

/** One trial in so many goes on to the next rung, which has about so many times the budget. */
const ETA = 3;

/** With more rungs, the first would have too small a budget to tell trials apart. */
const MOST_RUNGS = 4;

/** Fewest networks a fold: the mean of two is less a matter of luck than one. */
const FEWEST_NETWORKS = 2;

/**
 * The rungs of successive halving (Jamieson and Talwalkar, 2016; eta 3), the cheapest first. The last has the whole budget;
 * each before it about a third of the next, taken from the repeats first and then from the networks.
 *
 * @param trials how many start; three times as many want one rung more
 * @param budget of the last rung
 */
export function rungsOf(
  trials: number,
  budget: { readonly repeats: number; readonly networks: number },
): Rung[] {
  // By multiplying: the logarithm of a power of three is not always whole.
  let wanted = 1;
  for (let kept = trials; kept > 1; kept = Math.ceil(kept / ETA)) wanted++;
  const rungs = [budget];
  while (rungs.length < Math.min(wanted, MOST_RUNGS)) {
    const [{ repeats, networks }] = rungs;
    const next =
      repeats > 1
        ? { repeats: Math.max(1, Math.floor(repeats / ETA)), networks }
        : { repeats, networks: Math.max(Math.min(FEWEST_NETWORKS, networks), Math.floor(networks / ETA)) };
    if (next.repeats === repeats && next.networks === networks) break;
    rungs.unshift(next);
  }
  return rungs.map(({ repeats, networks }, place) => ({
    networks,
    repeats,
    first: repeats === budget.repeats ? 0 : place % (budget.repeats - repeats + 1),
  }));
}

/** A trial and its log loss, lower is better; null where it could not be trained. */
export type Score = Pick<Evaluation, "trial" | "log_loss">;

/** Trials from the best to the worst; of equals the one drawn first; those that could not be trained last. */
export function ranked<Scored extends Score>(scores: readonly Scored[]): Scored[] {
  const loss = ({ log_loss }: Score) => log_loss ?? Number.POSITIVE_INFINITY;
  return [...scores].sort((a, b) => (loss(a) === loss(b) ? a.trial - b.trial : loss(a) - loss(b)));
}

/**
 * The trials that go on: the best third, rounded up, and trial 0 in any case, so that the last rung can say what tuning
 * changes.
 *
 * @returns their numbers, rising
 */
export function promoted(scores: readonly Score[]): number[] {
  const best = ranked(scores)
    .slice(0, Math.ceil(scores.length / ETA))
    .filter(({ log_loss }) => log_loss !== null);
  return [...new Set([0, ...best.map(({ trial }) => trial)])].sort((a, b) => a - b);
}
