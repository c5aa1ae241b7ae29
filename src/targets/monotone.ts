/**
 * The values nearest to the given ones (least squares, weighted) that never rise: pool adjacent violators (Ayer et al.
 * 1955). Neighbours that rise are replaced by their weighted mean, until none does.
 *
 * @param values finite
 * @param weights positive, one a value
 */
export function neverRising(values: readonly number[], weights: readonly number[]): number[] {
  const pools: { mean: number; weight: number; length: number }[] = [];
  values.forEach((value, i) => {
    let pool = { mean: value, weight: weights[i], length: 1 };
    for (let before = pools.at(-1); before !== undefined && before.mean < pool.mean; before = pools.at(-1)) {
      pools.pop();
      const weight = before.weight + pool.weight;
      pool = {
        mean: (before.mean * before.weight + pool.mean * pool.weight) / weight,
        weight,
        length: before.length + pool.length,
      };
    }
    pools.push(pool);
  });
  return pools.flatMap(({ mean, length }) => new Array<number>(length).fill(mean));
}
