import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import type { DuckDBConnection } from "@duckdb/node-api";
import { InsightsError } from "../../../src/base/error.ts";
import { quoteIdentifier } from "../../../src/base/quote.ts";
import { requireAnswerable } from "../../../src/bundle/requireAnswerable.ts";
import { loadShippedModel } from "../../../src/bundle/shipped.ts";
import type { BlankedColumn } from "../../../src/profiles/blanks.ts";
import { CANONICAL_NAMES } from "../../../src/profiles/canonical.ts";
import { readProfiles } from "../../../src/profiles/read.ts";
import { scanFile } from "../../../src/profiles/scan/scanFile.ts";
import { scoreFiles } from "../../../src/scoring/scoreFiles.ts";
import { createServer } from "../../../src/server/server.ts";
import { rankProfiles } from "../../../src/shortlist/ranked.ts";
import { makeShortlist } from "../../../src/shortlist/shortlist.ts";
import { type FoundFile, pathOf, type RightValues } from "./foundFiles.ts";

/** Long after all dates of the files. */
const NOW = new Date("2026-06-01T00:00:00Z");

/** Names of the ways that a file goes through the program. */
export const WAYS = ["inspect", "score", "shortlist", "server"] as const;

export type Way = (typeof WAYS)[number];

/** What differs from the table by way; a way without an entry is right. */
export type Differences = Partial<Record<Way, readonly string[]>>;

/** Takes files through inspect, score, shortlist and the server, and compares what comes out with the table of right values. */
export async function createWalker(folder: string) {
  const model = await loadShippedModel();
  const server = await createServer({
    ...{ model, version: "0", now: () => NOW, elapsed: () => performance.now() },
    report: (error) => {
      throw error;
    },
  });
  const ask = async (path: string, init?: RequestInit) => (await server.app.request(path, init)).json();

  /** `inspect` and whatever trains: the table of profiles, which it returns; a list of accounts is told as such. */
  async function inspect(path: string, right: FoundFile, said: Difference[]): Promise<Table> {
    const profiles = await readProfiles(path, { reading: right.reading, now: NOW, lists: true });
    try {
      const { source, rows, rejectedByReason, blanks, provider, alerts } = profiles;
      compare(said, "records", source.records, right.records);
      compare(said, "profiles", rows, right.profiles);
      compare(said, "rejected", rejectedByReason, right.rejected ?? {});
      compare(said, "blanks", countsOf(blanks), right.blanks ?? {});
      compare(said, "provider", provider, right.provider);
      const codes = new Set(alerts.map(({ code }) => code));
      for (const code of right.alerts ?? []) if (!codes.has(code)) said.push(`no alert ${code}`);
      const found = await valuesOf(profiles.connection, `FROM ${profiles.table}`);
      compareValues(said, found, right.values);
      if (right.target) await compareTarget(said, path, right.target, right.reading);
      return found;
    } finally {
      await profiles.close();
    }
  }

  /** `score`: what is scanned, which is what is inspected, and what is written. */
  async function score(path: string, right: FoundFile, said: Difference[], inspected?: Table): Promise<void> {
    const options = { reading: right.reading, now: NOW, threads: 2 };
    const { value, records, scan } = await scanFile(path, options, async (connection, { select }) => {
      const reader = await connection.runAndReadAll(`SELECT count(*) FROM (${select})`);
      const found = await valuesOf(connection, `FROM (${select}) WHERE _reason IS NULL`);
      return { rows: Number(reader.getRows()[0][0]), value: found };
    });
    compare(said, "records", records, right.records);
    compareValues(said, value, right.values);
    if (!isDeepStrictEqual(inOrder(value), inOrder(inspected ?? new Map())))
      said.push(`the ${scan.way} way reads other values than inspect`);
    const out = join(folder, "scores.ndjson");
    const written = await scoreFiles(model, [path], { out, reading: right.reading, now: NOW, force: true });
    compare(said, "rows written", written.written, right.profiles);
    compare(said, "rejected", written.rejectedByReason, right.rejected ?? {});
    compare(said, "blanks", countsOf(written.blanks), right.blanks ?? {});
    const lines = (await readFile(out, "utf8")).trimEnd().split("\n");
    compare(said, "lines", lines.length, right.profiles);
    const wrong = lines.filter((line) => {
      const { probability } = JSON.parse(line);
      return !(probability >= 0 && probability <= 1);
    });
    compare(said, "scores out of range", wrong.length, 0);
    await rm(`${out}.rejected.csv`, { force: true });
  }

  /** `shortlist --all`. */
  async function shortlist(path: string, right: FoundFile, said: Difference[]): Promise<void> {
    const profiles = await readProfiles(path, { reading: right.reading, now: NOW });
    try {
      requireAnswerable(model, profiles, "any list");
      await rankProfiles(profiles.connection, model, profiles.table);
      const { entries } = await makeShortlist(profiles.connection, {
        all: true,
        contacts: true,
        reasons: () => [],
      });
      compare(said, "accounts", entries.length, right.profiles);
      const found = new Map(
        entries.map((entry) => [
          entry.account ?? "",
          { followers: entry.followers, rate: entry.engagement_rate, day: entry.last_post, entry },
        ]),
      );
      compareListed(said, found, right, (moment) => moment.slice(0, 10));
      for (const [account, addresses] of Object.entries(right.contacts ?? {})) {
        const emails = found.get(account)?.entry.contacts.filter(({ kind }) => kind === "email");
        compare(said, `addresses of ${account}`, emails?.map(({ value }) => value) ?? [], addresses);
      }
    } finally {
      await profiles.close();
    }
  }

  /** A file sent to the server, what was found in it, and its people. */
  async function serve(path: string, right: FoundFile, said: Difference[]): Promise<void> {
    const query = new URLSearchParams({ name: path.split("/").at(-1) ?? "" });
    for (const [name, value] of Object.entries(right.reading ?? {}))
      if (typeof value === "string") query.append(name, value);
      else for (const [to, from] of Object.entries(value ?? {})) query.append(name, `${to}=${from}`);
    const told = await ask(`/v1/imports?${query}`, { method: "POST", body: await readFile(path) });
    if (told.job === undefined) throw new InsightsError(told.detail);
    const job = await ended(told.job.id);
    if (job.import === null) throw new InsightsError(job.error);
    const address = `/v1/imports/${job.import}`;
    try {
      const { facts, records, rows } = await ask(address);
      compare(said, "records", records, right.records);
      compare(said, "profiles", rows, right.profiles);
      compare(said, "rejected", facts.rejected_by_reason, right.rejected ?? {});
      compare(said, "blanks", countsOf(facts.blanks), right.blanks ?? {});
      const codes = new Set(facts.alerts.map(({ code }: { code: string }) => code));
      for (const code of right.alerts ?? []) if (!codes.has(code)) said.push(`no alert ${code}`);
      const found = new Map<string, Listed>();
      for (let offset = 0; ; offset += 500) {
        const page = await ask(`/v1/people?statuses=all&limit=500&offset=${offset}`);
        for (const { account, id, followers, engagement_rate, last_post } of page.rows)
          found.set(account ?? id, { followers, rate: engagement_rate, day: last_post });
        if (offset + 500 >= page.total) break;
      }
      compare(said, "accounts", found.size, right.profiles);
      compareListed(said, found, right, (moment) => moment.replace("Z", ".000Z"));
    } finally {
      await server.app.request(address, { method: "DELETE" });
    }
  }

  /** Waits for the end of a job. */
  async function ended(job: string) {
    await (await server.app.request(`/v1/jobs/${job}/events`)).text();
    return ask(`/v1/jobs/${job}`);
  }

  const ways = { inspect, score, shortlist, server: serve };

  return {
    /**
     * Takes one file through ways, in the order of {@link WAYS}.
     *
     * @param made the folder of the files that were made
     */
    async walk(right: FoundFile, made: string, through: readonly Way[] = WAYS): Promise<Differences> {
      const differences: Differences = {};
      let inspected: Table | undefined;
      for (const way of through) {
        const said: Difference[] = [];
        // A list of accounts can be looked at.
        const words = way === "inspect" && right.records !== undefined ? undefined : right.refused;
        try {
          inspected = (await ways[way](pathOf(right, made), right, said, inspected)) ?? inspected;
          if (words !== undefined) said.push("not refused");
        } catch (error) {
          if (!(error instanceof InsightsError)) throw error;
          if (words === undefined) said.push(`refused: ${error.message}`);
          for (const word of words ?? [])
            if (!error.message.includes(word)) said.push(`refused without "${word}": ${error.message}`);
        }
        if (said.length > 0) differences[way] = said;
      }
      return differences;
    },
    close: () => server.close(),
  };
}

type Difference = string;

/** Canonical columns of accounts, by handle. */
type Table = ReadonlyMap<string, Record<string, unknown>>;

/** What a list says of an account. */
interface Listed {
  readonly followers: number | null;
  readonly rate: number | null;
  readonly day: string | null;
}

function compare(said: Difference[], what: string, found: unknown, right: unknown): void {
  if (!isAlike(found, right))
    said.push(`${what} ${JSON.stringify(found)} instead of ${JSON.stringify(right)}`);
}

/** Whether values are the same, numbers but for rounding. */
function isAlike(found: unknown, right: unknown): boolean {
  if (typeof found === "number" && typeof right === "number")
    return Math.abs(found - right) <= 1e-12 * Math.abs(right);
  return isDeepStrictEqual(found, right);
}

function compareValues(said: Difference[], found: Table, right: FoundFile["values"] = {}): void {
  for (const [account, { last_post, posts, ...values }] of Object.entries(right)) {
    const row = found.get(account);
    if (row === undefined) {
      said.push(`no account ${account}`);
      continue;
    }
    for (const [name, value] of Object.entries(values))
      compare(said, `${account}: ${name}`, row[name], value);
    const dates = (row.posted_at ?? []) as readonly string[];
    if (last_post !== undefined) compare(said, `${account}: last post`, dates[0], last_post);
    if (posts !== undefined) compare(said, `${account}: posts`, dates.length, posts);
  }
}

function compareListed(
  said: Difference[],
  found: ReadonlyMap<string, Listed>,
  { values = {} }: FoundFile,
  written: (moment: string) => string,
): void {
  for (const [account, right] of Object.entries(values)) {
    const row = found.get(account);
    if (row === undefined) {
      said.push(`no account ${account}`);
      continue;
    }
    if (right.followers !== undefined) compare(said, `${account}: followers`, row.followers, right.followers);
    if (right.awg_engagement_rate !== undefined)
      compare(said, `${account}: rate`, row.rate, right.awg_engagement_rate);
    const last = lastPost(right);
    if (last !== undefined) compare(said, `${account}: last post`, row.day, written(last));
  }
}

function lastPost({ last_post, posted_at }: RightValues): string | undefined {
  return last_post ?? (posted_at as readonly string[] | undefined)?.[0];
}

/** The canonical columns of accounts by handle; moments as `2023-08-01T12:30:45Z`. */
async function valuesOf(connection: DuckDBConnection, from: string): Promise<Table> {
  const reader = await connection.runAndReadAll(`SELECT ${CANONICAL_NAMES.join(", ")} ${from}`);
  const plain = (value: unknown): unknown => {
    if (value instanceof Date) return value.toISOString().replace(".000Z", "Z");
    if (typeof value === "bigint") return Number(value);
    return Array.isArray(value) ? value.map(plain) : value;
  };
  return new Map(
    reader
      .getRowObjectsJS()
      .map((row) => [
        String(row.account_id ?? row.id),
        Object.fromEntries(Object.entries(row).map(([name, value]) => [name, plain(value)])),
      ]),
  );
}

/** How many cells of each column cannot be read or cannot be. */
function countsOf(blanks: readonly Pick<BlankedColumn, "column" | "count">[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { column, count } of blanks) counts[column] = (counts[column] ?? 0) + count;
  return counts;
}

function inOrder(found: Table): unknown {
  return [...found].sort(([a], [b]) => (a < b ? -1 : 1));
}

/** Compares how many of those whose followers are known a label of the file calls positive: what training learns from. */
async function compareTarget(
  said: Difference[],
  path: string,
  { column, positive }: NonNullable<FoundFile["target"]>,
  reading: FoundFile["reading"],
): Promise<void> {
  const { connection, table, close } = await readProfiles(path, { reading, now: NOW, keep: [column] });
  try {
    const reader = await connection.runAndReadAll(
      `SELECT count(*) FROM ${table} WHERE ${quoteIdentifier(`column:${column}`)} = '1' AND followers IS NOT NULL`,
    );
    compare(said, `positive by ${column}`, Number(reader.getRows()[0][0]), positive);
  } finally {
    await close();
  }
}
