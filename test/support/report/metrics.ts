import { type Metrics, parseMetrics } from "../../../src/report/metrics.ts";
import { decisions, histories, information, leakage, ranking, seedRun, spreadOf } from "./evaluated.ts";
import { exampleResults } from "./recommended.ts";
import { exampleSummary } from "./summary.ts";

/** Made-up metrics of a study of the original data's shape. Coherent: counts, rates and spreads fit together. */
export function exampleMetrics(change: Partial<Metrics> = {}): Metrics {
  const atHalf = { ...decisions(0.5, 91, 5, 11, 93), ...ranking };
  const atThreshold = decisions(0.412, 97, 8, 5, 90);
  const asPublished = decisions(0.331, 95, 12, 7, 86);
  const seeds = [
    { ...seedRun(1, atHalf, atThreshold, asPublished), epochs: 820, best_epoch: 570 },
    seedRun(2, { ...decisions(0.5, 93, 7, 9, 91), ...ranking }, decisions(0.377, 96, 11, 6, 87), asPublished),
    seedRun(3, { ...decisions(0.5, 90, 4, 12, 94), ...ranking }, decisions(0.455, 94, 6, 8, 92), asPublished),
  ];
  return parseMetrics({
    schema_version: 1,
    created_at: "2025-03-04T10:20:30.000Z",
    versions: { influencer_insights: "0.1.0", node: "20.19.0", duckdb: "1.5.6" },
    options: { preset: "original", seed: 1, seeds: 3, min_precision: 0.88, split: "seeded" },
    dataset: {
      file: "creators.csv",
      fingerprint: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
      format: "csv",
      provider: "Bright Data",
      rows: 1000,
      // 3 and 5 February 2025.
      read: { first: 1_738_540_800, last: 1_738_713_600, newest: 1_738_713_600, untold: 0 },
      rejected: 7,
      rejected_by_reason: { too_few_columns: 4, missing_id: 2, invalid_utf8: 1 },
      blanks: [{ column: "followers", count: 3, value: "12abc", line: 7 }],
      duplicates: 3,
      columns: {
        mapped: {
          id: "id",
          account_id: "account_id",
          biography: "biography",
          bio_link: "bio_link",
          is_verified: "is_verified",
          followers: "followers",
          following: "following",
          likes: "likes",
          videos_count: "videos_count",
          like_engagement_rate: "like_engagement_rate",
          comment_engagement_rate: "comment_engagement_rate",
          awg_engagement_rate: "awg_engagement_rate",
          observed_at: "timestamp",
          posted_at: "top_videos",
        },
        unmapped: ["profile_pic_url"],
        missing: ["region", "is_private"],
      },
      alerts: [
        {
          level: "warning",
          code: "high_rate",
          column: "like_engagement_rate",
          message:
            "31 of 1,000 profiles have like_engagement_rate over 1 (the largest is 63.1); they are kept.",
        },
        {
          level: "warning",
          code: "rejected_records",
          column: null,
          message: "7 records were rejected: 4 too_few_columns, 2 missing_id, 1 invalid_utf8.",
        },
        {
          level: "info",
          code: "snapshot_source",
          column: "observed_at",
          message: "When the profiles were read: 1,000 at the stated time (from timestamp).",
        },
      ],
    },
    target: {
      name: "engagement",
      expression: "awg_engagement_rate > 0.05",
      positive_rate: 0.51,
      positives: 510,
      negatives: 490,
      unknown: 0,
    },
    summary: exampleSummary,
    split: {
      train: { rows: 640, positives: 326 },
      valid: { rows: 160, positives: 82 },
      test: { rows: 200, positives: 102 },
    },
    ...information,
    leakage,
    features: [
      "biography_keyword",
      "likes_followers_pc1",
      "likes_followers_pc2",
      "bio_link_missing",
      "likes_per_video",
      "comment_engagement_rate",
      "like_engagement_rate",
      "is_verified",
      "following",
    ],
    network: {
      hidden: [64, 64, 64],
      dropout: 0.2,
      learning_rate: 0.001,
      weight_decay: 0,
      batch_size: 512,
      max_epochs: 10000,
      validation_every: 10,
      monitor: "brier",
      patience: 25,
      parameters: 9025,
    },
    training: { epochs: 820, best_epoch: 570, stopped: "early", history: histories(82) },
    threshold: {
      value: 0.412,
      policy: "min_precision",
      min_precision: 0.88,
      reached: true,
      valid_precision: 0.882,
      valid_recall: 0.963,
    },
    valid: { ...decisions(0.5, 75, 6, 7, 72), ...ranking },
    test: {
      ...atHalf,
      intervals: {
        f1: { low: 0.883, high: 0.951 },
        precision: { low: 0.902, high: 0.989 },
        recall: { low: 0.832, high: 0.947 },
        roc_auc: { low: 0.953, high: 0.991 },
        average_precision: { low: 0.949, high: 0.99 },
        brier: { low: 0.041, high: 0.082 },
      },
    },
    test_at_threshold: {
      ...atThreshold,
      intervals: {
        f1: { low: 0.902, high: 0.967 },
        precision: { low: 0.867, high: 0.972 },
        recall: { low: 0.906, high: 0.99 },
      },
    },
    as_published: asPublished,
    published: { f1: 0.93, precision: 0.91, recall: 0.96 },
    rule: {
      expression: "like_engagement_rate + comment_engagement_rate > 0.05",
      f1: 1,
      precision: 1,
      recall: 1,
    },
    permutation_importance: [
      { feature: "like_engagement_rate", mean: 0.402, standard_deviation: 0.021, low: 0.361, high: 0.443 },
      { feature: "comment_engagement_rate", mean: 0.021, standard_deviation: 0.006, low: 0.009, high: 0.033 },
      { feature: "likes_per_video", mean: 0.004, standard_deviation: 0.003, low: -0.002, high: 0.01 },
      { feature: "following", mean: 0.003, standard_deviation: 0.001, low: 0.001, high: 0.005 },
      { feature: "likes_followers_pc1", mean: 0.002, standard_deviation: 0.002, low: -0.002, high: 0.006 },
      { feature: "likes_followers_pc2", mean: 0.001, standard_deviation: 0.001, low: -0.001, high: 0.003 },
      { feature: "bio_link_missing", mean: 0.0003, standard_deviation: 0.0004, low: -0.0005, high: 0.0011 },
      { feature: "is_verified", mean: 0, standard_deviation: 0, low: 0, high: 0 },
      { feature: "biography_keyword", mean: -0.0004, standard_deviation: 0.0004, low: -0.0012, high: 0.0004 },
    ],
    seeds,
    seeds_summary: {
      test: {
        f1: spreadOf(seeds.map(({ test }) => test.f1)),
        precision: spreadOf(seeds.map(({ test }) => test.precision)),
        recall: spreadOf(seeds.map(({ test }) => test.recall)),
        roc_auc: spreadOf(seeds.map(({ test }) => test.roc_auc)),
      },
      test_at_threshold: {
        f1: spreadOf(seeds.map((seed) => seed.test_at_threshold.f1)),
        precision: spreadOf(seeds.map((seed) => seed.test_at_threshold.precision)),
        recall: spreadOf(seeds.map((seed) => seed.test_at_threshold.recall)),
      },
      as_published: {
        f1: spreadOf(seeds.map((seed) => seed.as_published.f1)),
        precision: spreadOf(seeds.map((seed) => seed.as_published.precision)),
        recall: spreadOf(seeds.map((seed) => seed.as_published.recall)),
      },
      epochs: spreadOf(seeds.map(({ epochs }) => epochs)),
    },
    recommended: { results: exampleResults, reason: null },
    figures: [],
    timing: {
      read_ms: 612.4,
      analyse_ms: 1203.1,
      features_ms: 84.2,
      audit_ms: 112.5,
      train_ms: 9804.5,
      evaluate_ms: 402.8,
      draw_ms: 2210.2,
    },
    ...change,
  });
}

/** The files a study leaves beside the report. */
export const exampleFiles: readonly string[] = [
  "metrics.json",
  "predictions.csv",
  "rejected.csv",
  "model/configuration.json",
  "model/weights.bin",
  "recommended/README.md",
  "recommended/metrics.json",
  "recommended/model/model.json",
];
