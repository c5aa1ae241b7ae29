import {
  type DuckDBAppender,
  type DuckDBConnection,
  DuckDBInstance,
  DuckDBTimestampValue,
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
  else if (value instanceof Date)
    appender.appendTimestamp(new DuckDBTimestampValue(BigInt(value.getTime()) * 1000n));
  else throw new Error("lists of dates are not needed by the features tested so far");
}

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
];
