import { useEffect, useState } from "react";
import { ApiError, ask, useAsk } from "../api.ts";
import { BarButton, Button } from "../parts/Button.tsx";
import { PopDialog } from "../parts/Dialog.tsx";
import { tell, tellTrouble } from "../parts/Toast.tsx";
import type { SearchFacts } from "../people/types.ts";
import type { FindProps } from "./Filters.tsx";
import { NamedRow, NameForm } from "./Named.tsx";
import { keptQuery, openQuery } from "./query.ts";

/** Searches that were given a name: what is on screen is saved, opened, renamed, brought up to date, deleted. */
export function Searches({ query, change }: FindProps) {
  const { searches, deeds } = useSearches();
  const words = keptQuery(query);
  const open = searches.find(({ search }) => String(search) === query.get("saved"));
  const differs = open !== undefined && keptQuery(new URLSearchParams(open.query)) !== words;
  return (
    <PopDialog
      label="Saved searches"
      trigger={
        <BarButton
          className={open === undefined ? "" : "with-name"}
          icon="star"
          words="Searches"
          tip="Filters and orders that you saved"
          shown={open?.name}
          note={differs ? "changed" : undefined}
        />
      }
    >
      <div className="find-pop">
        {searches.length === 0 && (
          <p className="note">
            A saved search keeps the filters and the order. Open it next month and see who is new in it.
          </p>
        )}
        {searches.length > 0 && (
          <ul className="named-list">
            {searches.map((one) => (
              <NamedRow
                key={one.search}
                name={one.name}
                current={one === open}
                open={() => change(openQuery(one.query, one.search))}
                rename={(name) => void deeds.change(one, { name })}
                remove={() => {
                  void deeds.remove(one);
                  if (one === open) change({ saved: undefined });
                }}
              >
                {one === open && differs && (
                  <Button look="quiet" onPress={() => void deeds.change(one, { query: words })}>
                    Update
                  </Button>
                )}
              </NamedRow>
            ))}
          </ul>
        )}
        {words === "" ? (
          <p className="note">Set a filter or an order, then save it here.</p>
        ) : (
          <NameForm
            label="Name of the new search"
            button="Save"
            placeholder="Save what is on screen as…"
            keep={async (name) => {
              const made = await deeds.make(name, words);
              if (made !== null) change({ saved: String(made.search) });
            }}
          />
        )}
      </div>
    </PopDialog>
  );
}

type Part = { readonly name: string } | { readonly query: string };

function useSearches() {
  const { answer, again } = useAsk<readonly SearchFacts[]>("/v1/searches");
  // What was there stays while it is asked for anew.
  const [searches, setSearches] = useState<readonly SearchFacts[]>([]);
  useEffect(() => {
    if (answer !== null) setSearches(answer);
  }, [answer]);

  async function done<Answer>(deed: () => Promise<Answer>): Promise<Answer | null> {
    try {
      return await deed();
    } catch (error) {
      tellFailed(error, "search");
      return null;
    } finally {
      again();
    }
  }
  const make = (name: string, query: string) =>
    done(async () => {
      const made = await sendJson<SearchFacts>("POST", "/v1/searches", { name, query });
      tell(`Saved as “${made.name}”.`);
      return made;
    });
  return {
    searches,
    deeds: {
      make,
      change: ({ search, name, version }: SearchFacts, part: Part) =>
        done(async () => {
          await sendJson("PATCH", `/v1/searches/${search}`, { ...part, version });
          tell(
            "name" in part ? `“${name}” is called “${part.name}” now.` : `“${name}” keeps what is on screen.`,
          );
        }),
      remove: ({ search, name, query, version }: SearchFacts) =>
        done(async () => {
          await ask(`/v1/searches/${search}?version=${version}`, { method: "DELETE" });
          tell(`“${name}” is deleted.`, { undo: () => void make(name, query) });
        }),
    },
  };
}

/** Says why something with a name could not be changed: where somebody else was faster, that nothing of theirs was lost. */
export function tellFailed(error: unknown, what: "search" | "list"): void {
  const stale = error instanceof ApiError && error.body.present !== undefined;
  tellTrouble(
    stale
      ? `Somebody changed this ${what} a moment ago. What is there now is shown; nothing was overwritten.`
      : error instanceof Error
        ? error.message
        : String(error),
  );
}

/** Sends JSON. @throws ApiError */
export function sendJson<Answer>(method: "POST" | "PATCH", path: string, body: unknown): Promise<Answer> {
  const headers = { "content-type": "application/json" };
  return ask<Answer>(path, { method, body: JSON.stringify(body), headers });
}
