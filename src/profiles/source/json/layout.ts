import { CANONICAL_NAMES } from "../../canonical.ts";
import { leafKeys, type Outline, outlinesOf } from "./outline.ts";

/** Where in a JSON text the records are. */
export interface JsonLayout {
  /** Bytes before the first record: the bracket of the list, and what stands around it, included. */
  readonly prefix: number;
  /** Brackets and braces open there: 0 for objects one after another, 1 for a list, more for a list inside an object. */
  readonly depth: number;
  /** Whether the list is an object, and a record one of its members: `"handle": {...}`. */
  readonly keyed: boolean;
  /** Keys to the list of records in each element, where each is a page of them. */
  readonly page?: readonly string[] | undefined;
}

/** Records in a larger whole, or one after another. */
interface ListShape extends JsonLayout {
  readonly format: "json";
  /** Whether each record is a text: a handle. */
  readonly texts: boolean;
  /** Where the names of the values of records stand that are lists; without them the first record names them. */
  readonly names?: JsonLayout;
  /** Where labels of such records stand that tell more than their ordinals. */
  readonly labels?: JsonLayout | undefined;
}

/** What a JSON text is. */
export type JsonShape =
  /** One record a line; `python` where lines are what Python writes of dictionaries. */
  | { readonly format: "ndjson"; readonly python?: boolean; readonly page?: readonly string[] | undefined }
  | ListShape
  /** One object with a member a column. */
  | { readonly format: "columns" };

/** A list of records inside an object. */
interface Candidate {
  readonly path: readonly string[];
  readonly name: string;
  readonly value: Outline;
  readonly depth: number;
  readonly keyed: boolean;
  /** Values of one record. */
  readonly size: number;
}

/** How deep in objects the list of records may be. */
const MAX_ENVELOPE = 4;
/** Digits from which a label is TikTok's number of an account; fewer count rows. */
export const ID_DIGITS = 10;
/** What lists of records are called. */
const LIST_NAME = /^(data|users?|results?|records?|rows|profiles?|accounts?|creators?|influencers?|list)$/i;
/** Lines that are looked at. */
const SOME_LINES = 50;
/** Records of a list that are looked at. */
const SOME_RECORDS = 20;

/** Where a list `data` is that the looked-at beginning of a text does not reach. */
export const BEYOND: JsonLayout = { prefix: -1, depth: 2, keyed: false };

const OBJECTS: ListShape = { format: "json", prefix: 0, depth: 0, keyed: false, texts: false };

/**
 * Tells where the records of a JSON text are: its lines, the elements of its array, the elements of an array or the members of an
 * object inside its one object, its columns, or objects one after another. A list inside an object holds the records if one of
 * them has more values than stand around the list: a profile that lists its posts has more to say of itself than of one post.
 *
 * @param head beginning of the text as UTF-8
 * @param linesExpected whether the file's name says that each line is a record
 */
export function jsonShape(head: Buffer, linesExpected: boolean): JsonShape {
  // A byte a character keeps offsets right; all that matters here is ASCII.
  const text = head.toString("latin1");
  if (/^\s*\[?\s*\{\s*'/.test(text)) return { format: "ndjson", python: true };
  const [first, second] = outlinesOf(text);
  const lines = text
    .split("\n")
    .map((line) => line.trim().replace(/,$/, ""))
    .filter((line) => line !== "");
  // A list behind something else, where each line is a record, belongs to a damaged one.
  const isDamaged = linesExpected && /\S/.test(text.slice(0, first?.start));
  if (first?.kind === "array" && !isDamaged) {
    return second !== undefined && areWhole(lines[0], "array")
      ? { format: "ndjson" }
      : {
          ...OBJECTS,
          prefix: first.start + 1,
          depth: 1,
          texts: isTexts(first),
          page: pageOf(first.items),
        };
  }
  const whole = lines.filter((line) => areWhole(line, "object")).length;
  if (lines.length > 1 && (linesExpected || whole * 2 >= lines.length)) {
    const glued = lines
      .slice(0, SOME_LINES)
      .some((line) => outlinesOf(line).length > 1 && /\}\s*,?\s*\{/.test(line));
    const page = pageOf(lines.slice(0, SOME_LINES).flatMap(outlinesOf));
    return glued ? { ...OBJECTS, page } : { format: "ndjson", page };
  }
  if (first?.kind === "object" && second === undefined) {
    const inside = shapeOfObject(first);
    if (inside !== undefined) return inside;
  }
  return linesExpected && second === undefined
    ? { format: "ndjson" }
    : { ...OBJECTS, page: second && pageOf(outlinesOf(text)) };
}

/** Whether a line holds values of one kind and nothing else. */
function areWhole(line: string, kind: Outline["kind"]): boolean {
  let at = 0;
  for (const value of outlinesOf(line)) {
    if (value.kind !== kind || value.end < 0 || /[^\s,]/.test(line.slice(at, value.start))) return false;
    at = value.end;
  }
  return at > 0 && at === line.length;
}

function isTexts({ items }: Outline): boolean {
  return items.length > 0 && items.slice(0, SOME_RECORDS).every(({ kind }) => kind === "string");
}

function shapeOfObject(whole: Outline): JsonShape | undefined {
  // What pandas makes with orient="split".
  const member = (name: string) => whole.members.find(([key]) => key === name)?.[1];
  const [columns, index, data] = [member("columns"), member("index"), member("data")];
  const isRows = data === undefined ? index?.kind === "array" && index.end < 0 : data.kind === "array";
  if (columns?.kind === "array" && isTexts(columns) && isRows && data?.items[0]?.kind !== "object") {
    const list = ({ start }: Outline) => ({ prefix: start + 1, depth: 2, keyed: false });
    const labels = index?.kind === "array" && isLabel(index.items[0]) ? list(index) : undefined;
    return { ...OBJECTS, ...(data === undefined ? BEYOND : list(data)), names: list(columns), labels };
  }
  if (isColumns(whole)) return { format: "columns" };
  const values = countWords(whole);
  const found = candidates([], whole)
    .filter(
      ({ name, value, size }) => size > values - countWords(value) || (size > 0 && LIST_NAME.test(name)),
    )
    .sort((a, b) => Number(LIST_NAME.test(b.name)) - Number(LIST_NAME.test(a.name)) || b.size - a.size)[0];
  if (found !== undefined) {
    const { value, depth, keyed } = found;
    return { ...OBJECTS, prefix: value.start + 1, depth, keyed, texts: !keyed && isTexts(value) };
  }
  const empty = whole.members.filter(
    ([, { kind, count, end }]) => kind === "array" && count === 0 && end > 0,
  );
  const list = empty.find(([name]) => values === 0 || LIST_NAME.test(name));
  return empty.length === 1 && list !== undefined
    ? { ...OBJECTS, prefix: list[1].start + 1, depth: 2 }
    : undefined;
}

/** Whether a row's label is no ordinal: a text or an account's number. */
function isLabel(label: Outline | undefined): boolean {
  return label?.kind === "string" || (label?.kind === "word" && label.text.length >= ID_DIGITS);
}

function candidates(path: readonly string[], value: Outline): Candidate[] {
  const [name, depth] = [path.at(-1) ?? "", path.length + 1];
  if (value.kind === "array") {
    const size = Math.max(0, ...value.items.slice(0, SOME_RECORDS).map(sizeOf));
    return [{ path, name, value, depth, keyed: false, size }];
  }
  if (value.kind !== "object" || depth > MAX_ENVELOPE) return [];
  const inside = value.members.flatMap(([key, member]) => candidates([...path, key], member));
  if (isKeyed(value))
    inside.push({ path, name, value, depth, keyed: true, size: sizeOf(value.members[0][1]) });
  return inside;
}

function sizeOf(record: Outline): number {
  if (record.kind === "array") return record.count;
  return record.kind === "object" ? leafKeys(record).length : record.kind === "string" ? 1 : 0;
}

/** Keys to the one list of records in pages of an API, which tell nothing of an account themselves. The first pages may be empty. */
function pageOf(pages: readonly Outline[]): readonly string[] | undefined {
  for (const page of pages) {
    if (page.kind !== "object" || leafKeys(page).some((key) => KNOWN.has(key))) return undefined;
    const lists = candidates([], page);
    const [list, ...others] = lists.filter(({ value }) => value.items.some(({ kind }) => kind === "object"));
    if (list !== undefined) return others.length === 0 && LIST_NAME.test(list.name) ? list.path : undefined;
    if (!lists.some(({ name, value }) => LIST_NAME.test(name) && value.count === 0)) return undefined;
  }
  return undefined;
}

/** Numbers, words and texts outside lists. */
function countWords(value: Outline): number {
  if (value.kind === "object") return value.members.reduce((sum, [, member]) => sum + countWords(member), 0);
  return value.kind === "array" ? 0 : 1;
}

/** Whether an object's members are records: objects with mostly the same keys, but for one of five that may be damaged. */
function isKeyed({ members }: Outline): boolean {
  if (members.length < 2) return false;
  const [[, first], ...others] = members.slice(0, SOME_RECORDS);
  const keys = new Set(first.members.map(([key]) => key));
  const alike = others.filter(([, { kind, members: its }]) => {
    const shared = its.filter(([key]) => keys.has(key)).length;
    return kind === "object" && shared > 0 && shared * 2 >= Math.max(keys.size, its.length);
  }).length;
  return alike * 5 >= others.length * 4;
}

/** Whether an object holds a column a member: lists of values, or objects with the same labels, as pandas writes tables. */
function isColumns({ members }: Outline): boolean {
  if (members.length === 0) return false;
  const columns = members.map(([, value]) => value);
  if (columns.every(({ kind }) => kind === "array")) {
    const [{ count, end, items }] = columns;
    if (columns.some((column) => column.items.some(({ kind }) => kind === "object"))) return false;
    if (columns.length === 1) return end < 0 && items.length > 0 && !isTexts(columns[0]);
    return columns.every((column) => column.count === count || column.end < 0);
  }
  if (!columns.every(({ kind }) => kind === "object")) return false;
  const labels = columns[0].members.map(([key]) => key);
  if (labels[0] === "0" && columns.every((column) => column.members[0]?.[0] === "0")) return true;
  const known = (keys: readonly string[]) => keys.filter((key) => KNOWN.has(key)).length;
  return (
    columns.length > 1 &&
    known(labels) === 0 &&
    known(members.map(([key]) => key)) > 0 &&
    isKeyed({ ...columns[0], members })
  );
}

/** Names by which columns are told from labels of rows. */
const KNOWN: ReadonlySet<string> = new Set([...CANONICAL_NAMES, "username", "uniqueId", "handle"]);
