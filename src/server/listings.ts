import { buffer } from "node:stream/consumers";
import { setImmediate } from "node:timers/promises";
import type { DuckDBConnection } from "@duckdb/node-api";
import { contactsOf } from "../shortlist/contacts/contacts.ts";
import { DEFAULT_LIST, type Filter, filterSql, preferredSql } from "../shortlist/filter.ts";
import { formatEntries, type ShortlistFormat } from "../shortlist/format.ts";
import { nichesOf } from "../shortlist/niches.ts";
import { RANKED, type RankedRow, readRanked } from "../shortlist/ranked.ts";
import { makeShortlist } from "../shortlist/shortlist.ts";
import { explanationFacts } from "./explanation.ts";
import type { OpenDataset } from "./fillDataset.ts";
import { Problem } from "./problem.ts";
import { rowFacts } from "./row.ts";

/** Accounts like one that are told. */
const MOST_LIKE = 10;

/** What to list: accounts that a filter lets through, and how many of them. */
interface Listing {
  readonly filter: Filter;
  /** Only these rows. */
  readonly only: readonly number[] | undefined;
  /** How many at the most; with `short` those first that a list prefers. */
  readonly top: number | undefined;
  /** Only those that a list prefers, 200 at the most unless `top` says more. */
  readonly short: boolean;
}

/** What can be asked about a dataset. */
export type Question =
  | ({
      readonly kind: "rows";
      readonly offset: number;
      readonly limit: number;
      readonly column: string;
      readonly direction: string;
    } & Listing)
  | { readonly kind: "account"; readonly row: number }
  | { readonly kind: "tiers" }
  | ({ readonly kind: "shortlist"; readonly format: ShortlistFormat; readonly contacts: boolean } & Listing);

/** A ranked dataset, and a connection for one question. */
type Ranked = NonNullable<OpenDataset["ranked"]> & { readonly connection: DuckDBConnection };

/**
 * Answers a question about a dataset with JSON, or a shortlist with a file. It has a connection of its own, whose query is
 * interrupted where nobody waits for the answer.
 *
 * @param signal tells that nobody waits for the answer
 * @throws Problem `not-yet`, `not-found`; the signal's reason
 */
export async function answerTo(
  { profiles, ranked }: OpenDataset,
  question: Question,
  signal: AbortSignal,
): Promise<Uint8Array> {
  if (ranked === null) throw new Problem("not-yet", "The ranking is not there yet.");
  const connection = await profiles.connect();
  const interrupt = () => connection.interrupt();
  signal.addEventListener("abort", interrupt);
  try {
    signal.throwIfAborted();
    const dataset = { connection, ...ranked };
    if (question.kind === "shortlist") return await shortlist(dataset, question, signal);
    const answer = await ANSWERS[question.kind](dataset, question as never, signal);
    return new TextEncoder().encode(JSON.stringify(answer));
  } finally {
    signal.removeEventListener("abort", interrupt);
    connection.closeSync();
  }
}

const ANSWERS = { rows: rowsOf, account, tiers };

const rowsSql = (rows: readonly number[]) => `"row" IN (${rows.join(",")})`;
const onlySql = (only: readonly number[] | undefined) => (only === undefined ? undefined : rowsSql(only));

type Asked<Kind extends Question["kind"]> = Extract<Question, { readonly kind: Kind }>;

async function rowsOf(dataset: Ranked, question: Asked<"rows">, signal: AbortSignal) {
  const { filter, only, top, short, offset, limit, column, direction } = question;
  const { connection } = dataset;
  const matches = filterSql(filter, onlySql(only));
  const preferred = short ? `(${preferredSql(filter)})` : "true";
  // Who asks for so many gets so many, those that a list does not prefer last.
  const where = top === undefined ? `(${matches}) AND ${preferred}` : matches;
  const [[matching]] = (
    await connection.runAndReadAll(`SELECT count(*)::DOUBLE FROM ${RANKED} WHERE ${where}`)
  ).getRowsJS() as [[number]];
  const most = top ?? (short ? DEFAULT_LIST.top : matching);
  const total = Math.min(matching, most);
  const first = `(SELECT * FROM ${RANKED} WHERE ${where} ORDER BY ${preferred} DESC, rank LIMIT ${total})`;
  // First which rows, then what is in them: texts and dates of all accounts need not be sorted for a page.
  const page = await connection.runAndReadAll(
    `SELECT "row" FROM ${total < matching ? first : `${RANKED} WHERE ${where}`}
     ORDER BY ${column} ${direction} NULLS LAST, rank LIMIT ${limit} OFFSET ${offset}`,
  );
  signal.throwIfAborted();
  const found = await rowsByNumber(
    dataset,
    page.getRowsJS().map(([row]) => Number(row)),
  );
  const rows = [];
  for (const row of found) {
    // Reasons may cost a millisecond each: other questions are heard between two.
    await setImmediate();
    signal.throwIfAborted();
    rows.push(rowFacts(row, dataset.reasons));
  }
  return { total, matching, rows };
}

/** Rows in the order of their numbers; those that are not there are left out. */
async function rowsByNumber({ connection }: Ranked, numbers: readonly number[]): Promise<RankedRow[]> {
  if (numbers.length === 0) return [];
  const found = await readRanked(connection, `WHERE ${rowsSql(numbers)}`);
  const byRow = new Map(found.map((one) => [Number(one.row), one]));
  return numbers.flatMap((row) => byRow.get(row) ?? []);
}

async function account(dataset: Ranked, { row }: Asked<"account">, signal: AbortSignal) {
  const { explainer, neighbours, reasons } = dataset;
  const [account] = await rowsByNumber(dataset, [row]);
  if (account === undefined) throw new Problem("not-found", "There is no such account.");
  signal.throwIfAborted();
  const near = neighbours(row, MOST_LIKE);
  const distances = new Map(near.map((one) => [one.row, one.distance]));
  const others = await rowsByNumber(
    dataset,
    near.map((one) => one.row),
  );
  return {
    ...rowFacts(account, reasons),
    biography: account.biography,
    bio_link: account.bio_link,
    private: account.is_private,
    created_at: account.created_at?.toISOString() ?? null,
    observed_at: account.observed_at?.toISOString() ?? null,
    posted_at: (account.posted_at ?? []).map((post) => post.toISOString()),
    contacts: contactsOf(account),
    niches: nichesOf(account.biography),
    explanation: explanationFacts(explainer.explain(account)),
    like_this: others.map((one) => ({
      ...rowFacts(one, reasons),
      distance: distances.get(Number(one.row)) as number,
    })),
  };
}

async function tiers({ connection }: Ranked) {
  const reader = await connection.runAndReadAll(
    `SELECT tier, count(*)::DOUBLE AS accounts, sum(probability) AS creators,
       median(awg_engagement_rate) AS median_engagement_rate
     FROM ${RANKED} GROUP BY tier ORDER BY min(followers) NULLS LAST`,
  );
  return reader.getRowObjectsJS();
}

async function shortlist(
  { connection, reasons }: Ranked,
  { filter, only, top, short, format, contacts }: Asked<"shortlist">,
  signal: AbortSignal,
): Promise<Uint8Array> {
  const { entries } = await makeShortlist(connection, {
    // A list of everybody is for a file of one's own: insights shortlist.
    top: top ?? (short ? undefined : DEFAULT_LIST.top),
    all: !short,
    condition: onlySql(only),
    ...{ contacts, filter, reasons, signal },
  });
  return buffer(formatEntries(entries, format, { contacts }));
}
