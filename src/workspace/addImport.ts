import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import type { DuckDBConnection } from "@duckdb/node-api";
import type { DatabaseOptions } from "../base/duckdb.ts";
import { InsightsError } from "../base/error.ts";
import { temporaryName } from "../base/output/temporaryName.ts";
import { quoteLiteral, timestampSql } from "../base/quote.ts";
import { rate } from "../features/kinds/rate.ts";
import { ACCOUNT_NUMBER } from "../profiles/accounts.ts";
import { decisionsOf } from "../profiles/alerts.ts";
import { UnknownColumnsError } from "../profiles/columns/unknownColumnsError.ts";
import { type Profiles, readProfiles } from "../profiles/read.ts";
import type { ReadingOptions } from "../profiles/readingOptions.ts";
import { lossWarningsOf } from "../profiles/readingWarnings.ts";
import type { UnpackLimits } from "../profiles/source/file.ts";
import { readPupils } from "../shortlist/outOfFold.ts";
import { RANKED, rankProfiles } from "../shortlist/ranked.ts";
import { snapshotOf, whenRead } from "../targets/snapshot.ts";
import { type FirstPeople, firstPeople, isLarge } from "./firstPeople.ts";
import { MATCHED, matchPeople, STAGED } from "./identity.ts";
import { keepMapping, keptMapping } from "./mappings.ts";
import type { RankingModel } from "./models.ts";
import type { Workspace } from "./open.ts";
import { rebuildPeople, TOUCHED } from "./people.ts";
import { FORECAST_COLUMNS, SNAPSHOT_COLUMNS } from "./schema.ts";

/** What a file is added to a workspace with. */
export interface AddOptions {
  /** As its sender calls the file; its own name unless said otherwise. */
  readonly name?: string | undefined;
  /** The model that ranks. It becomes the workspace's. */
  readonly model: RankingModel;
  readonly reading?: ReadingOptions | undefined;
  readonly limits?: UnpackLimits | undefined;
  /** The present moment. */
  readonly now: Date;
  /** Whether the people are made up. */
  readonly synthetic?: boolean | undefined;
  /** For the database in which the file is read; `temporaryDirectory` also holds what is made on the way. */
  readonly database?: Pick<DatabaseOptions, "memoryLimit" | "temporaryDirectory"> | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Told what is being done, and how much of that is done, 0 to 1; null where that is not known. */
  readonly onProgress?: ((step: string, fraction: number | null) => void) | undefined;
  /** Told, in a sentence, that the columns are read as somebody mapped them in an earlier file. */
  readonly onRecalled?: ((sentence: string) => void) | undefined;
  /** Told the best of the first records of a large file before the rest is read, where nobody is in the workspace. It may not come. */
  readonly onFirst?: ((first: FirstPeople) => void) | undefined;
}

/** What came of adding a file. */
export interface Added {
  /** Number of the import. */
  readonly import: number;
  /** People that the file shows. */
  readonly people: number;
  /** Those of them who were not known before. */
  readonly newPeople: number;
  /** Whether the very file had been added before, read in the same way: then nothing has changed. */
  readonly already: boolean;
}

/**
 * Adds a file of profiles to a workspace: reads it, ranks it, and finds out who of them is known. All of it is there at once, or nothing.
 *
 * @throws InsightsError where the file cannot be read, or the model cannot rank it
 */
export async function addImport(workspace: Workspace, path: string, options: AddOptions): Promise<Added> {
  const { model, limits, now, database = {}, signal, onProgress = () => {} } = options;
  const folder = await mkdtemp(join(database.temporaryDirectory ?? tmpdir(), temporaryName()));
  try {
    onProgress("reading the file", 0);
    await tellFirst(workspace, path, folder, options);
    const before = await seenOf(path);
    const { profiles, reading, recalled } = await readMapped(workspace, options.reading ?? {}, (how) =>
      readProfiles(path, {
        ...{ reading: how, limits, now, signal, ...database },
        onProgress: (done, total) =>
          done < total
            ? onProgress("reading the file", done / total)
            : onProgress("checking the records", null),
      }),
    );
    const { columns } = profiles.source;
    for (const sentence of recalled) options.onRecalled?.(sentence);
    const ranked = join(folder, "ranked.parquet");
    let facts: ImportFacts;
    try {
      if ((await seenOf(path)) !== before)
        throw new InsightsError(`${profiles.source.file} has changed while it was read: add it again`);
      facts = await factsOf(profiles, options.name ?? basename(path), { ...options, reading }, recalled);
      const earlier = await workspace.read((connection) => sameImport(connection, facts));
      if (earlier !== undefined) return earlier;
      const ranking = (share: number | null) => onProgress("ranking the people", share);
      ranking(null);
      const { connection, table, source } = profiles;
      const { outOfFold } = await readPupils(connection, model.model, model.folder, source.fingerprint);
      await rankProfiles(connection, model.model, table, { outOfFold, signal, onProgress: ranking });
      onProgress("adding the people", null);
      await writeRanked(connection, table, ranked);
    } finally {
      await profiles.close();
    }
    return await workspace.write(async (connection) => {
      const earlier = await sameImport(connection, facts);
      if (earlier !== undefined) return earlier;
      const { map = {} } = reading;
      if (Object.keys(map).length > 0) await keepMapping(connection, columns, map, now);
      return addRanked(connection, ranked, facts, options);
    }, signal);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Tells of the first people before all are read. Where they cannot be read, reading the whole file tells why. */
async function tellFirst(
  workspace: Workspace,
  path: string,
  folder: string,
  { model, reading, limits, now, database, signal, onFirst }: AddOptions,
): Promise<void> {
  if (onFirst === undefined || !(await isLarge(path))) return;
  const somebody = await workspace.read((connection) => connection.runAndReadAll("FROM people LIMIT 1"));
  if (somebody.currentRowCount > 0) return;
  const how = { reading, limits, now, signal, ...database };
  const first = await firstPeople(path, model.model, folder, how).catch(() => undefined);
  if (first !== undefined) onFirst(first);
}

/** Profiles as they were read, and how. */
interface Mapped {
  readonly profiles: Profiles;
  readonly reading: ReadingOptions;
  /** A sentence about the mapping that was kept, where it was needed. */
  readonly recalled: readonly string[];
}

/** Reads a file; where its columns are not known, as somebody has mapped them in the last file with the same. */
async function readMapped(
  workspace: Workspace,
  reading: ReadingOptions,
  read: (reading: ReadingOptions) => Promise<Profiles>,
): Promise<Mapped> {
  try {
    return { profiles: await read(reading), reading, recalled: [] };
  } catch (error) {
    if (!(error instanceof UnknownColumnsError) || Object.keys(reading.map ?? {}).length > 0) throw error;
    const kept = await workspace.read((connection) => keptMapping(connection, error.columns));
    if (kept === undefined) throw error;
    const how = { ...reading, map: kept.map };
    const told = kept.name === undefined ? "" : ` for ${kept.name}`;
    return {
      profiles: await read(how),
      reading: how,
      recalled: [`The columns are read as you mapped them${told} last time.`],
    };
  }
}

/** What tells one state of a file from another, without reading it. */
async function seenOf(path: string): Promise<string> {
  const seen = await stat(path).catch(() => undefined);
  return [seen?.dev, seen?.ino, seen?.size, seen?.mtimeMs].join(" ");
}

/** The columns of a row of `imports` that are known before people are matched, as SQL, by their names. */
type ImportFacts = Readonly<Record<string, string>> & {
  readonly fingerprint: string;
  readonly reading: string;
};

async function factsOf(
  profiles: Profiles,
  name: string,
  { reading = {}, now, synthetic = false }: AddOptions,
  recalled: readonly string[],
): Promise<ImportFacts> {
  const { connection, table, source, provider } = profiles;
  const read = await whenRead(connection, table);
  const { profiles: rows, observed } = await snapshotOf(connection, table);
  const moment = (seconds: number | null) =>
    seconds === null ? "NULL" : timestampSql(new Date(seconds * 1000));
  return {
    name: quoteLiteral(name),
    fingerprint: quoteLiteral(source.fingerprint),
    reading: quoteLiteral(readingText(reading)),
    format: quoteLiteral(source.format),
    provider: quoteLiteral(provider),
    added_at: timestampSql(now),
    read_first: moment(read.first ?? read.newest),
    read_last: moment(read.last ?? read.newest),
    read_known: String(observed),
    records: String(source.records),
    rows: String(rows),
    rejected: String(profiles.rejectedCount),
    duplicates: String(profiles.duplicates),
    synthetic: String(synthetic),
    facts: quoteLiteral(JSON.stringify(foundIn(profiles, recalled))),
  };
}

/** Rejected records that are kept, of each import. */
const SHOWN_REJECTS = 20;

/** What was found in the file of an import, as it is kept and shown. */
export type FoundFacts = ReturnType<typeof foundIn>;

function foundIn(profiles: Profiles, recalled: readonly string[]) {
  const { mapped, unmapped, missing, blanks, alerts, rejects, rejectedByReason } = profiles;
  return {
    ...{ mapped, unmapped, missing, alerts, blanks },
    decided: [...recalled, ...decisionsOf(alerts)],
    losses: lossWarningsOf(profiles),
    rejects: rejects.slice(0, SHOWN_REJECTS),
    rejected_by_reason: rejectedByReason,
  };
}

/** How a file was read, the same for the same options in any order. */
function readingText({ map = {}, ...said }: ReadingOptions): string {
  const sorted = (record: object) =>
    Object.fromEntries(
      Object.entries(record)
        .filter(([, value]) => value !== undefined)
        .sort(([a], [b]) => (a < b ? -1 : 1)),
    );
  return JSON.stringify({ ...sorted(said), map: sorted(map) });
}

/** Writes the ranked profiles, with what is known of the moment of each, into a Parquet file. */
async function writeRanked(connection: DuckDBConnection, table: string, path: string): Promise<void> {
  // Each thread holds a row group whole until it is written.
  await connection.run(`COPY (
    SELECT r.*, p.observed_known, ${ACCOUNT_NUMBER} AS account_number
    FROM ${RANKED} r JOIN (SELECT "row", observed_at IS NOT NULL AS observed_known FROM ${table}) p USING ("row")
  ) TO ${quoteLiteral(path)} (FORMAT parquet, ROW_GROUP_SIZE 20480)`);
}

/** What came of adding the same file before; undefined where it was not. */
async function sameImport(
  connection: DuckDBConnection,
  { fingerprint, reading }: ImportFacts,
): Promise<Added | undefined> {
  const reader = await connection.runAndReadAll(
    `SELECT import, rows FROM imports WHERE fingerprint = ${fingerprint} AND reading = ${reading} ORDER BY import LIMIT 1`,
  );
  const [found] = reader.getRowsJS();
  return found && { import: Number(found[0]), people: Number(found[1]), newPeople: 0, already: true };
}

async function addRanked(
  connection: DuckDBConnection,
  path: string,
  facts: ImportFacts,
  { model, now }: AddOptions,
): Promise<Added> {
  const one = async (sql: string) => Number((await connection.runAndReadAll(sql)).getRowsJS()[0][0]);
  const number = await one("SELECT next_import FROM workspace");
  const ranked = `read_parquet(${quoteLiteral(path)})`;
  await connection.run(`CREATE OR REPLACE TEMP TABLE ${STAGED} AS
    SELECT "row", account_number AS id, lower(account_id) AS handle, observed_at AS seen FROM ${ranked}`);
  await matchPeople(connection, number);
  const people = await one(`SELECT count(*) FROM ${MATCHED}`);
  const newPeople = await one(`SELECT count(*) FROM ${MATCHED} WHERE new`);
  const columns = (names: object) => Object.keys(names).join(", ");
  const matched = `(SELECT r.*, m.person FROM ${ranked} r JOIN ${MATCHED} m USING ("row"))`;
  await connection.run(`INSERT INTO snapshots BY NAME
    SELECT person, ${number} AS import, ${columns(SNAPSHOT_COLUMNS)} FROM ${matched} ORDER BY person`);
  await connection.run(`INSERT INTO forecasts BY NAME
    SELECT person, ${number} AS import, ${quoteLiteral(model.checksum)} AS model, ${columns(FORECAST_COLUMNS)} FROM ${matched} ORDER BY person`);
  const merged = `${facts.duplicates} + ${facts.rows} - ${people}`;
  const row = {
    ...facts,
    import: String(number),
    rows: String(people),
    duplicates: merged,
    new_people: String(newPeople),
  };
  await connection.run(
    `INSERT INTO imports (${Object.keys(row).join(", ")}) VALUES (${Object.values(row).join(", ")})`,
  );
  await connection.run("UPDATE workspace SET next_import = next_import + 1");
  await keepModel(connection, model, now);
  await connection.run(`CREATE OR REPLACE TEMP TABLE ${TOUCHED} AS SELECT person FROM ${MATCHED}`);
  for (const table of [STAGED, MATCHED]) await connection.run(`DROP TABLE ${table}`);
  await rebuildPeople(connection);
  await connection.run(`DROP TABLE ${TOUCHED}`);
  return { import: number, people, newPeople, already: false };
}

/** Keeps what is known of a model, which becomes the workspace's. */
async function keepModel(
  connection: DuckDBConnection,
  { model, folder, checksum }: RankingModel,
  now: Date,
): Promise<void> {
  const step = model.pipeline.steps.find(({ kind }) => kind === rate.kind);
  const norm = step === undefined ? null : rate.fitted.parse(step.fitted).norm;
  const values = [
    quoteLiteral(checksum),
    quoteLiteral(model.target.name),
    model.horizon ?? "NULL",
    model.threshold,
    folder === null,
    norm === null ? "NULL" : quoteLiteral(JSON.stringify(norm)),
    timestampSql(now),
  ];
  await connection.run(
    `INSERT INTO models SELECT ${values.join(", ")} WHERE NOT EXISTS (FROM models WHERE model = ${values[0]})`,
  );
  await connection.run("DELETE FROM settings WHERE key = 'model'");
  await connection.run(`INSERT INTO settings VALUES ('model', ${values[0]})`);
}
