import { z } from "zod";
import { count, spread } from "../base/schemas.ts";
import { versionsSchema } from "../bundle/configuration.ts";
import { calibrationSchema } from "../evaluation/calibration.ts";
import { calibrationReportSchema } from "../evaluation/calibrationReport.ts";
import { choiceSchema, policySchema } from "../evaluation/policies.ts";
import { sliceSchema } from "../evaluation/slices.ts";
import { thresholdTableSchema } from "../evaluation/thresholds.ts";
import { auditSchema } from "../leakage/finding.ts";
import type { Profiles } from "../profiles/read.ts";
import { importanceSchema } from "./groupImportance.ts";
import { leaderboardSchema } from "./leaderboard.ts";
import { measuresSchema } from "./measures.ts";
import { dependenceSchema } from "./partialDependence.ts";
import { questionsSchema } from "./questionResults.ts";
import { testResultsSchema } from "./testSplit.ts";
import { namedChoiceSchema } from "./thresholdChoices.ts";

/** The file that a model was trained on or judged by. */
export const datasetSchema = z.strictObject({
  file: z.string(),
  fingerprint: z.string(),
  provider: z.string(),
  rows: count,
  rejected: count,
  duplicates: count,
});

/** What `datasetSchema` says of some profiles. */
export function datasetOf(profiles: Profiles): z.infer<typeof datasetSchema> {
  const { source, provider, rows, rejectedCount: rejected, duplicates } = profiles;
  return { file: source.file, fingerprint: source.fingerprint, provider, rows, rejected, duplicates };
}

/** The contents of the `metrics.json` that `insights train` writes. */
export const trainingResultsSchema = z.strictObject({
  schema_version: z.literal(1),
  created_at: z.iso.datetime(),
  versions: versionsSchema,
  options: z.strictObject({
    preset: z.string(),
    target: z.string(),
    /** Null where the target's own number of days holds. */
    active_days: z.number().int().nullable(),
    folds: count,
    repeats: count,
    /** Networks a fold. */
    networks: count,
    seed: count,
    policy: policySchema,
    allow_leakage: z.boolean(),
    /** Share set aside; null where none was. */
    test_size: z.number().nullable(),
  }),
  dataset: datasetSchema.extend({
    /** Columns that the features read and the file does not have: unknown for every profile. */
    unknown_columns: z.array(z.string()),
  }),
  target: z.strictObject({
    name: z.string(),
    about: z.string(),
    expression: z.string(),
    positives: count,
    negatives: count,
    /** Left out. */
    unknown: count,
    positive_rate: z.number(),
  }),
  leakage: z.strictObject({
    ...auditSchema.shape,
    taken_out: z.array(z.string()),
    /** What became of severe findings, in words. */
    sentences: z.array(z.string()),
  }),
  /** Those that were left after the audit. */
  features: z.array(z.string()),
  /** Of the mean calibrated out-of-fold probability over the repeats, which `predictions.csv` holds, at the threshold. */
  out_of_fold: measuresSchema.extend({ roc_auc_over_folds: spread }),
  calibration: z.strictObject({
    fitted: calibrationSchema,
    ...calibrationReportSchema.shape,
  }),
  threshold: choiceSchema,
  /** What other thresholds would do, of the probability above, and what ways to choose one come to. */
  thresholds: z.strictObject({ table: thresholdTableSchema, choices: z.array(namedChoiceSchema) }),
  /** Ours and others on the same folds; null where none was asked for. */
  leaderboard: leaderboardSchema.nullable(),
  /** Of a model of creators the answers to its two questions; null for a model of one question. */
  questions: questionsSchema.nullable().default(null),
  /** The rows that were set aside before anything was fitted; null where none were. */
  test: testResultsSchema.nullable(),
  /** Out of fold, by follower tier, language and region, where profiles tell them. */
  slices: z.array(sliceSchema),
  /** What the folds' networks rely on. */
  importance: importanceSchema,
  /** How the model's probability goes with each number that a profile shows. */
  partial_dependence: z.array(dependenceSchema),
  /** `<step>_ms`, milliseconds. */
  timing: z.record(z.string(), z.number()),
});

/** As the schema says. */
export type TrainingResults = z.infer<typeof trainingResultsSchema>;
