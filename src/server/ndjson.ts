import { type Limits, readBody } from "./limits.ts";

/** A line of NDJSON: what it holds, or that it is no JSON. */
export type JsonLine = { readonly value: unknown; readonly broken?: undefined } | { readonly broken: string };

const NEWLINE = 10;

/**
 * The lines of an NDJSON body, in groups, as they come. Blank lines are passed over. A line that is too long or no JSON costs
 * that line.
 *
 * @param most lines of a group
 */
export async function* readLines(
  request: Request,
  limits: Limits,
  most: number,
): AsyncGenerator<JsonLine[], void, void> {
  const decoder = new TextDecoder("utf-8");
  let rest: Uint8Array[] = [];
  let restBytes = 0;
  let group: JsonLine[] = [];
  const take = (piece: Uint8Array) => {
    restBytes += piece.byteLength;
    // What is too long anyway is counted and not kept.
    if (restBytes <= limits.lineBytes) rest.push(piece);
  };
  const end = () => {
    if (restBytes > limits.lineBytes) group.push({ broken: `longer than ${limits.lineBytes} bytes` });
    else {
      const text = decoder.decode(rest.length === 1 ? rest[0] : Buffer.concat(rest)).trim();
      if (text !== "") group.push(parsed(text));
    }
    rest = [];
    restBytes = 0;
  };
  for await (const piece of readBody(request, limits, Number.POSITIVE_INFINITY)) {
    let from = 0;
    for (let at = piece.indexOf(NEWLINE); at !== -1; at = piece.indexOf(NEWLINE, from)) {
      take(piece.subarray(from, at));
      end();
      from = at + 1;
      if (group.length === most) {
        yield group;
        group = [];
      }
    }
    if (from < piece.length) take(piece.subarray(from));
  }
  if (restBytes > 0) end();
  if (group.length > 0) yield group;
}

function parsed(text: string): JsonLine {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return { broken: "not JSON" };
  }
}
