import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import { afterAll, beforeAll } from "vitest";
import { quoteIdentifier } from "../../../src/base/quote.ts";
import { query } from "../../../src/profiles/source/relation.ts";
import { openSource, type Source } from "../../../src/profiles/source/source.ts";

/** What a source gave: its facts, and its rows as text by column, `__row` among them. */
export interface Opened extends Source {
  readonly rows: readonly Record<string, unknown>[];
}

/** A folder and a database for the tests of one file. */
export interface Bench {
  readonly folder: string;
  readonly connection: DuckDBConnection;
  /** Writes a file into the folder and returns its path. */
  file(name: string, bytes: string | Uint8Array): string;
  /** Opens a file, reads all rows and closes it. Fails when anything is left behind. */
  open(path: string): Promise<Opened>;
  /** The same for bytes that are written to a file first. */
  read(bytes: string | Uint8Array, name?: string): Promise<Opened>;
}

/** Sets a bench up before the tests of a file, and takes it away after them. */
export function createBench(): Bench {
  const folder = mkdtempSync(join(tmpdir(), "source-test-"));
  const temporary = join(folder, "temporary");
  let instance: DuckDBInstance;
  let connection: DuckDBConnection | undefined;
  beforeAll(async () => {
    instance = await DuckDBInstance.create(":memory:");
    connection = await instance.connect();
    await connection.run(`COPY (SELECT 1) TO '${join(folder, "warm.csv")}'`);
  });
  afterAll(() => {
    connection?.closeSync();
    instance.closeSync();
    rmSync(folder, { recursive: true, force: true });
  });
  const bench: Bench = {
    folder,
    get connection() {
      return connection as DuckDBConnection;
    },
    file(name, bytes) {
      const path = join(folder, name);
      writeFileSync(path, bytes);
      return path;
    },
    async open(path) {
      rmSync(temporary, { recursive: true, force: true });
      const { mkdir } = await import("node:fs/promises");
      await mkdir(temporary);
      let rows: Record<string, unknown>[];
      let source: Source;
      try {
        source = await openSource(bench.connection, path, { temporaryDirectory: temporary });
        rows = await query(
          bench.connection,
          `SELECT __row::INTEGER AS __row, * EXCLUDE (__row) FROM ${quoteIdentifier(source.relation)}`,
        );
        await source.close();
      } finally {
        const left = readdirSync(temporary);
        if (left.length > 0) {
          // biome-ignore lint/correctness/noUnsafeFinally: files left behind are what must be seen
          throw new Error(`left behind: ${left.join(", ")}`);
        }
      }
      return { ...source, rows };
    },
    read: (bytes, name = "profiles.csv") => bench.open(bench.file(name, bytes)),
  };
  return bench;
}

/** The rows' values without `__row`, column by column. */
export function valuesOf(opened: Opened): unknown[][] {
  return opened.rows.map((row) => opened.columns.map((column) => row[column]));
}

/** The rows' ordinals. */
export function ordinalsOf(opened: Opened): unknown[] {
  return opened.rows.map((row) => row.__row);
}
