import { type FormEvent, useState } from "react";
import { wholeCount } from "../format.ts";
import { changeQuery } from "../route.ts";
import type { DatasetFacts, ListedRow } from "../types.ts";
import { Drop } from "./Drop.tsx";
import { type KeptList, listOf, useKept } from "./kept.ts";
import { NO_FILTERS } from "./query.ts";

/** Named lists of accounts: saved from the selection, opened, renamed, deleted. They stay in this browser. */
export function Lists({
  dataset,
  selected,
}: {
  dataset: DatasetFacts;
  selected: ReadonlyMap<number, ListedRow>;
}) {
  const { lists, put, rename, remove } = useKept();
  const mine = lists.filter(({ file, rows }) => file === dataset.name && rows === dataset.rows);
  const others = lists.length - mine.length;
  return (
    <Drop label={mine.length === 0 ? "Lists" : `Lists (${mine.length})`}>
      {selected.size === 0 ? (
        <p className="note">Select accounts to save them as a list.</p>
      ) : (
        <Save count={selected.size} save={(name) => put(listOf(name, dataset, selected.values()))} />
      )}
      {mine.length > 0 && (
        <ul className="lists">
          {mine.map((list) => (
            <Kept
              key={list.name}
              list={list}
              rename={(name) => rename(list, name)}
              remove={() => remove(list)}
            />
          ))}
        </ul>
      )}
      {others > 0 && (
        <p className="note">
          {wholeCount(others)} more {others === 1 ? "is" : "are"} of other files; open those to see them.
        </p>
      )}
    </Drop>
  );
}

function Save({ count, save }: { count: number; save: (name: string) => boolean }) {
  const [words, setWords] = useState("");
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const name = String(new FormData(event.currentTarget).get("name")).trim();
    if (name === "") return;
    setWords(save(name) ? `Saved as ${name}.` : "The browser has no room for it: delete a list.");
    event.currentTarget.reset();
  };
  return (
    <form className="save" onSubmit={submit}>
      <label>
        Save {wholeCount(count)} selected as
        <input name="name" type="text" required maxLength={80} placeholder="Spring campaign" />
      </label>
      <button type="submit" className="button primary">
        Save
      </button>
      <p className="note" role="status">
        {words}
      </p>
    </form>
  );
}

function Kept({
  list,
  rename,
  remove,
}: {
  list: KeptList;
  rename: (name: string) => void;
  remove: () => void;
}) {
  const [renaming, setRenaming] = useState(false);
  const { name, accounts } = list;
  if (renaming) {
    return (
      <li>
        <form
          className="save"
          onSubmit={(event) => {
            event.preventDefault();
            const next = String(new FormData(event.currentTarget).get("name")).trim();
            if (next !== "" && next !== name) rename(next);
            setRenaming(false);
          }}
        >
          <input
            name="name"
            type="text"
            aria-label={`New name of ${name}`}
            defaultValue={name}
            maxLength={80}
          />
          <button type="submit" className="button">
            Keep
          </button>
        </form>
      </li>
    );
  }
  return (
    <li>
      <button
        type="button"
        className="button quiet open"
        onClick={() =>
          changeQuery({ ...NO_FILTERS, compare: undefined, rows: accounts.map(({ row }) => row).join(",") })
        }
      >
        <bdi>{name}</bdi> <span className="note">{wholeCount(accounts.length)}</span>
      </button>
      <button
        type="button"
        className="button quiet small"
        aria-label={`Rename ${name}`}
        onClick={() => setRenaming(true)}
      >
        Rename
      </button>
      <button type="button" className="button quiet small" aria-label={`Delete ${name}`} onClick={remove}>
        Delete
      </button>
    </li>
  );
}
