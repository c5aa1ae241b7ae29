import type { Found } from "../../../src/report/input.ts";
import type { ShortlistEntry } from "../../../src/shortlist/shortlist.ts";

const entry: ShortlistEntry = {
  rank: 1,
  id: "6812345678901234567",
  account: "mia.bakes",
  name: "Mia bakes",
  url: "https://www.tiktok.com/@mia.bakes",
  probability: 0.934,
  still_posting: 0.971,
  well_answered: 0.88,
  evidence: "posts+rate",
  why: "answered better than 90 % of its size, posted 2 days ago, about 3 a week",
  reasons: ["posted 2 days ago, about 3 a week", "answered better than 90 % of accounts of this size"],
  flags: [],
  tier: "micro",
  followers: 12_400,
  engagement_rate: 0.08,
  engagement_percentile: 0.9,
  last_post: "2025-02-01",
  days_since_last_post: 2,
  posts_per_week: 3,
  posts_last_30_days: 12,
  expected_posts: 11,
  expected_low: 5,
  expected_high: 18,
  account_age_days: 900,
  language: "en",
  region: null,
  verified: false,
  niches: [],
  contacts: [],
};

/** People who were found, made up: one of each kind of evidence, one to look at twice. */
export const exampleFound: Found = {
  by: "shipped",
  made: { at: "2025-01-15T08:00:00.000Z", rows: 998 },
  own: false,
  horizon: 30,
  list: {
    entries: [
      entry,
      {
        ...entry,
        ...{ rank: 2, account: null, name: null, url: null, probability: 0.9991, evidence: "profile+rate" },
        reasons: ["no dated posts known: the profile page alone says whether they go on"],
        flags: [
          { name: "follow-for-follow", words: 'biography says "follow for follow"' },
          { name: "following", words: "follows 9,761 accounts and has 5,007 followers" },
        ],
      },
    ],
    considered: 1000,
    preferred: 431,
  },
};
