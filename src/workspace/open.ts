import { chmod, lstat, mkdir, rm, stat } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import type { DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import { type DatabaseOptions, openInstance } from "../base/duckdb.ts";
import { InsightsError } from "../base/error.ts";
import { type Claim, claim } from "../base/output/claim.ts";
import { renameForGood } from "../base/output/durable.ts";
import { copyInto } from "./copyInto.ts";
import {
  createIndex,
  createTables,
  dropIndexOfEarlier,
  type Migrations,
  migrate,
  UNCLEAN,
} from "./schema.ts";
import { Turns } from "./turns.ts";
import { workspaceError } from "./workspaceError.ts";

/** Where a workspace is that is kept in memory only. */
export const IN_MEMORY = ":memory:";

/** How a workspace is opened. */
export interface WorkspaceOptions extends Omit<DatabaseOptions, "preserveOrder"> {
  /** The present moment. */
  readonly now: Date;
  /** Whether the file is made where it is not there; it is unless said otherwise. */
  readonly create?: boolean | undefined;
  /** Whether the folder of the file is made where it is not there, for its owner alone. */
  readonly makeFolder?: boolean | undefined;
  /** Threads of this process that have ended, perhaps with the workspace open. */
  readonly ended?: readonly number[] | undefined;
  /** Others than those of the program. */
  readonly migrations?: Migrations | undefined;
}

/** People over all imports, kept in one file. */
export interface Workspace {
  /** The file, or {@link IN_MEMORY}. */
  readonly path: string;
  /** How often it was written to since it was opened: what was read stays true until this rises. */
  readonly writes: number;
  /** Gives work a connection of its own to read with. Writers never keep it waiting; it must not wait for one. */
  read<T>(work: (connection: DuckDBConnection) => Promise<T>): Promise<T>;
  /**
   * Does work that writes, in a transaction: all of it counts, or nothing where it throws. One writer goes after the other.
   *
   * @param signal interrupts it
   * @returns what the work returns, once it is on the disk
   */
  write<T>(work: (connection: DuckDBConnection) => Promise<T>, signal?: AbortSignal): Promise<T>;
  /** Writes the file anew, so that it holds nothing of what was taken out. Needs as much room on the disk again. Writers wait; others read until the last moment. */
  rewrite(): Promise<void>;
  /** Waits for what is being done and closes the file. */
  close(): Promise<void>;
}

/**
 * Opens a workspace; makes it where it is not there, for its owner alone. No other process can open it until it is closed.
 *
 * @param path of its file, or {@link IN_MEMORY}
 * @throws InsightsError where it cannot be opened, and why: it is open elsewhere, damaged, of a newer version, cannot be written
 */
export async function openWorkspace(path: string, options: WorkspaceOptions): Promise<Workspace> {
  const { now, create = true, makeFolder = false, ended, migrations, ...database } = options;
  if (path === IN_MEMORY) {
    const workspace = new OpenWorkspace(path, undefined, database);
    await workspace.write((connection) => createTables(connection, now));
    return workspace;
  }
  const file = resolve(path);
  const isThere = async () => (await stat(file).catch(() => undefined)) !== undefined;
  if (!create && !(await isThere()))
    throw new InsightsError(`no workspace: ${file} (insights workspace add FILE makes one)`);
  if (makeFolder) await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const claimed = await claim(
    file,
    false,
    (_, who, lock) =>
      `the workspace ${file} is open in another run, ${who} (${lock === null ? "close it there, or name another file with --workspace" : `if that is gone, remove ${lock}`})`,
    ended,
  );
  const workspace = new OpenWorkspace(file, claimed, database);
  try {
    if (!(await isThere())) await make(claimed, now);
    await workspace.write(dropIndexOfEarlier);
    await workspace.write((connection) => migrate(connection, file, migrations));
    await workspace.write(createIndex);
    await workspace.cleanUp();
    return workspace;
  } catch (error) {
    await workspace.close();
    throw error;
  }
}

/** Makes an empty workspace beside its place, so that it is whole or not there. */
async function make({ partial, target }: Claim, now: Date): Promise<void> {
  try {
    await refuseLog(target);
    await mkdir(partial, { mode: 0o700 });
    const path = join(partial, "whole");
    const instance = await openInstance(path);
    const connection = await instance.connect();
    try {
      await createTables(connection, now);
    } finally {
      connection.closeSync();
      instance.closeSync();
    }
    await chmod(path, 0o600);
    await renameForGood(path, target);
    await rm(partial, { recursive: true });
  } catch (error) {
    throw workspaceError(error, target);
  }
}

/** Refuses to put another file in the place of a workspace whose log stands there. */
async function refuseLog(path: string): Promise<void> {
  const log = `${path}.wal`;
  if ((await lstat(log).catch(() => undefined)) === undefined) return;
  throw new InsightsError(
    `cannot write ${path}: ${log} stands there, with what is not in a workspace yet (move it away, or put back its workspace)`,
  );
}

/** An instance of DuckDB and its connections. */
interface Session {
  readonly instance: DuckDBInstance;
  readonly writer: DuckDBConnection;
  readonly idle: DuckDBConnection[];
}

class OpenWorkspace implements Workspace {
  readonly path: string;
  private readonly claimed: Claim | undefined;
  private readonly database: DatabaseOptions;
  private readonly turns = new Turns();
  private session: Promise<Session> | undefined;
  private closed = false;
  private written = 0;

  constructor(path: string, claimed: Claim | undefined, database: DatabaseOptions) {
    this.path = path;
    this.claimed = claimed;
    this.database = database;
  }

  get writes(): number {
    return this.written;
  }

  read<T>(work: (connection: DuckDBConnection) => Promise<T>): Promise<T> {
    return this.turns.read(() =>
      this.inWords(async () => {
        const { instance, idle } = await this.opened();
        const connection = idle.pop() ?? (await instance.connect());
        try {
          return await work(connection);
        } finally {
          idle.push(connection);
        }
      }),
    );
  }

  write<T>(work: (connection: DuckDBConnection) => Promise<T>, signal?: AbortSignal): Promise<T> {
    return this.turns.write(() =>
      this.inWords(async () => {
        signal?.throwIfAborted();
        const { writer } = await this.opened();
        const interrupt = () => writer.interrupt();
        signal?.addEventListener("abort", interrupt);
        try {
          return await inTransaction(writer, () => work(writer));
        } catch (error) {
          if (await isBroken(writer)) await this.turns.withoutReaders(() => this.shut());
          // An interrupted query fails in DuckDB's words; what the caller wants to see is its own reason.
          signal?.throwIfAborted();
          throw error;
        } finally {
          // Also where it failed: a commit may have been done before its answer was lost.
          this.written++;
          signal?.removeEventListener("abort", interrupt);
        }
      }),
    );
  }

  async rewrite(): Promise<void> {
    const { claimed } = this;
    if (claimed === undefined) return;
    await this.turns.write(() =>
      this.inWords(async () => {
        const { writer } = await this.opened();
        const fresh = join(claimed.partial, "whole");
        try {
          await mkdir(claimed.partial, { mode: 0o700 });
          // Of a million people that takes long: others read meanwhile.
          await copyInto(writer, fresh);
          const { mode } = await stat(this.path);
          await chmod(fresh, mode & 0o666);
          await this.turns.withoutReaders(async () => {
            // The log goes first: it would be taken for one of the new file.
            await writer.run("CHECKPOINT");
            await this.shut();
            await refuseLog(this.path);
            await renameForGood(fresh, this.path);
          });
        } catch (error) {
          if (this.session !== undefined && (await isBroken(writer)))
            await this.turns.withoutReaders(() => this.shut());
          throw error;
        } finally {
          await rm(claimed.partial, { recursive: true, force: true });
        }
      }),
    );
  }

  /** Rewrites the file where a run before this one was stopped before it could. A disk without room for it keeps nobody from their people. */
  async cleanUp(): Promise<void> {
    const unclean = await this.read(async (connection) => {
      const reader = await connection.runAndReadAll(`SELECT 1 FROM settings WHERE key = '${UNCLEAN}'`);
      return reader.currentRowCount > 0;
    });
    if (unclean) await this.rewrite().catch(() => {});
  }

  async close(): Promise<void> {
    await this.turns.write(() =>
      this.turns.withoutReaders(async () => {
        this.closed = true;
        await this.shut();
        await this.claimed?.[Symbol.asyncDispose]();
      }),
    );
  }

  private opened(): Promise<Session> {
    if (this.closed) throw new InsightsError(`the workspace ${this.path} was closed`);
    this.session ??= openSession(this.path, this.database);
    // What could not be opened is tried anew by the next who needs it.
    this.session.catch(() => {
      this.session = undefined;
    });
    return this.session;
  }

  private async shut(): Promise<void> {
    const session = await this.session?.catch(() => undefined);
    this.session = undefined;
    if (session === undefined) return;
    for (const connection of [...session.idle, session.writer]) connection.closeSync();
    session.instance.closeSync();
  }

  private async inWords<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw workspaceError(error, this.path);
    }
  }
}

async function openSession(path: string, database: DatabaseOptions): Promise<Session> {
  const instance = await openInstance(path, database);
  return { instance, writer: await instance.connect(), idle: [] };
}

/** Whether an instance answers nothing any more until the file is opened anew, as after a fault of the disk. */
async function isBroken(connection: DuckDBConnection): Promise<boolean> {
  return connection.run("SELECT 1").then(
    () => false,
    () => true,
  );
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
