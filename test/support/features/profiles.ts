import {
  type DuckDBAppender,
  type DuckDBConnection,
  DuckDBInstance,
  DuckDBTimestampValue,
  LIST,
  TIMESTAMP,
} from "@duckdb/node-api";
import { quoteIdentifier } from "../../../src/base/quote.ts";
import type { CanonicalProfile } from "../../../src/features/profile.ts";
import { CANONICAL_COLUMNS, CANONICAL_NAMES } from "../../../src/profiles/canonical.ts";

/** A connection to an empty database in memory. */
export async function connect(): Promise<DuckDBConnection> {
  return (await DuckDBInstance.create(":memory:")).connect();
}

/** Makes a table of profiles: `row`, then the canonical columns; what a profile does not say is NULL. */
export async function createProfiles(
  connection: DuckDBConnection,
  table: string,
  profiles: readonly Partial<CanonicalProfile>[],
): Promise<void> {
  const columns = CANONICAL_NAMES.map((name) => `${name} ${CANONICAL_COLUMNS[name].type}`);
  await connection.run(
    `CREATE OR REPLACE TABLE ${quoteIdentifier(table)} ("row" BIGINT, ${columns.join(", ")})`,
  );
  const appender = await connection.createAppender(table);
  profiles.forEach((profile, row) => {
    appender.appendBigInt(BigInt(row));
    for (const name of CANONICAL_NAMES) append(appender, profile[name]);
    appender.endRow();
  });
  appender.closeSync();
}

function append(appender: DuckDBAppender, value: CanonicalProfile[keyof CanonicalProfile] | undefined): void {
  if (value === null || value === undefined) appender.appendNull();
  else if (typeof value === "string") appender.appendVarchar(value);
  else if (typeof value === "boolean") appender.appendBoolean(value);
  else if (typeof value === "bigint") appender.appendBigInt(value);
  else if (typeof value === "number") appender.appendDouble(value);
  else if (value instanceof Date) appender.appendTimestamp(timestamp(value));
  else appender.appendList(value.map(timestamp), LIST(TIMESTAMP));
}

function timestamp(moment: Date): DuckDBTimestampValue {
  return new DuckDBTimestampValue(BigInt(moment.getTime()) * 1000n);
}

const OBSERVED = new Date("2023-08-01T10:20:30Z");

/** So many days before the snapshot, each. */
const posted = (...days: number[]) => days.map((day) => new Date(OBSERVED.getTime() - day * 86_400_000));

/** Profiles with every kind of list of posts. */
const NASTY_LISTS: readonly Partial<CanonicalProfile>[] = [
  [],
  posted(3),
  posted(3, 3, 3),
  posted(0.5, 2, 9, 30, 400),
  // In any order, some twice, some after the snapshot, some before there was TikTok.
  posted(40, -1.9, 7, -2.1, 7, -400, 0, 3000, 9000, 20_000, 1, 1.000001),
  posted(...Array.from({ length: 34 }, (_, i) => i * 3.7)),
  posted(...Array.from({ length: 35 }, (_, i) => 900 - i)),
  // Many, and all of the newest at one second.
  posted(...Array.from({ length: 10_000 }, (_, i) => ((i * 7919) % 10_000) / 24)),
  posted(...Array.from({ length: 50 }, () => 6), 80, 90),
  posted(20_000),
  posted(-30),
].map((posted_at) => ({ posted_at, observed_at: OBSERVED, created_at: new Date("2020-05-05T05:05:05Z") }));

/** Profiles with what real dumps hold and tidy minds forget: nothing, zeros, huge counts, scripts, line breaks, quotes. */
export const NASTY_PROFILES: readonly Partial<CanonicalProfile>[] = [
  {},
  { biography: "", bio_link: "", nickname: "" },
  { followers: 0n, following: 0n, likes: 0n, videos_count: 0n, is_verified: false, like_engagement_rate: 0 },
  { likes: 1_586n, followers: 1_755n, videos_count: 20n, following: 1_443n, is_verified: false },
  { likes: 900n, videos_count: null, followers: null, is_verified: null },
  { likes: null, videos_count: 12n, followers: 3n },
  { likes: 9_007_199_254_740_993n, followers: 9_007_199_254_740_991n, videos_count: 1n, following: 10_000n },
  { likes: 9_223_372_036_854_775_807n, followers: 9_223_372_036_854_775_807n, videos_count: 0n },
  { biography: "Model ✨ | DM for collab 💌", bio_link: "https://example.com/?q=a'b\"c", is_verified: true },
  {
    biography: "photography\nmodel\ntravel",
    nickname: "❤️❤️❤️",
    like_engagement_rate: 63,
    comment_engagement_rate: 2,
  },
  { biography: "حسابي الرسمي 🥂 creator", like_engagement_rate: 0.0002013577928643 },
  { biography: "modelling is not the word", comment_engagement_rate: 1e-300 },
  { biography: "supermodel model_s model9 modélo", like_engagement_rate: Number.MIN_VALUE },
  { biography: "İNFLUENCER or ınfluencer", comment_engagement_rate: 1e308 },
  { biography: "(VLOGGER)", like_engagement_rate: Number.POSITIVE_INFINITY },
  { biography: "it's a 'blogger'; DROP TABLE profiles; --", like_engagement_rate: Number.NaN },
  { biography: "model\u0301 mo\u0301del", comment_engagement_rate: Number.NEGATIVE_INFINITY },
  {
    created_at: new Date("2020-02-29T12:00:00Z"),
    observed_at: new Date("2023-08-01T00:00:00Z"),
    videos_count: 9n,
  },
  {
    created_at: new Date("2023-08-01T20:00:00Z"),
    observed_at: new Date("2023-08-01T00:00:00Z"),
    videos_count: 2n,
  },
  { created_at: new Date("2019-01-01T00:00:00Z"), bio_link: "https://linktr.ee/someone" },
  {
    observed_at: new Date("2025-01-01T00:00:00Z"),
    biography: "📧 Someone.Else@mail.example.org / IG: @some.one #fyp 10k",
  },
  { biography: "🥺❤️ تابعوني فضلا", nickname: "مصور" },
  { biography: "お仕事のご依頼はDMまで 👇\nwww.example.com" },
  { biography: "c++ a.b 100% \\d \\ [x] {1} ^$", like_engagement_rate: -1e30, following: 7n },
  ...NASTY_LISTS,
  { posted_at: posted(2), created_at: OBSERVED },
  { posted_at: posted(2, 5), observed_at: OBSERVED, awg_engagement_rate: 0.05, followers: 900n },
  { awg_engagement_rate: 0, followers: 0n, videos_count: 0n },
  { awg_engagement_rate: 63, followers: 12n, videos_count: 3n },
  { awg_engagement_rate: 0.02, followers: 50_000n, videos_count: 300n },
  { awg_engagement_rate: -0.5, followers: 50_000n },
  { awg_engagement_rate: Number.NaN, followers: 50_000n },
  { awg_engagement_rate: 0.3 },
];

/** Unlike all others in every respect, and many: whoever learns from them learns something else. */
export const STRANGERS: readonly Partial<CanonicalProfile>[] = Array.from({ length: 200 }, (_, i) => ({
  biography: "model",
  bio_link: "x",
  is_verified: true,
  followers: BigInt(10 ** (7 + (i % 3))),
  following: BigInt(10 ** (8 + (i % 2))),
  likes: BigInt(10 ** (9 + (i % 2))),
  videos_count: BigInt(10 ** (6 + (i % 3))),
  like_engagement_rate: 10 ** (2 + (i % 3)),
  comment_engagement_rate: 10 ** (1 + (i % 3)),
  awg_engagement_rate: 10 ** (1 + (i % 3)),
  created_at: new Date("2014-02-02T00:00:00Z"),
  observed_at: new Date("2025-01-01T00:00:00Z"),
  posted_at: [600, 700 + i, 900].map((days) => new Date(Date.UTC(2025, 0, 1) - days * 86_400_000)),
}));
