/** Gives one logit a row; `x` holds the features row by row. */
export type Logits = (x: Float32Array, rows: number) => Float32Array;

/** One network of a model. */
export interface WeightedNetwork {
  readonly logits: Logits;
  /** How much it counts in the model's logit; those of a model add up to 1. */
  readonly weight: number;
}

/**
 * What Shapley values are computed of. The players are groups of features. A coalition's worth is the mean logit of the
 * background's rows with the coalition's features taken from the profile: what the model would say of somebody who is like
 * the profile in these features, and like the background in the others.
 */
export interface Game {
  readonly networks: readonly WeightedNetwork[];
  /** For each group the places of its features; no place is in two, and every one is in some. */
  readonly groups: readonly (readonly number[])[];
  /** Features a row. */
  readonly columns: number;
  /** Row-major, at least one row. */
  readonly background: Float32Array;
  readonly rows: number;
  /** Logits of the background's rows by each network. */
  readonly backgroundLogits: readonly Float32Array[];
  /** Mean logit of the background: the worth of nobody. */
  readonly base: number;
}

/** A profile that a game is played for. */
export interface Played {
  /** Its features. */
  readonly x: Float32Array;
  /** Its logits by each network. */
  readonly byNetwork: Float64Array;
  /** The model's logit: the networks' by their weights. */
  readonly logit: number;
}

/** The share of each group in a logit. */
export interface Shares {
  /** One a group, together the logit less the base. */
  readonly values: Float64Array;
  /** Standard error of each; 0 where the values are exact. */
  readonly errors: Float64Array;
}

/** Sets a game up. */
export function createGame(
  networks: readonly WeightedNetwork[],
  groups: readonly (readonly number[])[],
  background: { readonly rows: number; readonly values: Float32Array },
): Game {
  const { rows, values } = background;
  const counted = networks.filter(({ weight }) => weight > 0);
  const backgroundLogits = counted.map(({ logits }) => logits(values, rows));
  const base = weighted(
    counted,
    backgroundLogits.map((logits) => logits.reduce((sum, z) => sum + z, 0) / rows),
  );
  return {
    networks: counted,
    groups,
    columns: values.length / rows,
    background: values,
    rows,
    backgroundLogits,
    base,
  };
}

/** A profile's features and what the networks say of it. */
export function play({ networks }: Game, features: ArrayLike<number>): Played {
  const x = Float32Array.from(features);
  const byNetwork = Float64Array.from(networks, ({ logits }) => logits(x, 1)[0]);
  return { x, byNetwork, logit: weighted(networks, byNetwork) };
}

/**
 * Groups in which a profile differs from a row of the background. The others make no difference to any coalition, so that
 * their share against that row is 0.
 */
export function differing({ groups, columns, background }: Game, x: Float32Array, row: number): number[] {
  const start = row * columns;
  const found: number[] = [];
  groups.forEach((places, group) => {
    if (places.some((place) => x[place] !== background[start + place])) found.push(group);
  });
  return found;
}

function weighted(networks: readonly WeightedNetwork[], values: ArrayLike<number>): number {
  return networks.reduce((sum, { weight }, i) => sum + weight * values[i], 0);
}

/** More groups than this are never enumerated for one row: 2^16 coalitions. */
const MOST_PLAYERS = 16;

/**
 * How many coalitions there are to ask about: 2^(groups that differ) for each row of the background and each network. Infinite
 * where a row has too many.
 *
 * @param differing for each row of the background the groups in which the profile differs from it
 */
export function coalitionsOf(game: Game, differing: readonly (readonly number[])[]): number {
  if (differing.some((groups) => groups.length > MOST_PLAYERS)) return Number.POSITIVE_INFINITY;
  return game.networks.length * differing.reduce((sum, groups) => sum + 2 ** groups.length, 0);
}

/**
 * Shapley values by asking every network about every coalition: phi_i = sum over S without i of |S|! (d - |S| - 1)! / d!
 * (v(S with i) - v(S)), for each row of the background, averaged (Shapley, 1953; against a background sample: Lundberg and
 * Lee, 2017).
 *
 * @param differing for each row of the background the groups in which the profile differs from it
 */
export function exactShapley(
  game: Game,
  { x, byNetwork }: Played,
  differing: readonly (readonly number[])[],
): Shares {
  const { networks, groups, rows, backgroundLogits } = game;
  const values = new Float64Array(groups.length);
  for (let row = 0; row < rows; row++) {
    const players = differing[row];
    const coalitions = 2 ** players.length;
    const inside = coalitionRows(game, x, row, players);
    const shares = weightsOf(players.length);
    networks.forEach(({ logits, weight }, network) => {
      const worth = Float64Array.from(logits(inside, coalitions));
      // The ends are known. Taken from where they are used elsewhere, so that all adds up to the last bit.
      worth[0] = backgroundLogits[network][row];
      worth[coalitions - 1] = players.length === 0 ? worth[0] : byNetwork[network];
      players.forEach((group, player) => {
        const bit = 1 << player;
        let sum = 0;
        for (let coalition = 0; coalition < coalitions; coalition++) {
          if ((coalition & bit) === 0)
            sum += shares[members(coalition)] * (worth[coalition | bit] - worth[coalition]);
        }
        values[group] += (weight / rows) * sum;
      });
    });
  }
  return { values, errors: new Float64Array(groups.length) };
}

/** The features of every coalition against one row; coalition `c` has the players whose bits are set in it. */
function coalitionRows(
  { groups, columns, background }: Game,
  x: Float32Array,
  row: number,
  players: readonly number[],
): Float32Array {
  const start = background.subarray(row * columns, (row + 1) * columns);
  const all = new Float32Array(2 ** players.length * columns);
  for (let coalition = 0; coalition < 2 ** players.length; coalition++) {
    const at = coalition * columns;
    all.set(start, at);
    players.forEach((group, player) => {
      if ((coalition & (1 << player)) !== 0) for (const place of groups[group]) all[at + place] = x[place];
    });
  }
  return all;
}

/** |S|! (d - |S| - 1)! / d! for coalitions of 0 to d - 1 of d players. */
function weightsOf(players: number): Float64Array {
  const weights = new Float64Array(players);
  let binomial = 1;
  for (let size = 0; size < players; size++) {
    weights[size] = 1 / (players * binomial);
    binomial = (binomial * (players - 1 - size)) / (size + 1);
  }
  return weights;
}

/** How many bits are set. */
function members(coalition: number): number {
  let count = 0;
  for (let rest = coalition; rest !== 0; rest &= rest - 1) count++;
  return count;
}
