import { z } from "zod";
import { activitySchema, informationScoreSchema, summarySchema } from "../analysis/summarySchema.ts";
import { count, interval, spread } from "../base/schemas.ts";
import { auditSchema } from "../leakage/finding.ts";
import { trainingResultsSchema } from "../training/results.ts";

const rate = z.number().min(0).max(1);

/** Measures of yes/no decisions at one threshold. `mcc` is 0 where undefined, precision is 0 where nothing was chosen (scikit-learn's zero_division=0). */
export const decisionMetrics = z.object({
  threshold: z.number(),
  precision: rate,
  recall: rate,
  f1: rate,
  accuracy: rate,
  mcc: z.number().min(-1).max(1),
  confusion: z.object({ tp: count, fp: count, fn: count, tn: count }),
});

/** Measures of the probabilities themselves. */
export const rankingMetrics = z.object({
  roc_auc: rate,
  average_precision: rate,
  brier: z.number().min(0),
  log_loss: z.number().min(0),
});

const alert = z.object({
  level: z.enum(["info", "warning", "error"]),
  /** Stable name of the finding, like `high_rate` or `constant`. */
  code: z.string(),
  column: z.string().nullable(),
  /** One plain sentence. */
  message: z.string(),
});

/** How often and when the accounts post; a part is null where the file cannot tell. */
const posting = z.object({
  pace: z
    .object({
      /** Accounts with two dated posts or more. */
      accounts: count,
      /** Over the span from the oldest to the newest listed post. */
      median_posts_per_week: z.number().min(0),
      /** Share of the accounts with more than one post a week. */
      more_than_once_a_week: rate,
    })
    .nullable(),
  times: z
    .object({
      /** Dated posts. */
      posts: count,
      oldest: z.iso.datetime(),
      newest: z.iso.datetime(),
      /** Posts in UTC: a list a weekday from Monday, with 24 hours each. */
      by_weekday_and_hour: z.array(z.array(count).length(24)).length(7),
    })
    .nullable(),
  account_age: z.object({ accounts: count, median_years: z.number() }).nullable(),
});

/** Whom a target calls active, against posting and size. */
const comparedTarget = z.object({
  name: z.string(),
  about: z.string(),
  positives: count,
  negatives: count,
  unknown: count,
  posted_within_30_days: z.object({ positive: rate.nullable(), negative: rate.nullable() }),
  tiers: z.array(
    z.object({
      name: z.string(),
      /** Followers from, and below; null where there is no end. */
      from: z.number(),
      below: z.number().nullable(),
      positives: count,
      negatives: count,
      unknown: count,
    }),
  ),
});

/** What is normal for each size, fitted on all accounts for its picture: lists with an entry a bin of followers. */
const sizeNorm = z.object({
  log10_followers: z.array(z.number()).min(1),
  /** ln(engagement rate + 1e-4). */
  log_rate: z.array(z.number()).min(1),
  /** Accounts the bin stands on. */
  rows: z.array(count).min(1),
});

const part = z.object({ rows: count, positives: count });

/**
 * The schema of `metrics.json`. Names are snake case, as in the files of the field (MLflow, scikit-learn reports).
 * All numbers are finite; shares and rates are fractions.
 */
export const metricsSchema = z.object({
  schema_version: z.literal(1),
  created_at: z.iso.datetime(),
  versions: z.object({ influencer_insights: z.string(), node: z.string(), duckdb: z.string() }),
  options: z.object({
    preset: z.string(),
    seed: z.number().int(),
    seeds: z.number().int().min(1),
    min_precision: rate,
    /** `seeded` (our own splitter) or the name of the file given with --split. */
    split: z.string(),
  }),
  dataset: z.object({
    file: z.string(),
    /** True for the made-up sample that ships with the program; the report then says so. */
    synthetic: z.boolean().optional(),
    /** SHA-256 of the file's bytes, hexadecimal. */
    fingerprint: z.string(),
    format: z.string(),
    provider: z.string(),
    /** Rows analysed, after rejects and duplicates. */
    rows: count,
    /** When the profiles were read, in Unix seconds: the first, the last; the newest date of the file; how many do not tell. */
    read: z.object({
      first: z.number().nullable(),
      last: z.number().nullable(),
      newest: z.number().nullable(),
      untold: count,
    }),
    rejected: count,
    rejected_by_reason: z.record(z.string(), count),
    /** Columns with cells that count as missing though something stands in them: how many, the first and its line. */
    blanks: z
      .array(
        z.object({
          ...{ column: z.string(), impossible: z.boolean().default(false) },
          ...{ count, value: z.string(), line: count.nullable() },
        }),
      )
      .default([]),
    duplicates: count,
    columns: z.object({
      mapped: z.record(z.string(), z.string()),
      unmapped: z.array(z.string()),
      missing: z.array(z.string()),
    }),
    alerts: z.array(alert),
  }),
  target: z.object({
    name: z.string(),
    expression: z.string(),
    positive_rate: rate,
    positives: count,
    negatives: count,
    /** Rows whose target is unknown, left out of training and evaluation. */
    unknown: count,
  }),
  summary: summarySchema.extend({
    /** From the dated posts; null where the file dates none. */
    activity: activitySchema.nullable(),
    posting,
    /** Targets that the file's columns allow; empty where they allow none. */
    targets: z.array(comparedTarget),
    size_norm: sizeNorm.nullable(),
  }),
  split: z.object({ train: part, valid: part, test: part }),
  mutual_information: z.record(z.string(), informationScoreSchema),
  /** The published variant: integer columns and link texts taken as categories. Kept for the record; mostly chance. */
  mutual_information_as_published: z.record(z.string(), informationScoreSchema),
  features: z.array(z.string()),
  /** Ways in which the answer may have got into the question, looked for before training. Nothing was taken out for it. */
  leakage: auditSchema,
  network: z.object({
    hidden: z.array(z.number().int().min(1)),
    dropout: rate,
    learning_rate: z.number(),
    weight_decay: z.number(),
    batch_size: z.number().int(),
    max_epochs: z.number().int(),
    validation_every: z.number().int(),
    /** Which score of the validation rows says when to stop and which weights are kept. */
    monitor: z.enum(["loss", "brier"]),
    patience: z.number().int(),
    parameters: z.number().int(),
  }),
  training: z.object({
    epochs: z.number().int(),
    best_epoch: z.number().int(),
    stopped: z.enum(["early", "max_epochs"]),
    history: z.array(
      z.object({
        epoch: z.number().int(),
        train_loss: z.number(),
        valid_loss: z.number(),
        valid_brier: z.number(),
      }),
    ),
  }),
  threshold: z.object({
    value: z.number(),
    policy: z.literal("min_precision"),
    min_precision: rate,
    /** Whether any threshold reached it on the validation rows; if not, the most precise one was taken. */
    reached: z.boolean(),
    valid_precision: rate,
    valid_recall: rate,
  }),
  valid: decisionMetrics.extend(rankingMetrics.shape),
  /** First seed's network on the test rows, decisions at 0.5. */
  test: decisionMetrics.extend(rankingMetrics.shape).extend({
    intervals: z.object({
      f1: interval,
      precision: interval,
      recall: interval,
      roc_auc: interval,
      average_precision: interval,
      brier: interval,
    }),
  }),
  /** The same network at `threshold.value`: the correct protocol. */
  test_at_threshold: decisionMetrics.extend({
    intervals: z.object({ f1: interval, precision: interval, recall: interval }),
  }),
  /** The study's own protocol on our network: last weights, dropout on, threshold picked on test rows. */
  as_published: decisionMetrics,
  /** What the study printed. */
  published: z.object({ f1: rate, precision: rate, recall: rate }),
  /** `like_engagement_rate + comment_engagement_rate > 0.05` on the test rows; null where a rate column is missing. */
  rule: z.object({ expression: z.string(), f1: rate, precision: rate, recall: rate }).nullable(),
  /** Drop of the test rows' area under the ROC curve when a feature is shuffled among them. */
  permutation_importance: z.array(
    z.object({
      feature: z.string(),
      mean: z.number(),
      standard_deviation: z.number(),
      low: z.number(),
      high: z.number(),
    }),
  ),
  seeds: z
    .array(
      z.object({
        seed: z.number().int(),
        epochs: z.number().int(),
        best_epoch: z.number().int(),
        threshold: z.number(),
        test: decisionMetrics.extend(rankingMetrics.shape),
        test_at_threshold: decisionMetrics,
        as_published: decisionMetrics,
      }),
    )
    .min(1),
  seeds_summary: z.object({
    test: z.object({ f1: spread, precision: spread, recall: spread, roc_auc: spread }),
    test_at_threshold: z.object({ f1: spread, precision: spread, recall: spread }),
    as_published: z.object({ f1: spread, precision: spread, recall: spread }),
    epochs: spread,
  }),
  /** The recommended model, trained beside the original study; `results` as in its own `metrics.json`. */
  recommended: z.object({
    results: trainingResultsSchema.nullable(),
    /** Why there is none, in a sentence. */
    reason: z.string().nullable(),
  }),
  figures: z.array(
    z.object({
      name: z.string(),
      title: z.string(),
      /** Alternative text and caption: what is drawn and what to see in it. */
      description: z.string(),
    }),
  ),
  /** `read_ms`, `analyse_ms`, `features_ms`, `audit_ms`, `train_ms`, `evaluate_ms`, `draw_ms`: wall time of each step. */
  timing: z.record(z.string(), z.number()),
});

/** Contents of `metrics.json`. */
export type Metrics = z.infer<typeof metricsSchema>;

/** Parses and checks the contents of a `metrics.json`. Throws a `ZodError` where it does not fit the schema. */
export function parseMetrics(json: unknown): Metrics {
  return metricsSchema.parse(json);
}
