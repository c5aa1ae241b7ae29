import { useEffect, useState } from "react";

/** What the server would not do, in its own words. */
export class ApiError extends Error {
  readonly status: number;
  /** The whole problem document: some tell more than words. */
  readonly body: Readonly<Record<string, unknown>>;

  /** Whether the same may work another time: nobody answered, there was no room, too much was to be done, or a job is gone. */
  get transient(): boolean {
    return [0, 404, 408].includes(this.status) || this.status >= 429;
  }

  constructor(status: number, detail: string, body: Readonly<Record<string, unknown>> = {}) {
    super(detail);
    this.status = status;
    this.body = body;
  }
}

/** Milliseconds that an answer nobody has taken is kept: later it may be of what was. */
const FRESH = 5000;

/** Answers that were asked for before anybody wanted them, by path. */
const ahead = new Map<string, Promise<Response>>();

/** Asks the server for what {@link ask} will be asked first: that takes this answer, once. */
export function askAhead(path: string): void {
  const answer = fetch(path, { headers: authorisation() });
  ahead.set(path, answer);
  const drop = () => setTimeout(() => ahead.delete(path), FRESH);
  // Whoever takes it hears of what went wrong.
  answer.then(drop, drop);
}

function takeAhead(path: string): Promise<Response> | undefined {
  const answer = ahead.get(path);
  ahead.delete(path);
  return answer;
}

/**
 * Asks the server.
 *
 * @throws ApiError with the problem's words; a sentence that helps where there is no server
 */
export async function ask<Answer>(path: string, init: RequestInit = {}): Promise<Answer> {
  let response: Response;
  try {
    const early = init.method === undefined ? takeAhead(path) : undefined;
    response = await (early ?? fetch(path, { ...init, headers: { ...authorisation(), ...init.headers } }));
  } catch (error) {
    if (init.signal?.aborted === true) throw error;
    throw new ApiError(0, "The server does not answer. Is insights serve still running?");
  }
  await requireOk(response);
  return response.status === 204 ? (undefined as Answer) : ((await response.json()) as Answer);
}

async function requireOk(response: Response): Promise<void> {
  if (response.ok) return;
  if (response.status === 401) dispatchEvent(new Event(LOCKED));
  const problem = await response.json().catch(() => ({}));
  throw new ApiError(response.status, wordsOf(problem) ?? `The server answered ${response.status}.`, problem);
}

/** A problem's words, and which part of the request it is about. */
function wordsOf(problem: {
  detail?: string;
  errors?: { path: string; message: string }[];
}): string | undefined {
  const parts = (problem.errors ?? []).map(({ path, message }) =>
    path === "" ? message : `${path}: ${message}`,
  );
  return parts.length === 0 ? problem.detail : `${problem.detail ?? ""} ${parts.join("; ")}`.trim();
}

/**
 * Lets a link to a file be followed; where the server asks for a token, which a link cannot carry, the file is fetched and handed
 * over.
 *
 * @throws ApiError with the server's words
 */
export async function askFile(event: { preventDefault: () => void }, address: string): Promise<void> {
  if (sessionStorage.getItem(TOKEN) === null) return;
  event.preventDefault();
  const response = await fetch(address, { headers: authorisation() });
  await requireOk(response);
  const link = document.createElement("a");
  link.href = URL.createObjectURL(await response.blob());
  link.download =
    /filename="([^"]+)"/.exec(response.headers.get("content-disposition") ?? "")?.[1] ?? "shortlist";
  link.click();
  URL.revokeObjectURL(link.href);
}

/** Told of when the server asks for a token. */
export const LOCKED = "locked";

const TOKEN = "insights-token";

/** Keeps a token for this tab, where the server asks for one. */
export function keepToken(token: string): void {
  sessionStorage.setItem(TOKEN, token);
}

/** Headers that say who asks, where the server wants to know. */
export function authorisation(): Record<string, string> {
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

/** How a file is to be read, as parameters of its upload; `map` holds lines `canonical=source`. */
export type Reading = Readonly<Partial<Record<"decimal" | "sheet" | "encoding", string>>> & {
  readonly map?: readonly string[];
};

/**
 * Sends a file, with how it is to be read, telling how much of it has gone: 0 to 1.
 *
 * @throws ApiError with the server's words, or why the file could not be sent
 */
export function upload<Answer>(
  path: string,
  file: File,
  {
    reading: { map = [], ...said },
    onProgress,
    signal,
  }: { reading: Reading; onProgress: (share: number) => void; signal?: AbortSignal },
): Promise<Answer> {
  const query = new URLSearchParams({ name: file.name, ...said });
  for (const pair of map) query.append("map", pair);
  return new Promise((resolve, reject) => {
    // fetch() does not tell how much of a body has been sent.
    const request = new XMLHttpRequest();
    request.open("POST", `${path}?${query}`);
    for (const [name, value] of Object.entries(authorisation())) request.setRequestHeader(name, value);
    request.responseType = "json";
    request.upload.onprogress = ({ loaded, total }) => onProgress(total === 0 ? 0 : loaded / total);
    request.onload = () => {
      if (request.status === 202) {
        resolve(request.response);
        return;
      }
      const words = wordsOf(request.response ?? {}) ?? `The server answered ${request.status}.`;
      reject(new ApiError(request.status, words));
    };
    request.onabort = () => reject(new ApiError(0, "Stopped."));
    request.onerror = async () => {
      // A browser holds a name, not the bytes: they may have changed since they were chosen.
      const readable = await file
        .slice(0, 1)
        .arrayBuffer()
        .then(
          () => true,
          () => false,
        );
      const words = readable
        ? "The file could not be sent. Is insights serve still running?"
        : "The file cannot be read any more: it was changed or moved since it was chosen, or is a folder. Choose it again.";
      // Nothing but another choice helps.
      reject(new ApiError(readable ? 0 : 410, words));
    };
    signal?.addEventListener("abort", () => request.abort());
    request.send(file);
  });
}
