import { STATUSES } from "./Status.tsx";
import type { Status } from "./types.ts";

/** What a key does to the list. */
export type Deed =
  | { readonly does: "move"; readonly by: 1 | -1 }
  | { readonly does: "status"; readonly status: Status }
  | { readonly does: "select" | "open" | "close" | "note" | "search" | "undo" | "keys" | "all" };

/** The keys, for whoever asks for them. */
export const KEYS: readonly (readonly [string, string])[] = [
  ["j or ↓", "next person"],
  ["k or ↑", "person before"],
  ["Enter", "open the person beside the list"],
  ["Esc", "close the person, or let go of who is selected"],
  ["Space", "select, or let go"],
  ["a", "select all that are listed"],
  ["1 to 7", "status: new, to contact, contacted, answered, agreed, declined, never"],
  ["n", "write a note"],
  ["/", "search"],
  ["u", "take back what was done last"],
  ["?", "these keys"],
];

/**
 * What a key does; undefined for one that does nothing.
 *
 * @param where what has the focus: the list or nothing in particular, a control of the page, or something that is written in
 */
export function deedOf(
  { key, ctrlKey, metaKey, altKey }: Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey">,
  where: "list" | "control" | "text",
): Deed | undefined {
  if (ctrlKey || metaKey || altKey || where === "text") return undefined;
  if (/^[1-7]$/.test(key)) return { does: "status", status: STATUSES[Number(key) - 1] };
  const anywhere: Readonly<Record<string, Deed>> = {
    j: { does: "move", by: 1 },
    k: { does: "move", by: -1 },
    n: { does: "note" },
    "/": { does: "search" },
    u: { does: "undo" },
    "?": { does: "keys" },
    a: { does: "all" },
    Escape: { does: "close" },
  };
  // A button takes these for itself.
  const inList: Readonly<Record<string, Deed>> = {
    ArrowDown: { does: "move", by: 1 },
    ArrowUp: { does: "move", by: -1 },
    " ": { does: "select" },
    Enter: { does: "open" },
  };
  if (Object.hasOwn(anywhere, key)) return anywhere[key];
  return where === "list" && Object.hasOwn(inList, key) ? inList[key] : undefined;
}
