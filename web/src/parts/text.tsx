/** Cuts a text that nobody could read in its place; characters are kept whole. */
export function cut(text: string, most: number): string {
  // A text is never shorter in characters than half its length, so most need no look at each.
  if (text.length <= most) return text;
  const kept = Array.from(text.slice(0, 2 * most)).slice(0, most);
  return `${kept.join("")}…`;
}

/** Whether a text shows anything: marks that steer the direction or have no width do not. */
function shows(text: string): boolean {
  return text.replace(/[\s\p{Cf}\p{Cc}\u115f\u1160\u3164\uffa0]/gu, "") !== "";
}

/** What an account is called: its handle, or its number. */
export function handleOf({
  account,
  id,
  row,
}: {
  account: string | null;
  id: string | null;
  row: number;
}): string {
  if (account !== null && shows(account)) return `@${account}`;
  return id !== null && shows(id) ? id : `row ${row}`;
}

/** A text that somebody else wrote, kept to itself: its direction does not turn what stands around it. */
export function Theirs({ children, most = 60 }: { children: string; most?: number }) {
  return <bdi>{cut(children, most)}</bdi>;
}

/** The name of an account as it calls itself; its handle where that shows nothing. */
export function nameOf(account: {
  account: string | null;
  id: string | null;
  row: number;
  name: string | null;
}): string {
  return account.name !== null && shows(account.name) ? account.name : handleOf(account);
}
