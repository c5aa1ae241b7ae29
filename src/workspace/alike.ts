import type { DuckDBConnection } from "@duckdb/node-api";
import { quoteLiteral } from "../base/quote.ts";
import { MARKED, type Person, readPersons } from "./find.ts";
import { SETTLED } from "./marks.ts";

/** A person like others, and in what. */
export interface Alike {
  readonly person: Person;
  /** In words, what weighs most first. */
  readonly because: readonly string[];
}

/** Orders of magnitude in followers, or in pace, at which two are not alike at all. */
const FAR = 1;

/**
 * How much two people are alike in one respect, 0 to 1, as SQL over `a` (whom one looks for) and `b`; NULL where it is not known of both, which
 * says nothing for and nothing against. What somebody is about and in which language weighs more than counts: a list of people of one size is
 * no list of people alike.
 */
const RESPECTS: readonly { readonly weight: number; readonly sql: string }[] = [
  {
    weight: 5,
    // What somebody is about beside it does not make them less alike.
    sql: `CASE WHEN len(a.niches) > 0 AND len(b.niches) > 0 THEN len(list_intersect(a.niches, b.niches)) / len(a.niches) END`,
  },
  { weight: 3, sql: "(lower(a.predicted_lang) = lower(b.predicted_lang))::INTEGER" },
  { weight: 1, sql: "(lower(a.region) = lower(b.region))::INTEGER" },
  { weight: 2, sql: `greatest(0, 1 - abs(log10(a.followers + 1) - log10(b.followers + 1)) / ${FAR})` },
  {
    weight: 1,
    sql: `greatest(0, 1 - abs(log10(a.posts_per_week + 0.1) - log10(b.posts_per_week + 0.1)) / ${FAR})`,
  },
  { weight: 1, sql: "1 - abs(a.engagement_percentile - b.engagement_percentile)" },
  { weight: 1, sql: "1 - abs(a.still_posting - b.still_posting)" },
];

/** Where one of the two is not known, a respect counts as much as an average pair has of it. */
const UNKNOWN = 0.3;

/**
 * People like some: those with the largest weighted mean likeness to all of them. Those people themselves are left out, and who was written to or is
 * never to be.
 *
 * @param people whom to look for
 * @param most how many to find
 */
export async function readAlike(
  connection: DuckDBConnection,
  people: readonly number[],
  most: number,
): Promise<Alike[]> {
  const sought = await readPersons(connection, people);
  if (sought.length === 0) return [];
  const total = RESPECTS.reduce((sum, { weight }) => sum + weight, 0);
  const likeness = RESPECTS.map(({ weight, sql }) => `${weight} * coalesce(${sql}, ${UNKNOWN})`).join(" + ");
  const among = `(${people.join(", ")})`;
  const reader = await connection.runAndReadAll(
    `SELECT b.person::DOUBLE FROM ${MARKED} b, (SELECT * FROM people WHERE person IN ${among}) a
     WHERE b.person NOT IN ${among} AND b.status NOT IN (${SETTLED.map(quoteLiteral).join(", ")})
     GROUP BY b.person ORDER BY sum((${likeness}) / ${total}) DESC, max(b.probability) DESC NULLS LAST, b.person LIMIT ${most}`,
  );
  const found = await readPersons(
    connection,
    reader.getRowsJS().map(([person]) => person as number),
  );
  return found.map((person) => ({ person, because: likenessInWords(sought, person) }));
}

/** Fewest times one number may be another, to be called within so many times. */
const WITHIN = 2;

/** In what a person is like all of some, in words. */
export function likenessInWords(sought: readonly Person[], found: Person): string[] {
  const words: string[] = [];
  const all = (holds: (one: Person) => boolean) => sought.every(holds);
  const niche = found.niches.find((name) => all((one) => one.niches.includes(name)));
  if (niche !== undefined) words.push(`same niche: ${niche}`);
  const same = (value: (one: Person) => string | null) =>
    value(found) !== null && all((one) => value(one)?.toLowerCase() === value(found)?.toLowerCase());
  if (same((one) => one.predicted_lang)) words.push("same language");
  if (same((one) => one.region)) words.push("same country");
  const near = (value: (one: Person) => bigint | number | null) => {
    const [mine, theirs] = [value(found), sought.map(value)];
    if (mine === null || theirs.includes(null)) return Number.POSITIVE_INFINITY;
    return Math.max(...theirs.map((other) => timesApart(Number(mine), Number(other))));
  };
  const times = near((one) => one.followers);
  if (times <= 10)
    words.push(times <= WITHIN ? "size within 2 times" : `size within ${Math.ceil(times)} times`);
  if (near((one) => one.posts_per_week) <= 1.5) words.push("posts as often");
  const answered = found.engagement_percentile;
  if (
    answered !== null &&
    all(({ engagement_percentile: other }) => other !== null && Math.abs(other - answered) <= 0.1)
  )
    words.push("answered as well for their size");
  return words;
}

/** How many times the smaller of two counts the larger is, at least 1; one more of each, so that zeros compare. */
const timesApart = (a: number, b: number) => (Math.max(a, b) + 1) / (Math.min(a, b) + 1);
