import type { DuckDBConnection } from "@duckdb/node-api";
import { InsightsError } from "../base/error.ts";
import { quoteLiteral, timestampSql } from "../base/quote.ts";
import { type FieldChange, fieldChanges, presentSql, type Setting, settingInWords } from "./marks.ts";
import type { Workspace } from "./open.ts";

/** A change of marks or lists, as it is kept. */
export interface Change {
  /** Its number; they rise. Null where nothing was to be changed. */
  readonly change: number | null;
  /** People for whom something became different. */
  readonly people: number;
  /** What was done. */
  readonly words: string;
}

/** A change that was refused: somebody changed the person or the list meanwhile. */
export interface Stale {
  /** The version that is there now. */
  readonly stale: number;
}

/** How a change is made. */
export interface ChangeOptions {
  /** The present moment. */
  readonly now: Date;
  /** The version of the one person that is changed, as it was when it was looked at; 0 for one that was never touched. */
  readonly version?: number | undefined;
}

/** The temporary table of what is to become different: `person`, `field`, `key`, `before`, `after`. */
const WANTED = "wanted";

const CHANGED_COLUMNS = "person, field, key, before, after";

/**
 * Changes marks and lists of people, all of them or none. Each field that becomes different is kept with what stood there, so that the change
 * can be taken back.
 *
 * @param whom SQL of a query with a column `person`
 * @throws InsightsError `no such list: 7`
 */
export async function changePeople(
  workspace: Workspace,
  whom: string,
  setting: Setting,
  { now, version }: ChangeOptions,
): Promise<Change | Stale> {
  return workspace.write(async (connection) => {
    const names = await listNames(connection);
    for (const list of [...(setting.add_to ?? []), ...(setting.remove_from ?? [])])
      if (!names.has(list)) throw new InsightsError(`no such list: ${list}`);
    await connection.run(`CREATE OR REPLACE TEMP TABLE chosen AS
      SELECT DISTINCT person FROM (${whom}) SEMI JOIN identities USING (person)`);
    if (version !== undefined) {
      const present = await one(
        connection,
        "SELECT coalesce(max(version), 0) FROM marks SEMI JOIN chosen USING (person)",
      );
      if (present !== version) return { stale: present };
    }
    const parts = fieldChanges(setting).map(
      (field) => `SELECT c.person, ${fieldSql(field)}, ${presentSql(field, "m", "c.person")} AS before,
        ${textSql(field.after)} AS after FROM chosen c LEFT JOIN marks m USING (person)`,
    );
    return make(connection, parts.join(" UNION ALL "), now, (people) =>
      settingInWords(setting, people, names),
    );
  });
}

/**
 * Takes a change back where what it did still stands; what was changed again since stays. Taking back is a change too, which can be taken
 * back.
 *
 * @throws InsightsError `no such change: 7`, or where it is taken back already
 */
export async function undoChange(workspace: Workspace, change: number, now: Date): Promise<Change> {
  return workspace.write(async (connection) => {
    const found = (await allChanges(connection)).find((one) => one.change === change);
    if (found === undefined) throw new InsightsError(`no such change: ${change}`);
    if (found.undone) throw new InsightsError(`taken back already: ${found.words}`);
    const reader = await connection.runAndReadAll(
      `SELECT DISTINCT field, key FROM changed WHERE change = ${change} ORDER BY field, key`,
    );
    const fields = reader.getRowsJS() as unknown as [AnyField, string | null][];
    const parts = fields.map(
      ([field, key]) => `SELECT d.person, d.field, d.key, d.after AS before, d.before AS after
        FROM changed d LEFT JOIN marks m USING (person)
        WHERE d.change = ${change} AND d.field = ${quoteLiteral(field)} AND d.key IS NOT DISTINCT FROM ${textSql(key)}
          AND ${field === "name" ? nameSql(key) : presentSql({ field, key }, "m", "d.person")} IS NOT DISTINCT FROM d.after`,
    );
    return make(connection, parts.join(" UNION ALL "), now, () => `took back: ${found.words}`, change);
  });
}

/** A change in the history. */
export interface PastChange extends Change {
  readonly change: number;
  readonly at: Date;
  /** The change that this one took back. */
  readonly undoes: number | null;
  /** Whether it is taken back. */
  readonly undone: boolean;
}

/**
 * The history, the newest first.
 *
 * @param person only changes of this person
 */
export async function readChanges(
  connection: DuckDBConnection,
  { limit, person }: { readonly limit: number; readonly person?: number | undefined },
): Promise<PastChange[]> {
  const all = await allChanges(connection);
  if (person === undefined) return all.slice(0, limit);
  const reader = await connection.runAndReadAll(
    `SELECT DISTINCT change FROM changed WHERE person = ${person}`,
  );
  const own = new Set(reader.getRowsJS().map(([change]) => Number(change)));
  return all.filter(({ change }) => own.has(change)).slice(0, limit);
}

async function allChanges(connection: DuckDBConnection): Promise<PastChange[]> {
  const reader = await connection.runAndReadAll(
    "SELECT change, made_at, words, people, undoes FROM changes ORDER BY change DESC",
  );
  const undone = new Set<number>();
  return reader.getRowsJS().map(([number, at, words, people, back]) => {
    const [change, undoes] = [Number(number), back === null ? null : Number(back)];
    // One that is taken back itself takes nothing back.
    if (undoes !== null && !undone.has(change)) undone.add(undoes);
    const past = { change, at: at as Date, words: String(words), people: Number(people), undoes };
    return { ...past, undone: undone.has(change) };
  });
}

/** A field of a person, or the name of a list, whose person is NULL. */
type AnyField = FieldChange["field"] | "name";

const textSql = (text: string | null) => (text === null ? "NULL::VARCHAR" : quoteLiteral(text));
const fieldSql = ({ field, key }: FieldChange) => `${quoteLiteral(field)} AS field, ${textSql(key)} AS key`;
const nameSql = (list: string | null) => `(SELECT name FROM lists WHERE list = ${Number(list)})`;

/**
 * Gives a list another name: NULL for a list that is not there, or not any more.
 *
 * @param connection in whose transaction it is done
 */
export async function nameList(
  connection: DuckDBConnection,
  list: number,
  name: string | null,
  now: Date,
  words: string,
): Promise<Change> {
  const wanted = `SELECT NULL::BIGINT AS person, 'name' AS field, ${quoteLiteral(String(list))} AS key,
    ${nameSql(String(list))} AS before, ${textSql(name)} AS after`;
  return make(connection, wanted, now, () => words);
}

/** Makes a change of what is wanted, as far as it is not so already. */
async function make(
  connection: DuckDBConnection,
  wanted: string,
  now: Date,
  words: (people: number) => string,
  undoes: number | null = null,
): Promise<Change> {
  await connection.run(
    `CREATE OR REPLACE TEMP TABLE ${WANTED} (person BIGINT, field VARCHAR, key VARCHAR, before VARCHAR, after VARCHAR)`,
  );
  if (wanted !== "")
    await connection.run(
      `INSERT INTO ${WANTED} SELECT ${CHANGED_COLUMNS} FROM (${wanted}) WHERE before IS DISTINCT FROM after`,
    );
  const people = await one(connection, `SELECT count(DISTINCT person) FROM ${WANTED}`);
  if ((await one(connection, `SELECT count(*) FROM ${WANTED}`)) === 0)
    return {
      change: null,
      people: 0,
      words: `nothing to change${undoes === null ? "" : ": all of it was changed since"}`,
    };
  const change = await one(connection, "SELECT next_change FROM workspace");
  await connection.run("UPDATE workspace SET next_change = next_change + 1");
  await applyMarks(connection, change, now);
  await applyLists(connection, change, now);
  const said = words(people);
  await connection.run(
    `INSERT INTO changes VALUES (${change}, ${timestampSql(now)}, ${quoteLiteral(said)}, ${people}, ${undoes ?? "NULL"})`,
  );
  await connection.run(
    `INSERT INTO changed SELECT ${change}, ${CHANGED_COLUMNS} FROM ${WANTED} ORDER BY person`,
  );
  return { change, people, words: said };
}

/** Makes the rows of `marks` anew for whom something is wanted: each gets the change's number as its version. */
async function applyMarks(connection: DuckDBConnection, change: number, now: Date): Promise<void> {
  const set = (field: string) =>
    `CASE WHEN coalesce(w.${field}_set, false) THEN w.${field} ELSE m.${field} END AS ${field}`;
  const asked = (field: string) =>
    `bool_or(field = '${field}') AS ${field}_set, max(after) FILTER (field = '${field}') AS ${field}`;
  const keys = (there: string) => `coalesce(list(key) FILTER (field = 'tag' AND after IS ${there}), [])`;
  await connection.run(`CREATE OR REPLACE TEMP TABLE remade AS
    WITH w AS (
      SELECT person, ${["status", "note", "owner"].map(asked).join(", ")}, ${keys("NOT NULL")} AS added, ${keys("NULL")} AS removed
      FROM ${WANTED} WHERE person IS NOT NULL GROUP BY person
    )
    SELECT w.person, ${["status", "note", "owner"].map(set).join(", ")},
      list_sort(list_distinct(list_filter(list_concat(coalesce(m.tags, []), w.added), lambda tag: NOT list_contains(w.removed, tag)))) AS tags
    FROM w LEFT JOIN marks m USING (person)`);
  await connection.run("DELETE FROM marks WHERE person IN (SELECT person FROM remade)");
  await connection.run(
    `INSERT INTO marks SELECT person, status, note, owner, tags, ${change}, ${timestampSql(now)} FROM remade ORDER BY person`,
  );
}

async function applyLists(connection: DuckDBConnection, change: number, now: Date): Promise<void> {
  const wanted = `SELECT person, key::INTEGER AS list, after FROM ${WANTED} WHERE field = 'list'`;
  await connection.run(
    `DELETE FROM listed WHERE EXISTS (FROM (${wanted}) w WHERE w.list = listed.list AND w.person = listed.person)`,
  );
  await connection.run(
    `INSERT INTO listed SELECT list, person, ${timestampSql(now)} FROM (${wanted}) WHERE after IS NOT NULL ORDER BY list, person`,
  );
  await connection.run(
    `UPDATE lists SET name = w.after FROM ${WANTED} w WHERE w.field = 'name' AND lists.list = w.key::INTEGER`,
  );
  await connection.run(
    `UPDATE lists SET version = ${change} WHERE list IN (SELECT key::INTEGER FROM ${WANTED} WHERE field IN ('list', 'name'))`,
  );
}

/** Names of the lists that are there, by number. */
async function listNames(connection: DuckDBConnection): Promise<Map<number, string>> {
  const reader = await connection.runAndReadAll("SELECT list, name FROM lists WHERE name IS NOT NULL");
  return new Map(reader.getRowsJS().map(([list, name]) => [Number(list), String(name)]));
}

async function one(connection: DuckDBConnection, sql: string): Promise<number> {
  return Number((await connection.runAndReadAll(sql)).getRowsJS()[0][0]);
}
