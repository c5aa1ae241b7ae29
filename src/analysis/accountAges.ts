import type { DuckDBConnection } from "@duckdb/node-api";
import { quoteIdentifier } from "../profiles/sql.ts";
import { atSnapshotSql, snapshotOf } from "../targets/snapshot.ts";
import { columnsOf, type Finding, missingFor, presenceOf } from "./presence.ts";
import { readColumns } from "./query.ts";

const YEAR = 365.25 * 86_400;

/** How old accounts were when they were read. */
export interface AccountAges {
  /** Years from the making of the account to the snapshot, >= 0, one an account that is dated, ordered by `row`. */
  readonly years: Float64Array;
  /** Accounts whose date is not known: their number is of an older kind, or none was given. */
  readonly undated: number;
}

/**
 * Ages of accounts at the snapshot; where an account's own is unknown, the newest date of the file stands in.
 *
 * @param relation a table or view with `row`, `created_at` and, if known, `observed_at` and `posted_at`
 */
export async function accountAges(
  connection: DuckDBConnection,
  relation: string,
): Promise<Finding<AccountAges>> {
  const presence = await presenceOf(connection, relation);
  const missing = missingFor("account age", ["created_at"], presence);
  if (missing.length > 0) return { value: null, alerts: missing };
  const snapshot = await snapshotOf(connection, relation);
  const observed = (await columnsOf(connection, relation)).includes("observed_at");
  const read = observed ? "epoch(observed_at)" : String(snapshot.newest);
  const from = observed ? atSnapshotSql(relation, snapshot) : quoteIdentifier(relation);
  const { years } = await readColumns(
    connection,
    { years: `greatest(0, (${read} - epoch(created_at)) / ${YEAR})` },
    `${from} WHERE created_at IS NOT NULL ORDER BY "row"`,
  );
  return { value: { years, undated: presence.rows - years.length }, alerts: [] };
}
