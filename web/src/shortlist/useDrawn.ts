import { useEffect, useReducer, useRef } from "react";
import { nameOf } from "../parts/text.tsx";
import type { ListedRow } from "../types.ts";

/** Rows that are drawn for the first time in a frame: thirty at once cost more than a frame has. */
const MOST_NEW = 10;
/** Characters that are drawn for the first time in a frame: for each the browser is asked, and waited for, which font has it. */
const MOST_UNSEEN = 12;
/** Up to here (Latin) one font has them all. */
const LATIN = 0x24f;
/** Characters of a name that are shown at the most. */
const SHOWN = 80;

/** Characters that have been drawn since the page was opened. */
const seen = new Set<string>();

/** Characters of a row whose font is not known yet. */
function unseenOf(row: ListedRow): string[] {
  const unseen: string[] = [];
  for (const character of nameOf(row).slice(0, SHOWN)) {
    if ((character.codePointAt(0) ?? 0) > LATIN && !seen.has(character)) unseen.push(character);
  }
  return unseen;
}

/** Which of the rows in view are drawn now: those that were, and so many of the others as a frame has time for. */
export function useDrawn(rows: readonly ListedRow[]): ReadonlySet<ListedRow> {
  const [, goOn] = useReducer((turn: number) => turn + 1, 0);
  const before = useRef<ReadonlySet<ListedRow>>(new Set());
  const now = new Set<ListedRow>();
  const characters: string[] = [];
  let fresh = 0;
  let wait = false;
  for (const row of rows) {
    if (before.current.has(row)) {
      now.add(row);
      continue;
    }
    const unseen = fresh < MOST_NEW ? unseenOf(row) : [];
    // One is always drawn, whatever its name.
    if (fresh === MOST_NEW || (fresh > 0 && characters.length + unseen.length > MOST_UNSEEN)) {
      wait = true;
      continue;
    }
    fresh++;
    characters.push(...unseen);
    now.add(row);
  }
  useEffect(() => {
    before.current = now;
    for (const character of characters) seen.add(character);
    if (!wait) return;
    const frame = requestAnimationFrame(goOn);
    return () => cancelAnimationFrame(frame);
  });
  return now;
}
