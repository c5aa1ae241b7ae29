import { useState } from "react";
import { ApiError, ask, askFile } from "../api.ts";
import { Button } from "../parts/Button.tsx";
import { PopDialog } from "../parts/Dialog.tsx";
import { Icon } from "../parts/Icon.tsx";
import { tell, tellTrouble } from "../parts/Toast.tsx";
import { listsChanged, makeList, useLists } from "../people/api.ts";
import type { ListFacts } from "../people/types.ts";
import { BringList } from "./BringList.tsx";
import type { FindProps } from "./Filters.tsx";
import { NamedRow, NameForm } from "./Named.tsx";
import { exportAddress, openList } from "./query.ts";
import { sendJson } from "./Searches.tsx";

/** Lists of people: made, opened, renamed, deleted, shared as a file; and a list from elsewhere brought in. */
export function Lists({ query, change }: FindProps) {
  const lists = useLists() ?? [];
  const [bringing, bring] = useState(false);
  const open = lists.find(({ list }) => String(list) === query.get("lists"));
  return (
    <>
      <PopDialog
        label="Lists"
        trigger={
          <Button className={open === undefined ? "" : "with-name"}>
            <Icon name="list" />
            <bdi className="on-desk">{open === undefined ? "Lists" : open.name}</bdi>
          </Button>
        }
      >
        {({ close }) => (
          <div className="find-pop">
            {lists.length === 0 && (
              <p className="note">No list yet. Make one, then put selected people on it.</p>
            )}
            {lists.length > 0 && (
              <ul className="named-list">
                {lists.map((one) => (
                  <NamedRow
                    key={one.list}
                    name={one.name}
                    count={one.people}
                    current={one === open}
                    open={() =>
                      change(one === open ? { lists: undefined, statuses: undefined } : openList(one.list))
                    }
                    rename={(name) => void rename(one, name)}
                    remove={() => {
                      void remove(one);
                      if (one === open) change({ lists: undefined, statuses: undefined });
                    }}
                    deeds={[{ words: "Share as a file", do: () => void share(one) }]}
                  />
                ))}
              </ul>
            )}
            <NameForm
              label="Name of the new list"
              button="Make"
              placeholder="New list…"
              keep={(name) => void tried(() => makeList(name))}
            />
            <Button
              look="quiet"
              className="bring"
              onPress={() => {
                close();
                bring(true);
              }}
            >
              <Icon name="plus" /> Bring a list you have
            </Button>
          </div>
        )}
      </PopDialog>
      <BringList isOpen={bringing} close={() => bring(false)} lists={lists} />
    </>
  );
}

/** Says what went wrong, where something did. */
export async function tried(deed: () => Promise<unknown>): Promise<void> {
  try {
    await deed();
  } catch (error) {
    tellTrouble(error instanceof Error ? error.message : String(error));
  }
}

const rename = ({ list, version }: ListFacts, name: string) =>
  tried(async () => {
    try {
      await sendJson("PATCH", `/v1/lists/${list}`, { name, version });
    } catch (error) {
      const present = error instanceof ApiError ? error.body.present : undefined;
      if (present === undefined) throw error;
      tellTrouble(
        "Somebody changed this list a moment ago. What is there now is shown; nothing was overwritten.",
      );
    } finally {
      listsChanged();
    }
  });

const remove = ({ list, name }: ListFacts) =>
  tried(async () => {
    const done = await ask<{ readonly change: number | null } | undefined>(`/v1/lists/${list}`, {
      method: "DELETE",
    });
    listsChanged();
    const change = done?.change ?? null;
    const back = () =>
      void tried(async () => {
        await ask(`/v1/changes/${change}/undo`, { method: "POST" });
        listsChanged();
      });
    tell(`The list “${name}” is deleted. Its people stay.`, change === null ? {} : { undo: back });
  });

/** Hands over a list as a file that this tool and others read. */
const share = ({ list }: ListFacts) =>
  tried(async () => {
    const address = exportAddress(new URLSearchParams({ lists: String(list), statuses: "all" }), {
      ...{ format: "csv", columns: null, merge: false, contacts: true, most: null, people: [] },
    });
    let handed = false;
    await askFile({ preventDefault: () => (handed = true) }, address);
    if (handed) return;
    const link = document.createElement("a");
    link.href = address;
    link.download = "";
    link.click();
  });
