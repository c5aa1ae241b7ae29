import type { DuckDBConnection } from "@duckdb/node-api";
import { ACCOUNT_NUMBER } from "../profiles/accounts.ts";
import { holdersSql } from "./identity.ts";

/** The names of an account: handles in lower case, and ids. */
export interface AccountNames {
  readonly handles: readonly string[];
  readonly ids: readonly string[];
}

/**
 * Finds out who has the names of accounts, as an import does: whoever has one of the ids; else whoever was last seen with one of the handles, but
 * for somebody with another id where the account has one. Digits that are too few for an id are one where they are all that is said.
 *
 * @returns numbers of people for each account; none where nobody has its names
 */
export async function findNamed(
  connection: DuckDBConnection,
  accounts: readonly AccountNames[],
): Promise<number[][]> {
  const asked = accounts.flatMap(({ handles, ids }, account) => {
    const alone = ids.length === 0 && handles.length === 1 && /^\d+$/.test(handles[0]);
    return [
      ...ids.map((id) => ({ account, id, account_id: handles[0] ?? null, sure: true })),
      ...(alone ? [{ account, id: handles[0], account_id: null, sure: false }] : []),
      ...handles.map((account_id) => ({ account, id: null, account_id, sure: false })),
    ];
  });
  const reader = await connection.runAndReadAll(
    `WITH asked AS MATERIALIZED (
      SELECT unnest(from_json($1::JSON, '[{"account":"BIGINT","id":"VARCHAR","account_id":"VARCHAR","sure":"BOOLEAN"}]'), recursive := true)
    ), numbers AS MATERIALIZED (
      SELECT account, ${ACCOUNT_NUMBER} AS number, sure FROM asked WHERE id IS NOT NULL AND ${ACCOUNT_NUMBER} IS NOT NULL
    ), known AS MATERIALIZED (
      SELECT DISTINCT account, person FROM numbers JOIN identities ON identities.id = number
    ), holders AS (${holdersSql("SELECT lower(account_id) FROM asked WHERE id IS NULL")})
    SELECT account::DOUBLE AS account, person::DOUBLE AS person FROM (
      FROM known
      UNION SELECT account, person FROM asked JOIN holders ON holders.handle = lower(asked.account_id)
      WHERE asked.id IS NULL AND account NOT IN (SELECT account FROM known)
        AND (holders.id IS NULL OR account NOT IN (SELECT account FROM numbers WHERE sure))
    ) ORDER BY account, person`,
    [JSON.stringify(asked)],
  );
  const found: number[][] = accounts.map(() => []);
  for (const [account, person] of reader.getRowsJS() as [number, number][]) found[account].push(person);
  return found;
}
