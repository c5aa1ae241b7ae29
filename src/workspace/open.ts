import type { DuckDBConnection } from "@duckdb/node-api";
import { type DatabaseOptions, openInstance } from "../base/duckdb.ts";
import { createTables, isEmpty, migrate } from "./schema.ts";

/** Where a workspace is that is kept in memory only. */
export const IN_MEMORY = ":memory:";

/** How a workspace is opened. */
export interface WorkspaceOptions extends Omit<DatabaseOptions, "preserveOrder"> {
  /** The present moment. */
  readonly now: Date;
}

/** People over all imports, kept in one file. */
export interface Workspace {
  /** The file, or {@link IN_MEMORY}. */
  readonly path: string;
  /** Gives work a connection of its own to read with. Writers never keep it waiting. */
  read<T>(work: (connection: DuckDBConnection) => Promise<T>): Promise<T>;
  /**
   * Does work that writes, in a transaction: all of it counts, or nothing where it throws. One writer goes after the other.
   *
   * @param signal interrupts it
   * @returns what the work returns, once it is on the disk
   */
  write<T>(work: (connection: DuckDBConnection) => Promise<T>, signal?: AbortSignal): Promise<T>;
  /** Waits for what is being done and closes the file. */
  close(): Promise<void>;
}

/**
 * Opens a workspace; makes it where it is not there.
 *
 * @param path of its file, or {@link IN_MEMORY}
 * @throws InsightsError where it cannot be opened, and why
 */
export async function openWorkspace(path: string, { now, ...options }: WorkspaceOptions): Promise<Workspace> {
  const instance = await openInstance(path, options);
  const writer = await instance.connect();
  await inTransaction(writer, async () => {
    if (await isEmpty(writer)) await createTables(writer, now);
    else await migrate(writer, path);
  });
  const idle: DuckDBConnection[] = [];
  const under = new Set<Promise<unknown>>();
  let last: Promise<unknown> = Promise.resolve();
  const track = <T>(work: Promise<T>): Promise<T> => {
    const settled = work.then(
      () => {},
      () => {},
    );
    under.add(settled);
    void settled.finally(() => under.delete(settled));
    return work;
  };
  return {
    path,
    read: (work) =>
      track(
        (async () => {
          const connection = idle.pop() ?? (await instance.connect());
          try {
            return await work(connection);
          } finally {
            idle.push(connection);
          }
        })(),
      ),
    write: (work, signal) => {
      const turn = last.then(async () => {
        signal?.throwIfAborted();
        const interrupt = () => writer.interrupt();
        signal?.addEventListener("abort", interrupt);
        try {
          return await inTransaction(writer, () => work(writer));
        } catch (error) {
          signal?.throwIfAborted();
          throw error;
        } finally {
          signal?.removeEventListener("abort", interrupt);
        }
      });
      last = turn.catch(() => {});
      return track(turn);
    },
    close: async () => {
      while (under.size > 0) await Promise.all(under);
      for (const connection of [...idle, writer]) connection.closeSync();
      instance.closeSync();
    },
  };
}

async function inTransaction<T>(connection: DuckDBConnection, work: () => Promise<T>): Promise<T> {
  await connection.run("BEGIN TRANSACTION");
  try {
    const result = await work();
    await connection.run("COMMIT");
    return result;
  } catch (error) {
    // What went wrong first is what matters; DuckDB may have ended the transaction itself.
    await connection.run("ROLLBACK").catch(() => {});
    throw error;
  }
}
