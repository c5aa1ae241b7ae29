/** Two samples compared by the Kolmogorov-Smirnov test. */
export interface KolmogorovSmirnov {
  /** Largest distance between the two cumulative shares, 0 to 1. */
  readonly statistic: number;
  /** Chance of a distance this large between samples of one population; with ties the true chance is lower still. */
  readonly p_value: number;
  /** The distance that one pair of samples in twenty exceeds by chance. */
  readonly critical: number;
}

/** Up to this product of sizes the chance is counted exactly; beyond it the limit law is good to three digits. */
const EXACT = 10_000;

/**
 * The two-sample Kolmogorov-Smirnov test: D = max |F1(x) - F2(x)|. Its chance is counted exactly over lattice paths
 * (Hodges 1958) for small samples. For large ones it is the limit law at (sqrt(N) + 0.12 + 0.11 / sqrt(N)) D with
 * N = nm / (n + m) (Stephens 1970). The critical value is c sqrt(1 / N), c = sqrt(-ln(0.05 / 2) / 2) = 1.358.
 *
 * @param first sorted ascending, at least one value, none NaN
 * @param second as `first`
 * @throws RangeError where a sample is empty
 */
export function kolmogorovSmirnov(first: Float64Array, second: Float64Array): KolmogorovSmirnov {
  const n = first.length;
  const m = second.length;
  if (n === 0 || m === 0) throw new RangeError("no values to compare");
  // In units of 1 / nm, so that equal distances are equal.
  let largest = 0;
  for (let i = 0, j = 0; i < n && j < m; ) {
    const value = Math.min(first[i], second[j]);
    while (i < n && first[i] === value) i++;
    while (j < m && second[j] === value) j++;
    largest = Math.max(largest, Math.abs(i * m - j * n));
  }
  const statistic = largest / (n * m);
  const size = Math.sqrt((n * m) / (n + m));
  return {
    statistic,
    p_value:
      n * m <= EXACT ? exactChance(n, m, largest) : kolmogorovChance((size + 0.12 + 0.11 / size) * statistic),
    critical: Math.min(1, Math.sqrt(-Math.log(0.05 / 2) / 2) / size),
  };
}

/**
 * Chance that Kolmogorov's limit variable exceeds x: 2 sum (-1)^(k-1) exp(-2 k^2 x^2) (Kolmogorov 1933). Below 1 its
 * theta-function twin is summed instead, where the first series hardly converges.
 */
export function kolmogorovChance(x: number): number {
  if (!(x > 0)) return 1;
  if (x < 1) {
    let below = 0;
    for (let k = 1; k <= 7; k += 2) below += Math.exp(-((k * Math.PI) ** 2) / (8 * x * x));
    return Math.min(1, Math.max(0, 1 - (Math.sqrt(2 * Math.PI) / x) * below));
  }
  let sum = 0;
  for (let k = 1; k <= 6; k++) sum += (k % 2 === 1 ? 1 : -1) * Math.exp(-2 * k * k * x * x);
  return Math.min(1, Math.max(0, 2 * sum));
}

/**
 * Every order in which n and m values of one population can fall is equally likely: the share of the paths from (0, 0) to
 * (n, m) that come as far from the diagonal as `largest` (in units of 1 / nm) somewhere.
 */
function exactChance(n: number, m: number, largest: number): number {
  if (largest === 0) return 1;
  const inside = new Float64Array(m + 1);
  const all = new Float64Array(m + 1);
  for (let i = 0; i <= n; i++)
    for (let j = 0; j <= m; j++) {
      const start = i === 0 && j === 0;
      all[j] = start ? 1 : (i > 0 ? all[j] : 0) + (j > 0 ? all[j - 1] : 0);
      const near = Math.abs(i * m - j * n) < largest;
      inside[j] = near ? (start ? 1 : (i > 0 ? inside[j] : 0) + (j > 0 ? inside[j - 1] : 0)) : 0;
    }
  return Math.min(1, Math.max(0, 1 - inside[m] / all[m]));
}
