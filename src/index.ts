/**
 * Influencer Insights as a library: what the commands use.
 *
 * ```ts
 * import { study } from "influencer-insights";
 * const { metrics } = await study({ file: "profiles.csv", out: "report" });
 * console.log(metrics.test_at_threshold.f1);
 * ```
 *
 * @module
 */

export { InsightsError, type Place } from "./base/error.ts";
export { loadModel, type Model } from "./bundle/model.ts";
export { modelSql } from "./bundle/modelSql.ts";
export type { SqlEngine } from "./bundle/networkDialect.ts";
export { checkedOnnx, saveModel } from "./bundle/save.ts";
export { scoreProfiles } from "./bundle/score.ts";
export { loadShippedModel } from "./bundle/shipped.ts";
export type { DataProfile } from "./evaluation/dataProfile.ts";
export { compareColumns, type Drift } from "./evaluation/drift.ts";
export { choosePolicy, type PolicyChoice, parsePolicy, type ThresholdPolicy } from "./evaluation/policies.ts";
export { driftOfScored, type ScoredDrift, type ScoredSample } from "./evaluation/scoredDrift.ts";
export { followerTiers, type Slice, sliceMetrics, wordGroups } from "./evaluation/slices.ts";
export { type ThresholdTable, thresholdTable } from "./evaluation/thresholds.ts";
export { createExplainer, type Explainer } from "./explain/explainer.ts";
export type { Contribution, Explanation } from "./explain/explanation.ts";
export { reasonsInWords } from "./explain/explanation.ts";
export { type AuditInput, type AuditOptions, auditLeakage } from "./leakage/audit.ts";
export { type LeakageAudit, type LeakageFinding, type TakenOut, takeOut } from "./leakage/finding.ts";
export { CANONICAL_COLUMNS, type CanonicalName } from "./profiles/canonical.ts";
export { type FileProfiles, type Profiles, readProfiles } from "./profiles/read.ts";
export { type ExpandedFiles, type ExpandOptions, expandFiles } from "./profiles/scan/files.ts";
export type { Scan, ScanOptions } from "./profiles/scan/scan.ts";
export { type ScannedFile, scanFile, type Used } from "./profiles/scan/scanFile.ts";
export { type FollowerTier, parseTiers } from "./profiles/tiers.ts";
export { type Metrics, parseMetrics } from "./report/metrics.ts";
export { type SampleOptions, writeSample } from "./sample/sample.ts";
export type { ScoredFiles, ScoreFilesOptions, ScoringProgress } from "./scoring/run.ts";
export { scoreFiles } from "./scoring/scoreFiles.ts";
export type { StudyEvent, StudyStep } from "./study/events.ts";
export { type Study, type StudyOptions, study } from "./study/study.ts";
export { resolveTarget, type TargetOptions } from "./targets/resolve.ts";
export type { TargetDefinition } from "./targets/target.ts";
export { type Labels, labelsOf, type Target } from "./targets/target.ts";
export type { Recipe } from "./training/recipe.ts";
export { parseRecipeFile, type RecipeFile } from "./training/recipe.ts";
export { type Journal, openJournal } from "./tuning/journal.ts";
export type { TuningResults } from "./tuning/results.ts";
export { saveTuning } from "./tuning/save.ts";
export { type TuneOptions, type TuningProgress, tuneRecipe } from "./tuning/tune.ts";
