import type { Metrics } from "./metrics.ts";

/**
 * Counts of a confusion matrix scaled to a thousand rows and rounded so that they add up to a thousand (largest
 * remainder). Null where there are no rows.
 */
export function perThousand(confusion: Metrics["test"]["confusion"]): Metrics["test"]["confusion"] | null {
  const names = ["tp", "fp", "fn", "tn"] as const;
  const total = names.reduce((sum, name) => sum + confusion[name], 0);
  if (total === 0) return null;
  const parts = names.map((name) => {
    const size = (confusion[name] * 1000) / total;
    return { name, count: Math.floor(size), rest: size - Math.floor(size) };
  });
  let left = 1000 - parts.reduce((sum, { count }) => sum + count, 0);
  for (const part of parts.toSorted((a, b) => b.rest - a.rest)) {
    if (left === 0) break;
    part.count++;
    left--;
  }
  const [tp, fp, fn, tn] = parts.map(({ count }) => count);
  return { tp, fp, fn, tn };
}
