import { stat } from "node:fs/promises";
import { IN_MEMORY, type Workspace } from "./open.ts";

/** An import, as a workspace tells of it. */
export interface ImportInfo {
  readonly import: number;
  readonly name: string;
  readonly provider: string;
  readonly added_at: Date;
  /** When its profiles were read; where no profile says, the newest date of the file. Null without any. */
  readonly read_first: Date | null;
  readonly read_last: Date | null;
  /** People whom it shows, and those of them who were not known before. */
  readonly people: number;
  readonly new_people: number;
  readonly rejected: number;
  readonly duplicates: number;
}

/** What a workspace holds. */
export interface WorkspaceInfo {
  /** Null where it is kept in memory. */
  readonly path: string | null;
  /** Its log included. */
  readonly bytes: number | null;
  readonly version: number;
  readonly made_at: Date;
  /** People of whom there is a snapshot. */
  readonly people: number;
  readonly snapshots: number;
  /** People with a status, a note, an owner or a tag. */
  readonly marked: number;
  readonly lists: number;
  /** In the order in which they were added. */
  readonly imports: readonly ImportInfo[];
}

/** Says what a workspace holds. */
export async function infoOf(workspace: Workspace): Promise<WorkspaceInfo> {
  const kept = workspace.path !== IN_MEMORY;
  const told = await workspace.read(async (connection) => {
    const rows = async (sql: string) =>
      (await connection.runAndReadAll(sql)).getRowObjectsJS().map(plain) as unknown[];
    const [own] = await rows(`SELECT version, made_at,
      (SELECT count(*) FROM people) AS people, (SELECT count(*) FROM snapshots) AS snapshots,
      (SELECT count(*) FROM marks) AS marked, (SELECT count(*) FROM lists) AS lists FROM workspace`);
    const imports = await rows(
      `SELECT import, name, provider, added_at, read_first, read_last, rows AS people, new_people, rejected, duplicates FROM imports ORDER BY import`,
    );
    return { ...(own as object), imports } as unknown as Omit<WorkspaceInfo, "path" | "bytes">;
  });
  return {
    path: kept ? workspace.path : null,
    bytes: kept ? (await sizeOf(workspace.path)) + (await sizeOf(`${workspace.path}.wal`)) : null,
    ...told,
  };
}

async function sizeOf(path: string): Promise<number> {
  const found = await stat(path).catch(() => undefined);
  return found?.size ?? 0;
}

/** A row with its whole numbers as such. */
function plain(row: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => [name, typeof value === "bigint" ? Number(value) : value]),
  );
}
