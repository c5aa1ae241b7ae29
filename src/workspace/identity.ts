import type { DuckDBConnection } from "@duckdb/node-api";
import { ACCOUNT_NUMBER } from "../profiles/accounts.ts";

/**
 * The temporary tables of an import. `staged` holds `row`, `id` (the number that an account is known by), `handle` (in lower case) and `seen`;
 * `matched` the `row` and the `person` of each record, and whether that person is `new`.
 */
export const STAGED = "staged";
/** See {@link STAGED}. */
export const MATCHED = "matched";

/** Of several sightings of a handle, the latest: by the day where it is known, by the import. */
const LATEST = "seen DESC NULLS LAST, import DESC, person DESC";

/**
 * Who was last seen with each of some handles, as SQL of `handle`, `person`, `id`, `seen`, `import`.
 *
 * @param handles query of handles in lower case
 */
export function holdersSql(handles: string): string {
  return `SELECT handle, person, id, seen, import FROM identities WHERE handle IN (${handles})
    QUALIFY row_number() OVER (PARTITION BY handle ORDER BY ${LATEST}) = 1`;
}

/**
 * Finds out who the records of an import are, all at once:
 *
 * 1. a record with an id is the person who has that id;
 * 2. else the person who was last seen with its handle, where that person has no id; of several records the latest;
 * 3. else somebody new. A handle that went to another id is another person.
 * 4. A record without an id is whoever was last seen with its handle, in this file before others; else somebody new.
 *
 * Of records that are the same person, the latest stays. Makes the table `matched` of the table `staged`, moves the workspace's next person on, and
 * keeps the pairs of ids and handles in `identities`.
 *
 * @param connection in whose transaction it is done
 * @param number of the import
 */
export async function matchPeople(connection: DuckDBConnection, number: number): Promise<void> {
  const run = (sql: string) => connection.run(sql);
  await run(`CREATE OR REPLACE TEMP TABLE holders AS ${holdersSql(`SELECT handle FROM ${STAGED}`)}`);
  await run(`CREATE OR REPLACE TEMP TABLE with_id AS
    SELECT s."row", s.id, s.handle, s.seen, known.person
    FROM ${STAGED} s LEFT JOIN (SELECT DISTINCT id, person FROM identities WHERE id IN (SELECT id FROM ${STAGED})) known USING (id)
    WHERE s.id IS NOT NULL`);
  await run(`UPDATE with_id SET person = gained.person FROM (
      SELECT w."row", h.person FROM with_id w JOIN holders h USING (handle)
      WHERE w.person IS NULL AND h.id IS NULL
      QUALIFY row_number() OVER (PARTITION BY h.person ORDER BY w.seen DESC NULLS LAST, w."row") = 1
    ) gained WHERE with_id."row" = gained."row"`);
  await run(`CREATE OR REPLACE TEMP TABLE ${MATCHED} AS
    WITH numbered AS (
      SELECT "row", id, handle, seen, person IS NULL AS new,
        coalesce(person, (SELECT next_person FROM workspace) - 1 + dense_rank() OVER (PARTITION BY person IS NULL ORDER BY "row")) AS person
      FROM with_id
    ), holding AS (
      SELECT handle, person FROM (
        SELECT handle, person, seen, import, false AS here FROM holders
        UNION ALL SELECT handle, person, seen, ${number}, true FROM numbered WHERE handle IS NOT NULL
      ) QUALIFY row_number() OVER (PARTITION BY handle ORDER BY here DESC, ${LATEST}) = 1
    )
    SELECT "row", id, handle, seen, person, new FROM numbered
    UNION ALL SELECT s."row", s.id, s.handle, s.seen, holding.person, false
    FROM ${STAGED} s LEFT JOIN holding USING (handle) WHERE s.id IS NULL`);
  // Those without an id whom nobody knows are numbered behind the others.
  await run(`UPDATE ${MATCHED} SET person = numbered.person, new = true FROM (
      SELECT handle, (SELECT greatest((SELECT next_person FROM workspace) - 1, max(person)) FROM ${MATCHED}) + row_number() OVER (ORDER BY min("row")) AS person
      FROM ${MATCHED} WHERE person IS NULL GROUP BY handle
    ) numbered WHERE ${MATCHED}.person IS NULL AND ${MATCHED}.handle = numbered.handle`);
  await run(
    `UPDATE workspace SET next_person = greatest(next_person, (SELECT coalesce(max(person), 0) + 1 FROM ${MATCHED}))`,
  );
  await keepIdentities(connection, number);
  await run(`CREATE OR REPLACE TEMP TABLE ${MATCHED} AS SELECT "row", person, new FROM ${MATCHED}
    QUALIFY row_number() OVER (PARTITION BY person ORDER BY seen DESC NULLS LAST, id IS NULL, "row") = 1`);
  // Temporary tables take memory as long as they stand.
  for (const table of ["holders", "with_id"]) await run(`DROP TABLE ${table}`);
}

/** Keeps who was seen with what handle, and the ids that people have gained. */
async function keepIdentities(connection: DuckDBConnection, number: number): Promise<void> {
  const run = (sql: string) => connection.run(sql);
  await run(`CREATE OR REPLACE TEMP TABLE pairs AS
    WITH people AS (SELECT DISTINCT person FROM ${MATCHED}),
    sighted AS (
      SELECT person, id, handle, ${number} AS import, seen FROM ${MATCHED}
      UNION ALL SELECT person, id, handle, import, seen FROM identities SEMI JOIN people USING (person)
    )
    SELECT person, any_value(id) OVER (PARTITION BY person) AS id, handle, import, seen FROM (
      SELECT person, any_value(id) AS id, handle, max(import) AS import, max(seen) AS seen FROM sighted GROUP BY person, handle
    )`);
  await run("DELETE FROM identities WHERE person IN (SELECT person FROM pairs)");
  await run("INSERT INTO identities SELECT person, id, handle, import, seen FROM pairs");
  await run("DROP TABLE pairs");
}

/**
 * Makes `identities` anew from the snapshots of some people.
 *
 * @param people query of their `person`
 */
export async function derivedIdentities(connection: DuckDBConnection, people: string): Promise<void> {
  await connection.run(`CREATE OR REPLACE TEMP TABLE derived AS ${people}`);
  await connection.run("DELETE FROM identities WHERE person IN (SELECT person FROM derived)");
  await connection.run(`INSERT INTO identities
    SELECT person, any_value(any_value(number)) OVER (PARTITION BY person), handle, max(import), max(observed_at)
    FROM (SELECT person, ${ACCOUNT_NUMBER} AS number, lower(account_id) AS handle, import, observed_at FROM snapshots SEMI JOIN derived USING (person))
    GROUP BY person, handle`);
  await connection.run("DROP TABLE derived");
}
