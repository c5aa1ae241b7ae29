import type { JsonLayout } from "./recordScanners.ts";

/** What a JSON text is: one record a line, or records in a larger whole. */
export type JsonShape = { readonly format: "ndjson" } | ({ readonly format: "json" } & JsonLayout);

/** An array of objects inside an object. */
interface Candidate {
  readonly layout: JsonLayout;
  /** Keys of its first element, those of objects inside included. */
  keys: number;
}

/** How deep in objects the array of records may be. */
const MAX_ENVELOPE = 4;

/**
 * Tells where the records of a JSON text are: its lines, the elements of its array, the elements of an array inside its
 * one object, or objects one after another. The last but one is an envelope if the array's first element has more keys than
 * the values around it: a profile that lists its posts has more to say of itself than of one post.
 *
 * @param head beginning of the text as UTF-8
 * @param linesExpected whether the file's name says that each line is a record
 */
export function jsonShape(head: Buffer, linesExpected: boolean): JsonShape {
  // A byte a character keeps offsets right; all that matters here is ASCII.
  const text = head.toString("latin1");
  const first = text.search(/\S/);
  if (text[first] === "[" && !linesExpected) {
    return { format: "json", prefix: first + 1, depth: 1 };
  }
  const lines = text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
  const whole = lines.filter((line) => line.startsWith("{") && line.endsWith("}")).length;
  if (lines.length > 1 && (linesExpected || whole * 2 >= lines.length)) {
    return { format: "ndjson" };
  }
  const envelope = findEnvelope(text);
  if (envelope !== undefined) {
    return { format: "json", ...envelope };
  }
  return linesExpected || whole > 0 ? { format: "ndjson" } : { format: "json", prefix: 0, depth: 0 };
}

/** A string that the sample cuts off counts as closed at its end: the search must not begin again at every quote in it. */
const TOKENS = /"[^"\\]*(?:\\.[^"\\]*)*(?:"|\\?$)|[{}[\],:]|[^\s{}[\],:"]+/gs;

/** The array with most to say in the text's first object, if it has more than what stands around it. */
function findEnvelope(text: string): JsonLayout | undefined {
  const open: string[] = [];
  let arrays = 0;
  let values = 0;
  let colons = 0;
  let best: Candidate | undefined;
  let current: Candidate | undefined;
  let firstElement = false;
  let previous = "";
  for (const match of text.matchAll(TOKENS)) {
    const token = match[0];
    if (token === "{" || token === "[") {
      if (token === "[" && arrays === 0 && open.length < MAX_ENVELOPE && previous === ":") {
        current = { layout: { prefix: match.index + 1, depth: open.length + 1 }, keys: 0 };
        firstElement = true;
      } else if (previous === "[" && token !== "{" && arrays === 1) {
        current = undefined;
      }
      open.push(token);
      arrays += token === "[" ? 1 : 0;
    } else if (token === "}" || token === "]") {
      arrays -= open.pop() === "[" ? 1 : 0;
      if (open.length === 0) {
        break;
      }
      firstElement &&= current === undefined || open.length > current.layout.depth;
      if (token === "]" && arrays === 0) {
        best = current !== undefined && current.keys > (best?.keys ?? 0) ? current : best;
        current = undefined;
      }
    } else if (token === ":") {
      colons++;
      if (arrays > 0 && firstElement && current !== undefined) {
        current.keys++;
      }
    } else if (token !== "," && previous === ":" && arrays === 0) {
      values++;
    }
    previous = token;
  }
  if (current !== undefined && current.keys > (best?.keys ?? 0)) {
    best = current;
  }
  return best !== undefined && colons > 0 && best.keys > values ? best.layout : undefined;
}
