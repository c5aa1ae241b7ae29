/**
 * Positions of at most `most` of `n` points, evenly spread, the first and the last among them. Curves over many
 * thousand rows need no more points than the picture has pixels.
 */
export function spreadPositions(n: number, most: number): number[] {
  if (n <= most) return Array.from({ length: n }, (_, i) => i);
  return Array.from({ length: most }, (_, i) => Math.round((i * (n - 1)) / (most - 1)));
}

/** A number with six significant digits, which is finer than a pixel, to keep specs small. */
export function significant(value: number): number {
  return Number(value.toPrecision(6));
}
