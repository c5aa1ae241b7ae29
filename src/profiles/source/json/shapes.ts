import { JsonElementScanner } from "./elementScanner.ts";
import { JsonFault, type JsonPart, partsOf } from "./flatten.ts";
import { ID_DIGITS, type JsonShape } from "./layout.ts";
import { type Outline, outlinesOf } from "./outline.ts";

/**
 * A member of an object as a record: its key becomes `account_id`, or `id` where it is a long number, unless the record has one
 * itself. A short number counts rows and is left out.
 *
 * @param text `"key": {...}`
 * @throws JsonFault when the value is no object
 */
function recordOfMember(text: string): string {
  const [{ key, value }] = partsOf(`{${text}}`);
  if (!value.startsWith("{")) throw new JsonFault("expected an object", text.length - value.length);
  const digits = /^"\d+"$/.test(key);
  if (digits && key.length < ID_DIGITS + 2) return value;
  const rest = value.slice(1).trimStart();
  return `{"${digits ? "id" : "account_id"}":${key}${rest.startsWith("}") ? "" : ","}${rest}`;
}

/** Takes the elements of a JSON text apart into records, by its shape. */
export class ElementRecords {
  private readonly shape: JsonShape;
  /** Names of the values of records that are lists, as JSON strings; undefined until they are known. */
  private names: readonly string[] | undefined;
  /** Labels of such records, as they stand. */
  private readonly labels: readonly string[];
  /** Whether the first element is a list; then so are the others. */
  private areLists = false;

  constructor(shape: JsonShape, names?: readonly string[], labels: readonly string[] = []) {
    this.shape = shape;
    this.names = names;
    this.labels = labels;
  }

  /**
   * Looks at the first element, however damaged. A list of texts names the values of the lists after it and is no record.
   *
   * @returns whether it is one
   */
  takeNames(text: string): boolean {
    this.areLists = text.startsWith("[") && pageIn(this.shape) === undefined;
    if (!this.areLists || this.names !== undefined) return false;
    const values = partsOrFault(text);
    if (values instanceof JsonFault || !values.every(({ value }) => /^"\D/.test(value))) return false;
    this.names = values.length === 0 ? undefined : values.map(({ value }) => value);
    return this.names !== undefined;
  }

  /**
   * The records that an element holds, each an object unless it is bad.
   *
   * @param ordinal of the element, from 0
   * @throws JsonFault when it can hold none
   */
  recordsOf(text: string, ordinal: number): readonly string[] {
    const { shape } = this;
    if (shape.format === "columns") return recordsOfColumns(text);
    const page = pageIn(shape);
    if (page !== undefined) return itemsOf(text, page);
    if (this.areLists && text.startsWith("[")) return this.recordsOfList(text, ordinal);
    if (shape.format === "json" && shape.keyed) return [recordOfMember(text)];
    return shape.format === "json" && shape.texts && text.startsWith('"')
      ? [`{"account_id":${text}}`]
      : [text];
  }

  private recordsOfList(text: string, ordinal: number): readonly string[] {
    const { names } = this;
    if (names === undefined) {
      const items = itemsOf(text, []);
      if (items.length === 0 || items.some((item) => item.startsWith("{"))) return items;
      throw new JsonFault("expected a list of the columns' names before lists of values", 0);
    }
    const values = partsOf(text).map(({ value }) => value);
    if (values.length !== names.length) {
      throw new JsonFault(`expected ${names.length} values, found ${values.length}`, 0);
    }
    const label = this.labels[ordinal];
    const record = recordOf(names, values);
    return [
      label === undefined
        ? record
        : recordOfMember(`${label.startsWith('"') ? label : `"${label}"`}:${record}`),
    ];
  }
}

function pageIn(shape: JsonShape): readonly string[] | undefined {
  return shape.format === "columns" ? undefined : shape.page;
}

function partsOrFault(text: string): JsonPart[] | JsonFault {
  try {
    return partsOf(text);
  } catch (error) {
    if (error instanceof JsonFault) return error;
    throw error;
  }
}

/**
 * The items of the list in a text to which keys lead. One that is no JSON costs itself.
 *
 * @throws JsonFault when there is no such list
 */
function itemsOf(text: string, path: readonly string[]): string[] {
  let list = text;
  for (const name of path) {
    const parts = partsOrFault(list);
    if (parts instanceof JsonFault) return recoveredItems(text, path, parts);
    const found = parts.find(({ key }) => JSON.parse(key) === name);
    if (found === undefined) throw new JsonFault(`expected ${JSON.stringify(name)}`, 0);
    list = found.value;
  }
  const items = partsOrFault(list);
  return items instanceof JsonFault ? recoveredItems(text, path, items) : items.map(({ value }) => value);
}

/** The items of a list in a text that is no JSON, with those that are none; what follows a list that does not end is one of these. */
function recoveredItems(text: string, path: readonly string[], fault: JsonFault): string[] {
  const bytes = Buffer.from(text);
  let list: Outline | undefined = outlinesOf(bytes.toString("latin1"))[0];
  for (const name of path) list = list?.members.find(([key]) => key === name)?.[1];
  if (list?.kind !== "array") throw fault;
  const scanner = new JsonElementScanner({ prefix: list.start + 1, depth: path.length + 1, keyed: false });
  const { count, starts, ends, flaws } = scanner.scan(bytes, bytes.length, true);
  const items = Array.from({ length: count }, (_, i) => {
    const item = bytes.toString("utf8", starts[i], ends[i]);
    // What follows the end is no record, even if it looks like one.
    return flaws[i] === 0 ? item : JSON.stringify(item);
  });
  if (!scanner.complete) items.push(bytes.toString("utf8", count === 0 ? list.start : ends[count - 1]));
  return items;
}

/**
 * The records of an object with a member a column: lists of values, or objects of values by the row's label. Labels other than
 * 0, 1, 2 become `account_id`, see {@link recordOfMember}.
 *
 * @throws JsonFault when columns are neither, or lists of different lengths
 */
function recordsOfColumns(text: string): string[] {
  const columns = partsOf(text);
  const rows = new Map<string, [names: string[], values: string[]]>();
  let length: number | undefined;
  for (const { key: name, value } of columns) {
    const parts = partsOf(value);
    if (value.startsWith("[")) {
      length ??= parts.length;
      if (parts.length !== length) throw new JsonFault(`expected ${length} values of ${name}`, 0);
    }
    parts.forEach((part, index) => {
      const label = value.startsWith("[") ? `"${index}"` : part.key;
      const [names, values] = rows.get(label) ?? [[], []];
      names.push(name);
      values.push(part.value);
      rows.set(label, [names, values]);
    });
  }
  return [...rows].map(([label, [names, values]]) => recordOfMember(`${label}:${recordOf(names, values)}`));
}

function recordOf(names: readonly string[], values: readonly string[]): string {
  return `{${names.map((name, index) => `${name}:${values[index]}`).join(",")}}`;
}
