/** The 97.5 % quantile of the normal distribution, for intervals of 95 %. */
const Z = 1.959963984540054;

/** A share and how sure it is. */
export interface Proportion {
  /** 0 to 1. */
  readonly share: number;
  /** Ends of the 95 % interval. */
  readonly low: number;
  readonly high: number;
}

/**
 * A share with Wilson's 95 % score interval (Wilson 1927), which holds for few rows and for shares of 0 and 1 too.
 *
 * @param count how many of `n`
 * @returns null where there are none
 */
export function proportion(count: number, n: number): Proportion | null {
  if (n === 0) return null;
  const share = count / n;
  const shrink = 1 + (Z * Z) / n;
  const middle = (share + (Z * Z) / (2 * n)) / shrink;
  const half = (Z * Math.sqrt((share * (1 - share)) / n + (Z * Z) / (4 * n * n))) / shrink;
  // At the ends the interval reaches them; rounding must not say otherwise.
  return {
    share,
    low: count === 0 ? 0 : Math.max(0, middle - half),
    high: count === n ? 1 : Math.min(1, middle + half),
  };
}
