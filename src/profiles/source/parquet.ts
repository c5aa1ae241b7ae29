import { open } from "node:fs/promises";
import { InsightsError } from "../../base/error.ts";
import { quoteIdentifier, quoteLiteral } from "../../base/quote.ts";
import type { StoredColumn, StoredColumns } from "../values.ts";
import { Fingerprint, readBytes, type SourceFile, type Watch } from "./file.ts";
import { columnNames } from "./oddities.ts";
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
}

/**
 * Looks at what a Parquet file says about itself. Its pages are not read.
 *
 * @throws InsightsError when the file is cut off or its description cannot be read
 */
export async function describeParquet(file: SourceFile, place: Workplace): Promise<ParquetFile> {
  const { connection, folder, watch, alerts } = place;
  await checkFooter(file);
  const path = quoteLiteral(await folder.literalPath(file.path));
  const scan = `read_parquet(${path}, file_row_number = true, hive_partitioning = false, binary_as_string = true)`;
  return readable(file, watch, async () => {
    const described = await query(connection, `DESCRIBE SELECT * FROM ${scan}`, watch.signal);
    const stored = described.filter(({ column_name }) => column_name !== "file_row_number");
    const leaves: LeafColumn[] = [];
    for (const row of stored) {
      leavesOf([String(row.column_name)], String(row.column_type), leaves);
    }
    const columns = columnNames(
      leaves.map((leaf) => leaf.path.join(".")),
      alerts,
    );
    const values = leaves.map((leaf, index) => `${leafSql(leaf)} AS ${quoteIdentifier(columns[index])}`);
    const own = new Map<string, StoredColumn>();
    const typed: string[] = [];
    leaves.forEach((leaf, index) => {
      const name = `__own_${index}`;
      const taken = columns.some((column) => column.toLowerCase() === name);
      if (!/INT|^DOUBLE$|^BOOLEAN$/.test(leaf.type) || isNested(leaf) || taken) return;
      own.set(columns[index], { name, type: leaf.type });
      typed.push(`${leafValue(leaf)} AS ${name}`);
    });
    const [{ n }] = await query(
      connection,
      `SELECT sum(num_rows)::DOUBLE AS n FROM parquet_file_metadata(${path})`,
      watch.signal,
    );
    return {
      columns,
      stored: stored.map(({ column_name }) => String(column_name)),
      scan,
      select: `SELECT ${["file_row_number AS __row", ...values].join(", ")} FROM ${scan}`,
      typedSelect: `SELECT ${["file_row_number AS __row", ...values, ...typed].join(", ")} FROM ${scan}`,
      own,
      records: Number(n),
    };
  });
}

/**
 * Reads a Parquet file, every page of it.
 *
 * @throws InsightsError when the file is cut off, or its description or a page of it cannot be read
 */
export async function readParquet(file: SourceFile, place: Workplace): Promise<Reading> {
  const { connection, watch } = place;
  const { columns, stored, scan, select } = await describeParquet(file, place);
  const fingerprint = new Fingerprint();
  for await (const _ of fingerprint.of(readBytes(file, watch))) {
    // Only the hash is wanted.
  }
  // Nobody checks a page until it is read: better now than in the middle of what uses it. Counts and extremes alone
  // would be answered from the file's description.
  const every = ["file_row_number", ...stored].map(quoteIdentifier).join(", ");
  const all = `SELECT count(*)::DOUBLE AS n, bit_xor(hash(${every})) AS seen FROM ${scan}`;
  const [{ n }] = await readable(file, watch, () => query(connection, all, watch.signal));
  return {
    format: "parquet",
    columns,
    select,
    records: Number(n),
    rejects: new RejectLog(),
    encoding: "utf-8",
    fingerprint: fingerprint.hex(),
    locate: async () => new Map(),
  };
}

/** Runs a query over a file; what fails there is the file's fault. */
async function readable<T>(file: SourceFile, { signal }: Watch, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    signal?.throwIfAborted();
    throw new InsightsError(`damaged Parquet: ${file.name} (${causeOf(error)}); fetch or write it again`, {
      cause: error,
    });
  }
}

/** DuckDB's message in a few words, without its kind, the path and what it asks of its own developers. */
function causeOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  if (/invalid string encoding/i.test(message)) {
    return "a text in it is not UTF-8";
  }
  return /decompress|checksum|decode/i.test(message)
    ? "a page of it cannot be unpacked"
    : "it cannot be read";
}

/** A Parquet file ends in its description, the description's length and the mark "PAR1": a cut file has them not. */
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

/** A value of a Parquet row that becomes a column. */
interface LeafColumn {
  readonly path: readonly string[];
  /** DuckDB's name of its type. */
  readonly type: string;
}

function leavesOf(path: readonly string[], type: string, leaves: LeafColumn[]): void {
  const members = structMembers(type);
  if (members === undefined) {
    leaves.push({ path, type });
    return;
  }
  for (const [name, memberType] of members) {
    leavesOf([...path, name], memberType, leaves);
  }
}

function leafSql(leaf: LeafColumn): string {
  return isNested(leaf)
    ? `CAST(to_json(${leafValue(leaf)}) AS VARCHAR)`
    : `CAST(${leafValue(leaf)} AS VARCHAR)`;
}

function leafValue({ path }: LeafColumn): string {
  return path
    .slice(1)
    .reduce((sql, key) => `struct_extract(${sql}, ${quoteLiteral(key)})`, quoteIdentifier(path[0]));
}

function isNested({ type }: LeafColumn): boolean {
  return /\]$|^MAP\(|^UNION\(/.test(type);
}

/**
 * The members of a struct type as DuckDB writes it: `STRUCT(id VARCHAR, "link url" STRUCT(a BIGINT)[])`. Undefined for
 * any other type, a list of structs among them.
 */
export function structMembers(type: string): [name: string, type: string][] | undefined {
  if (!type.startsWith("STRUCT(") || !type.endsWith(")")) {
    return undefined;
  }
  const members: [string, string][] = [];
  const inside = type.slice("STRUCT(".length, -1);
  let depth = 0;
  let quoted = false;
  let start = 0;
  for (let at = 0; at <= inside.length; at++) {
    const mark = inside[at];
    if (mark === '"') {
      quoted = !quoted;
    } else if (!quoted && (mark === "(" || mark === ")")) {
      depth += mark === "(" ? 1 : -1;
    }
    if (at === inside.length || (mark === "," && depth === 0 && !quoted)) {
      const member = inside.slice(start, at).trim();
      const name = member.startsWith('"') ? /^"(?:[^"]|"")*"/.exec(member)?.[0] : /^\S+/.exec(member)?.[0];
      if (name !== undefined) {
        const plain = name.startsWith('"') ? name.slice(1, -1).replaceAll('""', '"') : name;
        members.push([plain, member.slice(name.length).trim()]);
      }
      start = at + 1;
    }
  }
  return members;
}
