import { randomUUID } from "node:crypto";
import { createRequire } from "node:module";
import { tmpdir, totalmem } from "node:os";
import { join } from "node:path";
import type { DuckDBConnection, DuckDBInstance as Instance } from "@duckdb/node-api";
import { temporaryName } from "./output/temporaryName.ts";

/**
 * What DuckDB's package gives that is there at run time; types are imported from the package itself. It is loaded as the CommonJS that it is:
 * for an `import` Node reads through all of its files beforehand, in search of names, which takes as long as loading them.
 */
const duckdb: typeof import("@duckdb/node-api") = createRequire(import.meta.url)("@duckdb/node-api");

export const {
  BIGINT,
  BOOLEAN,
  DOUBLE,
  DuckDBInstance,
  DuckDBScalarFunction,
  DuckDBTableFunction,
  ENUM,
  JSDuckDBValueConverter,
  LIST,
  listValue,
  STRUCT,
  VARCHAR,
  version,
} = duckdb;

/** Settings of a DuckDB instance. */
export interface DatabaseOptions {
  /** Where what does not fit into memory goes; without it, the system's place for temporary files. */
  readonly temporaryDirectory?: string | undefined;
  /** DuckDB's limit, such as `1GB`; what is over it goes to temporary files. Without it, 80 % of the machine's memory. */
  readonly memoryLimit?: string | undefined;
  /** Threads that DuckDB may use; without it, as many as there are cores. */
  readonly threads?: number | undefined;
  /** Whether rows keep the file's order; true without it. Costs memory in large writes. */
  readonly preserveOrder?: boolean | undefined;
}

/** Bytes that databases take together unless told: a server over a million people then stays below 1.5 GB (`npm run bench:workspace`). */
const MOST_UNASKED = 2e9;

/**
 * Each database's part of what several may use together, as DuckDB writes it; what is over it goes to temporary files.
 *
 * @param memory in bytes; a quarter of the machine's, but no more than {@link MOST_UNASKED}, unless said otherwise
 */
export const memoryPart = (memory = Math.min(totalmem() / 4, MOST_UNASKED), databases = 1): string =>
  `${Math.floor(memory / databases / 1000)}KB`;

/** A DuckDB instance in memory, and a connection to it. */
export interface Database {
  readonly connection: DuckDBConnection;
  /** Opens another connection, whose queries run beside those of the first. Temporary tables are of one connection. */
  connect(): Promise<DuckDBConnection>;
  /** Closes all. No query may run any more: one that does never ends, nor does the thread that it is in. */
  close(): void;
}

/** Opens a fresh instance of DuckDB. It fetches nothing: what is needed is linked in. */
export async function openDatabase(options: DatabaseOptions = {}): Promise<Database> {
  const instance = await openInstance(":memory:", options);
  const connection = await instance.connect();
  return {
    connection,
    connect: () => instance.connect(),
    close: () => {
      connection.closeSync();
      instance.closeSync();
    },
  };
}

/**
 * Opens an instance of DuckDB over a file, which is made where it is not there, or in memory.
 *
 * @param path the file, or `:memory:`
 */
export async function openInstance(path: string, options: DatabaseOptions = {}): Promise<Instance> {
  const { temporaryDirectory, memoryLimit, threads, preserveOrder } = options;
  return DuckDBInstance.create(path, {
    preserve_insertion_order: String(preserveOrder ?? true),
    autoinstall_known_extensions: "false",
    // Made by DuckDB when memory runs out, and removed by it.
    temp_directory: join(temporaryDirectory ?? tmpdir(), temporaryName() + randomUUID()),
    ...(memoryLimit === undefined ? {} : { memory_limit: memoryLimit }),
    ...(threads === undefined ? {} : { threads: String(threads) }),
  });
}
