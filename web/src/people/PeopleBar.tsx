import { useEffect, useState } from "react";
import { ExportButton } from "../find/ExportButton.tsx";
import { Chips, Filters } from "../find/Filters.tsx";
import { useNames } from "../find/facets.ts";
import { Lists } from "../find/Lists.tsx";
import { Searches } from "../find/Searches.tsx";
import { wholeCount } from "../format.ts";
import { BarButton, IconButton } from "../parts/Button.tsx";
import { Checkbox } from "../parts/Checkbox.tsx";
import { PopDialog } from "../parts/Dialog.tsx";
import { Icon } from "../parts/Icon.tsx";
import { Select } from "../parts/Select.tsx";
import { changeQuery } from "../route.ts";
import { COLUMNS, moved, type ShownColumns } from "./columns.tsx";
import { focusList } from "./grid.ts";
import { AddFile } from "./Landing.tsx";
import type { Selection } from "./selection.ts";

/** Milliseconds after the last letter until the list is searched. */
const REST = 250;

/** What stands over the list: how many, search, filters, columns, and what to do with them. */
export function PeopleBar({
  total,
  of,
  query,
  columns,
  narrow,
  sort,
  selection,
  keys,
}: {
  total: number | null;
  /** Everybody in the workspace; null until it is known. */
  of: number | null;
  query: URLSearchParams;
  /** Null until it is known which were chosen. */
  columns: ShownColumns | null;
  narrow: boolean;
  sort: string;
  selection: Selection;
  keys: () => void;
}) {
  const find = { query, change: changeQuery, names: useNames(of) };
  return (
    <>
      <div className="people-bar">
        <h1>People{total !== null && <span className="count"> {wholeCount(total)}</span>}</h1>
        <Search search={query.get("search") ?? ""} />
        {narrow && <SortChoice sort={sort} />}
        <Filters {...find} />
        <Searches {...find} />
        <Lists {...find} />
        <span className="end">
          {!narrow && columns !== null && <ColumnChoice columns={columns} />}
          <ExportButton
            query={query}
            total={total}
            columns={(columns?.shown ?? []).map(({ id }) => id)}
            selection={selection}
          />
          {!narrow && (
            <IconButton label="Keys" hint="?" onPress={keys}>
              <Icon name="keys" />
            </IconButton>
          )}
          <AddFile>Add a file</AddFile>
        </span>
      </div>
      <Chips {...find} />
    </>
  );
}

/** A field that searches names, handles and words of profiles while it is written in. */
function Search({ search }: { search: string }) {
  const [text, setText] = useState(search);
  useEffect(() => setText(search), [search]);
  useEffect(() => {
    if (text === search) return;
    const timer = setTimeout(() => changeQuery({ search: text.trim() }, { replace: true }), REST);
    return () => clearTimeout(timer);
  }, [text, search]);
  return (
    <span className="search">
      <Icon name="search" />
      <input
        id="people-search"
        className="input"
        type="search"
        aria-label="Search names and words"
        placeholder="Search"
        autoComplete="off"
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === "Escape" || event.key === "Enter") focusList();
        }}
      />
    </span>
  );
}

/** Which columns are shown, and in which order. */
function ColumnChoice({ columns: { shown, set } }: { columns: ShownColumns }) {
  const ids = shown.map(({ id }) => id);
  const others = COLUMNS.filter(({ id }) => !ids.includes(id));
  return (
    <PopDialog
      label="Columns"
      placement="bottom end"
      trigger={
        <BarButton
          look="quiet"
          icon="columns"
          words="Columns"
          tip="Which facts stand in the list, and in which order"
        />
      }
    >
      <ul className="column-choice plain-list">
        {[...shown, ...others].map(({ id, title }) => (
          <li key={id}>
            <Checkbox
              isSelected={ids.includes(id)}
              onChange={(wanted) => set(wanted ? [...ids, id] : ids.filter((other) => other !== id))}
            >
              {title}
            </Checkbox>
            {ids.includes(id) && (
              <>
                <IconButton
                  label={`Move ${title} to the left`}
                  isDisabled={ids[0] === id}
                  onPress={() => set(moved(ids, id, -1))}
                >
                  <Icon name="up" />
                </IconButton>
                <IconButton
                  label={`Move ${title} to the right`}
                  isDisabled={ids[ids.length - 1] === id}
                  onPress={() => set(moved(ids, id, 1))}
                >
                  <Icon name="down" />
                </IconButton>
              </>
            )}
          </li>
        ))}
      </ul>
    </PopDialog>
  );
}

/** The order of the list, where there is no head to press. */
function SortChoice({ sort }: { sort: string }) {
  const orders = [
    { id: "best", words: "Best first" },
    { id: "followers:desc", words: "Most followers" },
    { id: "growth:desc", words: "Grows fastest" },
    { id: "last_post:desc", words: "Posted last" },
    { id: "name:asc", words: "By name" },
  ];
  const known = orders.some(({ id }) => id === sort);
  return (
    <Select
      label="Order"
      hidden
      value={sort}
      options={known ? orders : [...orders, { id: sort, words: sort.split(":")[0].replaceAll("_", " ") }]}
      onChange={(id) => changeQuery({ sort: id === "best" ? undefined : id })}
    />
  );
}
