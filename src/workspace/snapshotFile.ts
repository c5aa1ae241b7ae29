import type { DuckDBConnection } from "@duckdb/node-api";
import { type DatabaseOptions, openDatabase } from "../base/duckdb.ts";
import { quoteLiteral } from "../base/quote.ts";
import { ACCOUNT_KEY } from "../profiles/accounts.ts";
import { CANONICAL_NAMES } from "../profiles/canonical.ts";
import type { Profiles } from "../profiles/read.ts";
import { BLANKED_TABLE, PROFILES_TABLE, REJECTED_TABLE } from "../profiles/table.ts";

/** What is known of an import's file beside its profiles, for another thread to be told. */
export type SnapshotFile = Omit<Profiles, "connection" | "connect" | "table" | "cells" | "close"> & {
  /** Whether the people are made up. */
  readonly synthetic: boolean;
};

/**
 * Writes the snapshots of an import into a Parquet file of the canonical columns and `row`, as its own file was read; see {@link readSnapshots}.
 *
 * @param number of the import
 * @param path a new file
 * @returns undefined where there is no such import
 */
export async function writeSnapshots(
  connection: DuckDBConnection,
  number: number,
  path: string,
): Promise<SnapshotFile | undefined> {
  const rows = async (sql: string) => (await connection.runAndReadAll(sql)).getRowObjectsJS();
  const [found] = await rows(`SELECT * FROM imports WHERE import = ${number}`);
  if (found === undefined) return undefined;
  // Where the file does not say when a profile was read, a snapshot holds what stands in for it.
  const columns = CANONICAL_NAMES.map((name) =>
    name === "observed_at" ? "CASE WHEN observed_known THEN observed_at END AS observed_at" : name,
  );
  const [{ Count: written }] = await rows(`COPY (
    SELECT "row", ${columns.join(", ")} FROM snapshots WHERE import = ${number} ORDER BY "row"
  ) TO ${quoteLiteral(path)} (FORMAT parquet)`);
  const { mapped, unmapped, missing, alerts, blanks, rejects, ...facts } = JSON.parse(String(found.facts));
  return {
    source: {
      file: String(found.name),
      format: String(found.format) as SnapshotFile["source"]["format"],
      compression: "none",
      fingerprint: String(found.fingerprint),
      records: Number(found.records),
      columns: CANONICAL_NAMES.filter((name) => !missing.includes(name)),
    },
    provider: String(found.provider),
    ...{ mapped, unmapped, missing, alerts, blanks, rejects },
    rows: Number(written),
    duplicates: Number(found.duplicates),
    rejectedCount: Number(found.rejected),
    rejectedByReason: facts.rejected_by_reason,
    synthetic: found.synthetic === true,
  };
}

/**
 * Opens what {@link writeSnapshots} has written as the profiles that they were, to the last digit. Of records that were rejected nothing is
 * known any more but their number; of cells that were blanked, that all their column's empty ones may be such.
 */
export async function readSnapshots(
  path: string,
  file: SnapshotFile,
  options: Pick<DatabaseOptions, "memoryLimit" | "temporaryDirectory"> = {},
): Promise<Profiles> {
  const { connection, connect, close } = await openDatabase(options);
  try {
    await connection.run(
      `CREATE TABLE ${PROFILES_TABLE} AS FROM read_parquet(${quoteLiteral(path)}) ORDER BY "row"`,
    );
    await connection.run(`CREATE TABLE ${REJECTED_TABLE} AS FROM ${PROFILES_TABLE} LIMIT 0`);
    const blanked = file.blanks.map(({ column }) => column).join(" ");
    await connection.run(
      `CREATE TABLE ${BLANKED_TABLE} AS SELECT ${ACCOUNT_KEY} AS account, ${quoteLiteral(blanked)} AS _blanks FROM ${PROFILES_TABLE}`,
    );
    const { synthetic: _, ...known } = file;
    const opened = { connection, connect, table: PROFILES_TABLE, close: async () => close() } as const;
    return { ...known, ...opened, cells: [] };
  } catch (error) {
    close();
    throw error;
  }
}
