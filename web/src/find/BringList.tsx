import { useState } from "react";
import { countOf } from "../../../src/base/words.ts";
import { ask } from "../api.ts";
import { ChooseFile } from "../files/DropFile.tsx";
import { Button } from "../parts/Button.tsx";
import { Dialog } from "../parts/Dialog.tsx";
import { Select } from "../parts/Select.tsx";
import { makeList, noted } from "../people/api.ts";
import type { Changed, ListFacts, Setting } from "../people/types.ts";

const USES = [
  { id: "never", words: "Never write to them" },
  { id: "contacted", words: "They have been written to" },
  { id: "tag", words: "Give them a tag" },
  { id: "list", words: "Put them on a list" },
] as const;

type Use = (typeof USES)[number]["id"];

/** What came of it. */
type Marked = Changed & { readonly unknown: readonly string[]; readonly nameless: number };

/** Names that are told of those whom the workspace does not know. */
const MOST_TOLD = 12;

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
  const [trouble, setTrouble] = useState<string | null>(null);
  const named = use === "tag" || use === "list";

  async function take(): Promise<void> {
    const sent = file ?? new File([text], "handles.txt", { type: "text/plain" });
    setBusy(true);
    setTrouble(null);
    try {
      const set = await settingOf(use, name.trim(), lists);
      const words = new URLSearchParams({ name: sent.name, set: JSON.stringify(set) });
      const marked = await ask<Marked>(`/v1/people/marks?${words}`, { method: "POST", body: sent });
      noted(marked);
      setDone(marked);
    } catch (error) {
      setTrouble(error instanceof Error ? error.message : String(error));
    } finally {
      setBusy(false);
    }
  }

  if (done !== null) return <Done marked={done} close={close} />;
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
        <ChooseFile add={([one]) => setFile(one ?? null)}>{file?.name ?? "Choose a file"}</ChooseFile>
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
          onChange={(event) => setText(event.target.value)}
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
      {trouble !== null && (
        <p className="trouble" role="alert">
          {trouble}
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

function Done({
  marked: { people, words, unknown, nameless },
  close,
}: {
  marked: Marked;
  close: () => void;
}) {
  return (
    <div className="bring-form">
      <p role="status">{people === 0 ? "Nothing was to be changed." : `Done: ${words}.`}</p>
      {unknown.length > 0 && (
        <p className="note">
          {countOf(unknown.length, "name")} of the list {unknown.length === 1 ? "is" : "are"} nobody of yours:{" "}
          <bdi>{unknown.slice(0, MOST_TOLD).join(", ")}</bdi>
          {unknown.length > MOST_TOLD && ` and ${countOf(unknown.length - MOST_TOLD, "other")}`}
        </p>
      )}
      {nameless > 0 && <p className="note">{countOf(nameless, "record")} of the list told no name.</p>}
      <div className="actions">
        <Button look="primary" onPress={close}>
          Close
        </Button>
      </div>
    </div>
  );
}
