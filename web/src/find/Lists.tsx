import { useState } from "react";
import { ask, askFile } from "../api.ts";
import { BarButton, Button } from "../parts/Button.tsx";
import { PopDialog } from "../parts/Dialog.tsx";
import { Icon } from "../parts/Icon.tsx";
import { tell } from "../parts/Toast.tsx";
import { listsChanged, makeList, useLists } from "../people/api.ts";
import type { Changed, ListFacts } from "../people/types.ts";
import { BringList } from "./BringList.tsx";
import type { FindProps } from "./Filters.tsx";
import { NamedRow, NameForm } from "./Named.tsx";
import { exportAddress, openList } from "./query.ts";
import { sendJson, tellFailed } from "./Searches.tsx";

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
          <BarButton
            className={open === undefined ? "" : "with-name"}
            icon="list"
            words="Lists"
            tip="Lists of people that you made or bring along"
            shown={open?.name}
          />
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
              keep={(name) => void makeList(name).catch((error) => tellFailed(error, "list"))}
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

/** Does something with a list; says what went wrong, where something did. */
async function tried(deed: () => Promise<unknown>): Promise<void> {
  try {
    await deed();
  } catch (error) {
    tellFailed(error, "list");
  } finally {
    listsChanged();
  }
}

const rename = ({ list, version }: ListFacts, name: string) =>
  tried(() => sendJson("PATCH", `/v1/lists/${list}`, { name, version }));

const remove = ({ list, name, version }: ListFacts) =>
  tried(async () => {
    const { change } = await ask<Changed>(`/v1/lists/${list}?version=${version}`, { method: "DELETE" });
    const back = () => void tried(() => ask(`/v1/changes/${change}/undo`, { method: "POST" }));
    tell(`The list “${name}” is deleted. Its people stay.`, change === null ? {} : { undo: back });
  });

/** Hands over a list as a file that this tool and others read. */
const share = ({ list }: ListFacts) =>
  tried(async () => {
    const address = exportAddress(new URLSearchParams({ lists: String(list), statuses: "all" }), {
      ...{ format: "csv", columns: null, merge: false, contacts: true, most: null },
    });
    let handed = false;
    await askFile({ preventDefault: () => (handed = true) }, address);
    if (handed) return;
    const link = document.createElement("a");
    link.href = address;
    link.download = "";
    link.click();
  });
