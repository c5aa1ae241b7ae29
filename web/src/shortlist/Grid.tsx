import { type ReactTable, useTable } from "@tanstack/react-table";
import { useVirtualizer } from "@tanstack/react-virtual";
import {
  type Dispatch,
  type KeyboardEvent,
  type SetStateAction,
  useEffect,
  useMemo,
  useReducer,
  useRef,
  useState,
  useSyncExternalStore,
} from "react";
import { wholeCount } from "../format.ts";
import { drawnOf, placeAfter, rowsBetween, type Slots, slotsAfter, toggled } from "../people/grid.ts";
import { addressOf, changeQuery, go } from "../route.ts";
import type { ListedRow } from "../types.ts";
import { columns, features } from "./columns.tsx";
import { type Features, Line } from "./Line.tsx";
import type { Pages } from "./pages.ts";
import { sortOf, sortQuery } from "./query.ts";

/** Heights of a row in pixels, on a desk and on a phone. */
const HEIGHT = { wide: 52, narrow: 108 };
/** No browser scrolls further than some 17 million pixels. */
const MOST_ROWS = 200_000;
/** Rows that are drawn for the first time in a frame: thirty at once cost more than a frame has. */
const MOST_NEW = 10;
/** Rows drawn beyond the edges. */
const BEYOND = 6;

interface GridProps {
  readonly list: { readonly pages: Pages; offset: number };
  readonly total: number;
  readonly sort: string;
  readonly dataset: string;
  readonly selected: ReadonlyMap<number, ListedRow>;
  readonly select: Dispatch<SetStateAction<ReadonlyMap<number, ListedRow>>>;
  readonly visible: Readonly<Record<string, boolean>>;
  readonly narrow: boolean;
}

/**
 * The list itself: a grid (no `<table>` holds rows that are not there) of which only the rows in view are in the page. It is one stop of the Tab key; arrows, Page Up, Page
 * Down, Home and End walk it, Space selects, Enter opens.
 */
export function Grid({ list, total, sort, dataset, selected, select, visible, narrow }: GridProps) {
  const { pages } = list;
  const listed = useSyncExternalStore(pages.subscribe, pages.listed);
  const sorting = [sortOf(sort)];
  const frame = useRef<HTMLDivElement>(null);
  const count = Math.min(total, MOST_ROWS);
  const height = narrow ? HEIGHT.narrow : HEIGHT.wide;
  const virtual = useVirtualizer({
    count,
    getScrollElement: () => frame.current,
    estimateSize: () => height,
    overscan: BEYOND,
    initialOffset: list.offset,
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
  const drawn = useDrawn(items.flatMap(({ index }) => pages.at(index) ?? []));
  // The table is told of the rows in view only: to take in all that are kept costs as much as to draw these.
  const data = useMemo(() => rowsBetween(pages, first, last), [pages, listed, first, last]);
  const table = useTable<Features, ListedRow>({
    features,
    columns,
    data,
    getRowId: ({ row }) => String(row),
    manualSorting: true,
    enableSortingRemoval: false,
    enableMultiSort: false,
    state: {
      sorting,
      columnVisibility: visible as Record<string, boolean>,
      rowSelection: Object.fromEntries([...selected.keys()].map((row) => [row, true])),
    },
    onSortingChange: (change) => {
      const next = typeof change === "function" ? change(sorting) : change;
      changeQuery({ sort: sortQuery(next[0]) });
    },
  });
  useEffect(() => pages.look(first, last), [pages, first, last]);
  // Another height moves the rows
  useEffect(() => virtual.measure(), [height]);

  const [active, setActive] = useState(0);
  // Only another list starts anew, at the place where it was left
  useEffect(() => {
    virtual.scrollToOffset(list.offset);
    setActive(Math.round(list.offset / height));
  }, [list]);
  const toggle = (row: ListedRow) => select((was) => toggled(was, row));
  const press = (event: KeyboardEvent) => {
    if (event.target !== frame.current || event.altKey || event.metaKey) return;
    const page = Math.max(1, Math.floor((frame.current?.clientHeight ?? 0) / height) - 2);
    const place = placeAfter(event.key, active, page, count);
    const row = pages.at(active);
    if (place !== undefined) {
      setActive(place);
      virtual.scrollToIndex(place);
    } else if (event.key === " " && row !== undefined) toggle(row);
    else if (event.key === "Enter" && row !== undefined) go(addressOf(dataset, { row: row.row }));
    else return;
    event.preventDefault();
  };

  const shown = table.getVisibleLeafColumns();
  const tracks = ["2.75rem", ...shown.map(({ columnDef }) => columnDef.meta?.width ?? "auto")].join(" ");
  const byId = table.getRowModel().rowsById;
  return (
    <>
      <div
        ref={frame}
        role="grid"
        className={narrow ? "sheet-frame narrow" : "sheet-frame"}
        tabIndex={0}
        aria-label="Accounts"
        aria-rowcount={total + (narrow ? 0 : 1)}
        aria-colcount={narrow ? 2 : shown.length + 1}
        aria-multiselectable
        aria-activedescendant={items.some(({ index }) => index === active) ? `row-${active}` : undefined}
        style={narrow ? undefined : { ["--tracks" as string]: tracks }}
        onKeyDown={press}
      >
        {!narrow && <Head table={table} />}
        <div role="rowgroup" className="rows" style={{ blockSize: virtual.getTotalSize() }}>
          {items.map(({ index, start }) => {
            const here = pages.at(index);
            const row = here !== undefined && drawn.has(here) ? here : undefined;
            return (
              <Line
                key={slot(index)}
                index={index}
                start={start}
                row={row === undefined ? undefined : byId[String(row.row)]}
                dataset={dataset}
                tracks={tracks}
                narrow={narrow}
                active={index === active}
                chosen={row !== undefined && selected.has(row.row)}
                toggle={toggle}
                activate={setActive}
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
}

/** Rows of which some are drawn now, and the others in the next frames. */
function useDrawn(rows: readonly ListedRow[]): ReadonlySet<ListedRow> {
  const [, drawMore] = useReducer((turn: number) => turn + 1, 0);
  const before = useRef<ReadonlySet<ListedRow>>(new Set());
  const { drawn, complete } = drawnOf(rows, before.current, MOST_NEW);
  useEffect(() => {
    before.current = drawn;
    if (complete) return;
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

function Head({ table }: { table: ReactTable<Features, ListedRow> }) {
  return (
    <div role="rowgroup" className="heads">
      <div role="row" className="line" aria-rowindex={1}>
        <span role="columnheader">
          <span className="unseen">Selected</span>
        </span>
        {table.getHeaderGroups()[0].headers.map((header) => {
          const { column } = header;
          const sorted = column.getIsSorted();
          const { title = "", number = false } = column.columnDef.meta ?? {};
          const order = sorted === "desc" ? "descending" : sorted === "asc" ? "ascending" : "none";
          return (
            <span
              key={header.id}
              role="columnheader"
              aria-sort={column.getCanSort() ? order : undefined}
              className={number ? "number" : undefined}
            >
              {column.getCanSort() ? (
                <button type="button" onClick={() => column.toggleSorting()}>
                  {title}{" "}
                  <span aria-hidden="true">{sorted === "desc" ? "↓" : sorted === "asc" ? "↑" : ""}</span>
                </button>
              ) : (
                title
              )}
            </span>
          );
        })}
      </div>
    </div>
  );
}
