import { expect, it } from "vitest";
import { someCreatorModel } from "../../test/support/bundle/creatorModel.ts";
import { mixedProfiles } from "../../test/support/bundle/profiles.ts";
import { connect, createProfiles } from "../../test/support/features/profiles.ts";
import { PROFILE } from "../../test/support/server/server.ts";
import { createProfileScorer } from "../bundle/score.ts";
import { type BatchOrder, createBatchScorer, creatorSchema } from "./scoreBatch.ts";
import { createScoreThreads } from "./scoreThreads.ts";

const connection = await connect();
await createProfiles(connection, "profiles", mixedProfiles(300, 6));
const model = await someCreatorModel(connection, "profiles");
const limits = { records: 500, lineBytes: 20_000 };
const score = createBatchScorer(model, limits);
const order = (value: unknown): BatchOrder => ({
  kind: "json",
  bytes: new TextEncoder().encode(JSON.stringify(value)),
});
const parsed = (bytes: Uint8Array) => JSON.parse(new TextDecoder().decode(bytes));

/** A profile of each kind of evidence, and of none. */
const POSTS = ["2024-01-30T10:00:00Z", 1_706_400_000, "2024-01-20T00:00:00+02:00"];
const { awg_engagement_rate: _, ...bare } = PROFILE;
const handle = { account_id: "a" };
const SENT = [
  { ...PROFILE, posted_at: POSTS },
  { ...bare, posted_at: POSTS },
  PROFILE,
  { ...bare, posted_at: [] },
  { ...handle, posted_at: POSTS, observed_at: PROFILE.observed_at },
  // Posts say nothing where it is not known when they were read.
  { ...handle, posted_at: POSTS },
];

it("answers both questions beside the probability, and names the evidence", () => {
  const answers = parsed(score(order(SENT)).bytes);
  expect(answers.map(({ evidence }: { evidence: string }) => evidence)).toEqual([
    "posts+rate",
    "posts+profile",
    "profile+rate",
    "profile+profile",
    "posts+none",
    "none+none",
  ]);
  for (const answer of answers) expect(() => creatorSchema.strict().parse(answer)).not.toThrow();
  const moments = POSTS.map((post) => new Date(typeof post === "number" ? post * 1000 : post));
  const observed_at = new Date(PROFILE.observed_at);
  const found = createProfileScorer(model)([{ posted_at: moments, observed_at }]);
  expect(answers[4].still_posting).toBe(found.answers?.still_posting[0]);
  expect(answers[4].well_answered).toBe(found.answers?.well_answered[0]);
  expect(answers[4].probability).toBe(found.probabilities[0]);
});

it("says the same in a thread, line by line", async () => {
  const threads = createScoreThreads(model, limits);
  const lines = SENT.map((one) => JSON.stringify(one));
  const { bytes } = await threads.score({ kind: "lines", first: 0, lines });
  const streamed = new TextDecoder()
    .decode(bytes)
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(streamed).toEqual(parsed(score(order(SENT)).bytes));
  await threads.close();
});

it.each([[["yesterday"]], [[null]], ["2024-01-30"], [[{ at: 1 }]]])(
  "refuses posts that are %j",
  (posted_at) => {
    expect(() => score(order({ ...PROFILE, posted_at }))).toThrow("The profile is not valid.");
  },
);

it("calls a profile active whose probability is the threshold itself", () => {
  const [{ probability }] = parsed(score(order([SENT[0]])).bytes);
  const answered = (threshold: number) =>
    parsed(createBatchScorer({ ...model, threshold }, limits)(order([SENT[0]])).bytes)[0].active;
  expect([answered(probability), answered(probability + 1e-12)]).toEqual([true, false]);
});
