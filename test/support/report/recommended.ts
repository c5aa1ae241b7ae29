import type { TrainingResults } from "../../../src/training/results.ts";

type Entry = NonNullable<TrainingResults["leaderboard"]>["entries"][number];

const interval = (value: number, half: number) => ({ value, low: value - half, high: value + half });

/** A model of a leaderboard, `less` behind the best. */
function entry(name: string, area: number, less: number | null, training_ms: number): Entry {
  return {
    name,
    networks: name === "ensemble" ? 4 : 1,
    roc_auc: interval(area, 0.03),
    average_precision: interval(area - 0.26, 0.05),
    f1: interval(area - 0.22, 0.04),
    brier: interval(0.145 + (0.8 - area) / 8, 0.01),
    difference:
      less === null ? null : { value: -less, low: -less - 0.012, high: 0.012 - less, share_above: 0 },
    training_ms,
  };
}

const COUNTS = { tp: 150, fp: 160, fn: 62, tn: 590 };
const PER_1000 = { selected: 322.2, right: 155.9, wrong: 166.3, missed: 64.4 };
const AT = { precision: 150 / 310, recall: 150 / 212, f1: 300 / (300 + 222), queue_rate: 310 / 962 };

/** One way to choose the threshold. */
function choice(name: string, policy: TrainingResults["threshold"]["policy"], asked = false) {
  return {
    name,
    asked,
    policy,
    value: 0.31,
    reached: true,
    ...AT,
    per_1000: PER_1000,
    explanation: "Chosen for the best balance.",
  };
}

const thresholds = Array.from({ length: 11 }, (_, i) => i / 10);

/** Made-up results of the recommended model on the accounts of `exampleMetrics`. */
export const exampleResults: TrainingResults = {
  schema_version: 1,
  created_at: "2025-03-04T10:20:30.000Z",
  versions: { influencer_insights: "0.1.0", node: "20.19.0", duckdb: "1.5.6" },
  options: {
    preset: "profile",
    target: "creator",
    active_days: null,
    folds: 5,
    repeats: 2,
    networks: 4,
    seed: 1,
    policy: { kind: "max_f1" },
    allow_leakage: false,
    test_size: null,
  },
  dataset: {
    file: "creators.csv",
    fingerprint: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    provider: "Bright Data",
    rows: 1000,
    rejected: 7,
    duplicates: 3,
    unknown_columns: [],
  },
  target: {
    name: "creator",
    about: "posts lately, and is answered better than is usual for its size",
    expression: "posted AND above",
    positives: 212,
    negatives: 750,
    unknown: 38,
    positive_rate: 212 / 962,
  },
  leakage: {
    findings: [
      {
        severity: "info",
        code: "repeated_row",
        features: [],
        columns: [],
        message: "One account is there twice.",
        measure: "rows",
        value: 1,
      },
    ],
    rows: 962,
    audited_rows: 962,
    remaining_roc_auc: 0.761,
    limits: ["Rows to learn from were not compared with rows to score: there are none yet."],
    taken_out: [],
    sentences: [],
  },
  features: ["followers_log", "videos_log", "likes_per_follower_log", "biography_email"],
  out_of_fold: {
    threshold: 0.31,
    precision: AT.precision,
    recall: AT.recall,
    f1: AT.f1,
    accuracy: 740 / 962,
    mcc: 0.44,
    confusion: COUNTS,
    roc_auc: 0.801,
    average_precision: 0.541,
    brier: 0.131,
    log_loss: 0.412,
    intervals: {
      precision: { low: 0.43, high: 0.54 },
      recall: { low: 0.65, high: 0.77 },
      f1: { low: 0.52, high: 0.63 },
      accuracy: { low: 0.74, high: 0.8 },
      mcc: { low: 0.38, high: 0.5 },
      roc_auc: { low: 0.771, high: 0.832 },
      average_precision: { low: 0.472, high: 0.61 },
      brier: { low: 0.119, high: 0.143 },
      log_loss: { low: 0.38, high: 0.45 },
    },
    roc_auc_over_folds: { mean: 0.8, standard_deviation: 0.03, min: 0.74, max: 0.85 },
  },
  calibration: {
    fitted: { method: "platt", slope: 1.1, intercept: 0.02 },
    slope: 1.02,
    intercept: 0.01,
    bias: 0.002,
    expected_calibration_error: 0.02,
    intervals: { slope: { low: 0.87, high: 1.18 }, intercept: { low: -0.17, high: 0.19 } },
    curve: thresholds.map((t) => ({
      predicted: t,
      observed: t,
      low: Math.max(0, t - 0.05),
      high: Math.min(1, t + 0.05),
    })),
    bins: [0.1, 0.3, 0.6].map((predicted) => ({
      rows: 320,
      predicted,
      observed: predicted + 0.02,
      low: predicted - 0.06,
      high: predicted + 0.08,
    })),
  },
  threshold: {
    policy: "max_f1",
    value: 0.31,
    reached: true,
    ...AT,
    per_1000: PER_1000,
    explanation:
      "Chosen for the best balance of precision and recall (F1). Of 1,000 accounts like these it picks 322: 156 right and 166 wrong; 64 are missed.",
  },
  thresholds: {
    table: {
      threshold: thresholds,
      precision: thresholds.map((t) => 0.2 + 0.6 * t),
      recall: thresholds.map((t) => 1 - t),
      f1: thresholds.map((t) => 0.5 - (t - 0.4) ** 2),
      queue_rate: thresholds.map((t) => (1 - t) ** 2),
    },
    choices: [choice("the best 100 of 1,000", "queue"), choice("the best F1", "max_f1", true)],
  },
  leaderboard: {
    entries: [
      entry("ensemble", 0.801, null, 12_300),
      entry("logistic regression", 0.771, 0.03, 900),
      entry("study's network", 0.752, 0.05, 8_100),
      entry("best single feature", 0.66, 0.14, 600),
      entry("majority", 0.5, 0.3, 590),
    ],
    rows: 962,
    folds: 5,
    repeats: 2,
  },
  questions: null,
  test: null,
  slices: [],
  importance: {
    metric: "roc_auc",
    repeats: 3,
    rows: 962,
    groups: [
      {
        group: "videos",
        features: ["videos_log"],
        mean: 0.11,
        standard_deviation: 0.02,
        low: 0.07,
        high: 0.15,
      },
      {
        group: "followers",
        features: ["followers_log"],
        mean: 0.04,
        standard_deviation: 0.02,
        low: 0.01,
        high: 0.07,
      },
      {
        group: "biography contact",
        features: ["biography_email"],
        mean: 0.001,
        standard_deviation: 0.004,
        low: -0.006,
        high: 0.008,
      },
    ],
  },
  partial_dependence: [
    {
      column: "followers",
      known: 962,
      rows: 300,
      points: [
        { value: 10, probability: 0.1, low: 0.08, high: 0.13 },
        { value: 10_000, probability: 0.3, low: 0.26, high: 0.33 },
      ],
      density: { edges: [10, 1000, 10_000], counts: [400, 560] },
    },
  ],
  timing: { audit_ms: 900, train_ms: 12_300, compare_ms: 9000, judge_ms: 300 },
};
