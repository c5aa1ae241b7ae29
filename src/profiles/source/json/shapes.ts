import { JsonFault, partsOf } from "./flatten.ts";

/** Digits from which a key is TikTok's number of an account; fewer count rows. */
const ID_DIGITS = 10;

/**
 * A member of an object as a record: its key becomes `account_id`, or `id` where it is a long number, unless the record has one
 * itself. A short number counts rows and is left out.
 *
 * @param text `"key": {...}`
 * @throws JsonFault when the value is no object
 */
export function recordOfMember(text: string): string {
  const [{ key, value }] = partsOf(`{${text}}`);
  if (!value.startsWith("{")) throw new JsonFault("expected an object", text.length - value.length);
  const digits = /^"\d+"$/.test(key);
  if (digits && key.length < ID_DIGITS + 2) return value;
  const rest = value.slice(1).trimStart();
  return `{"${digits ? "id" : "account_id"}":${key}${rest.startsWith("}") ? "" : ","}${rest}`;
}

/**
 * The records of a page: the items of the list that its keys lead to.
 *
 * @throws JsonFault when there is no such list
 */
export function recordsOfPage(text: string, path: readonly string[]): string[] {
  const list = path.reduce((inside, name) => {
    const found = partsOf(inside).find(({ key }) => JSON.parse(key) === name);
    if (found === undefined) throw new JsonFault(`expected ${JSON.stringify(name)}`, 0);
    return found.value;
  }, text);
  return partsOf(list).map(({ value }) => value);
}

/** Makes records of lists of values. */
export class RowNames {
  /** Names of a record's values, as JSON strings; undefined until they are known. */
  names: readonly string[] | undefined;

  constructor(names: readonly string[] | undefined) {
    this.names = names?.map((name) => JSON.stringify(name));
  }

  /**
   * The records in a list: its items where they are objects, else one of its values under their names. The first list of texts
   * names the values of those after it and holds no record.
   *
   * @throws JsonFault when there are no names, or more values than names
   */
  recordsOf(text: string): string[] {
    const values = partsOf(text).map(({ value }) => value);
    if (values.length > 0 && values.every((value) => value.startsWith("{"))) return values;
    if (this.names === undefined) {
      if (!values.every((value) => /^"\D/.test(value)) || values.length === 0) {
        throw new JsonFault("expected a list of the columns' names before lists of values", 0);
      }
      this.names = values;
      return [];
    }
    if (values.length !== this.names.length) {
      throw new JsonFault(`expected ${this.names.length} values, found ${values.length}`, 0);
    }
    return [recordOf(this.names, values)];
  }
}

/**
 * The records of an object with a member a column: lists of values, or objects of values by the row's label. Labels other than
 * 0, 1, 2 become `account_id`, see {@link recordOfMember}.
 *
 * @throws JsonFault when columns are neither, or lists of different lengths
 */
export function recordsOfColumns(text: string): string[] {
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
