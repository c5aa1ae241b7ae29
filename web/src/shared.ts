import { useSyncExternalStore } from "react";
import { ApiError, type Asked, ask } from "./api.ts";

/** What several views show of the server at a time: it is asked for once, while any of them is shown. */
export interface Shared<Answer> {
  /** For `useSyncExternalStore`. The first view asks; what was known before stays until the answer is there. */
  readonly subscribe: (changed: () => void) => () => void;
  readonly now: () => Asked<Answer>;
  /** Asks again, where any view shows it. */
  readonly again: () => void;
}

/** Makes what several views show of a path. */
export function createShared<Answer>(path: string): Shared<Answer> {
  const watchers = new Set<() => void>();
  let turn = 0;
  let state: Asked<Answer> = { answer: null, error: null, loading: true, again };

  function put(changes: Partial<Asked<Answer>>): void {
    state = { ...state, ...changes, loading: false };
    for (const changed of watchers) changed();
  }

  function again(): void {
    if (watchers.size === 0) return;
    const mine = ++turn;
    // An answer that was asked for before something changed may not know of it.
    const ifLast = (changes: Partial<Asked<Answer>>) => mine === turn && put(changes);
    ask<Answer>(path).then(
      (answer) => ifLast({ answer, error: null }),
      (error) => ifLast({ error: error instanceof ApiError ? error : new ApiError(0, String(error)) }),
    );
  }

  return {
    subscribe: (changed) => {
      watchers.add(changed);
      if (watchers.size === 1) again();
      return () => watchers.delete(changed);
    },
    now: () => state,
    again,
  };
}

/** Shows what several views show. */
export function useShared<Answer>({ subscribe, now }: Shared<Answer>): Asked<Answer> {
  return useSyncExternalStore(subscribe, now);
}
