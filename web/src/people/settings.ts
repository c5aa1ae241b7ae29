import { useEffect, useSyncExternalStore } from "react";
import type { SettingsFacts } from "../../../src/server/people/schemas.ts";
import { ApiError, ask } from "../api.ts";
import { tellTrouble } from "../parts/Toast.tsx";

/** The settings of the workspace, as far as this tab knows them; null until they are there. */
let known: SettingsFacts | null = null;
const watchers = new Set<() => void>();

function put(settings: SettingsFacts): void {
  known = settings;
  for (const changed of watchers) changed();
}

/** How somebody wants the page of this workspace; null until it is known. It is asked for anew each time that the list is opened. */
export function useSettings(): SettingsFacts | null {
  useEffect(() => {
    // Without an answer the list is shown as at first: it says itself that the server is gone.
    void ask<SettingsFacts>("/v1/settings").then(put, () => put(known ?? { columns: null, version: 0 }));
  }, []);
  return useSyncExternalStore(
    (changed) => {
      watchers.add(changed);
      return () => watchers.delete(changed);
    },
    () => known,
  );
}

let last: Promise<unknown> = Promise.resolve();

/** Shows and keeps other columns, one choice after the other. Where another tab was faster, what it chose is shown. */
export function chooseColumns(columns: readonly string[]): void {
  put({ columns: [...columns], version: known?.version ?? 0 });
  last = last.then(async () => {
    try {
      const { version } = await ask<SettingsFacts>("/v1/settings", {
        method: "PATCH",
        body: JSON.stringify({ columns, version: known?.version }),
        headers: { "content-type": "application/json" },
      });
      // Meanwhile others may have been chosen.
      put({ columns: known?.columns ?? null, version });
    } catch (error) {
      const present =
        error instanceof ApiError ? (error.body.present as SettingsFacts | undefined) : undefined;
      if (present !== undefined) put(present);
      tellTrouble(
        present === undefined
          ? `The columns could not be kept: ${error instanceof Error ? error.message : String(error)}`
          : "The columns were chosen anew in another tab: those are shown now.",
      );
    }
  });
}
