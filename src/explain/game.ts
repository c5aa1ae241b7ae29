/** Gives one logit a row; `x` holds the features row by row. */
export type Logits = (x: Float32Array, rows: number) => Float32Array;

/** One network of a model. */
export interface Voice {
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
  readonly voices: readonly Voice[];
  /** For each group the places of its features; no place is in two, and every one is in some. */
  readonly groups: readonly (readonly number[])[];
  /** Features a row. */
  readonly columns: number;
  /** Row-major, at least one row. */
  readonly background: Float32Array;
  readonly rows: number;
  /** Logits of the background's rows by each voice. */
  readonly backgroundLogits: readonly Float32Array[];
  /** Mean logit of the background: the worth of nobody. */
  readonly base: number;
}

/** A profile that a game is played for. */
export interface Played {
  /** Its features. */
  readonly x: Float32Array;
  /** Its logits by each voice. */
  readonly own: Float64Array;
  /** The model's logit: the voices' by their weights. */
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
  voices: readonly Voice[],
  groups: readonly (readonly number[])[],
  background: { readonly rows: number; readonly values: Float32Array },
): Game {
  const { rows, values } = background;
  const counted = voices.filter(({ weight }) => weight > 0);
  const backgroundLogits = counted.map(({ logits }) => logits(values, rows));
  const base = weighted(
    counted,
    backgroundLogits.map((logits) => logits.reduce((sum, z) => sum + z, 0) / rows),
  );
  return {
    voices: counted,
    groups,
    columns: values.length / rows,
    background: values,
    rows,
    backgroundLogits,
    base,
  };
}

/** A profile's features and what the voices say of it. */
export function play({ voices }: Game, features: ArrayLike<number>): Played {
  const x = Float32Array.from(features);
  const own = Float64Array.from(voices, ({ logits }) => logits(x, 1)[0]);
  return { x, own, logit: weighted(voices, own) };
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

function weighted(voices: readonly Voice[], values: ArrayLike<number>): number {
  return voices.reduce((sum, { weight }, i) => sum + weight * values[i], 0);
}
