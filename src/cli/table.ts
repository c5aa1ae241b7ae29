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
