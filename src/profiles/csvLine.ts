/**
 * A line of a CSV file, without its end: fields parted by commas, quoted where they have to be (RFC 4180).
 *
 * @param values texts and numbers; null and undefined leave a field empty
 */
export function formatCsvLine(values: readonly (string | number | null | undefined)[]): string {
  return values
    .map((value) => {
      const text = String(value ?? "");
      return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
    })
    .join(",");
}
