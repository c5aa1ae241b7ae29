/**
 * A count for people: `1,755`, thousands parted by commas.
 *
 * @param value a finite number; fractions are rounded
 */
export function formatCount(value: number): string {
  return String(Math.round(value)).replace(/\B(?=(\d{3})+$)/g, ",");
}

/**
 * A share for people: `51.0 %`.
 *
 * @param value a fraction, 0 to 1
 */
export function formatShare(value: number): string {
  return `${(100 * value).toFixed(1)} %`;
}

/**
 * A duration for people: `0.4 s`, `12 s`, `3 min 20 s`, `2 h 5 min`.
 *
 * @param milliseconds at least 0
 */
export function formatDuration(milliseconds: number): string {
  const seconds = milliseconds / 1000;
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  const minutes = Math.round(seconds / 60);
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/**
 * Lays rows of cells out in columns parted by two spaces, the last column ragged.
 *
 * @param rows cells as text; rows may have different lengths
 * @param numeric indices of columns aligned to the right
 */
export function formatTable(rows: readonly (readonly string[])[], numeric: readonly number[] = []): string {
  const widths: number[] = [];
  for (const row of rows)
    for (const [i, cell] of row.entries()) widths[i] = Math.max(widths[i] ?? 0, [...cell].length);
  return rows
    .map((row) =>
      row
        .map((cell, i) => {
          const room = " ".repeat(widths[i] - [...cell].length);
          if (numeric.includes(i)) return room + cell;
          return i === row.length - 1 ? cell : cell + room;
        })
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}
