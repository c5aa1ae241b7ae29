import { useState } from "react";
import { ApiError, ask } from "../api.ts";
import { ChooseFile } from "../files/DropFile.tsx";
import { refusalOf } from "../files/refusal.ts";
import type { ColumnGuess } from "../files/types.ts";
import { cut } from "../format.ts";
import { Button } from "../parts/Button.tsx";
import { Dialog } from "../parts/Dialog.tsx";
import { type Option, Select } from "../parts/Select.tsx";
import { Theirs } from "../parts/Theirs.tsx";
import { makeList, noted } from "../people/api.ts";
import type { ListFacts, Setting } from "../people/types.ts";
import { Brought, type Marked } from "./Brought.tsx";

const USES = [
  { id: "never", words: "Never write to them" },
  { id: "contacted", words: "They have been written to" },
  { id: "tag", words: "Give them a tag" },
  { id: "list", words: "Put them on a list" },
] as const;

type Use = (typeof USES)[number]["id"];

/** Problem of a file of which nothing tells what its columns are. */
const COLUMNS_UNKNOWN = "urn:influencer-insights:problem:columns-unknown";

/** Why a list could not be taken. */
interface Trouble {
  /** What the list is called: the file's name. */
  readonly name: string;
  readonly words: string;
  /** What can be read instead, where something is said of it. */
  readonly expected: string | null;
}

/** Takes a list that somebody has, a file or handles, and marks those of it who are in the workspace. */
export function BringList({
  isOpen,
  close,
  lists,
}: {
  isOpen: boolean;
  close: () => void;
  lists: readonly ListFacts[];
}) {
  return (
    <Dialog title="Bring a list you have" isOpen={isOpen} close={close}>
      <Form close={close} lists={lists} />
    </Dialog>
  );
}

function Form({ close, lists }: { close: () => void; lists: readonly ListFacts[] }) {
  const [file, setFile] = useState<File | null>(null);
  const [text, setText] = useState("");
  const [use, setUse] = useState<Use>("never");
  const [name, setName] = useState("");
  const [busy, setBusy] = useState(false);
  const [done, setDone] = useState<Marked | null>(null);
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  // Where nothing tells which column has the accounts: all of them, and the one that is chosen.
  const [columns, setColumns] = useState<readonly ColumnGuess[] | null>(null);
  const [column, setColumn] = useState(0);
  const named = use === "tag" || use === "list";

  function choose(one: File | null): void {
    setFile(one);
    setTrouble(null);
    setColumns(null);
  }

  async function take(): Promise<void> {
    const sent = file ?? new File([text], "handles.txt", { type: "text/plain" });
    setBusy(true);
    setTrouble(null);
    try {
      const set = await settingOf(use, name.trim(), lists);
      const query = new URLSearchParams({ name: sent.name, set: JSON.stringify(set) });
      if (columns !== null) query.set("map", `account_id=${columns[column].name}`);
      const marked = await ask<Marked>(`/v1/people/marks?${query}`, { method: "POST", body: sent });
      noted(marked);
      setDone(marked);
    } catch (error) {
      const asked = columnsIn(error);
      if (asked === null) setTrouble(troubleOf(error, sent.name, file === null));
      else {
        setColumns(asked);
        setColumn(0);
      }
    } finally {
      setBusy(false);
    }
  }

  if (done !== null) return <Brought marked={done} close={close} />;
  return (
    <form
      className="bring-form"
      onSubmit={(event) => {
        event.preventDefault();
        void take();
      }}
    >
      <p className="note">
        People of the list who are among yours are found by id, handle or address. Nobody is added.
      </p>
      <div className="field">
        <span className="label">A file: CSV, Excel, or a text of handles</span>
        <ChooseFile add={([one]) => choose(one ?? null)}>{file?.name ?? "Choose a file"}</ChooseFile>
      </div>
      <div className="field">
        <label htmlFor="bring-text">Or handles, ids or addresses, one a line</label>
        <textarea
          id="bring-text"
          className="input"
          rows={4}
          placeholder={"@somebody\nhttps://www.tiktok.com/@another"}
          value={text}
          disabled={file !== null}
          onChange={(event) => {
            setText(event.target.value);
            setColumns(null);
          }}
        />
      </div>
      <Select label="What about them" value={use} options={USES} onChange={setUse} />
      {named && (
        <div className="field">
          <label htmlFor="bring-name">{use === "tag" ? "The tag" : "The list"}</label>
          <input
            id="bring-name"
            className="input"
            value={name}
            maxLength={100}
            required
            list={use === "list" ? "bring-lists" : undefined}
            onChange={(event) => setName(event.target.value)}
          />
          <datalist id="bring-lists">
            {lists.map((one) => (
              <option key={one.list} value={one.name} />
            ))}
          </datalist>
        </div>
      )}
      {columns !== null && (
        <>
          <Select
            label="Which column has the accounts?"
            value={String(column)}
            options={optionsOf(columns)}
            onChange={(place) => setColumn(Number(place))}
          />
          <p className="note" role="alert">
            The names of the columns in <Theirs>{file?.name ?? PASTED}</Theirs> do not say it. Its first line
            is taken as names: where that line names somebody, write names such as account and city above it
            first.
          </p>
        </>
      )}
      {trouble !== null && (
        <p className="trouble" role="alert">
          <strong>
            <Theirs>{trouble.name}</Theirs>
          </strong>
          : {trouble.words}
          {trouble.expected !== null && ` (can be read: ${trouble.expected})`}
        </p>
      )}
      <div className="actions">
        <Button look="quiet" onPress={close}>
          Cancel
        </Button>
        <Button
          look="primary"
          type="submit"
          isDisabled={busy || (file === null && text.trim() === "") || (named && name.trim() === "")}
        >
          {busy ? "Looking for them…" : "Find and mark them"}
        </Button>
      </div>
    </form>
  );
}

async function settingOf(use: Use, name: string, lists: readonly ListFacts[]): Promise<Setting> {
  if (use === "tag") return { add_tags: [name] };
  if (use !== "list") return { status: use };
  const known = lists.find((one) => one.name.toLowerCase() === name.toLowerCase());
  return { add_to: [known?.list ?? (await makeList(name))] };
}

/** What a text is called that was typed or pasted. */
const PASTED = "Your text";

/** The columns to choose from, where that is what is missing. */
function columnsIn(error: unknown): readonly ColumnGuess[] | null {
  return error instanceof ApiError && error.body.type === COLUMNS_UNKNOWN
    ? (error.body.columns as readonly ColumnGuess[])
    : null;
}

const optionsOf = (columns: readonly ColumnGuess[]): Option[] =>
  columns.map(({ name, values }, place) => ({
    id: String(place),
    words: name === "" ? "(no name)" : cut(name, 40),
    hint: cut(values.join(", "), 30),
  }));

function troubleOf(error: unknown, name: string, pasted: boolean): Trouble {
  const message = error instanceof Error ? error.message : String(error);
  const { words, expected } = refusalOf(message, name);
  return { name: pasted ? PASTED : name, words, expected };
}
