import type { DuckDBConnection } from "@duckdb/node-api";
import { expectedPosts, postingFacts } from "../explain/postingFacts.ts";
import { type FittedRate, shareAnsweredLess } from "../features/kinds/rate.ts";
import { kindsOfContacts } from "./contacts/contacts.ts";
import { flagsOf } from "./flags.ts";
import { nichesOf } from "./niches.ts";

/** The temporary table that `markProfiles` makes: `row` and the columns of `FACT_COLUMNS`. */
export const FACTS = "ranked_facts";

/** What is worked out of each profile one by one. */
export const FACT_COLUMNS = {
  /** Of Unix seconds; NULL where no post has a believable date, like all that follow but the last three. */
  last_post: "DOUBLE",
  days_since_last_post: "DOUBLE",
  posts_per_week: "DOUBLE",
  posts_last_30_days: "INTEGER",
  /** Posts to expect within the model's horizon, with an interval of 80 %; NULL too where nothing says whether the account goes on. */
  expected_posts: "DOUBLE",
  expected_low: "INTEGER",
  expected_high: "INTEGER",
  account_age_days: "DOUBLE",
  /** By the model's size norm; NULL where it has none, or the rate is unknown. */
  answered: "DOUBLE",
  has_email: "BOOLEAN",
  has_phone: "BOOLEAN",
  /** Whether something stands in `bio_link`, or an address of the web in the biography. */
  has_link: "BOOLEAN",
  /** Names, parted by commas. */
  flags: "VARCHAR",
  niches: "VARCHAR",
} as const;

const DAY = 86_400;

/** What a model knows that facts are worked out by. */
export interface FactOptions {
  /** Days that `still_posting` is about. */
  readonly horizon: number;
  /** The fitted size norm; null where the model has none. */
  readonly rate: FittedRate | null;
  /** Rows of the file whose profiles are worked out at a time, 50,000 unless said otherwise: a thread has no room for objects of a million. */
  readonly part?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Called with the share of the profiles, 0 to 1, that are worked out. */
  readonly onProgress?: ((share: number) => void) | undefined;
}

/**
 * Works out of each profile what SQL cannot: posting history, posts to expect, contacts, flags, niches.
 *
 * @param from a relation as SQL after FROM, with `row`, all canonical columns at their snapshot, and `still_posting`
 */
export async function markProfiles(
  connection: DuckDBConnection,
  from: string,
  options: FactOptions,
): Promise<void> {
  const { part = 50_000, onProgress } = options;
  const types = Object.entries(FACT_COLUMNS);
  await connection.run(
    `CREATE OR REPLACE TEMP TABLE ${FACTS} ("row" BIGINT, ${types.map(([name, type]) => `${name} ${type}`).join(", ")})`,
  );
  const reader = await connection.runAndReadAll(`SELECT max("row"), count(*) FROM ${from}`);
  const [highest, all] = reader.getRowsJS()[0];
  const last = Number(highest ?? -1);
  let done = 0;
  const count = (profiles: number) => {
    done += profiles;
    onProgress?.(done / Number(all));
  };
  for (let first = 0; first <= last; first += part) {
    const rows = `"row" BETWEEN ${first} AND ${first + part - 1}`;
    const found = await readFacts(connection, `${from} WHERE ${rows}`, options, count);
    const appender = await connection.createAppender(FACTS, null, "temp");
    for (const [row, ...facts] of found) {
      appender.appendBigInt(row as bigint);
      facts.forEach((fact, i) => {
        if (fact === null) appender.appendNull();
        else if (typeof fact === "string") appender.appendVarchar(fact);
        else if (typeof fact === "boolean") appender.appendBoolean(fact);
        else if (types[i][1] === "INTEGER") appender.appendInteger(fact as number);
        else appender.appendDouble(fact as number);
      });
      appender.endRow();
    }
    appender.closeSync();
  }
}

/** The facts of some profiles: all of them before the first is written, since a stream ends, without a word, at the next query. */
async function readFacts(
  connection: DuckDBConnection,
  from: string,
  { signal, ...options }: FactOptions,
  count: (profiles: number) => void,
): Promise<Fact[][]> {
  const result = await connection.stream(
    `SELECT "row", still_posting, is_private, followers::DOUBLE, following::DOUBLE, likes::DOUBLE, videos_count::DOUBLE,
       awg_engagement_rate, epoch(observed_at), epoch(created_at), list_transform(posted_at, lambda post: epoch(post)),
       nickname, biography, bio_link
     FROM ${from}`,
  );
  const found: Fact[][] = [];
  for await (const chunk of result.yieldRowsJs()) {
    signal?.throwIfAborted();
    for (const row of chunk as unknown as Streamed[]) found.push(factsOf(row, options));
    count(chunk.length);
  }
  return found;
}

type Maybe<T = number> = T | null;
type Fact = Maybe<bigint | number | boolean | string>;

/** A row of the query. */
type Streamed = [
  ...[row: bigint, goesOn: Maybe, isPrivate: Maybe<boolean>],
  ...[followers: Maybe, following: Maybe, likes: Maybe, videos: Maybe, engagement: Maybe],
  ...[observed: Maybe, created: Maybe, posts: Maybe<Maybe[]>],
  ...[nickname: Maybe<string>, biography: Maybe<string>, link: Maybe<string>],
];

/** The row, and its facts in the order of {@link FACT_COLUMNS}. */
function factsOf(values: Streamed, { horizon, rate }: Pick<FactOptions, "horizon" | "rate">): Fact[] {
  const [row, goesOn, is_private, followers, following, likes, videos_count, awg_engagement_rate] = values;
  const [observed, created, posts, nickname, biography, bio_link] = values.slice(8) as [
    ...[Maybe, Maybe, Maybe<Maybe[]>],
    ...[Maybe<string>, Maybe<string>, Maybe<string>],
  ];
  const listed = (posts ?? []).filter((post) => post !== null);
  const posting = observed === null ? null : postingFacts(listed, observed);
  const expected = posting === null || goesOn === null ? null : expectedPosts(posting, goesOn, horizon);
  const age = observed === null || created === null ? null : Math.max(0, observed - created) / DAY;
  const answered =
    rate === null
      ? Number.NaN
      : shareAnsweredLess(rate, { awg_engagement_rate, followers, videos_count }, listed.length);
  const flags = flagsOf({
    ...{ nickname, biography, is_private, followers, following, likes, videos_count },
    account_age_days: age,
    posts_last_30_days: posting?.posts_last_30_days ?? null,
  });
  const kinds = kindsOfContacts({ biography, bio_link });
  return [
    row,
    posting?.last_post ?? null,
    posting?.days_since_last_post ?? null,
    posting?.posts_per_week ?? null,
    posting?.posts_last_30_days ?? null,
    expected?.mean ?? null,
    expected?.low ?? null,
    expected?.high ?? null,
    age,
    Number.isNaN(answered) ? null : answered,
    kinds.has("email"),
    kinds.has("phone"),
    bio_link !== null || kinds.has("link"),
    flags.map(({ name }) => name).join(","),
    nichesOf(biography)
      .map(({ name }) => name)
      .join(","),
  ];
}
