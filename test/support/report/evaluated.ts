import type { Metrics } from "../../../src/report/metrics.ts";

/** Measures of a decision from its counts, by their definitions. */
export function decisions(threshold: number, tp: number, fp: number, fn: number, tn: number) {
  const root = Math.sqrt((tp + fp) * (tp + fn) * (tn + fp) * (tn + fn));
  return {
    threshold,
    precision: tp + fp === 0 ? 0 : tp / (tp + fp),
    recall: tp / (tp + fn),
    f1: (2 * tp) / (2 * tp + fp + fn),
    accuracy: (tp + tn) / (tp + fp + fn + tn),
    mcc: root === 0 ? 0 : (tp * tn - fp * fn) / root,
    confusion: { tp, fp, fn, tn },
  };
}

/** Made-up measures of a ranking. */
export const ranking = { roc_auc: 0.974, average_precision: 0.973, brier: 0.061, log_loss: 0.214 };

/** One seed of a study. */
export function seedRun(
  seed: number,
  test: Metrics["seeds"][number]["test"],
  atThreshold: ReturnType<typeof decisions>,
  asPublished: ReturnType<typeof decisions>,
): Metrics["seeds"][number] {
  return {
    seed,
    epochs: 700 + 40 * seed,
    best_epoch: 450 + 40 * seed,
    threshold: atThreshold.threshold,
    test,
    test_at_threshold: atThreshold,
    as_published: asPublished,
  };
}

/** Mean, sample deviation and range. */
export function spreadOf(values: readonly number[]) {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return {
    mean,
    standard_deviation: values.length > 1 ? Math.sqrt(squares / (values.length - 1)) : 0,
    min: Math.min(...values),
    max: Math.max(...values),
  };
}

/** Losses that fall. */
export function histories(checks: number): Metrics["training"]["history"] {
  return Array.from({ length: checks }, (_, i) => ({
    epoch: 10 * (i + 1),
    train_loss: 0.12 + 0.57 * Math.exp(-i / 18),
    valid_loss: 0.2 + 0.5 * Math.exp(-i / 16),
    valid_brier: 0.05 + 0.2 * Math.exp(-i / 16),
  }));
}

/** What the audit says of the original study's inputs. */
export const leakage: Metrics["leakage"] = {
  findings: [
    {
      severity: "severe",
      code: "combination",
      features: ["comment_engagement_rate", "like_engagement_rate"],
      columns: ["comment_engagement_rate", "like_engagement_rate"],
      message:
        "awg_engagement_rate, which the target was cut from, is a weighted sum of comment_engagement_rate and like_engagement_rate, exact but for rounding.",
      measure: "r_squared",
      value: 1,
    },
    {
      severity: "warn",
      code: "repeated_row",
      features: [],
      columns: [],
      message: "2 rows are on both sides of the split.",
      measure: "rows",
      value: 2,
    },
  ],
  rows: 1000,
  audited_rows: 1000,
  remaining_roc_auc: 0.803,
  limits: ["Rows to learn from were not compared with rows to score: there are none yet."],
};

/** Mutual information as the original study's columns have it. */
export const information: Pick<Metrics, "mutual_information" | "mutual_information_as_published"> = {
  mutual_information: {
    comment_engagement_rate: { score: 0.343, shuffled: 0.012, kind: "numeric" },
    like_engagement_rate: { score: 0.672, shuffled: 0.011, kind: "numeric" },
    bio_link: { score: 0.015, shuffled: 0.001, kind: "flag" },
    is_verified: { score: 0.002, shuffled: 0.001, kind: "flag" },
    followers: { score: 0.121, shuffled: 0.014, kind: "numeric" },
    following: { score: 0.047, shuffled: 0.013, kind: "numeric" },
    likes: { score: 0.052, shuffled: 0.015, kind: "numeric" },
    videos_count: { score: 0.158, shuffled: 0.012, kind: "numeric" },
  },
  mutual_information_as_published: {
    comment_engagement_rate: { score: 0.341, shuffled: 0.011, kind: "numeric" },
    like_engagement_rate: { score: 0.671, shuffled: 0.013, kind: "numeric" },
    bio_link: { score: 0.141, shuffled: 0.129, kind: "category" },
    is_verified: { score: 0.028, shuffled: 0.012, kind: "numeric" },
    followers: { score: 0.631, shuffled: 0.602, kind: "category" },
    following: { score: 0.472, shuffled: 0.43, kind: "category" },
    likes: { score: 0.593, shuffled: 0.571, kind: "category" },
    videos_count: { score: 0.402, shuffled: 0.262, kind: "category" },
  },
};
