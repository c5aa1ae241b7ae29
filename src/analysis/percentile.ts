/**
 * A percentile of sorted numbers, linear between neighbours: NumPy's default, DuckDB's `quantile_cont`.
 *
 * @param sorted ascending, without NaN
 * @param share 0..1
 * @returns NaN where there are no numbers
 */
export function percentile(sorted: ArrayLike<number>, share: number): number {
  if (sorted.length === 0) return Number.NaN;
  const at = share * (sorted.length - 1);
  const below = Math.floor(at);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
}
