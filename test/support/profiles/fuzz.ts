import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { DuckDBConnection } from "@duckdb/node-api";
import { openDatabase } from "../../../src/base/duckdb.ts";
import { InsightsError } from "../../../src/base/error.ts";
import { quoteIdentifier, quoteLiteral } from "../../../src/base/quote.ts";
import { Random } from "../../../src/base/random.ts";
import { recognisePlainFile } from "../../../src/profiles/scan/plainFile.ts";
import { distrustOf, scanFile } from "../../../src/profiles/scan/scanFile.ts";
import { joinRecord, plainStyle, splitRecord } from "../../../src/profiles/source/csv/fields.ts";
import { CsvRecordScanner } from "../../../src/profiles/source/csv/recordScanner.ts";
import { type CsvBuffers, csvSql } from "../../../src/profiles/source/csv/relation.ts";
import { walkCsv } from "../../../src/profiles/source/csv/walk.ts";
import { findFile } from "../../../src/profiles/source/file.ts";
import { openSource } from "../../../src/profiles/source/source.ts";
import { TemporaryFolder } from "../../../src/profiles/source/temporary.ts";
import { randomDialect } from "./randomDialects.ts";
import { randomCsv, randomJson, randomNdjson } from "./randomTexts.ts";
import { randomWritten, WRITTEN_COLUMNS } from "./randomWritten.ts";

/** Kinds of files that readers are compared on. */
export const KINDS = ["csv", "dialect", "ndjson", "json", "parquet", "written"] as const;

/** A file on which two readers do not agree. */
export interface Disagreement {
  readonly kind: (typeof KINDS)[number];
  /** Makes the same file again. */
  readonly seed: number;
  readonly what: string;
  /** Where the file is. */
  readonly path: string;
}

/** What became of the files. */
export interface FuzzCounts {
  /** Texts of which DuckDB's own reading was taken, by the way and the size of its buffers. */
  readonly trusted: Record<string, number>;
  /** Texts whose reading was not taken though they are without flaw: refused, or found wrong by the count. */
  readonly refused: Record<string, number>;
  /** Files that no reader takes, and why. */
  unreadable: number;
  files: number;
}

/** Compares readers on made-up files, all in one DuckDB instance as long as that lives. */
export class Fuzzer {
  readonly counts: FuzzCounts = { trusted: {}, refused: {}, unreadable: 0, files: 0 };
  private readonly folder: string;
  private database: Awaited<ReturnType<typeof openDatabase>> | undefined;

  /** @param folder for the file at hand */
  constructor(folder: string) {
    this.folder = folder;
  }

  /** Makes the file of a seed and has it read in every way. */
  async check(kind: Disagreement["kind"], seed: number): Promise<Disagreement | undefined> {
    const random = new Random(seed);
    const path = join(this.folder, `fuzz.${kind}`);
    this.counts.files++;
    const checks = {
      csv: this.csv,
      dialect: this.dialect,
      ndjson: this.ndjson,
      json: this.json,
      parquet: this.parquet,
      written: this.written,
    };
    const what = await checks[kind].call(this, path, random);
    return what === undefined ? undefined : { kind, seed, what, path };
  }

  close(): void {
    this.database?.close();
    this.database = undefined;
  }

  private async connection(): Promise<DuckDBConnection> {
    this.database ??= await openDatabase({ threads: 2 });
    return this.database.connection;
  }

  private async csv(path: string, random: Random): Promise<string | undefined> {
    const bytes = randomCsv(random);
    writeFileSync(path, bytes);
    const exact = await this.exactRows(path);
    if (typeof exact === "string") return exact === "unreadable" ? undefined : exact;
    const folder = new TemporaryFolder(undefined);
    const connection = await this.connection();
    const place = { connection, folder, watch: {}, alerts: [] };
    const plain = await recognisePlainFile(await findFile(path), place);
    await folder.remove();
    const text = plain?.text;
    if (plain === undefined || text === undefined) return undefined;
    const pass = await walkCsv(text, text.dialect, {}, { plainOnly: true });
    if (pass.oddity !== undefined) {
      return undefined;
    }
    const expected = recordsOf(bytes.subarray(text.encoding.markBytes), text.dialect.delimiter);
    const difference = compare(expected, exact.rows);
    if (difference !== undefined) return `the exact reader against the walk: ${difference}`;
    const line = pass.longest + 8 + bytes.indexOf("\n");
    const buffers: (readonly [string, CsvBuffers | undefined])[] = [
      ["", undefined],
      [" in small buffers", { line, buffer: line + 1 + Math.floor(random.uniform() * line) }],
    ];
    const { dialect, linefeeds, compression } = text;
    const layout = { path, compression, delimiter: dialect.delimiter, columns: plain.columns, linefeeds };
    for (const [size, buffer] of buffers) {
      for (const way of ["parallel", "sequential"] as const) {
        const sql = csvSql({ ...layout, kind: "original", longest: 0 }, way === "parallel", buffer);
        const rows = await this.rows(sql);
        const name = `${way}${size}`;
        if (rows === undefined || distrustOf(way, rows.length, pass) !== undefined) {
          this.counts.refused[name] = (this.counts.refused[name] ?? 0) + 1;
          continue;
        }
        this.counts.trusted[name] = (this.counts.trusted[name] ?? 0) + 1;
        const different = compare(exact.rows, rows);
        if (different !== undefined) return `${name} against the exact reader: ${different}`;
      }
    }
    return undefined;
  }

  /** A text in an unusual style: every record of it is read as it was made and on its line. A damaged one costs itself. */
  private async dialect(path: string, random: Random): Promise<string | undefined> {
    const { text, records, damaged } = randomDialect(random);
    writeFileSync(path, text);
    const exact = await this.exactRows(path);
    if (typeof exact === "string") return exact;
    const good = records.filter((_, i) => i !== damaged);
    const difference = compare(
      good.map(({ cells, first }) => [...cells, first]),
      exact.rows.map((row, i) => [...row, exact.lines[i]]),
    );
    if (difference !== undefined || damaged < 0) return difference;
    const lines = exact.rejects.map(({ line }) => line);
    return compare([[records[damaged].first]], [lines]);
  }

  private async ndjson(path: string, random: Random): Promise<string | undefined> {
    const { text, records } = randomNdjson(random);
    writeFileSync(path, text);
    const exact = await this.exactRows(path);
    const hasValue = records.some((record) => Object.values(record ?? {}).some((value) => value !== null));
    if (typeof exact === "string") return exact === "unreadable" && !hasValue ? undefined : exact;
    // Where hardly a record is UTF-8, bytes have other letters.
    if (exact.encoding !== undefined) {
      return records.includes(undefined) ? undefined : `read as ${exact.encoding}`;
    }
    return compareRecords(records, exact);
  }

  private async json(path: string, random: Random): Promise<string | undefined> {
    const { text, records } = randomJson(random);
    writeFileSync(path, text);
    const exact = await this.exactRows(path);
    const hasValue = records.some((record) => Object.values(record ?? {}).some((value) => value !== null));
    if (typeof exact === "string") return exact === "unreadable" && !hasValue ? undefined : exact;
    return compareRecords(records, exact);
  }

  /** Counts, rates and dates as people write them, in each format, on each way: all say what was written. */
  private async written(path: string, random: Random): Promise<string | undefined> {
    const { texts, values } = randomWritten(random);
    const format = Math.floor(random.uniform() * 3);
    if (format === 0) {
      const delimiter = random.uniform() < 0.5 ? ";" : ",";
      const lines = [WRITTEN_COLUMNS, ...texts].map((cells) => `${joinRecord(cells, delimiter)}\n`);
      writeFileSync(path, lines.join(""));
    } else if (format === 1) {
      const records = texts.map((cells) =>
        Object.fromEntries(WRITTEN_COLUMNS.map((name, i) => [name, cells[i]])),
      );
      writeFileSync(path, records.map((record) => `${JSON.stringify(record)}\n`).join(""));
    } else {
      const rows = texts.map((cells) => `(${cells.map(quoteLiteral).join(", ")})`).join(", ");
      await (await this.connection()).run(
        `COPY (SELECT * FROM (VALUES ${rows}) t(${WRITTEN_COLUMNS.join(", ")})) TO ${quoteLiteral(path)} (FORMAT parquet)`,
      );
    }
    const expected = values.map((row) => [
      ...row.map((value, i) => (i === 3 || value === null ? value : String(value))),
      null,
    ]);
    for (const way of [undefined, "exact"] as const) {
      const { value, scan } = await scanned(path, `${WRITTEN_COLUMNS.join(", ")}, _blanks`, way);
      if (way === undefined && format !== 1 && scan.way === "exact") return "read exactly";
      const difference = compare(expected, value);
      if (difference !== undefined) return `${scan.way}: ${difference}`;
    }
    return undefined;
  }

  /** A table of every type that counts, rates and flags come in, read by DuckDB in threads and exactly. */
  private async parquet(path: string, random: Random): Promise<string | undefined> {
    const pick = (values: readonly string[]) => values[Math.floor(random.uniform() * values.length)];
    const [whole, fraction] = [pick(["TINYINT", "INTEGER", "UBIGINT", "VARCHAR"]), pick(["DOUBLE", "FLOAT"])];
    const seed = Math.floor(random.uniform() * 1e6);
    const rows = 1 + Math.floor(random.uniform() * 9000);
    const text = "CASE WHEN hash(i) % 7 = 0 THEN NULL ELSE repeat('é\"\n', (hash(i) % 9)::INTEGER) END";
    const connection = await this.connection();
    await connection.run(
      `COPY (SELECT (i * 7919 + ${seed})::VARCHAR AS id, (hash(i) % 100)::${whole} AS followers,
        ((hash(i + 1) % 1000) / 999)::${fraction} AS like_engagement_rate, hash(i) % 3 = 0 AS is_verified,
        CASE WHEN hash(i) % 50 = 0 THEN 'many' ELSE '5' END AS likes, ${text} AS biography
        FROM range(${rows}) t(i)) TO ${quoteLiteral(path)} (FORMAT parquet, ROW_GROUP_SIZE 2048)`,
    );
    const fast = await scanned(path, "*");
    if (fast.scan.way !== "parallel") return `read ${fast.scan.way}`;
    return compare((await scanned(path, "*", "exact")).value, fast.value);
  }

  /** Rows of a table function; undefined when it fails. An instance that broke is replaced. */
  private async rows(from: string): Promise<unknown[][] | undefined> {
    try {
      return (await (await this.connection()).runAndReadAll(`FROM ${from}`)).getRowsJson();
    } catch (error) {
      if (/INTERNAL|FATAL/.test((error as Error).message)) this.close();
      return undefined;
    }
  }

  /** What the exact reader makes of a file; "unreadable" where it refuses it, in words what is wrong with its counts. */
  private async exactRows(path: string) {
    try {
      const source = await openSource(await this.connection(), path);
      const columns = source.columns.map(quoteIdentifier);
      const sql = `SELECT ${["__row::INTEGER AS __row", ...columns].join(", ")} FROM ${source.relation}`;
      const found = (await (await this.connection()).runAndReadAll(sql)).getRowsJson();
      const ordinals = found.map(([row]) => Number(row));
      const places = await source.linesOf(ordinals);
      const lines = ordinals.map((row) => places.get(row));
      await source.close();
      if (found.length + source.rejectedCount !== source.records) {
        return `${found.length} rows + ${source.rejectedCount} rejected are not ${source.records} records`;
      }
      const encoding = source.alerts.find(({ code }) => code === "encoding_converted")?.code;
      return {
        columns: source.columns,
        ordinals,
        rows: found.map((row) => row.slice(1)),
        encoding,
        lines,
        rejects: source.rejects,
      };
    } catch (error) {
      if (!(error instanceof InsightsError)) throw error;
      this.counts.unreadable++;
      return "unreadable";
    }
  }
}

/** Rows of a scan, in the file's order. */
function scanned(path: string, columns: string, way?: "exact") {
  return scanFile(path, { way, threads: 2 }, async (database, { select }) => {
    const reader = await database.runAndReadAll(`SELECT ${columns} FROM (${select}) ORDER BY "row"`);
    return { rows: reader.currentRowCount, value: reader.getRowsJson() };
  });
}

/** The records of a delimited text without any flaw, by the scanner alone. */
function recordsOf(text: Buffer, delimiter: string): string[][] {
  const { count, starts, ends } = new CsvRecordScanner(delimiter, 0).scan(text, text.length, true);
  return Array.from({ length: count }, (_, i) =>
    splitRecord(text.toString("utf8", starts[i], ends[i]), plainStyle(delimiter)),
  ).slice(1);
}

const PLAIN_KEY = /^name\d$/;

/** Compares flat records, by their ordinals, with rows of text. Numbers and lists keep the text that they have in the file. */
function compareRecords(
  records: readonly (Record<string, unknown> | undefined)[],
  { columns, ordinals, rows }: { columns: readonly string[]; ordinals: number[]; rows: unknown[][] },
): string | undefined {
  // A damaged key may be another name as a column, or take the name of another.
  const damaged = records
    .flatMap((record) => Object.keys(record ?? {}))
    .filter((key) => !PLAIN_KEY.test(key));
  const taken = new Set(damaged.map((key) => key.replaceAll("\0", "").trim()));
  const compared = columns.map((name) => PLAIN_KEY.test(name) && !taken.has(name));
  const good = records.flatMap((record, ordinal) => (record === undefined ? [] : [{ record, ordinal }]));
  const places = compare([good.map(({ ordinal }) => ordinal)], [ordinals]);
  if (places !== undefined) return `records: ${places}`;
  const expected = good.map(({ record, ordinal }) => [
    ordinal,
    ...columns.map((name, column) => (compared[column] ? (record[name] ?? null) : null)),
  ]);
  const found = rows.map((row, i) => [
    ordinals[i],
    ...row.map((text, column) => {
      if (!compared[column]) return null;
      const value = good[i]?.record[columns[column]];
      return typeof value === "string" || value === undefined || text === null
        ? text
        : JSON.parse(String(text));
    }),
  ]);
  return compare(expected, found);
}

function compare(expected: readonly unknown[][], found: readonly unknown[][]): string | undefined {
  if (expected.length !== found.length) return `${found.length} rows instead of ${expected.length}`;
  const at = expected.findIndex((row, i) => !sameRow(row, found[i]));
  if (at < 0) return undefined;
  return `row ${at} is ${JSON.stringify(found[at])} instead of ${JSON.stringify(expected[at])}`;
}

/** DuckDB's client leaves out a byte order mark at the beginning of a text, wherever the text comes from. */
function sameRow(expected: readonly unknown[], found: readonly unknown[]): boolean {
  const plain = (value: unknown) => (typeof value === "string" ? value.replace(/^\ufeff+/, "") : value);
  return JSON.stringify(expected.map(plain)) === JSON.stringify(found.map(plain));
}
