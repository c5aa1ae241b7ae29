import type { ReactElement } from "react";
import { countInWords } from "../../base/words.ts";
import type { Metrics } from "../metrics.ts";

/** What a threshold does to a thousand accounts: picked rightly and by mistake, left out rightly and by mistake. */
export function Thousand({ counts }: { readonly counts: Metrics["test"]["confusion"] }): ReactElement {
  return (
    <SplitBar
      label="Of 1,000 accounts"
      pieces={[
        { name: "picked, and active", value: counts.tp, label: countInWords(counts.tp), tone: "right" },
        { name: "picked by mistake", value: counts.fp, label: countInWords(counts.fp), tone: "wrong" },
        { name: "active, but left out", value: counts.fn, label: countInWords(counts.fn), tone: "missed" },
        { name: "rightly left out", value: counts.tn, label: countInWords(counts.tn), tone: "quiet" },
      ]}
    />
  );
}

/** A piece of a bar. */
export interface Piece {
  readonly name: string;
  /** Its size, in the unit of the whole bar. */
  readonly value: number;
  /** Its size in words. */
  readonly label: string;
  readonly tone: "right" | "wrong" | "missed" | "quiet";
}

/** A bar split in pieces, with a list that says the same in words. Pieces of nothing are only in the list. */
export function SplitBar({
  label,
  pieces,
}: {
  readonly label: string;
  readonly pieces: readonly Piece[];
}): ReactElement {
  const whole = pieces.reduce((sum, { value }) => sum + value, 0);
  return (
    <div className="split">
      <div className="split-bar" aria-hidden="true">
        {pieces
          .filter(({ value }) => value > 0)
          .map(({ name, value, tone }) => (
            <span key={name} className={`tone-${tone}`} style={{ flexGrow: value / whole }} />
          ))}
      </div>
      <ul aria-label={label}>
        {pieces.map(({ name, label: size, tone }) => (
          <li key={name}>
            <span className={`dot tone-${tone}`} aria-hidden="true" />
            <strong>{size}</strong> {name}
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
