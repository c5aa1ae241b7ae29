/** Whom a piece of text names: an account by its handle (without @) or number, or why it names none. */
export type Named =
  | { readonly handle: string }
  | { readonly id: string }
  | { readonly wrong: "short_link" | "other_site" | "no_account" };

/** What is wrong with a piece that names no account, in words. */
export const WRONG_WORDS: Readonly<Record<Extract<Named, { wrong: string }>["wrong"], string>> = {
  short_link: "a short link does not tell whose it is: open it, and copy the address with the @",
  other_site: "an address that is not on TikTok",
  no_account: "no handle, address of a profile or account number",
};

/** A letter or digit of any script; TikTok itself gives out ASCII, full stops and underscores. */
const HANDLE = /^@?([\p{L}\p{N}_.]{1,24})$/u;
const ADDRESS = /^(?:https?:\/\/)?((?:[\w-]+\.)*tiktok\.com)(?:\/([^?#]*))?(?:[?#].*)?$/iu;

/**
 * Tells whom a handle (`ann`, `@ann`), an address (`https://www.tiktok.com/@ann?lang=en`, of a profile or a video of it) or an
 * account number names. An apostrophe in front, as spreadsheets take it, does not count.
 */
export function accountNamed(piece: string): Named {
  const text = piece.trim().replace(/^'(?=[@\p{L}\p{N}])/u, "");
  const address = ADDRESS.exec(text);
  if (address !== null) {
    const [, host, path = ""] = address;
    const handle = /^@([^/\s]+)/.exec(path)?.[1];
    if (handle !== undefined) return { handle: decoded(handle) };
    return { wrong: /^v[mt]\./i.test(host) || /^t\//.test(path) ? "short_link" : "no_account" };
  }
  if (/^(?:https?:\/\/|www\.)/i.test(text)) return { wrong: "other_site" };
  if (/^\d{15,20}$/.test(text)) return { id: text };
  const handle = HANDLE.exec(text)?.[1];
  return handle === undefined ? { wrong: "no_account" } : { handle };
}

/** Whether a piece says by itself that it names an account: a handle with its @, or an address. */
export function isMarked(piece: string): boolean {
  return (
    /^'?@[\p{L}\p{N}_.]+$/u.test(piece) || /^(?:https?:\/\/|www\.)\S+$/i.test(piece) || ADDRESS.test(piece)
  );
}

/** A part of an address with its percent signs resolved, where they can be. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
