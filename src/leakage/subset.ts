/**
 * The fewest columns whose linear fit reaches a share of explained variance: one, else two (all pairs tried), else grown by
 * the column that explains most of what is left and thinned again.
 *
 * @param correlations of the columns among themselves, square, row by row
 * @param withTarget correlation of each column with what is to be explained
 * @param goal R2 to reach, 0 to 1
 * @returns positions of the columns, or null where all together do not reach it
 */
export function smallestSubset(
  correlations: Float64Array,
  withTarget: Float64Array,
  goal: number,
): number[] | null {
  const size = withTarget.length;
  let best = { at: [] as number[], explained: goal };
  for (let a = 0; a < size; a++) {
    const explained = withTarget[a] ** 2;
    if (explained >= best.explained) best = { at: [a], explained };
  }
  if (best.at.length > 0) return best.at;
  for (let a = 0; a < size; a++)
    for (let b = 0; b < a; b++) {
      const shared = correlations[a * size + b];
      const own = 1 - shared * shared;
      if (own < TOO_ALIKE) continue;
      const [x, z] = [withTarget[a], withTarget[b]];
      const explained = (x * x + z * z - 2 * x * z * shared) / own;
      if (explained >= best.explained) best = { at: [b, a], explained };
    }
  if (best.at.length > 0) return best.at;
  const grown = grow(correlations, withTarget, goal);
  return grown && thin(correlations, withTarget, grown, goal);
}

/** Share of a column that the others leave unexplained below which it is one of them again. */
const TOO_ALIKE = 1e-9;

/** More columns than this are not thinned: it would take long, and nobody reads such a list. */
const MOST_THINNED = 40;

/** Forward selection by the sweep operator (Goodnight 1979): each sweep takes a column into the fit. */
function grow(correlations: Float64Array, withTarget: Float64Array, goal: number): number[] | null {
  const size = withTarget.length;
  const width = size + 1;
  const table = new Float64Array(width * width);
  for (let a = 0; a < size; a++) {
    for (let b = 0; b < size; b++) table[a * width + b] = correlations[a * size + b];
    table[a * width + size] = withTarget[a];
    table[size * width + a] = withTarget[a];
  }
  table[size * width + size] = 1;
  const chosen: number[] = [];
  while (1 - table[size * width + size] < goal) {
    let best = -1;
    let gain = 0;
    for (let a = 0; a < size; a++) {
      const left = table[a * width + a];
      if (chosen.includes(a) || left < TOO_ALIKE) continue;
      const explains = table[a * width + size] ** 2 / left;
      if (explains > gain) [best, gain] = [a, explains];
    }
    if (best < 0) return null;
    sweep(table, width, best);
    chosen.push(best);
  }
  return chosen.sort((a, b) => a - b);
}

function sweep(table: Float64Array, width: number, at: number): void {
  const pivot = table[at * width + at];
  for (let a = 0; a < width; a++) {
    if (a === at) continue;
    const factor = table[a * width + at] / pivot;
    if (factor === 0) continue;
    for (let b = 0; b < width; b++) if (b !== at) table[a * width + b] -= factor * table[at * width + b];
    table[a * width + at] = 0;
  }
}

/** Takes out columns that are not needed, one at a time, the least needed first. */
function thin(
  correlations: Float64Array,
  withTarget: Float64Array,
  columns: readonly number[],
  goal: number,
): number[] {
  let kept = [...columns];
  while (kept.length > 1 && kept.length <= MOST_THINNED) {
    let best: number[] | null = null;
    let most = goal;
    for (const column of kept) {
      const fewer = kept.filter((other) => other !== column);
      const explained = explainedBy(correlations, withTarget, fewer);
      if (explained >= most) [best, most] = [fewer, explained];
    }
    if (best === null) break;
    kept = best;
  }
  return kept;
}

function explainedBy(
  correlations: Float64Array,
  withTarget: Float64Array,
  columns: readonly number[],
): number {
  const size = withTarget.length;
  const width = columns.length + 1;
  const table = new Float64Array(width * width);
  columns.forEach((column, a) => {
    columns.forEach((other, b) => {
      table[a * width + b] = correlations[column * size + other];
    });
    table[a * width + width - 1] = withTarget[column];
    table[(width - 1) * width + a] = withTarget[column];
  });
  table[width * width - 1] = 1;
  for (let a = 0; a < columns.length; a++) if (table[a * width + a] >= TOO_ALIKE) sweep(table, width, a);
  return 1 - table[width * width - 1];
}
