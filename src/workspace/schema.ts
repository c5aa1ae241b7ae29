import type { DuckDBConnection } from "@duckdb/node-api";
import { InsightsError } from "../base/error.ts";
import { timestampSql } from "../base/quote.ts";
import { CANONICAL_COLUMNS, CANONICAL_NAMES } from "../profiles/canonical.ts";

/** The version of the tables that this program writes. */
export const SCHEMA_VERSION = 3;

/** The setting that says that the file still holds what was taken out of its tables. */
export const UNCLEAN = "unclean";

/** What is known of a person at one moment, beside `person` and `import`: the columns of a snapshot. */
export const SNAPSHOT_COLUMNS: Readonly<Record<string, string>> = {
  '"row"': "BIGINT",
  ...Object.fromEntries(CANONICAL_NAMES.map((name) => [name, CANONICAL_COLUMNS[name].type])),
  /** Whether the file says when the profile was read; else `observed_at` is the newest date of the file. */
  observed_known: "BOOLEAN",
  tier: "VARCHAR",
  likes_percentile: "DOUBLE",
  last_post: "TIMESTAMP",
  days_since_last_post: "DOUBLE",
  posts_per_week: "DOUBLE",
  posts_last_30_days: "INTEGER",
  account_age_days: "DOUBLE",
  has_email: "BOOLEAN",
  has_phone: "BOOLEAN",
  has_link: "BOOLEAN",
  flags: "VARCHAR[]",
  niches: "VARCHAR[]",
};

/** What a model says of a snapshot, beside `person`, `import` and `model`. */
export const FORECAST_COLUMNS: Readonly<Record<string, string>> = {
  probability: "DOUBLE",
  still_posting: "DOUBLE",
  well_answered: "DOUBLE",
  evidence: "VARCHAR",
  engagement_percentile: "DOUBLE",
  expected_posts: "DOUBLE",
  expected_low: "INTEGER",
  expected_high: "INTEGER",
  out_of_fold: "BOOLEAN",
};

/** What is told of a person over all snapshots. */
const PERSON_COLUMNS: Readonly<Record<string, string>> = {
  imports: "INTEGER[]",
  snapshots: "INTEGER",
  first_seen: "TIMESTAMP",
  /** When the earlier snapshot was read that growth is against. */
  before: "TIMESTAMP",
  /** Changes in 30 days. */
  followers_growth: "DOUBLE",
  likes_growth: "DOUBLE",
  videos_growth: "DOUBLE",
  /** As a share of what was there. */
  followers_growth_rate: "DOUBLE",
  /** From the rate of then to the one of now. It goes up and down, so that a pace would say nothing. */
  rate_change: "DOUBLE",
  /** `silent` or `woke`; who is new is told when it is asked. */
  news: "VARCHAR",
};

/** The texts of a person that a search looks through, in lower case: to make them so takes longer than to look through them. */
export const SOUGHT = "lower(concat_ws(chr(31), account_id, nickname, biography))";

/** What choices of people are counted by, and few combinations occur of: columns of `people`. */
export const COMBINED: Readonly<Record<string, string>> = Object.fromEntries(
  [
    ...["tier", "predicted_lang", "region", "is_verified", "has_email", "has_phone", "has_link"],
    ...["flags", "niches", "imports", "news"],
  ].map((name) => [name, { ...SNAPSHOT_COLUMNS, ...PERSON_COLUMNS }[name]]),
);

/** All tables of a workspace, with their columns. None has a key: uniqueness holds by construction. */
export const TABLES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  workspace: {
    version: "INTEGER",
    made_at: "TIMESTAMP",
    next_person: "BIGINT",
    next_import: "INTEGER",
    next_change: "BIGINT",
  },
  models: {
    model: "VARCHAR",
    name: "VARCHAR",
    horizon: "INTEGER",
    threshold: "DOUBLE",
    shipped: "BOOLEAN",
    /** JSON of its size norm; NULL where it has none. */
    norm: "VARCHAR",
    added_at: "TIMESTAMP",
  },
  imports: {
    import: "INTEGER",
    name: "VARCHAR",
    fingerprint: "VARCHAR",
    reading: "VARCHAR",
    format: "VARCHAR",
    provider: "VARCHAR",
    added_at: "TIMESTAMP",
    read_first: "TIMESTAMP",
    read_last: "TIMESTAMP",
    read_known: "BIGINT",
    records: "BIGINT",
    rows: "BIGINT",
    rejected: "BIGINT",
    duplicates: "BIGINT",
    new_people: "BIGINT",
    synthetic: "BOOLEAN",
    facts: "VARCHAR",
  },
  snapshots: { person: "BIGINT", import: "INTEGER", ...SNAPSHOT_COLUMNS },
  forecasts: { person: "BIGINT", import: "INTEGER", model: "VARCHAR", ...FORECAST_COLUMNS },
  /** `seen` is when the pair was last seen, as far as that is known. */
  identities: {
    person: "BIGINT",
    id: "VARCHAR",
    handle: "VARCHAR",
    import: "INTEGER",
    seen: "TIMESTAMP",
  },
  people: {
    person: "BIGINT",
    import: "INTEGER",
    ...SNAPSHOT_COLUMNS,
    model: "VARCHAR",
    ...FORECAST_COLUMNS,
    active: "BOOLEAN",
    /** What a search looks through, see {@link SOUGHT}. A search of compressed texts takes three times as long. */
    sought: "VARCHAR USING COMPRESSION uncompressed",
    ...PERSON_COLUMNS,
    combination: "UINTEGER",
  },
  /** What people are counted by, once for all of whom it is the same. */
  combinations: { combination: "UINTEGER", ...COMBINED },
  marks: {
    person: "BIGINT",
    status: "VARCHAR",
    note: "VARCHAR",
    owner: "VARCHAR",
    tags: "VARCHAR[]",
    version: "BIGINT",
    changed_at: "TIMESTAMP",
  },
  lists: { list: "INTEGER", name: "VARCHAR", made_at: "TIMESTAMP", version: "BIGINT" },
  listed: { list: "INTEGER", person: "BIGINT", added_at: "TIMESTAMP" },
  searches: { search: "INTEGER", name: "VARCHAR", query: "VARCHAR", version: "BIGINT" },
  changes: { change: "BIGINT", made_at: "TIMESTAMP", words: "VARCHAR", people: "BIGINT", undoes: "BIGINT" },
  changed: {
    change: "BIGINT",
    person: "BIGINT",
    field: "VARCHAR",
    key: "VARCHAR",
    before: "VARCHAR",
    after: "VARCHAR",
  },
  settings: { key: "VARCHAR", value: "VARCHAR" },
  mappings: { shape: "VARCHAR", map: "VARCHAR", used_at: "TIMESTAMP" },
  studies: { import: "INTEGER", made_at: "TIMESTAMP", view: "VARCHAR" },
};

/** Makes the tables of the present version. */
export async function createTables(connection: DuckDBConnection, now: Date): Promise<void> {
  for (const table of Object.keys(TABLES)) await createTable(connection, table);
  await createIndex(connection);
  await connection.run(`INSERT INTO workspace VALUES (${SCHEMA_VERSION}, ${timestampSql(now)}, 1, 1, 1)`);
}

async function createTable(connection: DuckDBConnection, table: string): Promise<void> {
  const typed = Object.entries(TABLES[table]).map(([name, type]) => `${name} ${type}`);
  await connection.run(`CREATE TABLE ${table} (${typed.join(", ")})`);
}

/**
 * Numbers the combinations of {@link COMBINED}: gives one to each person of `people` who has none, and drops those that nobody has any more.
 *
 * @param connection in whose transaction it is done
 */
export async function combine(connection: DuckDBConnection): Promise<void> {
  const columns = Object.keys(COMBINED);
  const same = columns.map((name) => `people.${name} IS NOT DISTINCT FROM c.${name}`);
  await connection.run(`INSERT INTO combinations
    SELECT (SELECT coalesce(max(combination), 0) FROM combinations) + row_number() OVER (ORDER BY ${columns.join(", ")}), * FROM (
      SELECT ${columns.join(", ")} FROM people WHERE combination IS NULL EXCEPT SELECT * EXCLUDE (combination) FROM combinations
    )`);
  await connection.run(`UPDATE people SET combination = c.combination FROM combinations c
    WHERE people.combination IS NULL AND ${same.join(" AND ")}`);
  await dropCombinations(connection);
}

/** Drops the combinations that nobody has any more. */
export async function dropCombinations(connection: DuckDBConnection): Promise<void> {
  await connection.run(
    "DELETE FROM combinations WHERE combination NOT IN (SELECT DISTINCT combination FROM people)",
  );
}

/** Of `people` by their numbers. Without it a page of a hundred people reads two hundred thousand, who stand beside them. */
const INDEX = "people_by_number";

/** Makes what is looked up by. It is no part of the tables: a file without it is made one with it when it is opened. */
export async function createIndex(connection: DuckDBConnection): Promise<void> {
  await connection.run(`CREATE INDEX IF NOT EXISTS ${INDEX} ON people (person)`);
}

/** Removes it where the tables are of an earlier version: one that has an index cannot be altered. DuckDB cannot take back a transaction that removes one. */
export async function dropIndexOfEarlier(connection: DuckDBConnection): Promise<void> {
  if (((await versionOf(connection)) ?? SCHEMA_VERSION) < SCHEMA_VERSION)
    await connection.run(`DROP INDEX IF EXISTS ${INDEX}`);
}

/** What brings the tables of one version to the next, by the version that it starts from. */
export type Migrations = Readonly<Record<number, (connection: DuckDBConnection) => Promise<unknown>>>;

/** Version 1 is the first; 2 has what a search looks through, which 3 has uncompressed; 3 has combinations, and not who is new. */
const MIGRATIONS: Migrations = {
  1: async () => {},
  2: async (connection) => {
    const { sought, combination } = TABLES.people;
    await connection.run("ALTER TABLE people DROP COLUMN IF EXISTS sought");
    await connection.run(`ALTER TABLE people ADD COLUMN sought ${sought}`);
    await connection.run(`ALTER TABLE people ADD COLUMN combination ${combination}`);
    await connection.run(`UPDATE people SET sought = ${SOUGHT}, news = nullif(news, 'new')`);
    await createTable(connection, "combinations");
    await combine(connection);
  },
};

/**
 * Brings a workspace to the present version, in the transaction of the caller.
 *
 * @param name of the workspace, for messages
 * @throws InsightsError for a file that is no workspace, or one of a newer version
 */
export async function migrate(
  connection: DuckDBConnection,
  name: string,
  migrations = MIGRATIONS,
): Promise<void> {
  const found = await versionOf(connection);
  if (found === undefined)
    throw new InsightsError(`not a workspace: ${name} (it is a database of something else)`);
  if (found > SCHEMA_VERSION) {
    throw new InsightsError(
      `workspace of a newer version: ${found} (this program reads up to ${SCHEMA_VERSION}; update it)`,
      { place: { file: name } },
    );
  }
  for (let version = found; version < SCHEMA_VERSION; version++) {
    const step = migrations[version];
    if (step === undefined)
      throw new InsightsError(`workspace of an unknown version: ${version}`, { place: { file: name } });
    await step(connection);
    await connection.run(`UPDATE workspace SET version = ${version + 1}`);
  }
}

/** The version of the tables; undefined where there is no table that tells it. */
async function versionOf(connection: DuckDBConnection): Promise<number | undefined> {
  const reader = await connection.runAndReadAll(
    "SELECT 1 FROM duckdb_columns() WHERE table_name = 'workspace' AND column_name = 'version' AND NOT internal",
  );
  if (reader.currentRowCount === 0) return undefined;
  const version = (await connection.runAndReadAll("SELECT version FROM workspace")).getRowsJS()[0]?.[0];
  return typeof version === "number" ? version : undefined;
}
