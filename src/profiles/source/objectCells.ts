import { quoteIdentifier } from "../../base/quote.ts";
import { countOfThings } from "../../base/words.ts";
import { nestedNames } from "../providers/recognise.ts";
import type { Samples } from "../readingOptions.ts";
import { flattenRecord, JsonFault } from "./json/flatten.ts";
import { alertOnLeftOut, columnNames, MAX_KEY_COLUMNS } from "./oddities.ts";
import { jsonOfPython } from "./pythonLiteral.ts";
import type { Reading, Workplace } from "./reading.ts";
import { readCopy, renamed } from "./relation.ts";
import { CopyWriter } from "./temporary.ts";

/**
 * The columns whose cells hold objects that a provider is read from: JSON, or what Python's `repr` writes of a dictionary, as tables made
 * with pandas have it (`authorMeta` with `{'id': '5', 'fans': 10}`). The first values decide.
 */
export function objectColumns(samples: Samples): string[] {
  return [...samples].flatMap(([column, values]) => {
    const present = values.filter((value) => value.trim() !== "");
    const objects = present.filter((value) => /^\s*\{.*\}\s*$/s.test(value)).length;
    return objects * 2 > present.length && nestedNames(column) ? [column] : [];
  });
}

/**
 * Makes dotted columns of those that hold objects, as JSON files have them: `authorMeta.id`. Numbers keep their exact text. What is no object
 * stays in its own column; what begins like one and is none costs the cell, and is counted in an alert.
 *
 * @param relation name of the view of the reading
 * @param objects columns from {@link objectColumns}
 */
export async function unfoldObjects(
  reading: Reading,
  relation: string,
  objects: readonly string[],
  { connection, folder, watch, alerts }: Workplace,
): Promise<Reading> {
  const path = await folder.path("unfolded.ndjson");
  const copy = await CopyWriter.create(path);
  const table = new UnfoldedTable(reading.columns, objects);
  try {
    const columns = reading.columns.map(quoteIdentifier);
    const result = await connection.stream(
      `SELECT ${["__row", ...columns].join(", ")} FROM ${quoteIdentifier(relation)}`,
    );
    for (let chunk = await result.fetchChunk(); chunk?.rowCount; chunk = await result.fetchChunk()) {
      watch.signal?.throwIfAborted();
      for (const [row, ...values] of chunk.getRows()) {
        copy.append(table.line(Number(row), values as (string | null)[]));
      }
      await copy.flush();
    }
    await copy.close();
  } finally {
    await copy.abandon();
  }
  for (const [column, { count, row }] of table.faults) {
    const line = (await reading.locate([row])).get(row);
    const where = line === undefined ? "" : `, the first on line ${line}`;
    alerts.push({
      level: "warning",
      code: "unreadable_objects",
      column,
      message: `${countOfThings(count, "cell")} of ${column} should hold an object and cannot be read${where}; what they say is missing.`,
    });
  }
  alertOnLeftOut(table.leftOut, alerts);
  const names = columnNames(table.names, alerts);
  return {
    ...reading,
    columns: names,
    select: `SELECT __row, ${renamed(names)} FROM ${readCopy(path, names.length, table.longest)}`,
  };
}

/** Takes records apart and writes them as lines of JSON in which every value is a text. */
class UnfoldedTable {
  /** Names of the columns, in the order in which they were met. */
  readonly names: string[] = [];
  /** Cells that could not be read, with the ordinal of the first record. */
  readonly faults = new Map<string, { count: number; readonly row: number }>();
  /** Values under keys that are too many. */
  leftOut = 0;
  longest = 0;
  private readonly places = new Map<string, number>();
  private readonly columns: readonly string[];
  private readonly objects: ReadonlySet<string>;

  constructor(columns: readonly string[], objects: readonly string[]) {
    this.columns = columns;
    this.objects = new Set(objects);
    for (const column of columns) if (!this.objects.has(column)) this.place(column);
  }

  line(row: number, values: readonly (string | null)[]): string {
    let line = `{"__row":${row}`;
    const keep = (name: string, json: string, nested = false) => {
      const place = this.place(name, nested);
      if (place === undefined) this.leftOut++;
      else line += `,"c${place}":${json}`;
    };
    this.columns.forEach((column, i) => {
      const value = values[i];
      if (value === null) return;
      const leaves = this.objects.has(column) ? leavesOf(value) : undefined;
      if (leaves !== undefined) for (const [key, json] of leaves) keep(`${column}.${key}`, json, true);
      else if (!this.objects.has(column) || !value.trim().startsWith("{"))
        keep(column, JSON.stringify(value));
      else this.fault(column, row);
    });
    this.longest = Math.max(this.longest, line.length * 3);
    return `${line}}\n`;
  }

  /** The number of a column. Undefined for a new one where there are too many. One of the file may have the name of a nested one. */
  private place(name: string, nested = false): number | undefined {
    const key = nested ? `\0${name}` : name;
    const known = this.places.get(key);
    if (known !== undefined || this.names.length >= this.columns.length + MAX_KEY_COLUMNS) return known;
    this.places.set(key, this.names.length);
    return this.names.push(name) - 1;
  }

  private fault(column: string, row: number): void {
    const fault = this.faults.get(column);
    if (fault === undefined) this.faults.set(column, { count: 1, row });
    else fault.count++;
  }
}

/** The values of an object by path, as JSON texts; undefined where a text is none. */
function leavesOf(text: string): Map<string, string> | undefined {
  const leaves = flattened(text);
  if (leaves !== undefined || !/^\s*\{/.test(text)) return leaves;
  const json = jsonOfPython(text);
  return json === undefined ? undefined : flattened(json);
}

function flattened(text: string): Map<string, string> | undefined {
  const leaves = new Map<string, string>();
  try {
    flattenRecord(text, (path, json) => leaves.set(path, json));
    return leaves;
  } catch (error) {
    if (error instanceof JsonFault) return undefined;
    throw error;
  }
}
