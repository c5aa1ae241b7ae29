import { InsightsError } from "../../../base/error.ts";
import { quoteLiteral } from "../../../base/quote.ts";
import { promisesLines } from "../content.ts";
import { BYTE_FLAW_WORDS, ByteCheck, looksWindows1252 } from "../encoding.ts";
import { Fingerprint, type Watch } from "../file.ts";
import { columnNames } from "../oddities.ts";
import { excerptOf, type Reading, RejectLog, type Workplace } from "../reading.ts";
import { countRows, emptySelect, renamed } from "../relation.ts";
import {
  FLAW,
  LineCounter,
  locateRows,
  MAX_RECORD_BYTES,
  type RecordBatch,
  type RecordScanner,
  scanText,
} from "../scanner.ts";
import { CopyWriter } from "../temporary.ts";
import { headOf, readText, type Text } from "../text.ts";
import { flattenRecord, JsonFault } from "./flatten.ts";
import { type JsonShape, jsonShape } from "./layout.ts";
import { JsonElementScanner, JsonLineScanner } from "./recordScanners.ts";

/** Columns made of JSON keys at most; keys that are data (dates, ids) would make as many as there are records. */
const MAX_COLUMNS = 4096;

/**
 * Reads JSON: an array of objects, an object around such an array, objects one after another, or one a line. Nested
 * objects become dotted columns, lists stay JSON text, and numbers keep their exact text: a copy is written in which
 * every value is a string, and DuckDB reads that.
 *
 * @throws InsightsError when the text stops in the middle or goes on after its end
 */
export async function readJson(text: Text, place: Workplace): Promise<Reading> {
  const { connection, watch, alerts } = place;
  const fingerprint = new Fingerprint();
  const path = await place.folder.path("copy.ndjson");
  let source = text;
  let shape = await shapeOf(source);
  let pass = await walk(source, shape, watch, path, fingerprint);
  if (text.encoding.encoding === "utf-8" && looksWindows1252(pass.check.counts)) {
    source = { ...text, encoding: { ...text.encoding, encoding: "windows-1252" } };
    shape = await shapeOf(source);
    pass = await walk(source, shape, { signal: watch.signal }, path);
  }
  const columns = columnNames([...pass.columns.keys()], alerts);
  if (pass.leftOut > 0) {
    alerts.push({
      level: "warning",
      code: "too_many_columns",
      column: null,
      message: `The records have more than ${MAX_COLUMNS} different keys; ${pass.leftOut} values under further ones are left out.`,
    });
  }
  const good = pass.records - pass.rejects.count;
  let select = emptySelect(columns);
  if (good > 0) {
    const scan = readCopy(path, columns.length, pass.longest);
    select = `SELECT __row, ${renamed(columns)} FROM ${scan}`;
    const rows = await countRows(connection, scan, watch.signal);
    if (rows !== good) {
      throw new Error(`DuckDB finds ${rows} of the ${good} records of the copy of ${text.file.name}`);
    }
  }
  return {
    format: shape.format,
    columns,
    select:
      columns.length === 0 && good > 0 ? `SELECT __row FROM ${readCopy(path, 0, pass.longest)}` : select,
    records: pass.records,
    rejects: pass.rejects,
    encoding: source.encoding.encoding,
    fingerprint: fingerprint.hex(),
    locate: (rows) => locateRows(readText(source, {}), scannerFor(shape), rows, 0),
  };
}

async function shapeOf(text: Text): Promise<JsonShape> {
  return jsonShape(await headOf(text), promisesLines(text.file));
}

function scannerFor(shape: JsonShape): JsonElementScanner | JsonLineScanner {
  return shape.format === "ndjson" ? new JsonLineScanner() : new JsonElementScanner(shape);
}

function readCopy(path: string, columns: number, longest: number): string {
  const types = Array.from({ length: columns }, (_, index) => `c${index}: 'VARCHAR'`);
  // Lists are written as strings, which can double their quotes and backslashes.
  const size = Math.max(1 << 24, 2 * longest + (1 << 16));
  return `read_json(${quoteLiteral(path)}, format = 'newline_delimited', records = true, compression = 'uncompressed',
    columns = {${["__row: 'BIGINT'", ...types].join(", ")}}, maximum_object_size = ${size})`;
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
}

async function walk(
  text: Text,
  shape: JsonShape,
  watch: Watch,
  path: string,
  fingerprint?: Fingerprint,
): Promise<Pass> {
  const scanner: RecordScanner = scannerFor(shape);
  const copy = await CopyWriter.create(path);
  const collector = new Collector(text.file.name, shape, copy);
  try {
    for await (const { window, batch } of scanText(readText(text, watch, fingerprint), scanner)) {
      collector.take(window, batch);
      await copy.flush();
    }
    if (scanner instanceof JsonElementScanner && !scanner.complete) {
      throw new InsightsError(
        `JSON stops in the middle: ${text.file.name} ends inside what begins on line ${collector.lines.line}, ` +
          `byte ${collector.position}, after ${collector.records} whole records; fetch or write it again`,
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
  /** Bytes done with. */
  position = 0;
  private readonly file: string;
  private readonly shape: JsonShape;
  private readonly copy: CopyWriter;
  private values: (string | undefined)[] = [];

  constructor(file: string, shape: JsonShape, copy: CopyWriter) {
    this.file = file;
    this.shape = shape;
    this.copy = copy;
  }

  take(window: Buffer, batch: RecordBatch): void {
    const passes = this.check.passes(window, batch);
    for (let i = 0; i < batch.count; i++) {
      const bytes = window.subarray(batch.starts[i], batch.ends[i]);
      const byteFlaw = passes ? undefined : this.check.flawOf(bytes);
      const line = () => this.lines.advance(window, batch.starts[i]);
      this.refuse(batch.flaws[i], line);
      const row = this.records++;
      if (byteFlaw !== undefined) {
        const detail = () => `${BYTE_FLAW_WORDS[byteFlaw]} in ${excerptOf(bytes)}`;
        this.rejects.add(line(), row, byteFlaw, detail);
      } else if ((batch.flaws[i] & FLAW.tooLong) !== 0) {
        const detail = () => `longer than ${MAX_RECORD_BYTES >> 20} MB, begins ${excerptOf(bytes)}`;
        this.rejects.add(line(), row, "too_long", detail);
      } else {
        this.record(row, bytes, line);
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
    if ((flaws & FLAW.tooLong) !== 0) {
      throw new InsightsError(`a record is longer than ${MAX_RECORD_BYTES >> 20} MB, or does not end`, {
        place: { file: this.file, line: line() },
      });
    }
    if (this.shape.depth > 0) {
      throw new InsightsError("invalid JSON: text after the end of the array", {
        place: { file: this.file, line: line() },
      });
    }
  }

  private record(row: number, bytes: Buffer, line: () => number): void {
    const text = bytes.toString("utf8");
    this.longest = Math.max(this.longest, bytes.length);
    const columnsBefore = this.columns.size;
    try {
      flattenRecord(text, (path, json) => this.keep(path, json));
      let out = `{"__row":${row}`;
      this.values.forEach((value, column) => {
        out += `,"c${column}":${value}`;
      });
      this.copy.append(`${out}}\n`);
    } catch (error) {
      if (!(error instanceof JsonFault)) {
        throw error;
      }
      for (const path of [...this.columns.keys()].slice(columnsBefore)) {
        this.columns.delete(path);
      }
      const { message, offset } = error;
      const around = JSON.stringify(text.slice(Math.max(0, offset - 30), offset + 30));
      const reason = /^\s*\{/.test(text) ? "invalid_json" : "not_an_object";
      this.rejects.add(line(), row, reason, () => `${message} at character ${offset + 1}, near ${around}`);
    }
    this.values = [];
  }

  private keep(path: string, json: string): void {
    let column = this.columns.get(path);
    if (column === undefined) {
      if (this.columns.size === MAX_COLUMNS) {
        this.leftOut++;
        return;
      }
      column = this.columns.size;
      this.columns.set(path, column);
    }
    this.values[column] = json;
  }
}
