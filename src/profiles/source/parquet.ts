import { open } from "node:fs/promises";
import { InsightsError } from "../../base/error.ts";
import { quoteIdentifier, quoteLiteral } from "../../base/quote.ts";
import { countOfThings } from "../../base/words.ts";
import type { Alert } from "../alerts.ts";
import type { StoredColumn, StoredColumns } from "../values.ts";
import { fingerprintOf, type SourceFile, type Watch } from "./file.ts";
import { columnNames } from "./oddities.ts";
import { type LeafColumn, leafGarbled, leafStored, leafText, leavesOf, textOf } from "./parquetColumns.ts";
import { type Reading, RejectLog, type Workplace } from "./reading.ts";
import { query } from "./relation.ts";

/** A Parquet file by its description. */
export interface ParquetFile {
  readonly columns: readonly string[];
  /** Its own columns, as DuckDB names them. */
  readonly stored: readonly string[];
  /** The table function that reads it. */
  readonly scan: string;
  /** SELECT with `__row` and the columns as VARCHAR. Nested structs are dotted columns, lists and maps JSON text. */
  readonly select: string;
  /** The same, and beside them those of numbers and flags in their own type. */
  readonly typedSelect: string;
  readonly own: StoredColumns;
  /** Rows it says it has. */
  readonly records: number;
  readonly leaves: readonly LeafColumn[];
  /** Whether DuckDB would misread it. */
  readonly misread: boolean;
}

/** What DuckDB calls the ordinal of a row in its file. */
const ROW_NUMBER = "file_row_number";

/**
 * Looks at what a Parquet file says about itself. Of its pages only those of columns of bytes are read, which may be no text.
 *
 * @throws InsightsError when the file is cut off or its description cannot be read
 */
export async function describeParquet(file: SourceFile, place: Workplace): Promise<ParquetFile> {
  const { connection, folder, watch, alerts } = place;
  await checkFooter(file);
  const path = quoteLiteral(await folder.literalPath(file.path));
  const scan = `read_parquet(${path}, hive_partitioning = false)`;
  return readable(file, watch, async () => {
    const described = await query(connection, `DESCRIBE SELECT * FROM ${scan}`, watch.signal);
    const leaves = described.flatMap((row) => leavesOf([String(row.column_name)], String(row.column_type)));
    const columns = columnNames(
      leaves.map((leaf) => leaf.path.join(".")),
      alerts,
    );
    const stored = described.map(({ column_name }) => String(column_name));
    const named = (name: string) => [...columns, ...stored].some((column) => column.toLowerCase() === name);
    // DuckDB counts off the rows, unless the file has a column of that name.
    const row = named(ROW_NUMBER) ? "row_number() OVER () - 1" : ROW_NUMBER;
    const values = leaves.map((leaf, index) => `${leafText(leaf)} AS ${quoteIdentifier(columns[index])}`);
    const own = new Map<string, StoredColumn>();
    const typed: string[] = [];
    leaves.forEach((leaf, index) => {
      const name = `__own_${index}`;
      const value = leafStored(leaf);
      if (value === undefined || named(name)) return;
      own.set(columns[index], { name, type: leaf.type, text: (value) => textOf(value, leaf.type) });
      typed.push(`${value} AS ${name}`);
    });
    await alertOnGarbled(leaves, columns, scan, place);
    const [{ n }] = await query(
      connection,
      `SELECT sum(num_rows)::DOUBLE AS n FROM parquet_file_metadata(${path})`,
      watch.signal,
    );
    const [{ wide }] = await query(
      connection,
      `SELECT count(*)::DOUBLE AS wide FROM parquet_schema(${path}) WHERE converted_type = 'DECIMAL' AND precision > 38`,
      watch.signal,
    );
    return {
      columns,
      stored,
      scan,
      select: `SELECT ${[`${row} AS __row`, ...values].join(", ")} FROM ${scan}`,
      typedSelect: `SELECT ${[`${row} AS __row`, ...values, ...typed].join(", ")} FROM ${scan}`,
      own,
      records: Number(n),
      leaves,
      misread: Number(wide) > 0,
    };
  });
}

/**
 * Reads a Parquet file, every page of it.
 *
 * @throws InsightsError when the file is cut off, or its description or a page of it cannot be read
 */
export async function readParquet(file: SourceFile, place: Workplace): Promise<Reading> {
  const { connection, watch, alerts } = place;
  const parquet = await describeParquet(file, place);
  const { columns, leaves, stored, scan } = parquet;
  const fingerprint = await fingerprintOf(file, watch);
  // A damaged page is noticed only when it is read. It must be noticed here, not in the middle of what uses it. A count or
  // extremes alone would come from the file's description.
  const every = stored.map(quoteIdentifier).join(", ");
  const all = `SELECT count(*)::DOUBLE AS n, bit_xor(hash(${every})) AS seen FROM ${scan}`;
  const reading = await readable(file, watch, async () => {
    let refusal: unknown;
    if (!parquet.misread) {
      try {
        const [{ n }] = await query(connection, all, watch.signal);
        return { select: parquet.select, records: Number(n) };
      } catch (error) {
        watch.signal?.throwIfAborted();
        if (!isGoodFile(error)) throw error;
        refusal = error;
      }
    }
    const { readParquetAgain } = await import("./parquetSecond.ts");
    const { garbled, ...second } = await readParquetAgain(file.path, leaves, columns, place).catch(
      (error) => {
        watch.signal?.throwIfAborted();
        throw refusal ?? error;
      },
    );
    garbled.forEach((count, index) => {
      // Those of bytes have been told of.
      if (count > 0 && leaves[index].type !== "BLOB") alerts.push(garbledAlert(columns[index], count));
    });
    return second;
  });
  return {
    format: "parquet",
    columns,
    ...reading,
    rejects: new RejectLog(),
    encoding: "utf-8",
    fingerprint,
    locate: async () => new Map(),
  };
}

/** Tells how many values of columns of bytes are no text. */
async function alertOnGarbled(
  leaves: readonly LeafColumn[],
  columns: readonly string[],
  scan: string,
  { connection, watch, alerts }: Workplace,
): Promise<void> {
  const checks = leaves.flatMap((leaf, index) => {
    const garbled = leafGarbled(leaf);
    return garbled === undefined ? [] : [{ column: columns[index], garbled }];
  });
  if (checks.length === 0) return;
  const counts = checks.map(({ garbled }, i) => `count(*) FILTER (${garbled})::DOUBLE AS n${i}`).join(", ");
  const [found] = await query(connection, `SELECT ${counts} FROM ${scan}`, watch.signal);
  checks.forEach(({ column }, i) => {
    const count = Number(found[`n${i}`]);
    if (count > 0) alerts.push(garbledAlert(column, count));
  });
}

/** Tells of texts that are not UTF-8. */
function garbledAlert(column: string, count: number): Alert {
  return {
    level: "warning",
    code: "invalid_utf8",
    column,
    message: `${countOfThings(count, "value")} of ${column} ${count === 1 ? "is" : "are"} not UTF-8 and left out.`,
  };
}

/** What DuckDB says of good files that it does not read, what that is, and what to do. */
const UNSUPPORTED: readonly (readonly [said: RegExp, what: string, remedy: string])[] = [
  [/BYTE_STREAM_SPLIT/, "BYTE_STREAM_SPLIT of other values than floats", "write it with plain encoding"],
  [/encrypt/i, "encrypted Parquet", "write it without encryption"],
  [/codec|unsupported compression/i, "its compression", "write it with snappy or zstd"],
  [
    /not (yet )?(supported|implemented)|unsupported/i,
    "a kind of Parquet",
    "write it anew with common settings, or as CSV",
  ],
];

/** Whether DuckDB refuses a file that may be good, or that is bad in one text. */
function isGoodFile(error: unknown): boolean {
  const message = error instanceof Error ? error.message : "";
  return INVALID_TEXT.test(message) || UNSUPPORTED.some(([said]) => said.test(message));
}

const INVALID_TEXT = /invalid string encoding/i;

/** Runs a query over a file; what fails there is the file's fault. */
async function readable<T>(file: SourceFile, { signal }: Watch, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    signal?.throwIfAborted();
    throw parquetError(file, error);
  }
}

/** What DuckDB says of a file in a few words, without the path and what it asks of its own developers. */
function parquetError(file: SourceFile, error: unknown): InsightsError {
  const message = error instanceof Error ? error.message : String(error);
  const unsupported = UNSUPPORTED.find(([pattern]) => pattern.test(message));
  if (unsupported !== undefined) {
    return new InsightsError(`not supported: ${unsupported[1]}: ${file.name}; ${unsupported[2]}`, {
      cause: error,
    });
  }
  const cause = INVALID_TEXT.test(message)
    ? "a text in it is not UTF-8"
    : /decompress|checksum|decode/i.test(message)
      ? "a page of it cannot be unpacked"
      : "it cannot be read";
  return new InsightsError(`damaged Parquet: ${file.name} (${cause}); fetch or write it again`, {
    cause: error,
  });
}

/** A Parquet file ends in its description, the description's length and the mark "PAR1", which a cut file lacks. */
async function checkFooter(file: SourceFile): Promise<void> {
  const end = Buffer.alloc(8);
  const handle = await open(file.path, "r");
  try {
    await handle.read(end, 0, 8, Math.max(0, file.size - 8));
  } finally {
    await handle.close();
  }
  const description = end.readUInt32LE(0);
  if (file.size < 20 || end.toString("latin1", 4) !== "PAR1" || description + 12 > file.size) {
    throw new InsightsError(
      `truncated Parquet: ${file.name} ends in the middle (${file.size} bytes); fetch or write it again`,
    );
  }
}
