/** A value of a JSON text whose end may not be known. */
export interface Outline {
  readonly kind: "object" | "array" | "string" | "word";
  /** Offset of its first character. */
  readonly start: number;
  /** Offset just after it; -1 where the text ends before. */
  end: number;
  /** Of an object: its members, in their order, by their keys as UTF-8 without escapes. */
  readonly members: [key: string, value: Outline][];
  /** Of an array: its first items. */
  readonly items: Outline[];
  /** How many items or members it has, as far as is known. */
  count: number;
  /** Of a string, as it stands between its quotes; of a word or number, itself. */
  readonly text: string;
}

/** Items of an array and members of an object that are kept. */
const MOST_PARTS = 1000;
const MOST_LEVELS = 64;

/** A string that the text cuts off counts as closed at its end: the search must not begin again at every quote in it. */
const TOKEN = /"([^"\\]*(?:\\.[^"\\]*)*)("|\\?$)|[{}[\],:]|[^\s{}[\],:"]+/gs;

/**
 * The values that stand one after another in the beginning of a JSON text, as far as it goes. What is no JSON is passed over, so
 * that a flaw or two does not hide what the text is.
 *
 * @param text UTF-8, a byte a character, which keeps offsets right
 */
export function outlinesOf(text: string): Outline[] {
  const top: Outline[] = [];
  const open: Outline[] = [];
  let key: string | undefined;
  let last: Outline | undefined;
  const place = (value: Outline) => {
    const parent = open.at(-1);
    if (parent === undefined) {
      top.push(value);
    } else {
      parent.count++;
      if (parent.kind === "array") {
        if (parent.items.length < MOST_PARTS) parent.items.push(value);
      } else if (parent.members.length < MOST_PARTS) {
        parent.members.push([key ?? "", value]);
      }
    }
    key = undefined;
    last = value;
  };
  for (const match of text.matchAll(TOKEN)) {
    const [token, string, closing] = match;
    const end = match.index + token.length;
    if (token === "{" || token === "[") {
      if (open.length === MOST_LEVELS) break;
      const value = outline(token === "{" ? "object" : "array", match.index, "");
      place(value);
      open.push(value);
    } else if (token === "}" || token === "]") {
      const value = open.pop();
      if (value !== undefined) value.end = end;
      if (open.length === 0 && top.length >= MOST_PARTS) break;
    } else if (token === ":") {
      // The string before was a key.
      const parent = open.at(-1);
      if (parent?.kind === "object" && last?.kind === "string" && parent.members.at(-1)?.[1] === last) {
        parent.members.pop();
        parent.count--;
        key = plainText(last.text);
      }
    } else if (token !== ",") {
      const value = outline(string === undefined ? "word" : "string", match.index, string ?? token);
      value.end = closing === "" || closing === "\\" ? -1 : end;
      place(value);
    }
  }
  return top;
}

/** A string without its escapes, of UTF-8 with a byte a character; as it stands where an escape is wrong. */
function plainText(written: string): string {
  const text = /[^\0-\x7f]/.test(written) ? Buffer.from(written, "latin1").toString() : written;
  if (!text.includes("\\")) return text;
  try {
    return JSON.parse(`"${text}"`) as string;
  } catch {
    return text;
  }
}

function outline(kind: Outline["kind"], start: number, text: string): Outline {
  return { kind, start, end: -1, members: [], items: [], count: 0, text };
}

/** Keys of an object's values that are no objects, those of objects within it included. */
export function leafKeys(value: Outline): string[] {
  return value.members.flatMap(([key, member]) => (member.kind === "object" ? leafKeys(member) : [key]));
}
