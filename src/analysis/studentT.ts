/** The normal distribution's 97.5 % quantile. */
const NORMAL = 1.959963984540054;

/** Degrees of freedom from which the expansion around the normal quantile is exact to 1e-9. */
const MANY = 200;

/**
 * The 97.5 % quantile of Student's t: what a standard error is multiplied by for a two-sided 95 % interval. Up to 200
 * degrees by bisection of the exact distribution (Abramowitz and Stegun 26.7.3, 26.7.4), above by the expansion around
 * the normal quantile (26.7.5).
 *
 * @param degrees whole number >= 1
 */
export function studentT95(degrees: number): number {
  if (degrees > MANY) {
    const x = NORMAL;
    const terms = [
      (x ** 3 + x) / 4,
      (5 * x ** 5 + 16 * x ** 3 + 3 * x) / 96,
      (3 * x ** 7 + 19 * x ** 5 + 17 * x ** 3 - 15 * x) / 384,
    ];
    return terms.reduce((sum, term, i) => sum + term / degrees ** (i + 1), x);
  }
  let low = 0;
  let high = Math.PI / 2;
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    if (within(middle, degrees) < 0.95) low = middle;
    else high = middle;
  }
  return Math.sqrt(degrees) * Math.tan((low + high) / 2);
}

/** Probability that |t| is at most sqrt(degrees) tan(angle). */
function within(angle: number, degrees: number): number {
  const cosine = Math.cos(angle);
  const odd = degrees % 2 === 1;
  let term = odd ? cosine : 1;
  let sum = degrees === 1 ? 0 : term;
  for (let k = odd ? 3 : 2; k <= degrees - 2; k += 2) {
    term *= ((k - 1) / k) * cosine * cosine;
    sum += term;
  }
  const tail = Math.sin(angle) * sum;
  return odd ? (2 / Math.PI) * (angle + tail) : tail;
}
