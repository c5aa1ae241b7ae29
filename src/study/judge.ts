import { type ImportanceRow, permutationImportance } from "../analysis/permutationImportance.ts";
import { Random } from "../base/random.ts";
import type { Interval } from "../base/schemas.ts";
import { bootstrapIntervals } from "../evaluation/bootstrap.ts";
import { type DecisionMetrics, decisionMetrics, resampledMetrics, rocAuc } from "../evaluation/metrics.ts";
import { valuesAt } from "../features/requireColumns.ts";
import { rowsAt } from "../features/transform.ts";
import { createPredictor } from "../network/predictor.ts";
import { labelsAt, type StudyData, type StudyFeatures } from "./read.ts";
import { judge, RULE, type SeedResult } from "./train.ts";

/** Names of the intervals given. */
type IntervalName = "f1" | "precision" | "recall" | "roc_auc" | "average_precision" | "brier";

/** The verdict on the first seed's network. */
export interface Judgement {
  readonly testLabels: Uint8Array;
  /** On the validation rows at 0.5. */
  readonly valid: ReturnType<typeof judge>;
  /** 95 % bootstrap intervals on the test rows: decisions at 0.5, and ranking. */
  readonly intervals: Record<IntervalName, Interval>;
  /** 95 % bootstrap intervals of the decisions at the chosen threshold. */
  readonly intervalsAtThreshold: Record<"f1" | "precision" | "recall", Interval>;
  /** Drop of the test ROC AUC when a feature is shuffled among the test rows, and on which of them, in words. */
  readonly importance: ImportanceRow[];
  readonly importanceRows: string;
  /** Decisions of the one-line rule on the test rows; null where a rate column is missing. */
  readonly rule: DecisionMetrics | null;
}

/** Test rows times resamples; above it fewer resamples are drawn, since large test sets need fewer for the same picture. */
const RESAMPLED_ROWS = 20_000_000;

/** Test rows on which importance is measured at most: each of its repeats scores them all, and more tell no more. */
const IMPORTANCE_ROWS = 10_000;

/** Drop of the ROC AUC on the test rows, or a seeded sample of them, when a feature is shuffled. */
function importanceOf(
  { matrix, parts }: StudyFeatures,
  { trained }: SeedResult,
  testLabels: Uint8Array,
  seed: number,
): Pick<Judgement, "importance" | "importanceRows"> {
  const rows = Math.min(IMPORTANCE_ROWS, testLabels.length);
  const sampled = new Random(seed).shuffle(Int32Array.from(testLabels.keys())).subarray(0, rows);
  const values = rowsAt(parts.test.x, matrix.columns, sampled);
  const predictor = createPredictor(trained.network);
  const importance = permutationImportance(
    (x, count) => predictor.probabilities(x, count),
    { names: matrix.names, columns: matrix.columns, values },
    Uint8Array.from(sampled, (i) => testLabels[i]),
    rocAuc,
    { repeats: 30, seed },
  );
  const importanceRows = rows < testLabels.length ? `${rows} of the test rows` : "test rows";
  return { importance, importanceRows };
}

/** Scores of the one-line rule on the test rows: 1 where the sum of the two rates is above 0.05, otherwise 0. */
async function ruleScores(data: StudyData): Promise<Float64Array | null> {
  const { profiles, labelled, split } = data;
  if (RULE.columns.some((column) => profiles.missing.includes(column))) return null;
  const rows = Float64Array.from(split.test, (i) => labelled.rows[i]);
  const expression = `coalesce(${RULE.expression}, false)`;
  const [chosen] = await valuesAt(profiles.connection, profiles.table, [expression], rows);
  return Float64Array.from(chosen, Number);
}

/**
 * Judges the first seed's network on the test rows: intervals, importance, and the rule to compare with.
 *
 * @param seed seed of resampling and shuffling
 */
export async function judgeSeeds(
  data: StudyData,
  features: StudyFeatures,
  runs: readonly SeedResult[],
  seed: number,
): Promise<{ result: Judgement; message: string }> {
  const [first] = runs;
  const { test, valid } = data.split;
  const testLabels = labelsAt(data.labelled, test);
  const repeats = Math.max(100, Math.min(1000, Math.floor(RESAMPLED_ROWS / test.length)));
  const resampled = (threshold: number) =>
    bootstrapIntervals(test.length, resampledMetrics(testLabels, first.testScores, threshold), {
      repeats,
      seed,
    });
  const rule = await ruleScores(data);
  return {
    result: {
      testLabels,
      valid: judge(labelsAt(data.labelled, valid), first.validScores, 0.5),
      intervals: resampled(0.5),
      intervalsAtThreshold: resampled(first.threshold.value),
      ...importanceOf(features, first, testLabels, seed),
      rule: rule === null ? null : decisionMetrics(testLabels, rule, 0.5),
    },
    message: `${test.length} test rows: F1 ${first.testAtThreshold.f1.toFixed(3)}, precision ${first.testAtThreshold.precision.toFixed(3)}, recall ${first.testAtThreshold.recall.toFixed(3)} at ${first.threshold.value.toFixed(3)}`,
  };
}
