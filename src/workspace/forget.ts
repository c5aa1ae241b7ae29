import type { DuckDBConnection } from "@duckdb/node-api";
import { InsightsError } from "../base/error.ts";
import { quoteIdentifier, quoteLiteral } from "../base/quote.ts";
import { countOfThings } from "../base/words.ts";
import { handleOfAddressSql } from "../profiles/accounts.ts";
import type { Stale } from "./changes.ts";
import { erase, markUnclean, rewriteErased } from "./erase.ts";
import type { Workspace } from "./open.ts";
import { dropCombinations } from "./schema.ts";
import { withoutNames } from "./withoutNames.ts";

/** What went with somebody who was forgotten. */
export interface Forgotten {
  readonly people: number;
  readonly snapshots: number;
  /** Names of lists that they were on. */
  readonly lists: readonly string[];
  /** Whether there was a status, a note, an owner or a tag. */
  readonly marked: boolean;
  /** Notes on other people in which their handle stands: those are somebody's own words, and stay. */
  readonly mentions: number;
}

/** Whom to forget. */
export interface ForgetOptions {
  /** Whether all are meant where several people have had the handle. */
  readonly all?: boolean | undefined;
  /** The version of the one person, as they were looked at: whoever was changed meanwhile stays. */
  readonly version?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Forgets a person: their snapshots, forecasts, marks, places on lists, history, ids and handles, studies of files that show them, and where the
 * texts of imports and of other studies name them. Then writes the file anew, so that no byte of them stays in it.
 *
 * @param wanted a handle, with or without its @, an id, or the address of the page; or the person's number
 * @throws InsightsError where nobody is known by it, or several people are and not all are meant
 */
export async function forget(
  workspace: Workspace,
  wanted: string | { readonly person: number },
  options?: Omit<ForgetOptions, "version">,
): Promise<Forgotten>;
/** Where a version is given, somebody may come too late. */
export async function forget(
  workspace: Workspace,
  wanted: string | { readonly person: number },
  options: ForgetOptions,
): Promise<Forgotten | Stale>;
/** Does both. */
export async function forget(
  workspace: Workspace,
  wanted: string | { readonly person: number },
  { signal, ...options }: ForgetOptions = {},
): Promise<Forgotten | Stale> {
  const forgotten = await workspace.write((connection) => forgetIn(connection, wanted, options), signal);
  if (!("stale" in forgotten)) await rewriteErased(workspace);
  return forgotten;
}

async function forgetIn(
  connection: DuckDBConnection,
  whom: string | { readonly person: number },
  { all = false, version }: ForgetOptions,
): Promise<Forgotten | Stale> {
  const rows = async (sql: string) => (await connection.runAndReadAll(sql)).getRowsJS();
  const wanted = typeof whom === "string" ? whom : `person ${whom.person}`;
  const name = quoteLiteral(wanted.trim().replace(/^@/, ""));
  const known =
    typeof whom === "string"
      ? `id = ltrim(${name}, '0') OR handle = lower(${handleOfAddressSql(name)})`
      : `person = ${whom.person}`;
  await connection.run(`CREATE OR REPLACE TEMP TABLE leaving AS
    SELECT DISTINCT person FROM identities WHERE ${known}`);
  const people = await rows(
    "SELECT i.person, max(i.id), string_agg(i.handle, ', ' ORDER BY i.import) FROM identities i SEMI JOIN leaving USING (person) GROUP BY i.person ORDER BY i.person",
  );
  if (people.length === 0)
    throw new InsightsError(
      `nobody is known as ${wanted} (expected a handle, an id or the address of a profile)`,
    );
  if (people.length > 1 && !all) {
    const each = people.map(([, id, handles]) => `${id ?? "no id"} (${handles})`).join("; ");
    throw new InsightsError(
      `${countOfThings(people.length, "person", "people")} have been known as ${wanted}: ${each} (name one by id, or forget them all with --all)`,
    );
  }
  const [[present]] = await rows(
    "SELECT coalesce(max(version), 0) FROM marks SEMI JOIN leaving USING (person)",
  );
  if (version !== undefined && version !== Number(present)) return { stale: Number(present) };
  const terms = (
    await rows(`SELECT DISTINCT unnest([id, account_id, nickname]) FROM snapshots SEMI JOIN leaving USING (person)
    UNION SELECT DISTINCT unnest([id, handle]) FROM identities SEMI JOIN leaving USING (person)`)
  )
    .map(([term]) => term)
    .filter((term) => typeof term === "string");
  const [[snapshots]] = await rows("SELECT count(*) FROM snapshots SEMI JOIN leaving USING (person)");
  const [[marks]] = await rows("SELECT count(*) FROM marks SEMI JOIN leaving USING (person)");
  const lists = await rows(
    "SELECT name FROM lists WHERE list IN (SELECT list FROM listed SEMI JOIN leaving USING (person)) ORDER BY name",
  );
  // Figures of a study show each person as a point, with exact counts.
  await connection.run(
    "DELETE FROM studies WHERE import IN (SELECT import FROM snapshots SEMI JOIN leaving USING (person))",
  );
  await erase(connection, "FROM leaving");
  await dropCombinations(connection);
  await withoutTerms(connection, terms);
  const named = terms.map((term) => `contains(lower(note), lower(${quoteLiteral(term)}))`).join(" OR ");
  const [[mentions]] = await rows(`SELECT count(*) FROM marks WHERE ${named || "false"}`);
  await connection.run("DROP TABLE leaving");
  await markUnclean(connection);
  return {
    people: people.length,
    snapshots: Number(snapshots),
    lists: lists.map(([list]) => String(list)),
    marked: Number(marks) > 0,
    mentions: Number(mentions),
  };
}

/** Texts of the program that may quote somebody, and the column that tells one from another. */
const TEXTS = [
  ["imports", "import", "facts"],
  ["studies", "import", "view"],
  ["changes", "change", "words"],
] as const;

/** Takes what somebody is known by out of the texts of the program. */
async function withoutTerms(connection: DuckDBConnection, terms: readonly string[]): Promise<void> {
  if (terms.length === 0) return;
  for (const [table, key, text] of TEXTS) {
    const said = terms.map(
      (term) => `contains(lower(${text}), lower(${quoteLiteral(JSON.stringify(term).slice(1, -1))}))`,
    );
    const reader = await connection.runAndReadAll(
      `SELECT ${key}, ${text} FROM ${table} WHERE ${said.join(" OR ")}`,
    );
    for (const [number, found] of reader.getRowsJS())
      await connection.run(
        `UPDATE ${quoteIdentifier(table)} SET ${text} = ${quoteLiteral(withoutNames(String(found), terms))} WHERE ${key} = ${number}`,
      );
  }
}
