import type { Game, Played, Shares } from "./game.ts";

/** More groups than this are never enumerated for one row: 2^16 coalitions. */
const MOST_PLAYERS = 16;

/**
 * How many coalitions there are to ask about: 2^(groups that differ) for each row of the background and each voice. Infinite
 * where a row has too many.
 *
 * @param differing for each row of the background the groups in which the profile differs from it
 */
export function coalitionsOf(game: Game, differing: readonly (readonly number[])[]): number {
  if (differing.some((groups) => groups.length > MOST_PLAYERS)) return Number.POSITIVE_INFINITY;
  return game.voices.length * differing.reduce((sum, groups) => sum + 2 ** groups.length, 0);
}

/**
 * Shapley values by asking every voice about every coalition: phi_i = sum over S without i of |S|! (d - |S| - 1)! / d!
 * (v(S with i) - v(S)), for each row of the background, averaged (Shapley, 1953; against a background sample: Lundberg and
 * Lee, 2017).
 *
 * @param differing for each row of the background the groups in which the profile differs from it
 */
export function exactShapley(
  game: Game,
  { x, own }: Played,
  differing: readonly (readonly number[])[],
): Shares {
  const { voices, groups, rows, backgroundLogits } = game;
  const values = new Float64Array(groups.length);
  for (let row = 0; row < rows; row++) {
    const players = differing[row];
    const coalitions = 2 ** players.length;
    const inside = coalitionRows(game, x, row, players);
    const shares = weightsOf(players.length);
    voices.forEach(({ logits, weight }, voice) => {
      const worth = Float64Array.from(logits(inside, coalitions));
      // The ends are known. Taken from where they are used elsewhere, so that all adds up to the last bit.
      worth[0] = backgroundLogits[voice][row];
      worth[coalitions - 1] = players.length === 0 ? worth[0] : own[voice];
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
