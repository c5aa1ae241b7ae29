const WIDTH = 24;

/** A bar of the share done: `████████░░░░`. */
export function bar(fraction: number): string {
  const full = Math.round(Math.min(1, Math.max(0, fraction)) * WIDTH);
  return "█".repeat(full) + "░".repeat(WIDTH - full);
}
