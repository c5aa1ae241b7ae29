import type { DuckDBConnection } from "@duckdb/node-api";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { connect, createProfiles } from "../../test/support/analysis/profilesTable.ts";
import { type Answer, targetAnswer } from "../bundle/answers.ts";
import type { Model } from "../bundle/model.ts";
import { expectedPosts, type PostingFacts, postingFacts } from "../explain/postingFacts.ts";
import { fitPipeline } from "../features/pipeline.ts";
import { CANONICAL_NAMES } from "../profiles/canonical.ts";
import { type Filter, filterSql, partsWithoutMatch } from "./filter.ts";
import { type OutOfFold, RANKED, rankProfiles, readRanked } from "./ranked.ts";

/** The snapshot of all but one of the accounts, as they were read at noon. */
const NOON = "2023-08-31 12:00:00";

/** By row: sizes, rates and posts at the edges of what is asked for below. */
const PROFILES = [
  {
    account_id: "r0",
    biography: "at home",
    followers: 5_000,
    awg_engagement_rate: 0.01,
    posted_at: ["2023-08-01 12:00:00"],
  },
  { account_id: "r1", followers: 9_000, awg_engagement_rate: 0.03, posted_at: ["2023-08-01 11:59:59"] },
  { account_id: "r2", followers: 9_000, awg_engagement_rate: 0.02, region: "DE", is_verified: true },
  {
    account_id: "r3",
    followers: 20_000,
    awg_engagement_rate: 0.005,
    predicted_lang: "EN",
    is_verified: false,
  },
  { account_id: "r4", followers: 20_000, awg_engagement_rate: 0.5, biography: "Ann at ann@example.com" },
  { account_id: "r5", followers: 700_000, awg_engagement_rate: 0.04, created_at: "2023-08-29 00:00:00" },
  // Posts in no order, two of them on one day; one is dated after the snapshot.
  {
    account_id: "r6",
    awg_engagement_rate: 0.9,
    posted_at: ["2023-08-30", "2023-09-01", "2023-08-30 01:00:00"],
  },
  { account_id: "r7", followers: 100, observed_at: null, created_at: "2023-08-20 00:00:00" },
].map((profile) => ({ observed_at: NOON, ...profile }));

let connection: DuckDBConnection;

/** A model that gives an account the logit 2 where it is verified, else 0. */
async function verifiedFirst(): Promise<Model> {
  const pipeline = await fitPipeline(connection, "profile", "profiles");
  const weight = Float32Array.from(pipeline.names, (name) => (/verified/.test(name) ? 2 : 0));
  const inputs = weight.length;
  const network = { inputs, layers: [{ weight, bias: new Float32Array(1), inputs, outputs: 1 }] };
  return { pipeline, answers: [targetAnswer(pipeline, network)], threshold: 0.5 } as unknown as Model;
}

beforeAll(async () => {
  connection = await connect();
  await createProfiles(connection, PROFILES, [
    ...(["following", "likes", "videos_count", "bio_link", "nickname", "is_private", "url", "id"] as const),
  ]);
  await rankProfiles(connection, await verifiedFirst(), "profiles");
});
afterAll(() => connection.closeSync());

async function ask(columns: string, rest = 'ORDER BY "row"'): Promise<unknown[]> {
  const reader = await connection.runAndReadAll(`SELECT ${columns} FROM ${RANKED} ${rest}`);
  const rows = reader.getRowsJS();
  return rows.map((row) => (row.length === 1 ? row[0] : row));
}

describe("rankProfiles", () => {
  it("puts the probable first, of equally probable ones the larger, of equally large ones the earlier in the file", async () => {
    // Of r7 and r6 one is small and the other of unknown size, which comes last.
    expect(await ask("account_id", "ORDER BY rank")).toEqual([
      ...["r2", "r5", "r3", "r4", "r1", "r0", "r7", "r6"],
    ]);
    expect(await ask("rank", "ORDER BY rank")).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  });

  it("calls an account active from the threshold on", async () => {
    expect(new Set(await ask("probability", "WHERE rank > 1"))).toEqual(new Set([0.5]));
    expect(new Set(await ask("active"))).toEqual(new Set([true]));
  });

  it("compares engagement within the tier, not among all", async () => {
    expect(await ask("tier, engagement_percentile")).toEqual([
      ["nano", 0],
      ["nano", 1],
      ["nano", 0.5],
      ["micro", 0],
      ["micro", 1],
      // Alone in its tier, of no tier, and without a rate.
      ["macro", null],
      [null, null],
      ["starter", null],
    ]);
  });

  it("dates an account by its newest and oldest posts, in whatever order they are listed", async () => {
    expect(await ask("epoch(last_post)", "WHERE account_id = 'r6'")).toEqual([Date.UTC(2023, 8, 1) / 1000]);
    // Three posts over two days are three in a week at most.
    expect(await ask("posts_per_week", "WHERE account_id IN ('r0', 'r6') ORDER BY \"row\"")).toEqual([
      null,
      2,
    ]);
  });

  it("counts days to the account's own snapshot, and from the newest date of the file without one", async () => {
    expect(await ask("days_since_last_post")).toEqual([
      30,
      30 + 1 / 86_400,
      ...[null, null, null, null],
      // A post after the snapshot is no days ago.
      0,
      null,
    ]);
    const ages = await ask("account_age_days");
    expect(ages[5]).toBe(2.5);
    // The newest date anywhere is the post of 1 September.
    expect(ages[7]).toBe(12);
  });

  it("finds e-mail addresses, hidden ones too", async () => {
    expect(await ask("account_id", "WHERE has_email")).toEqual(["r4"]);
  });

  it("takes other tiers", async () => {
    await rankProfiles(connection, await verifiedFirst(), "profiles", {
      tiers: [
        { name: "small", from: 0 },
        { name: "large", from: 20_000 },
      ],
    });
    expect(await ask("tier")).toEqual([
      ...["small", "small", "small", "large", "large", "large", null, "small"],
    ]);
    await rankProfiles(connection, await verifiedFirst(), "profiles");
  });
});

describe("filterSql over ranked accounts", () => {
  it.each<[Filter, string]>([
    [{ min_followers: 9_000 }, "r1 r2 r3 r4 r5"],
    [{ max_followers: 9_000 }, "r0 r1 r2 r7"],
    [{ min_followers: 9_000, max_followers: 9_000 }, "r1 r2"],
    [{ active_days: 30 }, "r0 r6"],
    [{ active_days: 31 }, "r0 r1 r6"],
    [{ min_probability: 0.5 }, "r0 r1 r2 r3 r4 r5 r6 r7"],
    [{ min_probability: 0.51 }, "r2"],
    [{ tiers: ["MICRO", "macro"] }, "r3 r4 r5"],
    [{ languages: ["en"] }, "r3"],
    [{ regions: ["de"] }, "r2"],
    [{ verified: true }, "r2"],
    [{ verified: false }, "r3"],
    [{ has_email: true }, "r4"],
    [{ active: false }, ""],
    [{ search: " ANN@ " }, "r4"],
    [{ search: "R5" }, "r5"],
  ])("%j lets through %s", async (filter, accounts) => {
    expect((await ask("account_id", `WHERE ${filterSql(filter)} ORDER BY "row"`)).join(" ")).toBe(accounts);
  });

  it("names the parts that nobody meets alone, and the column that the file lacks", async () => {
    const filter = {
      search: undefined,
      active: false,
      min_followers: 10 ** 9,
      languages: ["en"],
      regions: ["FR"],
    };
    expect(await partsWithoutMatch(connection, filter)).toEqual([
      { name: "active", missing: null },
      { name: "min_followers", missing: null },
      { name: "regions", missing: null },
    ]);
    await connection.run("UPDATE profiles SET region = NULL");
    expect(await partsWithoutMatch(connection, { regions: ["FR"] })).toEqual([
      { name: "regions", missing: "region" },
    ]);
  });
});

describe("rankProfiles by a model of the two questions", () => {
  const READ = "2024-01-31 12:00:00";
  const day = (days: number) =>
    new Date(Date.UTC(2024, 0, 31, 12) - days * 86_400_000).toISOString().slice(0, 19);
  const PEOPLE = [
    {
      id: "10",
      followers: 5_000,
      awg_engagement_rate: 0.055,
      posted_at: [1, 3, 5, 7, 40].map(day),
      likes: 9_000,
    },
    // The same, but for one post instead of five.
    { id: "11", followers: 5_000, awg_engagement_rate: 0.055, posted_at: [day(1)], likes: 100 },
    { id: "12", followers: 5_000, awg_engagement_rate: 0.001, posted_at: [400, 401].map(day), likes: 5_000 },
    { id: "13", followers: 5_000, likes: 1_000, videos_count: 10, is_private: true },
    { account_id: "=none", biography: "giveaway! f4f", videos_count: null },
  ].map((one, i) => ({ observed_at: READ, videos_count: 10, nickname: `n${i}`, ...one }));
  const OTHERS = Array.from({ length: 60 }, (_, i) => ({
    ...{
      followers: 5_000,
      awg_engagement_rate: 0.001 * (i + 1),
      videos_count: 10,
      likes: 1,
      observed_at: READ,
    },
    posted_at: [1, 2, 3].map((days) => day(days + i)),
  }));
  let database: DuckDBConnection;
  let model: Model;

  beforeAll(async () => {
    database = await connect();
    await createProfiles(database, OTHERS, CANONICAL_NAMES);
    const pipeline = await fitPipeline(database, "creator", "profiles");
    const answer = (
      question: Answer["question"],
      evidence: Answer["evidence"],
      ...[needs, feature, weight]: [string | null, string, number]
    ): Answer => {
      const layer = { weight: Float32Array.of(weight), bias: new Float32Array(1), inputs: 1, outputs: 1 };
      return { question, evidence, needs, features: [feature], network: { inputs: 1, layers: [layer] } };
    };
    const answers = [
      answer("still_posting", "posts", "posts_known", "posts_go_on", 2),
      answer("still_posting", "profile", "profile_known", "profile_known", 0),
      answer("well_answered", "rate", "rate_known", "rate_z", 1.702),
      answer("well_answered", "profile", "profile_known", "profile_known", 0),
    ];
    const combinations = (["posts", "profile"] as const).flatMap((still_posting) =>
      (["rate", "profile"] as const).map((well_answered) => ({
        still_posting,
        well_answered,
        intercept: 0,
        slope: 1,
      })),
    );
    model = { pipeline, answers, combinations, threshold: 0.5, horizon: 30 } as unknown as Model;
    await createProfiles(database, PEOPLE, CANONICAL_NAMES);
    await rankProfiles(database, model, "profiles");
  });
  afterAll(() => database.closeSync());

  const rows = async () => await readRanked(database, 'ORDER BY "row"');

  it("tells the two answers and what they stand on", async () => {
    const found = await rows();
    expect(found.map(({ evidence }) => evidence)).toEqual([
      ...["posts+rate", "posts+rate", "posts+rate", "profile+profile", "none+none"],
    ]);
    for (const { probability, still_posting, well_answered } of found)
      expect(probability).toBeCloseTo((still_posting as number) * (well_answered as number), 6);
    expect(found[0].still_posting).toBeGreaterThan(found[2].still_posting as number);
    expect(found[3].still_posting).toBe(0.5);
    expect(found.every((one) => !one.out_of_fold)).toBe(true);
  });

  it("compares a rate with the norm for the size, the less sure of it the fewer posts it stands on", async () => {
    const [many, one, low, none] = (await rows()).map((row) => row.engagement_percentile);
    expect(many).toBeGreaterThan(0.7);
    expect(one).toBeLessThan((many as number) - 0.02);
    expect(one).toBeGreaterThan(0.5);
    expect(low).toBe(0.01);
    expect(none).toBeNull();
  });

  it("expects posts of whoever has some, by the chance of going on", async () => {
    const [found, , silent, without] = await rows();
    expect(found.posts_last_30_days).toBe(4);
    const facts = postingFacts(
      (found.posted_at ?? []).map((post) => post.getTime() / 1000),
      Date.UTC(2024, 0, 31, 12) / 1000,
    );
    const { mean, low, high } = expectedPosts(facts as PostingFacts, found.still_posting as number, 30);
    expect([found.expected_posts, found.expected_low, found.expected_high]).toEqual([mean, low, high]);
    expect(silent.expected_posts).toBeLessThan(1);
    expect([without.expected_posts, without.expected_high, without.posts_last_30_days]).toEqual([
      null,
      null,
      null,
    ]);
  });

  it("compares likes a video within the tier, and names flags", async () => {
    const found = await rows();
    expect(found.map((row) => row.likes_percentile)).toEqual([1, 0, 2 / 3, 1 / 3, null]);
    expect(found.map((row) => row.flags)).toEqual([
      [],
      ["likes"],
      [],
      ["likes", "private"],
      ["giveaway", "follow-for-follow"],
    ]);
  });

  it("takes what networks say that did not learn from an account, where that is told", async () => {
    const answers = {
      probability: 0.01,
      still_posting: 0.02,
      well_answered: 0.03,
      evidence: "posts+profile",
    };
    const outOfFold = new Map<string, OutOfFold>([
      ["10", answers],
      ["'=none", { probability: 0.999, still_posting: null, well_answered: null, evidence: null }],
    ]);
    await rankProfiles(database, model, "profiles", { outOfFold });
    const [first, second, , , last] = await rows();
    expect(first).toMatchObject({ ...answers, out_of_fold: true });
    expect(first.expected_posts).toBeLessThan(0.2);
    expect(second.out_of_fold).toBe(false);
    expect(last).toMatchObject({ probability: 0.999, still_posting: null, out_of_fold: true, rank: 1 });
    await rankProfiles(database, model, "profiles");
  });
});
