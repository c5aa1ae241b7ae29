import { capitalised } from "../../../src/base/words.ts";

/** Why a file was not added, for somebody who sees its name beside the words. */
export interface Refusal {
  /** What is wrong, and what to do. */
  readonly words: string;
  /** What can be read instead; null where nothing is said of it. */
  readonly expected: string | null;
}

/** What messages say that somebody may say of a file: `“decimal=comma”`, `“sheet”`. */
const SPOKEN_OF = /“(map|decimal|sheet|encoding)(?:=([^”]*))?”/g;

/** Whether a message says how a file may be read otherwise. */
export const speaksOfReading = (message: string): boolean => message.search(SPOKEN_OF) >= 0;

/** What the form to read a file otherwise calls what messages name as a request does. */
const FIELDS: Readonly<Record<string, string>> = {
  decimal: "Decimal mark",
  sheet: "Sheet",
  encoding: "Encoding of the text",
  map: "Columns",
};

/** What a list of handles is good for, in commands: the page has a way of its own. */
const LIST_IN_COMMANDS = /Use it to leave these people out of a shortlist: .*$/s;
const LIST_IN_PAGE =
  "Mark these people, or leave them out: Lists above the people, then “Bring a list you have”.";

/** The end of a message that says how a column is left out; beside it stands the form that does it. */
const LEAVE_OUT = / If (?:not|one is wrong, leave it out like this): “map=[^”]*”$/;

/** A message about a file that was read, without what the form below it is for. */
export const withoutMap = (message: string): string => message.replace(LEAVE_OUT, "");

/** A message about a file in words that do not repeat its name. @param name as it stands beside them */
export function refusalOf(message: string, name: string): Refusal {
  const escaped = name.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
  const place = new RegExp(` \\(${escaped}(?:, ([^()]*))?\\)`, "gu");
  // Not as a part of another name.
  const own = new RegExp(`(?<![\\p{L}\\p{N}_./-])${escaped}(?![\\p{L}\\p{N}_/-]|\\.[\\p{L}\\p{N}])`, "gu");
  const told = message
    .replace(LIST_IN_COMMANDS, LIST_IN_PAGE)
    .replace(place, (_, rest) => (rest === undefined ? "" : ` (${rest})`))
    .replace(own, () => "the file")
    .replace(SPOKEN_OF, (_, field, value) =>
      value === undefined ? `“${FIELDS[field]}”` : `“${FIELDS[field]}: ${value}”`,
    );
  const [, words = told, expected = null] = /^(.*\S) \(expected (.*)\)$/s.exec(told) ?? [];
  return { words: capitalised(words), expected: expected === null ? null : capitalised(expected) };
}
