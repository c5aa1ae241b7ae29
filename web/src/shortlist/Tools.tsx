import { useState } from "react";
import { wholeCount } from "../format.ts";
import { changeQuery } from "../route.ts";
import type { ListedRow } from "../types.ts";
import { MOST_COMPARED } from "./Compare.tsx";
import { columns } from "./columns.tsx";
import { Drop } from "./Drop.tsx";
import { visibleColumns } from "./kept.ts";
import { sortOf, sortQuery } from "./query.ts";

const KEPT = "insights-columns";
/** Without these no row says who it is. */
const ALWAYS = new Set(["account_id"]);

/** Which columns are shown, kept in the browser. */
export interface Columns {
  readonly visible: Readonly<Record<string, boolean>>;
  readonly show: (id: string, shown: boolean) => void;
  readonly reset: () => void;
}

/** The columns that are shown at first: answers only where the model gives any. */
const firstColumns = (questions: boolean) =>
  Object.fromEntries(
    columns.map(({ id = "", meta }) => [
      id,
      meta?.hidden !== true && (questions || !["still_posting", "well_answered"].includes(id)),
    ]),
  );

/** See {@link Columns}. @param questions whether the model answers the two questions */
export function useColumns(questions: boolean): Columns {
  const [visible, setVisible] = useState(() =>
    visibleColumns(localStorage.getItem(KEPT), firstColumns(questions)),
  );
  return {
    visible,
    show: (id, shown) => {
      const next = { ...visible, [id]: shown };
      localStorage.setItem(KEPT, JSON.stringify(next));
      setVisible(next);
    },
    reset: () => {
      localStorage.removeItem(KEPT);
      setVisible(firstColumns(questions));
    },
  };
}

/** Chooses the columns. */
export function ColumnChooser({ columns: { visible, show, reset } }: { columns: Columns }) {
  return (
    <Drop label="Columns">
      <fieldset className="checks">
        <legend className="unseen">Columns that are shown</legend>
        {columns.map(({ id = "", meta }) => (
          <label key={id}>
            <input
              type="checkbox"
              checked={visible[id] ?? true}
              disabled={ALWAYS.has(id)}
              onChange={(event) => show(id, event.target.checked)}
            />{" "}
            {meta?.title}
          </label>
        ))}
      </fieldset>
      <button type="button" className="button" onClick={reset}>
        As at first
      </button>
    </Drop>
  );
}

/** The order, where there are no heads of columns to press. */
export function SortChoice({ sort }: { sort: string }) {
  return (
    <label className="sort">
      <span className="unseen">Sort by</span>
      <select
        value={sort}
        onChange={(event) => {
          const chosen = event.target.value;
          changeQuery({ sort: sortQuery(sortOf(chosen)) });
        }}
      >
        {columns
          .filter(({ enableSorting }) => enableSorting !== false)
          .map(({ id = "", meta, sortDescFirst }) => {
            const own = `${id}:${sortDescFirst === true ? "desc" : "asc"}`;
            // The order of the address may be the other way round.
            const value = sort.startsWith(`${id}:`) ? sort : own;
            return (
              <option key={id} value={value}>
                {meta?.title}
              </option>
            );
          })}
      </select>
    </label>
  );
}

/** What can be done with the accounts that are selected. */
export function SelectionBar({
  selected,
  clear,
}: {
  selected: ReadonlyMap<number, ListedRow>;
  clear: () => void;
}) {
  const count = selected.size;
  return (
    <div className="selection" role="status" hidden={count === 0}>
      {count > 0 && (
        <>
          <strong>{wholeCount(count)} selected</strong>
          <button
            type="button"
            className="button"
            disabled={count < 2 || count > MOST_COMPARED}
            onClick={() => changeQuery({ compare: [...selected.keys()].join(",") })}
          >
            Compare
          </button>
          <button type="button" className="button quiet" onClick={clear}>
            Select none
          </button>
          {(count < 2 || count > MOST_COMPARED) && (
            <span className="note">Two to {MOST_COMPARED} can be compared side by side.</span>
          )}
        </>
      )}
    </div>
  );
}
