import { useEffect, useReducer, useRef } from "react";
import type { ListedRow } from "../types.ts";

/** Rows that are drawn for the first time in a frame: thirty at once cost more than a frame has. */
const MOST_NEW = 10;

/** Which of the rows in view are drawn now: those that were, and so many of the others as a frame has time for. */
export function useDrawn(rows: readonly ListedRow[]): ReadonlySet<ListedRow> {
  const [, goOn] = useReducer((turn: number) => turn + 1, 0);
  const before = useRef<ReadonlySet<ListedRow>>(new Set());
  const now = new Set<ListedRow>();
  let fresh = 0;
  for (const row of rows) {
    if (before.current.has(row) || fresh++ < MOST_NEW) now.add(row);
  }
  useEffect(() => {
    before.current = now;
    if (fresh <= MOST_NEW) return;
    const frame = requestAnimationFrame(goOn);
    return () => cancelAnimationFrame(frame);
  });
  return now;
}
