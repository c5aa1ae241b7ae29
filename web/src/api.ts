import { useEffect, useState } from "react";

/** What the server would not do, in its own words. */
export class ApiError extends Error {
  readonly status: number;

  constructor(status: number, detail: string) {
    super(detail);
    this.status = status;
  }
}

/**
 * Asks the server.
 *
 * @throws ApiError with the problem's words; a sentence that helps where there is no server
 */
export async function ask<Answer>(path: string, init: RequestInit = {}): Promise<Answer> {
  let response: Response;
  try {
    response = await fetch(path, { ...init, headers: { ...authorisation(), ...init.headers } });
  } catch (error) {
    if (init.signal?.aborted === true) throw error;
    throw new ApiError(0, "The server does not answer. Is insights serve still running?");
  }
  if (!response.ok) {
    const problem = await response.json().catch(() => ({}));
    throw new ApiError(response.status, problem.detail ?? `The server answered ${response.status}.`);
  }
  return response.status === 204 ? (undefined as Answer) : ((await response.json()) as Answer);
}

const TOKEN = "insights-token";

/** Keeps a token for this tab, where the server asks for one. */
export function keepToken(token: string): void {
  sessionStorage.setItem(TOKEN, token);
}

function authorisation(): Record<string, string> {
  const token = sessionStorage.getItem(TOKEN);
  return token === null ? {} : { authorization: `Bearer ${token}` };
}

/** An answer that is on its way, there, or not to be had. */
export interface Asked<Answer> {
  readonly answer: Answer | null;
  readonly error: ApiError | null;
  readonly loading: boolean;
  /** Asks again. */
  readonly again: () => void;
}

/** Asks the server for what a view shows, anew when the path changes. Null asks nothing. */
export function useAsk<Answer>(path: string | null): Asked<Answer> {
  const [turn, setTurn] = useState(0);
  const [state, setState] = useState<{ path: string | null; answer: Answer | null; error: ApiError | null }>({
    path: null,
    answer: null,
    error: null,
  });
  useEffect(() => {
    if (path === null) return;
    const controller = new AbortController();
    ask<Answer>(path, { signal: controller.signal })
      .then((answer) => setState({ path, answer, error: null }))
      .catch((error) => {
        if (controller.signal.aborted) return;
        setState({
          path,
          answer: null,
          error: error instanceof ApiError ? error : new ApiError(0, String(error)),
        });
      });
    return () => controller.abort();
  }, [path, turn]);
  const mine = state.path === path;
  return {
    answer: mine ? state.answer : null,
    error: mine ? state.error : null,
    loading: path !== null && !mine,
    again: () => setTurn((n) => n + 1),
  };
}
