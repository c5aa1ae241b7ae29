import { describe, expect, it } from "vitest";
import type { Explanation } from "../explain/explanation.ts";
import type { RankedRow } from "./ranked.ts";
import { reasonsFromFacts, reasonsOf, whyOf } from "./reasons.ts";

describe("reasonsOf", () => {
  const contribution = (value: number, words: string, error = 0) => ({
    ...{ group: words, features: [words], value, error, words },
  });
  const explanation = {
    contributions: [
      contribution(-1.2, "posts of 3 videos"),
      contribution(0.7, "4 likes per follower"),
      contribution(0.5, "unsure", 0.4),
      contribution(-0.3, "not verified"),
      contribution(0.2, "has a link"),
    ],
  } as unknown as Explanation;

  it("says what speaks for an account as it is, and what speaks against it with a but", () => {
    expect(reasonsOf(explanation, 3)).toEqual([
      "but: posts of 3 videos",
      "4 likes per follower",
      "but: not verified",
    ]);
    expect(reasonsOf(explanation, 9)).toHaveLength(4);
  });
});

const NOW = Date.UTC(2024, 0, 31, 12);
const ago = (...days: number[]) => days.map((day) => new Date(NOW - 86_400_000 * day));
const weekly = ago(2, 9, 16, 23, 30);
const daily = ago(...Array.from({ length: 12 }, (_, i) => 1.5 + i));
const ROW = {
  observed_at: new Date(NOW),
  posted_at: weekly,
  last_post: weekly[0],
  posts_last_30_days: 5,
  still_posting: 0.9,
  well_answered: 0.8,
  evidence: "posts+rate",
  engagement_percentile: 0.816,
  likes_percentile: 0.95,
  has_email: false,
  is_verified: null,
} as unknown as RankedRow;

describe("reasonsFromFacts", () => {
  it.each<[string, Partial<RankedRow>, string[]]>([
    [
      "how lately and how answered",
      {},
      ["posted 2 days ago, about once a week", "answered better than 81 % of accounts of this size"],
    ],
    [
      "what speaks against",
      { still_posting: 0.49, engagement_percentile: 0.2 },
      [
        "but: posted 2 days ago, about once a week",
        "but: answered less well than 80 % of accounts of this size",
      ],
    ],
    [
      "that a silence is unusual",
      {
        posted_at: ago(240, 241, 242, 243, 244, 245),
        still_posting: 0.03,
        engagement_percentile: 0.5,
      },
      [
        "but: last post 8 months ago, silent for longer than usual",
        "answered as is usual for accounts of this size",
      ],
    ],
    [
      "what stands out",
      { posted_at: daily, posts_last_30_days: 12, has_email: true, is_verified: true },
      [
        "posted 1 day ago, about once a day",
        "answered better than 81 % of accounts of this size",
        "12 posts or more in the last 30 days",
      ],
    ],
    [
      "what stands out, where posts do not",
      { has_email: true, is_verified: true },
      [
        "posted 2 days ago, about once a week",
        "answered better than 81 % of accounts of this size",
        "e-mail in the bio",
      ],
    ],
    [
      "what the page shows where there are no posts and no rate",
      {
        posted_at: null,
        evidence: "profile+profile",
        engagement_percentile: null,
        likes_percentile: 0.9,
        is_verified: true,
      },
      [
        "no dated posts known: judged by the profile page alone",
        "likes per video higher than 90 % of accounts of this size",
        "verified",
      ],
    ],
    [
      "that nothing is known where there is neither a post nor a count",
      { posted_at: null, evidence: "none+none", engagement_percentile: null, likes_percentile: null },
      ["nothing in the file says whether they go on"],
    ],
    [
      "few likes",
      { engagement_percentile: null, likes_percentile: 0.25 },
      [
        "posted 2 days ago, about once a week",
        "but: likes per video lower than 75 % of accounts of this size",
      ],
    ],
    [
      "no usual likes",
      { engagement_percentile: null, likes_percentile: 0.5 },
      ["posted 2 days ago, about once a week"],
    ],
    [
      "the rate of whoever has no posts",
      { posted_at: [], evidence: "profile+rate" },
      [
        "no dated posts known: the profile page alone says whether they go on",
        "answered better than 81 % of accounts of this size",
      ],
    ],
    [
      "what just is likely, high or many",
      {
        posted_at: [...weekly, ...ago(3, 4, 5)],
        posts_last_30_days: 8,
        still_posting: 0.5,
        engagement_percentile: null,
        likes_percentile: 0.75,
      },
      [
        "posted 2 days ago, about 2 a week",
        "likes per video higher than 75 % of accounts of this size",
        "8 posts in the last 30 days",
      ],
    ],
    [
      "what just is not",
      {
        posted_at: [...weekly, ...ago(3, 4, 40)],
        posts_last_30_days: 7,
        engagement_percentile: null,
        likes_percentile: 0.74,
      },
      ["posted 2 days ago, about once a week"],
    ],
  ])("tells %s", (_, facts, reasons) => expect(reasonsFromFacts({ ...ROW, ...facts })).toEqual(reasons));
});

describe("whyOf", () => {
  it.each<[string, Partial<RankedRow>, string]>([
    [
      "how answered before how often, where that is the less usual",
      { engagement_percentile: 0.96, posted_at: daily, posts_last_30_days: 12 },
      "answered better than 96 % of its size, 12+ posts in 30 days",
    ],
    [
      "how often first, where somebody posts more than others",
      { engagement_percentile: 0.65, posted_at: daily, posts_last_30_days: 30 },
      "12+ posts in 30 days, answered better than 65 % of its size",
    ],
    [
      "when the last post was, where there are not many",
      {},
      "answered better than 81 % of its size, posted 2 days ago, about once a week",
    ],
    [
      "what few have",
      { is_verified: true, has_email: true, engagement_percentile: 0.55 },
      "verified, e-mail in the bio",
    ],
    [
      "what speaks against after what speaks for",
      { engagement_percentile: 0.1, is_verified: true },
      "verified, but answered less well than 90 % of its size",
    ],
    [
      "what speaks against alone",
      { still_posting: 0.1, engagement_percentile: 0.1 },
      "posted 2 days ago, about once a week, answered less well than 90 % of its size",
    ],
    [
      "what is known where posts have no dates",
      { last_post: null, posted_at: null, evidence: "profile+rate" },
      "answered better than 81 % of its size",
    ],
    [
      "likes where there is no rate",
      { engagement_percentile: null, has_email: true },
      "likes per video higher than 95 % of its size, e-mail in the bio",
    ],
    [
      "that nothing is known",
      {
        ...{ last_post: null, posted_at: null, evidence: "none+none" },
        ...{ engagement_percentile: null, likes_percentile: null },
      },
      "nothing in the file says whether they go on",
    ],
    [
      "the weightiest reason of a model of another question",
      { still_posting: null, well_answered: null },
      "posts of 3 videos",
    ],
  ])("tells %s", (_, facts, why) =>
    expect(whyOf({ ...ROW, ...facts }, () => ["but: posts of 3 videos", "x"])).toBe(why),
  );
});
