/**
 * A fault of the server's for its log: what kind it was and where in the program, without its words. Those of the database
 * and of JSON repeat what stood in a record, and a log holds no personal data.
 */
export function faultInLog(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const { code } = error as NodeJS.ErrnoException;
  const stack = error.stack ?? "";
  const words = stack.indexOf(error.message);
  // Below the words: they may have lines that look like places.
  const place = /^\s+at (.+)$/m.exec(words === -1 ? "" : stack.slice(words + error.message.length));
  const kind = typeof code === "string" ? `${error.name} ${code}` : error.name;
  return place === null ? kind : `${kind} at ${place[1]}`;
}
