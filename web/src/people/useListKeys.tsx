import { type RefObject, useEffect, useRef } from "react";
import { Dialog } from "../parts/Dialog.tsx";
import { HEIGHT } from "./Grid.tsx";
import { placeAfter } from "./grid.ts";
import { deedOf, KEYS } from "./keys.ts";
import type { Status } from "./types.ts";

/** What keys can ask of the list. */
export interface KeyDeeds {
  readonly move: (by: 1 | -1) => void;
  /** Goes far: by a page, to an end. */
  readonly page: (place: (active: number) => number) => void;
  readonly status: (status: Status) => void;
  readonly select: () => void;
  readonly open: () => void;
  readonly close: () => void;
  readonly note: () => void;
  readonly search: () => void;
  readonly undo: () => void;
  readonly keys: () => void;
  readonly all: () => void;
}

/** What has the focus, as far as keys go; null where keys are not the list's. */
function whereOf(target: EventTarget | null, frame: Element | null): "list" | "control" | "text" | null {
  if (!(target instanceof Element)) return null;
  if (target.closest('[role="dialog"], [role="menu"], [role="listbox"]') !== null) return null;
  if (target.closest('input:not([type="checkbox"]), textarea, select, [contenteditable]') !== null)
    return "text";
  return target === frame || target === document.body || target.id === "main" ? "list" : "control";
}

/** Lets keys work on the list, wherever the focus is, unless something is written or a dialog is open. */
export function useListKeys(frame: RefObject<HTMLDivElement | null>, deeds: KeyDeeds): void {
  const latest = useRef(deeds);
  latest.current = deeds;
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.defaultPrevented) return;
      const where = whereOf(event.target, frame.current);
      if (where === null) return;
      const deed = deedOf(event, where);
      if (deed === undefined) {
        if (where !== "list" || event.ctrlKey || event.metaKey || event.altKey) return;
        const rows = Math.max(1, Math.floor((frame.current?.clientHeight ?? 0) / HEIGHT.wide) - 2);
        if (placeAfter(event.key, 0, rows, 2) === undefined) return;
        event.preventDefault();
        latest.current.page(
          (active) => placeAfter(event.key, active, rows, Number.MAX_SAFE_INTEGER) ?? active,
        );
        return;
      }
      event.preventDefault();
      const does = latest.current;
      if (deed.does === "move") does.move(deed.by);
      else if (deed.does === "status") does.status(deed.status);
      else does[deed.does]();
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, [frame]);
}

/** The keys of the list. */
export function KeysDialog({ isOpen, close }: { isOpen: boolean; close: () => void }) {
  return (
    <Dialog title="Keys" isOpen={isOpen} close={close}>
      <dl className="key-list">
        {KEYS.map(([key, words]) => (
          <div key={key} style={{ display: "contents" }}>
            <dt>{key}</dt>
            <dd>{words}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
