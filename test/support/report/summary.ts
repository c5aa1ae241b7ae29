import type { Metrics } from "../../../src/report/metrics.ts";

type Column = Metrics["summary"]["columns"][number];

const UNMEASURED = {
  mean: null,
  standard_deviation: null,
  min: null,
  p05: null,
  p25: null,
  median: null,
  p75: null,
  p95: null,
  max: null,
  skewness: null,
};

function text(name: string, missing: number, distinct: number): Column {
  return { name, type: "VARCHAR", count: 1000 - missing, missing, distinct, ...UNMEASURED };
}

function numbers(
  name: string,
  type: string,
  [min, p05, p25, median, p75, p95, max]: readonly number[],
  [distinct, mean, standard_deviation, skewness]: readonly number[],
): Column {
  return {
    name,
    type,
    count: 1000,
    missing: 0,
    distinct,
    mean,
    standard_deviation,
    min,
    p05,
    p25,
    median,
    p75,
    p95,
    max,
    skewness,
  };
}

const CORRELATED = ["followers", "following", "likes", "videos_count", "like_engagement_rate"];

/** A made-up summary of 1000 accounts. */
export const exampleSummary: Metrics["summary"] = {
  columns: [
    text("id", 0, 1000),
    text("biography", 3, 981),
    text("bio_link", 809, 190),
    { ...text("is_verified", 0, 2), type: "BOOLEAN", mean: 0.019 },
    numbers(
      "followers",
      "BIGINT",
      [0, 22, 610, 6021, 42800, 891000, 28_500_000],
      [874, 214_310, 1_104_200, 14.2],
    ),
    numbers("following", "BIGINT", [0, 3, 48, 201, 710, 4820, 10_000], [611, 802.4, 1640.2, 3.9]),
    numbers(
      "likes",
      "BIGINT",
      [0, 61, 5120, 74_310, 812_000, 21_400_000, 1_130_000_000],
      [960, 6_210_400, 4.4e7, 18.1],
    ),
    numbers("videos_count", "BIGINT", [0, 3, 19, 61, 170, 892, 8121], [388, 201.5, 501.9, 7.7]),
    numbers(
      "like_engagement_rate",
      "DOUBLE",
      [0, 0.002, 0.015, 0.051, 0.182, 1.31, 63.1],
      [997, 0.441, 2.81, 17.5],
    ),
    numbers(
      "comment_engagement_rate",
      "DOUBLE",
      [0, 0.00002, 0.0004, 0.0012, 0.0061, 0.081, 4.2],
      [941, 0.021, 0.15, 20.3],
    ),
  ],
  pearson: {
    columns: CORRELATED,
    values: [
      [1, -0.01, 0.78, 0.14, -0.03],
      [-0.01, 1, -0.02, 0.05, 0.01],
      [0.78, -0.02, 1, 0.21, -0.02],
      [0.14, 0.05, 0.21, 1, -0.06],
      [-0.03, 0.01, -0.02, -0.06, 1],
    ],
  },
  spearman: {
    columns: CORRELATED,
    values: [
      [1, 0.03, 0.89, 0.55, -0.62],
      [0.03, 1, 0.04, 0.12, 0.06],
      [0.89, 0.04, 1, 0.61, -0.33],
      [0.55, 0.12, 0.61, 1, -0.45],
      [-0.62, 0.06, -0.33, -0.45, 1],
    ],
  },
  outliers: { rule: "awg_engagement_rate > 5", rows: 18 },
  verified: [
    {
      is_verified: false,
      accounts: 981,
      followers_min: 0,
      followers_median: 5700,
      followers_max: 28_500_000,
    },
    {
      is_verified: true,
      accounts: 19,
      followers_min: 16_800,
      followers_median: 1_200_000,
      followers_max: 10_500_000,
    },
  ],
  activity: {
    accounts: 962,
    median_days_since_last_post: 97.4,
    posted_within_30_days: 0.401,
    posted_within_90_days: 0.492,
    snapshot: "the file's timestamp",
    posted_within_30_days_by_target: { positive: 0.29, negative: 0.52 },
  },
  posting: {
    pace: { accounts: 931, median_posts_per_week: 1.13, more_than_once_a_week: 0.532 },
    times: {
      posts: 25_200,
      oldest: "2019-02-03T04:05:06.000Z",
      newest: "2024-12-30T10:11:12.000Z",
      // More in the evening than before dawn, 150 an hour on the whole, every day alike.
      by_weekday_and_hour: Array.from({ length: 7 }, () =>
        Array.from(
          { length: 24 },
          (_, hour) =>
            84 + 12 * Math.abs(((hour + 19) % 24) - 12 < 0 ? (hour + 19) % 24 : 23 - ((hour + 19) % 24)),
        ),
      ),
    },
    account_age: { accounts: 902, median_years: 3.21 },
  },
  targets: [
    {
      name: "engagement",
      about: "the original label",
      positives: 510,
      negatives: 490,
      unknown: 0,
      posted_within_30_days: { positive: 0.29, negative: 0.52 },
      tiers: [
        { name: "under 1 K", from: 0, below: 1000, positives: 240, negatives: 40, unknown: 0 },
        { name: "nano", from: 1000, below: 10_000, positives: 250, negatives: 390, unknown: 0 },
        { name: "micro", from: 10_000, below: 50_000, positives: 18, negatives: 57, unknown: 0 },
        { name: "mega", from: 1_000_000, below: null, positives: 2, negatives: 3, unknown: 0 },
      ],
    },
    {
      name: "creator",
      about: "posts lately, and is answered better than is usual for its size",
      positives: 212,
      negatives: 750,
      unknown: 38,
      posted_within_30_days: { positive: 0.81, negative: 0.28 },
      tiers: [
        { name: "under 1 K", from: 0, below: 1000, positives: 27, negatives: 243, unknown: 10 },
        { name: "nano", from: 1000, below: 10_000, positives: 160, negatives: 457, unknown: 23 },
        { name: "micro", from: 10_000, below: 50_000, positives: 24, negatives: 46, unknown: 5 },
        { name: "mega", from: 1_000_000, below: null, positives: 1, negatives: 4, unknown: 0 },
      ],
    },
  ],
  size_norm: { log10_followers: [1.2, 3.1, 4.6], log_rate: [0.24, -3.1, -3.9], rows: [280, 640, 80] },
};
