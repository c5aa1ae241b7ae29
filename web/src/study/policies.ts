import { perThousand } from "../../../src/report/shared/Thousand.tsx";
import type { StudyView } from "../types.ts";

/** Results of a training, as the study holds them. */
export type Results = NonNullable<StudyView["metrics"]["recommended"]["results"]>;

/** Measures at each threshold. */
export type Table = Results["thresholds"]["table"];

/**
 * The threshold with the lowest cost an account, where a missed creator costs as much as `price` others that are picked.
 *
 * @param positiveRate share of creators among the accounts
 */
export function lowestCost(
  { threshold, recall, queue_rate }: Table,
  price: number,
  positiveRate: number,
): number {
  let best = 0;
  let least = Number.POSITIVE_INFINITY;
  threshold.forEach((value, i) => {
    const found = positiveRate * (recall[i] ?? 0);
    const wrong = (queue_rate[i] ?? 0) - found;
    const cost = wrong + price * (positiveRate - found);
    if (cost < least) {
      least = cost;
      best = value;
    }
  });
  return best;
}

/** The lowest threshold that picks no more than a share of the accounts; 1 where each picks more. */
export function lowestFor({ threshold, queue_rate }: Table, most: number): number {
  return Math.min(1, ...threshold.filter((_, i) => (queue_rate[i] ?? 0) <= most));
}

/** What the threshold at a place does to a thousand accounts. */
export function thousandAt(
  { precision, queue_rate }: Table,
  at: number,
  positiveRate: number,
): ReturnType<typeof perThousand> {
  const picked = queue_rate[at] ?? 0;
  const tp = Math.min(positiveRate, picked * (precision[at] ?? 0));
  const fp = picked - tp;
  return perThousand({ tp, fp, fn: positiveRate - tp, tn: Math.max(0, 1 - positiveRate - fp) });
}

/** Place of the value nearest to one. */
export function nearest(values: readonly number[], wanted: number): number {
  return values.reduce(
    (best, value, i) => (Math.abs(value - wanted) < Math.abs(values[best] - wanted) ? i : best),
    0,
  );
}

/** The threshold that an address asks for; null where it asks for none from 0 to 1. */
export function askedThreshold(query: URLSearchParams): number | null {
  const text = query.get("threshold");
  const value = text === null || text.trim() === "" ? Number.NaN : Number(text);
  return value >= 0 && value <= 1 ? value : null;
}
