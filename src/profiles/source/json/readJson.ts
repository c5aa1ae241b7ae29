import { InsightsError } from "../../../base/error.ts";
import { promisesLines } from "../content.ts";
import { Fingerprint, type Watch } from "../file.ts";
import { BYTE_FLAW_WORDS, ByteCheck, legacyEncoding } from "../legacyEncoding.ts";
import { alertOnLeftOut, columnNames, MAX_KEY_COLUMNS } from "../oddities.ts";
import { jsonOfPython } from "../pythonLiteral.ts";
import { excerptOf, type Reading, RejectLog, type Workplace } from "../reading.ts";
import { countRows, readCopy, renamed } from "../relation.ts";
import {
  FLAW,
  indexUpTo,
  LineCounter,
  locateRows,
  MAX_RECORD_BYTES,
  type RecordBatch,
  type RecordScanner,
  scanText,
} from "../scanner.ts";
import { CopyWriter } from "../temporary.ts";
import { headOf, readText, type Text } from "../text.ts";
import { JsonElementScanner } from "./elementScanner.ts";
import { flattenRecord, JsonFault } from "./flatten.ts";
import { BEYOND, type JsonLayout, type JsonShape, jsonShape } from "./layout.ts";
import { JsonLineScanner } from "./lineScanner.ts";
import { ElementRecords } from "./shapes.ts";

/**
 * Reads JSON: an array of objects, lists of values or texts, an object around such an array, an object with a member a record or
 * a column, objects one after another, or one a line. Nested objects become dotted columns, lists stay JSON text, and
 * numbers keep their exact text: a copy is written in which every value is a string, and DuckDB reads that.
 *
 * @throws InsightsError when the text stops in the middle or goes on after its end, or holds no record that can be read
 */
export async function readJson(text: Text, place: Workplace): Promise<Reading> {
  const { connection, watch, alerts } = place;
  const fingerprint = new Fingerprint(text.file);
  const path = await place.folder.path("copy.ndjson");
  let source = text;
  let shape = await shapeOf(source, watch);
  let pass = await walk(source, shape, watch, path, fingerprint);
  const legacy = await legacyEncoding(text.encoding, pass.check);
  if (legacy !== undefined) {
    source = { ...text, encoding: { ...text.encoding, encoding: legacy } };
    shape = await shapeOf(source, watch);
    pass = await walk(source, shape, { signal: watch.signal }, path);
  }
  refuseWithoutValues(pass, text.file.name);
  const columns = columnNames([...pass.columns.keys()], alerts);
  alertOnLeftOut(pass.leftOut, alerts);
  const scan = readCopy(path, columns.length, pass.longest);
  const good = pass.records - pass.rejects.count;
  const rows = await countRows(connection, scan, watch.signal);
  if (rows !== good) {
    throw new Error(`DuckDB finds ${rows} of the ${good} records of the copy of ${text.file.name}`);
  }
  return {
    format: shape.format === "ndjson" ? "ndjson" : "json",
    columns,
    select: `SELECT __row, ${renamed(columns)} FROM ${scan}`,
    records: pass.records,
    rejects: pass.rejects,
    encoding: source.encoding.encoding,
    fingerprint: fingerprint.hex(),
    locate: (rows) => locate(source, shape, pass.firstRows, rows),
  };
}

/** Where a file has no value, its first reject says more than that it has no column. */
function refuseWithoutValues({ records, rejects, columns }: Pass, file: string): void {
  if (columns.size > 0) return;
  const [first] = rejects.kept;
  if (first === undefined) {
    throw new InsightsError(records === 0 ? "no records" : `no values in any of its ${records} records`, {
      place: { file },
    });
  }
  const reason = first.reason.replaceAll("_", " ");
  throw new InsightsError(
    `no record can be read; the first of ${rejects.count} is ${reason}: ${first.detail}`,
    {
      place: { file, ...(first.line === null ? {} : { line: first.line }) },
    },
  );
}

async function shapeOf(text: Text, watch: Watch): Promise<JsonShape> {
  const shape = jsonShape(await headOf(text), promisesLines(text.file));
  if (shape.format !== "json" || shape.prefix !== BEYOND.prefix) return shape;
  const prefix = await findData(readText(text, { signal: watch.signal, limits: watch.limits }));
  return prefix === undefined ? { format: "columns" } : { ...shape, prefix };
}

/** Bytes before the first record in a list `data`. In a string, these quotes would be escaped. */
async function findData(blocks: AsyncIterable<Buffer>): Promise<number | undefined> {
  let before = 0;
  let held = "";
  for await (const block of blocks) {
    held += block.toString("latin1");
    const found = /"data"\s*:\s*\[/.exec(held);
    if (found !== null) return before + found.index + found[0].length;
    before += Math.max(0, held.length - SHORT);
    held = held.slice(-SHORT);
  }
  return undefined;
}

/** Bytes in which a key and the bracket behind it stand. */
const SHORT = 64;

/** Columns stand in one object. */
const ONE_OBJECT: JsonLayout = { prefix: 0, depth: 0, keyed: false };

function scannerFor(shape: JsonShape): JsonElementScanner | JsonLineScanner {
  if (shape.format === "ndjson") return new JsonLineScanner();
  return new JsonElementScanner(shape.format === "columns" ? ONE_OBJECT : shape);
}

/** The lines on which rows begin; none where rows go over all lines. */
async function locate(
  text: Text,
  shape: JsonShape,
  firstRows: readonly number[] | undefined,
  rows: readonly number[],
): Promise<Map<number, number>> {
  if (shape.format === "columns") return new Map();
  const elementOf = (row: number) => (firstRows === undefined ? row : indexUpTo(firstRows, row));
  const lines = await locateRows(readText(text, {}), scannerFor(shape), rows.map(elementOf), 0);
  return new Map(
    rows.flatMap((row) => {
      const line = lines.get(elementOf(row));
      return line === undefined ? [] : [[row, line] as const];
    }),
  );
}

/** What one walk over the text found. */
interface Pass {
  readonly records: number;
  readonly rejects: RejectLog;
  readonly check: ByteCheck;
  /** Column of each path, in the order in which they were met. */
  readonly columns: ReadonlyMap<string, number>;
  readonly leftOut: number;
  readonly longest: number;
  /** The first row of each element; undefined where each is one row. */
  readonly firstRows: readonly number[] | undefined;
}

/** The items of a list beside the records, as they stand. */
async function itemsAt(text: Text, layout: JsonLayout, { signal, limits }: Watch): Promise<string[]> {
  const scanner = new JsonElementScanner(layout);
  const items: string[] = [];
  for await (const { window, batch } of scanText(readText(text, { signal, limits }), scanner)) {
    for (let i = 0; i < batch.count; i++) {
      if (batch.flaws[i] === 0) items.push(window.toString("utf8", batch.starts[i], batch.ends[i]));
    }
    if (scanner.ended) break;
  }
  return items;
}

async function walk(
  text: Text,
  shape: JsonShape,
  watch: Watch,
  path: string,
  fingerprint?: Fingerprint,
): Promise<Pass> {
  const scanner: RecordScanner = scannerFor(shape);
  const { names, labels } = shape.format === "json" ? shape : {};
  const elements = new ElementRecords(
    shape,
    names && (await itemsAt(text, names, watch)),
    labels && (await itemsAt(text, labels, watch)),
  );
  const copy = await CopyWriter.create(path);
  const collector = new Collector(text.file.name, shape, elements, copy);
  try {
    for await (const { window, batch } of scanText(readText(text, watch, fingerprint), scanner)) {
      collector.take(window, batch);
      await copy.flush();
    }
    if (scanner instanceof JsonElementScanner && !scanner.complete) {
      throw new InsightsError(
        `JSON stops in the middle: ${text.file.name} ends inside what begins on line ${collector.lines.line}, ` +
          `byte ${collector.position}, after ${collector.records} whole records; fetch it again, or cut it there and close it`,
      );
    }
    await copy.close();
  } finally {
    await copy.abandon();
  }
  return collector;
}

/** Takes the records of one batch after another apart, and writes their values to the copy. */
class Collector implements Pass {
  readonly check = new ByteCheck();
  readonly rejects = new RejectLog();
  readonly lines = new LineCounter();
  readonly columns = new Map<string, number>();
  records = 0;
  leftOut = 0;
  longest = 0;
  firstRows: number[] | undefined;
  /** Bytes done with. */
  position = 0;
  private readonly file: string;
  private readonly shape: JsonShape;
  private readonly elements: ElementRecords;
  private readonly copy: CopyWriter;
  private elementCount = 0;
  private values: (string | undefined)[] = [];

  constructor(file: string, shape: JsonShape, elements: ElementRecords, copy: CopyWriter) {
    this.file = file;
    this.shape = shape;
    this.elements = elements;
    this.copy = copy;
  }

  take(window: Buffer, batch: RecordBatch): void {
    const passes = this.check.passes(window, batch);
    for (let i = 0; i < batch.count; i++) {
      const bytes = window.subarray(batch.starts[i], batch.ends[i]);
      const byteFlaw = passes ? undefined : this.check.flawOf(bytes);
      const line = () => this.lines.advance(window, batch.starts[i]);
      this.refuse(batch.flaws[i], line);
      const ordinal = this.begin();
      // Names with bytes that are no text still tell the columns apart.
      if (ordinal === 0 && this.elements.takeNames(bytes.toString("utf8"))) continue;
      if (byteFlaw !== undefined) {
        this.reject(bytes, line, byteFlaw, () => `${BYTE_FLAW_WORDS[byteFlaw]}: ${excerptOf(bytes)}`);
      } else if ((batch.flaws[i] & FLAW.tooLong) !== 0) {
        const detail = () => `longer than ${MAX_RECORD_BYTES >> 20} MB, begins ${excerptOf(bytes)}`;
        this.reject(bytes, line, "too_long", detail);
      } else {
        this.element(bytes, ordinal, line);
      }
    }
    this.lines.shift(window, batch.consumed);
    this.position += batch.consumed;
  }

  /** Some faults leave nothing to go on with: where the next record begins cannot be told. */
  private refuse(flaws: number, line: () => number): void {
    if (this.shape.format === "ndjson" || (flaws & (FLAW.misplaced | FLAW.tooLong)) === 0) {
      return;
    }
    const limit = `${MAX_RECORD_BYTES >> 20} MB`;
    const what =
      (flaws & FLAW.tooLong) === 0
        ? "invalid JSON: text after the end of the list"
        : this.shape.format === "columns"
          ? `columns of more than ${limit} one after another; write a record a line (pandas: to_json(orient="records", lines=True))`
          : `a record is longer than ${limit}, or does not end`;
    throw new InsightsError(what, { place: { file: this.file, line: line() } });
  }

  /** Counts an element. @returns its ordinal */
  private begin(): number {
    if (this.records !== this.elementCount) {
      // Up to here each began with the row of its own ordinal.
      this.firstRows ??= Array.from({ length: this.elementCount }, (_, row) => row);
    }
    this.firstRows?.push(this.records);
    return this.elementCount++;
  }

  private element(bytes: Buffer, ordinal: number, line: () => number): void {
    const written = bytes.toString("utf8");
    const { shape } = this;
    const text = (shape.format === "ndjson" && shape.python && jsonOfPython(written)) || written;
    try {
      for (const record of this.elements.recordsOf(text, ordinal)) {
        this.record(record, bytes, line);
      }
    } catch (error) {
      if (!(error instanceof JsonFault)) {
        throw error;
      }
      this.fault(text, error, bytes, line);
    }
  }

  private record(text: string, bytes: Buffer, line: () => number): void {
    const columnsBefore = this.columns.size;
    // No character of UTF-16 takes more than three bytes.
    this.longest = Math.max(this.longest, 3 * text.length);
    this.values = [];
    try {
      flattenRecord(text, (path, json) => this.keep(path, json));
    } catch (error) {
      if (!(error instanceof JsonFault)) {
        throw error;
      }
      for (const path of [...this.columns.keys()].slice(columnsBefore)) {
        this.columns.delete(path);
      }
      this.fault(text, error, bytes, line);
      return;
    }
    let out = `{"__row":${this.records}`;
    this.values.forEach((value, column) => {
      out += `,"c${column}":${value}`;
    });
    this.copy.append(`${out}}\n`);
    this.records++;
  }

  private fault(text: string, { message, offset }: JsonFault, bytes: Buffer, line: () => number): void {
    const around = JSON.stringify(text.slice(Math.max(0, offset - 30), offset + 30));
    const keyed = this.shape.format === "json" && this.shape.keyed && text.startsWith('"');
    const reason = keyed || /^\s*\{/.test(text) ? "invalid_json" : "not_an_object";
    this.reject(bytes, line, reason, () => `${message} at character ${offset + 1}, near ${around}`);
  }

  /** Counts what is no record; one that goes over many lines says which. */
  private reject(bytes: Buffer, line: () => number, reason: string, detail: () => string): void {
    const first = line();
    const last = first + bytes.toString("latin1").split("\n").length - 1;
    const lines = last > first ? `covers lines ${first} to ${last}; ` : "";
    this.rejects.add(first, this.records, reason, () => lines + detail());
    this.records++;
  }

  private keep(path: string, json: string): void {
    let column = this.columns.get(path);
    if (column === undefined) {
      if (this.columns.size === MAX_KEY_COLUMNS) {
        this.leftOut++;
        return;
      }
      column = this.columns.size;
      this.columns.set(path, column);
    }
    this.values[column] = json;
  }
}
