import { type ReactNode, useState } from "react";
import { wholeCount } from "../format.ts";
import { Button, IconButton } from "../parts/Button.tsx";
import { Icon } from "../parts/Icon.tsx";
import { Item, Menu } from "../parts/Menu.tsx";

/** Longest name of a search or a list. */
const LONGEST = 200;

/** A field for a name, and a button that keeps it. */
export function NameForm({
  label,
  button,
  first = "",
  placeholder = "",
  keep,
}: {
  label: string;
  button: string;
  /** What stands there at first. */
  first?: string;
  placeholder?: string;
  keep: (name: string) => void;
}) {
  return (
    <form
      className="name-form"
      onSubmit={(event) => {
        event.preventDefault();
        const name = String(new FormData(event.currentTarget).get("name")).trim();
        if (name !== "") keep(name);
        event.currentTarget.reset();
      }}
    >
      <input
        name="name"
        className="input"
        aria-label={label}
        placeholder={placeholder}
        defaultValue={first}
        maxLength={LONGEST}
        autoComplete="off"
        required
      />
      <Button type="submit">{button}</Button>
    </form>
  );
}

/** Something that can be done with what is named, besides renaming and deleting it. */
export interface Deed {
  readonly words: string;
  readonly do: () => void;
}

/** Something that was given a name: to open, to rename, to delete. */
export function NamedRow({
  name,
  count,
  current,
  open,
  rename,
  remove,
  deeds = [],
  children,
}: {
  name: string;
  count?: number;
  /** Whether it is what is shown. */
  current: boolean;
  open: () => void;
  rename: (name: string) => void;
  remove: () => void;
  deeds?: readonly Deed[];
  /** What stands before the menu. */
  children?: ReactNode;
}) {
  const [renaming, setRenaming] = useState(false);
  if (renaming) {
    return (
      <li>
        <NameForm
          label={`New name of ${name}`}
          button="Keep"
          first={name}
          keep={(next) => {
            setRenaming(false);
            if (next !== name) rename(next);
          }}
        />
      </li>
    );
  }
  const all: readonly Deed[] = [
    ...deeds,
    { words: "Rename", do: () => setRenaming(true) },
    { words: "Delete", do: remove },
  ];
  return (
    <li className={current ? "named current" : "named"}>
      <button type="button" className="open" aria-current={current} onClick={open}>
        <bdi>{name}</bdi>
        {count !== undefined && <span className="n">{wholeCount(count)}</span>}
      </button>
      {children}
      <Menu
        label={`What to do with ${name}`}
        trigger={
          <IconButton label={`More about ${name}`}>
            <Icon name="more" />
          </IconButton>
        }
        onAction={(key) => all[Number(key)].do()}
      >
        {all.map(({ words }, i) => (
          <Item key={words} id={String(i)}>
            {words}
          </Item>
        ))}
      </Menu>
    </li>
  );
}
