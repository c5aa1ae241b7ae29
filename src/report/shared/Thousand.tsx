import type { ReactElement } from "react";
import { countInWords } from "../../base/words.ts";
import type { Metrics } from "../metrics.ts";

/** The parts of a thousand accounts: the count, its name, and the class that colours it. */
const PARTS = [
  ["tp", "picked, and active", "right"],
  ["fp", "picked by mistake", "wrong"],
  ["fn", "active, but left out", "missed"],
  ["tn", "rightly left out", "quiet"],
] as const;

/** What a threshold does to a thousand accounts: a bar in four parts, with a list that says the same in words. */
export function Thousand({ counts }: { readonly counts: Metrics["test"]["confusion"] }): ReactElement {
  return (
    <div className="split">
      <div className="split-bar" aria-hidden="true">
        {PARTS.filter(([part]) => counts[part] > 0).map(([part, , tone]) => (
          <span key={part} className={`tone-${tone}`} style={{ flexGrow: counts[part] / 1000 }} />
        ))}
      </div>
      <ul aria-label="Of 1,000 accounts">
        {PARTS.map(([part, name, tone]) => (
          <li key={part}>
            <span className={`dot tone-${tone}`} aria-hidden="true" />
            <strong>{countInWords(counts[part])}</strong> {name}
          </li>
        ))}
      </ul>
    </div>
  );
}

/**
 * Counts of a confusion matrix scaled to a thousand rows and rounded so that they add up to a thousand (largest
 * remainder). Null where there are no rows.
 */
export function perThousand(confusion: Metrics["test"]["confusion"]): Metrics["test"]["confusion"] | null {
  const total = PARTS.reduce((sum, [part]) => sum + confusion[part], 0);
  if (total === 0) return null;
  const parts = PARTS.map(([part]) => {
    const size = (confusion[part] * 1000) / total;
    return { count: Math.floor(size), rest: size - Math.floor(size) };
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
