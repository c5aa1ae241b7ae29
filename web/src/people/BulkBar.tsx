import { useState } from "react";
import { countOf } from "../../../src/base/words.ts";
import { wholeCount } from "../format.ts";
import { Button, IconButton } from "../parts/Button.tsx";
import { PopDialog } from "../parts/Dialog.tsx";
import { Icon } from "../parts/Icon.tsx";
import { Menu } from "../parts/Menu.tsx";
import { ComboBox } from "../parts/Select.tsx";
import { tellTrouble } from "../parts/Toast.tsx";
import { changePeople, makeList, useLists } from "./api.ts";
import { statusItems } from "./Status.tsx";
import { countSelected, everybody, NOBODY, type Selection, whomOf } from "./selection.ts";
import type { Setting, Status } from "./types.ts";

/** Accounts that fit side by side. */
export const MOST_COMPARED = 5;

interface BulkProps {
  readonly selection: Selection;
  readonly select: (selection: Selection) => void;
  /** How many match in all, and the filter that says so. */
  readonly total: number;
  readonly filter: Readonly<Record<string, string>>;
  readonly tags: readonly string[];
  readonly compare: (people: readonly number[]) => void;
  readonly alike: (people: readonly number[]) => void;
}

/** What can be done with who is selected. */
export function BulkBar({ selection, select, total, filter, tags, compare, alike }: BulkProps) {
  const count = countSelected(selection);
  const lists = useLists() ?? [];
  if (count === 0) return null;
  const set = (setting: Setting) => void changePeople(whomOf(selection), setting);
  const some = "people" in selection ? [...selection.people] : [];
  return (
    <div className="bulk" role="toolbar" aria-label="With who is selected">
      <span className="count" role="status">
        {wholeCount(count)} selected
      </span>
      <IconButton
        label={`Let go of ${countOf(count, "person", "people")}`}
        hint="Esc"
        onPress={() => select(NOBODY)}
      >
        <Icon name="close" />
      </IconButton>
      {count < total && (
        <Button look="quiet" onPress={() => select(everybody(filter, total))}>
          Select all {wholeCount(total)} that match
        </Button>
      )}
      <Menu
        trigger={<Button look="quiet">Status</Button>}
        label="Status"
        onAction={(key) => set({ status: key as Status })}
      >
        {statusItems()}
      </Menu>
      <WordChoice label="Tag" options={tags} choose={(tag) => set({ add_tags: [tag] })} />
      <WordChoice
        label="List"
        options={lists.map(({ name }) => name)}
        choose={async (name) => {
          try {
            const list = lists.find((one) => one.name === name)?.list ?? (await makeList(name));
            set({ add_to: [list] });
          } catch (error) {
            tellTrouble(String(error instanceof Error ? error.message : error));
          }
        }}
      />
      <WordChoice label="Owner" options={[]} choose={(owner) => set({ owner })} />
      {some.length > 1 && some.length <= MOST_COMPARED && (
        <Button look="quiet" onPress={() => compare(some)}>
          Compare
        </Button>
      )}
      {some.length > 0 && some.length <= 50 && (
        <Button look="quiet" onPress={() => alike(some)}>
          Find alike
        </Button>
      )}
    </div>
  );
}

/** A button that asks for a word: one that is there, or a new one. */
export function WordChoice({
  label,
  options,
  choose,
  trigger,
}: {
  label: string;
  options: readonly string[];
  choose: (word: string) => void;
  trigger?: React.ReactElement;
}) {
  const [turn, setTurn] = useState(0);
  return (
    <PopDialog trigger={trigger ?? <Button look="quiet">{label}</Button>} label={label}>
      {({ close }) => {
        const take = (word: string) => {
          close();
          setTurn(turn + 1);
          choose(word);
        };
        return (
          <div className="word-choice">
            <ComboBox
              key={turn}
              label={`${label}: choose or type a new one`}
              options={options.map((word) => ({ id: word, words: word }))}
              placeholder="Choose or type, then Enter"
              onChoose={take}
              onText={take}
              autoFocus
            />
          </div>
        );
      }}
    </PopDialog>
  );
}
