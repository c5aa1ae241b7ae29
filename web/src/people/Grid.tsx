import { useVirtualizer } from "@tanstack/react-virtual";
import { memo, type RefObject, useEffect, useReducer, useRef, useSyncExternalStore } from "react";
import { wholeCount } from "../format.ts";
import { PlainTip } from "../parts/Tooltip.tsx";
import { changeQuery } from "../route.ts";
import { type Column, leastWidth, tracksOf } from "./columns.tsx";
import { drawnOf, type Slots, slotsAfter } from "./grid.ts";
import { Line, type RowDeeds } from "./Line.tsx";
import type { Shown } from "./pages.ts";
import { countSelected, isAll, isSelected, type Selection } from "./selection.ts";
import type { PersonRow } from "./types.ts";

/** Heights of a row in pixels, on a desk and on a phone. */
export const HEIGHT = { wide: 40, narrow: 112 };
/** No browser scrolls further than some 17 million pixels. */
const MOST_ROWS = 170_000;
/** Rows that appear in a frame where hardly any were drawn: thirty at once cost more than a frame has. */
const MOST_NEW = 10;
/** Rows drawn beyond the edges. */
const BEYOND = 6;

interface GridProps {
  readonly frame: RefObject<HTMLDivElement | null>;
  readonly list: Shown;
  readonly total: number;
  readonly sort: string;
  readonly columns: readonly Column[];
  readonly selection: Selection;
  readonly active: number;
  readonly open: number | null;
  readonly query: string;
  readonly narrow: boolean;
  readonly deeds: RowDeeds;
}

/**
 * The list itself: a grid (no `<table>` holds rows that are not there) of which only the rows in view are in the page. It is one stop of
 * the Tab key; the keys of {@link KEYS} work on its active row.
 */
export const Grid = memo(function Grid(props: GridProps) {
  const { frame, list, total, sort, columns, selection, active, open, query, narrow, deeds } = props;
  const { pages } = list;
  useSyncExternalStore(pages.subscribe, pages.listed);
  const count = Math.min(total, MOST_ROWS);
  const height = narrow ? HEIGHT.narrow : HEIGHT.wide;
  const virtual = useVirtualizer({
    count,
    getScrollElement: () => frame.current,
    estimateSize: () => height,
    overscan: BEYOND,
    initialOffset: list.offset,
    // The head lies over the first rows.
    scrollPaddingStart: narrow ? 0 : HEIGHT.wide,
    useFlushSync: false,
    // Asked of the element, it would be laid out once more at each step.
    onChange: ({ scrollOffset }) => {
      list.offset = scrollOffset ?? 0;
    },
  });
  const items = virtual.getVirtualItems();
  const first = items[0]?.index ?? 0;
  const last = items[items.length - 1]?.index ?? 0;
  const slot = useSlots(first, last);
  const drawn = useDrawn(items.flatMap(({ index }) => pages.at(index)?.person ?? []));
  useEffect(() => pages.look(first, last), [pages, first, last]);
  // Another height moves the rows
  useEffect(() => virtual.measure(), [height]);
  // Only another list starts anew, at the place where it was left
  useEffect(() => virtual.scrollToOffset(list.offset), [list]);
  const before = useRef(active);
  useEffect(() => {
    if (before.current !== active) virtual.scrollToIndex(active);
    before.current = active;
  }, [active]);

  return (
    <>
      <div
        ref={frame}
        role="grid"
        className={narrow ? "people narrow" : "people"}
        tabIndex={0}
        aria-label="People"
        aria-rowcount={total + (narrow ? 0 : 1)}
        aria-colcount={narrow ? 3 : columns.length + 3}
        aria-multiselectable
        aria-activedescendant={items.some(({ index }) => index === active) ? `row-${active}` : undefined}
        style={
          narrow
            ? undefined
            : {
                ["--tracks" as string]: tracksOf(columns),
                ["--least" as string]: `${leastWidth(columns)}rem`,
              }
        }
      >
        {!narrow && <Head sort={sort} columns={columns} selection={selection} deeds={deeds} />}
        <div role="rowgroup" className="rows" style={{ blockSize: virtual.getTotalSize() }}>
          {items.map(({ index, start }) => {
            const here = pages.at(index);
            const row: PersonRow | undefined =
              here !== undefined && drawn.has(here.person) ? here : undefined;
            return (
              <Line
                key={slot(index)}
                index={index}
                start={start}
                row={row}
                columns={columns}
                narrow={narrow}
                active={index === active}
                chosen={row !== undefined && isSelected(selection, row.person)}
                open={row !== undefined && row.person === open}
                query={query}
                deeds={deeds}
              />
            );
          })}
        </div>
      </div>
      {total > MOST_ROWS && (
        <p className="note">The first {wholeCount(MOST_ROWS)} are listed. Filter or search to see others.</p>
      )}
    </>
  );
});

/** People of whom some are drawn now, and the others in the next frames. */
function useDrawn(people: readonly number[]): ReadonlySet<number> {
  const [, drawMore] = useReducer((turn: number) => turn + 1, 0);
  const before = useRef<ReadonlySet<number>>(new Set());
  const drawn = drawnOf(people, before.current, MOST_NEW);
  useEffect(() => {
    before.current = drawn;
    if (people.every((person) => drawn.has(person))) return;
    const frame = requestAnimationFrame(drawMore);
    return () => cancelAnimationFrame(frame);
  });
  return drawn;
}

/** What turns the place of a row in view into the key of its element. */
function useSlots(first: number, last: number): (index: number) => number {
  const slots = useRef<Slots>({ first, last, shift: 0 });
  slots.current = slotsAfter(slots.current, first, last);
  const { shift } = slots.current;
  return (index) => index + shift;
}

const Head = memo(function Head({
  sort,
  columns,
  selection,
  deeds,
}: Pick<GridProps, "sort" | "columns" | "selection" | "deeds">) {
  const [sorted, direction] = sort.split(":");
  const everybody = isAll(selection);
  return (
    <div role="rowgroup" className="heads">
      <div role="row" className="row" aria-rowindex={1}>
        <span role="columnheader" className="tick">
          <input
            type="checkbox"
            aria-label="Select everybody who is listed"
            checked={everybody}
            ref={(box) => {
              if (box !== null) box.indeterminate = !everybody && countSelected(selection) > 0;
            }}
            onChange={deeds.selectAll}
          />
        </span>
        <span role="columnheader">
          <span className="unseen">Status</span>
        </span>
        <HeadCell
          column={{
            title: "Person",
            tip: "The name as the person writes it, and the handle",
            sort: "name",
            least: true,
          }}
          order={sorted === "name" ? direction : undefined}
        />
        {columns.map((column) => (
          <HeadCell
            key={column.id}
            column={column}
            order={column.sort !== undefined && sorted === column.sort ? direction : undefined}
          />
        ))}
      </div>
    </div>
  );
});

/** The title of a column: what it holds is told, and a press sorts by it. */
function HeadCell({
  column: { title, tip, sort, least = false, number = false },
  order,
}: {
  column: Pick<Column, "title" | "tip" | "sort" | "least" | "number">;
  order: string | undefined;
}) {
  const words = order === "desc" ? "descending" : order === "asc" ? "ascending" : "none";
  const press = () => {
    const other = order === "desc" ? "asc" : "desc";
    changeQuery({ sort: `${sort}:${order === undefined ? (least ? "asc" : "desc") : other}` });
  };
  return (
    <span
      role="columnheader"
      aria-sort={sort === undefined ? undefined : words}
      className={number ? "number" : undefined}
    >
      <PlainTip words={tip}>
        {sort === undefined ? (
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what the column holds is told by key too
          <span tabIndex={0} className="title" role="note">
            {title}
          </span>
        ) : (
          <button type="button" className="title" onClick={press}>
            {title}
            {order !== undefined && <span aria-hidden="true">{order === "desc" ? " ↓" : " ↑"}</span>}
          </button>
        )}
      </PlainTip>
    </span>
  );
}
