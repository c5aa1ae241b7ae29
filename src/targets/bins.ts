/** Neighbouring bins taken as one: positions of the first and the last, and their rows together. */
export interface MergedBin {
  readonly first: number;
  readonly last: number;
  readonly rows: number;
}

/**
 * Merges bins until each has enough rows: as long as the smallest has too few, it goes to its neighbour on the side of
 * the middle bin. Of equally small ones the first goes first; a bin in the very middle goes to the right.
 *
 * @param rows rows of each bin, in their order
 * @param fewest rows that are enough
 * @returns one bin where all together have too few
 */
export function mergeSmallBins(rows: readonly number[], fewest: number): MergedBin[] {
  const bins: MergedBin[] = rows.map((count, i) => ({ first: i, last: i, rows: count }));
  while (bins.length > 1) {
    let smallest = 0;
    for (let i = 1; i < bins.length; i++) if (bins[i].rows < bins[smallest].rows) smallest = i;
    if (bins[smallest].rows >= fewest) break;
    const left = smallest > (bins.length - 1) / 2 ? smallest - 1 : smallest;
    const [a, b] = bins.slice(left, left + 2);
    bins.splice(left, 2, { first: a.first, last: b.last, rows: a.rows + b.rows });
  }
  return bins;
}
