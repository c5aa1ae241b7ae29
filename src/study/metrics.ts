import { basename } from "node:path";
import { spread } from "../base/statistics.ts";
import type { Versions } from "../bundle/configuration.ts";
import type { WrittenFigure } from "../figures/write.ts";
import { STUDY_DEFAULTS } from "../network/options.ts";
import { type Metrics, parseMetrics } from "../report/metrics.ts";
import { activityMetrics } from "./activity.ts";
import type { StudyData } from "./read.ts";
import type { Story } from "./story.ts";
import { PUBLISHED, RULE, type SeedResult } from "./train.ts";

function datasetMetrics(
  { profiles, alerts, read }: StudyData,
  more: Story["analysis"]["alerts"],
): Metrics["dataset"] {
  const { source, provider, rows, rejectedCount, rejectedByReason, duplicates } = profiles;
  const { mapped, unmapped, missing, blanks } = profiles;
  return {
    file: source.file,
    fingerprint: source.fingerprint,
    format: source.compression === "none" ? source.format : `${source.format}, ${source.compression}`,
    provider,
    rows,
    read: { ...read },
    rejected: rejectedCount,
    rejected_by_reason: { ...rejectedByReason },
    blanks: [...blanks],
    duplicates,
    columns: { mapped: { ...mapped }, unmapped: [...unmapped], missing: [...missing] },
    alerts: [...profiles.alerts, ...alerts, ...more],
  };
}

function targetMetrics({ target, labelled, allLabels }: StudyData): Metrics["target"] {
  const positives = labelled.labels.reduce((sum, label) => sum + label, 0);
  const known = labelled.labels.length;
  return {
    name: target.name,
    expression: target.expression,
    positive_rate: positives / known,
    positives,
    negatives: known - positives,
    unknown: allLabels.labels.length - known,
  };
}

function splitMetrics({ labelled, split }: StudyData): Metrics["split"] {
  const part = (positions: Int32Array) => ({
    rows: positions.length,
    positives: positions.reduce((sum, i) => sum + labelled.labels[i], 0),
  });
  return { train: part(split.train), valid: part(split.valid), test: part(split.test) };
}

function seedMetrics(runs: readonly SeedResult[]): Pick<Metrics, "seeds" | "seeds_summary"> {
  const over = (value: (run: SeedResult) => number) => spread(runs.map(value));
  const decisions = (of: (run: SeedResult) => { f1: number; precision: number; recall: number }) => ({
    f1: over((run) => of(run).f1),
    precision: over((run) => of(run).precision),
    recall: over((run) => of(run).recall),
  });
  return {
    seeds: runs.map(({ seed, trained, threshold, test, testAtThreshold, asPublished }) => ({
      seed,
      epochs: trained.epochs,
      best_epoch: trained.bestEpoch,
      threshold: threshold.value,
      test,
      test_at_threshold: testAtThreshold,
      as_published: asPublished,
    })),
    seeds_summary: {
      test: { ...decisions(({ test }) => test), roc_auc: over(({ test }) => test.roc_auc) },
      test_at_threshold: decisions(({ testAtThreshold }) => testAtThreshold),
      as_published: decisions(({ asPublished }) => asPublished),
      epochs: over(({ trained }) => trained.epochs),
    },
  };
}

function trainingMetrics({ trained }: SeedResult): Metrics["training"] {
  return {
    epochs: trained.epochs,
    best_epoch: trained.bestEpoch,
    stopped: trained.stopped,
    history: trained.history.flatMap(({ epoch, trainLoss, validLoss, validBrier }) =>
      validLoss === null || validBrier === null
        ? []
        : [{ epoch, train_loss: trainLoss, valid_loss: validLoss, valid_brier: validBrier }],
    ),
  };
}

/**
 * Puts all that a study found together as the contents of `metrics.json`, and checks it against its schema.
 *
 * @param timing `<step>_ms` of the steps before writing
 * @param createdAt when the study was made
 */
export function assembleMetrics(
  story: Story,
  figures: readonly WrittenFigure[],
  timing: Readonly<Record<string, number>>,
  createdAt: Date,
  versions: Versions,
): Metrics {
  const { settings, data, analysis, features, leakage, runs, judged, recommended } = story;
  const [first] = runs;
  const { threshold, trained } = first;
  const { learningRate, weightDecay, batchSize, validationEvery, patience, monitor } = STUDY_DEFAULTS;
  return parseMetrics({
    schema_version: 1,
    created_at: createdAt.toISOString(),
    versions,
    options: {
      preset: settings.preset,
      seed: settings.seed,
      seeds: settings.seeds,
      min_precision: settings.minPrecision,
      split: settings.splitFile === undefined ? "seeded" : basename(settings.splitFile),
    },
    dataset: { ...datasetMetrics(data, analysis.alerts), ...(settings.synthetic ? { synthetic: true } : {}) },
    target: targetMetrics(data),
    summary: { ...analysis.summary, ...activityMetrics(analysis.activity) },
    split: splitMetrics(data),
    mutual_information: analysis.information.corrected,
    mutual_information_as_published: analysis.information.published,
    features: features.pipeline.names,
    leakage,
    network: {
      hidden: [...settings.network.hidden],
      dropout: settings.network.dropout,
      learning_rate: learningRate,
      weight_decay: weightDecay,
      batch_size: batchSize,
      max_epochs: settings.network.maxEpochs,
      validation_every: validationEvery,
      monitor,
      patience,
      parameters: trained.network.layers.reduce(
        (sum, { weight, bias }) => sum + weight.length + bias.length,
        0,
      ),
    },
    training: trainingMetrics(first),
    threshold: {
      value: threshold.value,
      policy: "min_precision",
      min_precision: settings.minPrecision,
      reached: threshold.reached,
      valid_precision: threshold.precision,
      valid_recall: threshold.recall,
    },
    valid: judged.valid,
    test: { ...first.test, intervals: judged.intervals },
    test_at_threshold: { ...first.testAtThreshold, intervals: judged.intervalsAtThreshold },
    as_published: first.asPublished,
    published: PUBLISHED,
    rule: judged.rule === null ? null : { expression: RULE.expression, ...judged.rule },
    permutation_importance: judged.importance,
    ...seedMetrics(runs),
    recommended: { results: recommended.trained?.results ?? null, reason: recommended.reason },
    figures: figures.map(({ figure: { name, title, description } }) => ({ name, title, description })),
    timing: { ...timing },
  });
}
