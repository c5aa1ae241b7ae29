import { Random } from "../base/random.ts";
import type { Game, Played, Shares } from "./shapley.ts";

/** Walks of one network from some rows of the background to a profile. */
interface Stratum {
  readonly network: number;
  /** How much its mean counts; those of a plan add up to 1. */
  readonly weight: number;
  /** A row of the background for each pair of walks. */
  readonly rows: Int32Array;
  /** Orders of all groups, one a pair, one after the other; the pair's second walk takes them backwards. */
  readonly orders: Int32Array;
}

/** Which walks to take. Drawn once, so that every profile is explained by the same ones and equal profiles alike. */
export interface Plan {
  readonly strata: readonly Stratum[];
}

/** Fewest pairs of walks in a stratum: with one alone its error could not be told. */
const FEWEST_PAIRS = 2;

/**
 * Draws a plan of walks (Castro, Gomez and Tejada, 2009): start at a row of the background, take the profile's features over
 * group by group in a random order, and book each change of the logit for its group. Walks come in antithetic pairs, the
 * second in the reverse order (Mitchell, Cooper, Frank and Holmes, 2022). Networks share the budget; where it lasts, every row
 * of the background starts as many walks of each network.
 *
 * @param budget about how many rows the networks may be asked about in all
 */
export function drawPlan({ networks, groups, rows }: Game, budget: number, seed: number): Plan {
  const random = new Random(seed);
  const steps = Math.max(1, groups.length - 1);
  const pairs = Math.max(FEWEST_PAIRS, Math.floor(budget / (2 * steps * networks.length)));
  const each = Math.floor(pairs / rows);
  const strata = networks.flatMap(({ weight }, network): Stratum[] => {
    const ordered = (starts: Int32Array) => {
      const orders = new Int32Array(starts.length * groups.length);
      for (let pair = 0; pair < starts.length; pair++) {
        const order = orders.subarray(pair * groups.length, (pair + 1) * groups.length);
        order.forEach((_, group) => {
          order[group] = group;
        });
        random.shuffle(order);
      }
      return orders;
    };
    if (each >= FEWEST_PAIRS) {
      return Array.from({ length: rows }, (_, row) => {
        const starts = new Int32Array(each).fill(row);
        return { network, weight: weight / rows, rows: starts, orders: ordered(starts) };
      });
    }
    const deck = random.shuffle(Int32Array.from({ length: rows }, (_, row) => row));
    const starts = Int32Array.from({ length: pairs }, (_, pair) => deck[pair % rows]);
    return [{ network, weight, rows: starts, orders: ordered(starts) }];
  });
  return { strata };
}

/**
 * Shapley values along a plan's walks. Every walk's changes add up to the profile's logit less that of its first row; what
 * the first rows' mean is off the background's is taken out by regression on their logits (a control variate), whose slopes
 * add up to 1, so that all adds up to the logit less the base whatever was drawn.
 *
 * @param differing for each row of the background the groups in which the profile differs from it
 */
export function sampledShapley(
  game: Game,
  played: Played,
  plan: Plan,
  differing: readonly (readonly number[])[],
): Shares {
  const { groups, backgroundLogits } = game;
  const count = groups.length;
  const walked = walkAll(game, played, plan, differing);
  const values = new Float64Array(count);
  const products = new Float64Array(count);
  let squares = 0;
  let gap = -game.base;
  const means = plan.strata.map(({ network, weight, rows }, at) => {
    const changes = walked[at];
    const starts = backgroundLogits[network];
    const mean = new Float64Array(count);
    const start = rows.reduce((sum, row) => sum + starts[row], 0) / rows.length;
    for (let i = 0; i < changes.length; i++) mean[i % count] += changes[i] / rows.length;
    rows.forEach((row, pair) => {
      const off = starts[row] - start;
      squares += weight * off * off;
      for (let group = 0; group < count; group++)
        products[group] += weight * off * (changes[pair * count + group] - mean[group]);
    });
    for (let group = 0; group < count; group++) values[group] += weight * mean[group];
    gap += weight * start;
    return { mean, start };
  });
  const slopes = squares > 0 ? products.map((product) => product / squares) : evenly(values);
  for (let group = 0; group < count; group++) values[group] -= slopes[group] * gap;

  const variances = new Float64Array(count);
  plan.strata.forEach(({ network, weight, rows }, at) => {
    const { mean, start } = means[at];
    rows.forEach((row, pair) => {
      const off = backgroundLogits[network][row] - start;
      for (let group = 0; group < count; group++) {
        const left = walked[at][pair * count + group] - mean[group] - slopes[group] * off;
        variances[group] += (weight * left) ** 2 / (rows.length * (rows.length - 1));
      }
    });
  });
  return { values, errors: variances.map(Math.sqrt) };
}

/** Slopes where the first rows' logits are all the same: the gap, if there is one, goes to whom the values belong. */
function evenly(values: Float64Array): Float64Array {
  const total = values.reduce((sum, value) => sum + Math.abs(value), 0);
  return values.map((value) => (total > 0 ? -Math.abs(value) / total : -1 / values.length));
}

/** For each stratum the changes of its pairs, groups in a row: the mean of a pair's two walks. */
function walkAll(
  game: Game,
  played: Played,
  { strata }: Plan,
  differing: readonly (readonly number[])[],
): Float64Array[] {
  const changes = strata.map(({ rows }) => new Float64Array(rows.length * game.groups.length));
  for (let from = 0; from < strata.length; ) {
    let to = from;
    while (to < strata.length && strata[to].network === strata[from].network) to++;
    walkNetwork(game, played, strata.slice(from, to), differing, changes.slice(from, to));
    from = to;
  }
  return changes;
}

/** Takes all walks of one network, which is asked once. */
function walkNetwork(
  { networks, groups, columns, background, backgroundLogits }: Game,
  { x, byNetwork }: Played,
  strata: readonly Stratum[],
  differing: readonly (readonly number[])[],
  changes: readonly Float64Array[],
): void {
  const count = groups.length;
  const [{ network }] = strata;
  // A walk's last stop is the profile, whose logit is known, as is that of its first.
  let stops = 0;
  let taken = 0;
  for (const { rows } of strata) {
    for (const row of rows) {
      stops += 2 * Math.max(0, differing[row].length - 1);
      taken += 2 * differing[row].length;
    }
  }
  const asked = new Float32Array(stops * columns);
  /** The groups that the walks take over, one walk after the other. */
  const order = new Int32Array(taken);
  const state = new Float32Array(columns);
  const present = new Uint8Array(count);
  let at = 0;
  let step = 0;
  const walk = (row: number, length: number) => {
    for (let column = 0; column < columns; column++) state[column] = background[row * columns + column];
    for (const last = step + length - 1; step < last; step++) {
      for (const place of groups[order[step]]) state[place] = x[place];
      for (let column = 0; column < columns; column++) asked[at++] = state[column];
    }
    if (length > 0) step++;
  };
  for (const { rows, orders } of strata) {
    rows.forEach((row, pair) => {
      const players = differing[row];
      present.fill(0);
      for (const group of players) present[group] = 1;
      const [forth, back] = [step, step + 2 * players.length - 1];
      for (let i = pair * count, found = 0; found < players.length; i++) {
        if (present[orders[i]] === 0) continue;
        order[forth + found] = orders[i];
        order[back - found] = orders[i];
        found++;
      }
      walk(row, players.length);
      walk(row, players.length);
    });
  }
  const answers = networks[network].logits(asked, stops);
  at = 0;
  step = 0;
  strata.forEach(({ rows }, stratum) => {
    const booked = changes[stratum];
    rows.forEach((row, pair) => {
      const { length } = differing[row];
      for (let walk = 0; walk < 2; walk++) {
        let before = backgroundLogits[network][row];
        for (let i = 1; i <= length; i++) {
          const after = i === length ? byNetwork[network] : answers[at++];
          booked[pair * count + order[step++]] += (after - before) / 2;
          before = after;
        }
      }
    });
  });
}
