/** Gives the focus to the list; to the page where there is none. */
export function focusList(): void {
  const list = document.querySelector<HTMLElement>('[role="grid"]') ?? document.getElementById("main");
  list?.focus({ preventScroll: true });
}

/**
 * The place that a key leads to, within the list; undefined for a key that leads nowhere.
 *
 * @param page rows of a page
 * @param count rows of the list
 */
export function placeAfter(key: string, active: number, page: number, count: number): number | undefined {
  const places: Readonly<Record<string, number>> = {
    ArrowDown: active + 1,
    ArrowUp: active - 1,
    PageDown: active + page,
    PageUp: active - page,
    Home: 0,
    End: count - 1,
  };
  return Object.hasOwn(places, key) ? Math.max(0, Math.min(count - 1, places[key])) : undefined;
}

/** The rows between two places, as far as they are here. */
export function rowsBetween<Row>(
  { at }: { readonly at: (index: number) => Row | undefined },
  first: number,
  last: number,
): Row[] {
  return Array.from({ length: last - first + 1 }, (_, i) => at(first + i)).filter((row) => row !== undefined);
}

/** Rows in view, by place, and what turns a place into the key of its element. */
export interface Slots {
  readonly first: number;
  readonly last: number;
  readonly shift: number;
}

/**
 * Keys for the rows in view. A row keeps its key while it is in view. Where fewer than half of the rows stay, all take over the keys of
 * the old, in their order: to write the elements of the page anew in their places takes less than to make others.
 */
export function slotsAfter(before: Slots, first: number, last: number): Slots {
  const staying = Math.min(last, before.last) - Math.max(first, before.first) + 1;
  const jumped = staying < (last - first + 1) / 2;
  return { first, last, shift: jumped ? before.shift + before.first - first : before.shift };
}

/**
 * Which rows are drawn in a frame: all where half as many were drawn in the one before, whose elements they take over; else those that
 * were, and a few of the others.
 */
export function drawnOf<Row>(rows: readonly Row[], before: ReadonlySet<Row>, most: number): ReadonlySet<Row> {
  if (2 * before.size >= rows.length) return new Set(rows);
  let fresh = 0;
  return new Set(rows.filter((row) => before.has(row) || fresh++ < most));
}
