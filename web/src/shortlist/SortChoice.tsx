import { changeQuery } from "../route.ts";
import { columns } from "./columns.tsx";
import { FIRST_SORT } from "./filters.ts";

/** The order, where there are no heads of columns to press. */
export function SortChoice({ sort }: { sort: string }) {
  return (
    <label className="sort">
      <span className="unseen">Sort by</span>
      <select
        value={sort}
        onChange={(event) => {
          const chosen = event.target.value;
          changeQuery({ sort: chosen === FIRST_SORT ? undefined : chosen });
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
