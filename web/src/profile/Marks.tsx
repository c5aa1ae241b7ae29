import { type ReactNode, useEffect, useRef, useState } from "react";
import { Button, IconButton } from "../parts/Button.tsx";
import { Icon } from "../parts/Icon.tsx";
import { Menu } from "../parts/Menu.tsx";
import { tellTrouble } from "../parts/Toast.tsx";
import { changePeople, makeList, useLists } from "../people/api.ts";
import { WordChoice } from "../people/BulkBar.tsx";
import { focusList } from "../people/grid.ts";
import { STATUS_WORDS, StatusDot, statusItems } from "../people/Status.tsx";
import type { PersonRow, Setting, Status } from "../people/types.ts";

/** What is noted about a person, each part changed where it stands. */
export function Marks({ row, tags }: { row: PersonRow; tags: readonly string[] }) {
  const lists = useLists() ?? [];
  const set = (setting: Setting) => changePeople({ people: [row.person] }, setting, row.version);
  const into = async (name: string) => {
    try {
      const list = lists.find((one) => one.name === name)?.list ?? (await makeList(name));
      await set({ add_to: [list] });
    } catch (error) {
      tellTrouble(error instanceof Error ? error.message : String(error));
    }
  };
  return (
    <section className="part marks" aria-label="Your marks">
      <dl className="properties">
        <Property name="Status">
          <Menu
            label="Status"
            selectionMode="single"
            selectedKeys={[row.status]}
            onAction={(key) => void set({ status: key as Status })}
            trigger={
              <Button look="quiet" className="value">
                <StatusDot status={row.status} /> {STATUS_WORDS[row.status]}
              </Button>
            }
          >
            {statusItems()}
          </Menu>
        </Property>
        <Property name="Owner">
          <WordChoice
            label="Owner"
            options={[]}
            choose={(owner) => void set({ owner })}
            trigger={
              <Button look="quiet" className="value">
                {row.owner === null ? <span className="unset">Nobody</span> : <bdi>{row.owner}</bdi>}
              </Button>
            }
          />
          {row.owner !== null && (
            <IconButton label="Without owner" className="reveal" onPress={() => void set({ owner: null })}>
              <Icon name="close" size={12} />
            </IconButton>
          )}
        </Property>
        <Property name="Tags">
          <Words words={row.tags} label="tag" remove={(tag) => void set({ remove_tags: [tag] })} />
          <WordChoice
            label="Tag"
            options={tags.filter((tag) => !row.tags.includes(tag))}
            choose={(tag) => void set({ add_tags: [tag] })}
            trigger={<Add label="Add a tag" empty={row.tags.length === 0} />}
          />
        </Property>
        <Property name="Lists">
          <Words
            words={row.lists.map(
              (number) => lists.find(({ list }) => list === number)?.name ?? `list ${number}`,
            )}
            label="list"
            remove={(_, i) => void set({ remove_from: [row.lists[i]] })}
          />
          <WordChoice
            label="List"
            options={lists.filter(({ list }) => !row.lists.includes(list)).map(({ name }) => name)}
            choose={(name) => void into(name)}
            trigger={<Add label="Add to a list" empty={row.lists.length === 0} />}
          />
        </Property>
      </dl>
      <Note key={row.person} note={row.note} save={(note) => set({ note })} />
    </section>
  );
}

function Property({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Add({ label, empty, ...props }: { label: string; empty: boolean }) {
  return empty ? (
    <Button {...props} look="quiet" className="value">
      <span className="unset">{label}</span>
    </Button>
  ) : (
    <Button {...props} look="quiet" className="icon" aria-label={label}>
      <Icon name="plus" size={12} />
    </Button>
  );
}

/** Words as labels, each with a way to take it away. */
function Words({
  words,
  label,
  remove,
}: {
  words: readonly string[];
  label: string;
  remove: (word: string, index: number) => void;
}) {
  return words.map((word, i) => (
    <span key={word} className="word">
      <bdi>{word}</bdi>
      <button type="button" aria-label={`Without ${label} ${word}`} onClick={() => remove(word, i)}>
        <Icon name="close" size={12} />
      </button>
    </span>
  ));
}

/** A note, kept when one leaves it; Esc leaves it, too. */
function Note({ note, save }: { note: string | null; save: (note: string | null) => Promise<boolean> }) {
  const [text, setText] = useState(note ?? "");
  const field = useRef<HTMLTextAreaElement>(null);
  const kept = useRef(note ?? "");
  // Somebody else has changed it, or it was taken back. What is being written stays.
  useEffect(() => {
    if (document.activeElement !== field.current) setText(note ?? "");
    kept.current = note ?? "";
  }, [note]);
  useEffect(() => {
    if (field.current === null) return;
    field.current.style.blockSize = "auto";
    field.current.style.blockSize = `${field.current.scrollHeight + 2}px`;
  }, [text]);
  const leave = () => {
    const next = text.trim();
    if (next !== kept.current.trim()) void save(next === "" ? null : next);
  };
  return (
    <textarea
      id="person-note"
      ref={field}
      className="input note-field"
      aria-label="Note"
      placeholder="Write a note (n)"
      rows={1}
      maxLength={10_000}
      value={text}
      onChange={(event) => setText(event.target.value)}
      onBlur={leave}
      onKeyDown={(event) => {
        if (event.key !== "Escape" && !(event.key === "Enter" && (event.ctrlKey || event.metaKey))) return;
        event.preventDefault();
        event.stopPropagation();
        focusList();
      }}
    />
  );
}
