import { InsightsError } from "../base/error.ts";
import { Random } from "../base/random.ts";
import { countInWords } from "../base/words.ts";
import { requireBothClasses } from "../evaluation/classes.ts";
import { rocAuc } from "../evaluation/metrics.ts";
import { combinationFindings } from "./combination.ts";
import { cutOffListFindings, type ListedPosts } from "./cutOffLists.ts";
import { type AuditedFeatures, columnsAt, type FeatureColumn, pick, rowsOf, sampleRows } from "./features.ts";
import { bySeverity, type LeakageAudit, type LeakageFinding, SEVERE_AUC } from "./finding.ts";
import { shuffledFolds } from "./leastSquares.ts";
import { MOST_PAIRED, pairFindings, ratioFindings } from "./pairs.ts";
import { repeatedFeatureRows, repeatedFindings, repeatedIds } from "./repeatedRows.ts";
import { scoreShiftFindings } from "./scoreShift.ts";
import {
  linearProcedure,
  type ScoringProcedure,
  shuffledLabels,
  shuffledLabelsFindings,
} from "./shuffledLabels.ts";
import { rowOrderFindings, singleAucs, singleFeatureFindings } from "./singleFeature.ts";
import type { TargetSource } from "./source.ts";
import { type AuditedTarget, targetColumnFindings } from "./targetColumns.ts";
import { targetEncodingFindings } from "./targetEncoding.ts";

/** What is audited. Rows are in the order of the file, those with an unknown label left out. */
export interface AuditInput {
  readonly features: AuditedFeatures;
  /** The canonical columns each feature is made of. */
  readonly madeOf: readonly (readonly string[])[];
  /** 0 or 1 a row, both present. */
  readonly labels: Uint8Array;
  readonly target: AuditedTarget;
  /** The number the target was cut from, one a row. */
  readonly source?: TargetSource | undefined;
  /** Part of the split, or fold, of each row; below 0 for rows in none. */
  readonly parts?: Int32Array | undefined;
  /** Account of each row; empty where unknown. */
  readonly ids?: readonly string[] | undefined;
  /** Posts listed before and after the moment that each row is asked about, where rows are moments of a back-test. */
  readonly listed?: ListedPosts | undefined;
  /** The same features at rows to score. */
  readonly score?: AuditedFeatures | undefined;
  /** The whole way from labels to scores of unseen rows; without it a linear stand-in is shuffled. */
  readonly procedure?: ScoringProcedure | undefined;
}

/** How to audit. */
export interface AuditOptions {
  readonly seed: number;
  /** Rows the slower checks are sampled down to; 20,000 unless told. */
  readonly mostRows?: number;
  /** Shuffles of the labels; 20 unless told. */
  readonly shuffles?: number;
  readonly signal?: AbortSignal | undefined;
}

/** Folds of the audit's own fits. */
const FOLDS = 5;

/** Rows of one class below which the label's checks say nothing. */
const ENOUGH_OF_A_CLASS = 20;

/**
 * Looks for ways in which the answer has got into the question: columns the target was made of, combinations that rebuild
 * what it was cut from, features and pairs of features that tell too much alone, rows on both sides of the split, a
 * procedure that learns from shuffled labels, features that follow the length of a list that was cut off, and features that differ
 * in the rows to score.
 *
 * Features are sampled down to 20,000 rows, seeded; ids, repeated rows and encodings are looked for among all.
 *
 * @throws OneClassError where only one class is present
 * @throws InsightsError where the parts of the input do not fit together
 */
export async function auditLeakage(input: AuditInput, options: AuditOptions): Promise<LeakageAudit> {
  const rows = requireConsistent(input);
  const { features, madeOf, labels, target, source, parts, ids, listed, score } = input;
  const { seed, signal } = options;
  const { positives, negatives } = requireBothClasses(labels);
  const limits: string[] = [];
  const at = sampleRows(rows, options.mostRows ?? 20_000, seed);
  const columns = columnsAt(features, at, madeOf);
  const ownLabels = Uint8Array.from(at, (row) => labels[row]);
  if (at.length < rows)
    limits.push(
      `The features were audited on ${countInWords(at.length)} rows drawn from ${countInWords(rows)}; ids and repeated rows on all.`,
    );
  if (columns.length > MOST_PAIRED)
    limits.push(`Pairs were looked for among the first ${MOST_PAIRED} of ${columns.length} features.`);

  const findings = targetColumnFindings(features.names, madeOf, target);
  if (source === undefined)
    limits.push("Combinations were not looked for: the target was not cut from one number.");
  else {
    const sampled = { ...source, values: pick(source.values, at) };
    findings.push(...combinationFindings(columns, sampled, severeFeatures(findings), seed));
    findings.push(...ratioFindings(without(columns, severeFeatures(findings)), sampled, seed));
  }
  if (listed !== undefined) {
    const { before, after } = listed;
    findings.push(...cutOffListFindings(columns, { before: pick(before, at), after: pick(after, at) }));
  }
  signal?.throwIfAborted();

  const folds = shuffledFolds(at.length, FOLDS, new Random(seed));
  let remaining: number | null = null;
  if (Math.min(positives, negatives) < ENOUGH_OF_A_CLASS) {
    limits.push(
      `Features were not held against the label: ${Math.min(positives, negatives)} rows of one class are too few.`,
    );
  } else {
    findings.push(...labelFindings(columns, severeFeatures(findings), ownLabels, folds, at, seed));
    findings.push(...targetEncodingFindings(features, madeOf, labels));
    const left = without(columns, severeFeatures(findings));
    remaining = left.length > 0 ? rocAuc(ownLabels, linearProcedure(left, folds, FOLDS)(ownLabels)) : null;
    if (remaining !== null && remaining >= SEVERE_AUC) findings.push(allFeatures(left, remaining));
    signal?.throwIfAborted();
    const procedure = input.procedure ?? linearProcedure(columns, splitFolds(parts, at) ?? folds, FOLDS);
    const shuffled = await shuffledLabels(input.procedure ? labels : ownLabels, procedure, {
      shuffles: options.shuffles ?? 20,
      seed,
      signal,
    });
    findings.push(...shuffledLabelsFindings(shuffled));
  }

  if (parts === undefined) limits.push("Repeats across a split were not looked for: there is no split.");
  else {
    if (ids === undefined) limits.push("Repeated ids were not looked for: the rows have none.");
    else findings.push(...repeatedFindings("repeated_id", repeatedIds(ids, parts)));
    findings.push(...repeatedFindings("repeated_row", repeatedFeatureRows(features, madeOf, parts)));
  }
  if (score === undefined)
    limits.push("Rows to learn from were not compared with rows to score: there are none yet.");
  else {
    const drawn = sampleRows(rowsOf(score), options.mostRows ?? 20_000, seed);
    findings.push(...scoreShiftFindings(columns, columnsAt(score, drawn, madeOf)));
  }
  return {
    findings: bySeverity(findings),
    rows,
    audited_rows: at.length,
    remaining_roc_auc: remaining,
    limits,
  };
}

function labelFindings(
  columns: readonly FeatureColumn[],
  known: ReadonlySet<string>,
  labels: Uint8Array,
  folds: Uint8Array,
  at: Int32Array,
  seed: number,
): LeakageFinding[] {
  const aucs = singleAucs(columns, labels, folds, FOLDS);
  return [
    ...singleFeatureFindings(aucs, known),
    ...pairFindings(
      aucs.filter(({ feature }) => !known.has(feature.name)),
      labels,
      folds,
      FOLDS,
      seed,
    ),
    ...rowOrderFindings(at, labels, folds, FOLDS),
  ];
}

function severeFeatures(findings: readonly LeakageFinding[]): Set<string> {
  return new Set(findings.flatMap(({ severity, features }) => (severity === "severe" ? features : [])));
}

function without(columns: readonly FeatureColumn[], names: ReadonlySet<string>): FeatureColumn[] {
  return columns.filter(({ name }) => !names.has(name));
}

function allFeatures(left: readonly FeatureColumn[], auc: number): LeakageFinding {
  return {
    severity: "warn",
    code: "all_features",
    features: [],
    columns: [...new Set(left.flatMap(({ columns }) => columns))],
    message: `All features together, without those taken out, tell the label with an AUC of ${auc.toFixed(3)}: more than profiles honestly tell. Look at what they are made of.`,
    measure: "roc_auc",
    value: auc,
  };
}

/** The split as folds for the stand-in, where it has from two to five parts and leaves no row out. */
function splitFolds(parts: Int32Array | undefined, at: Int32Array): Uint8Array | null {
  if (parts === undefined) return null;
  const numbers = [...new Set(Array.from(at, (row) => parts[row]))].sort((a, b) => a - b);
  if (numbers.length < 2 || numbers.length > FOLDS || numbers[0] < 0) return null;
  return Uint8Array.from(at, (row) => numbers.indexOf(parts[row]));
}

function requireConsistent(input: AuditInput): number {
  const { features, madeOf, labels, source, parts, ids, listed, score } = input;
  const rows = rowsOf(features);
  const wrong = (what: string, found: number, expected: number) => {
    if (found !== expected) throw new InsightsError(`invalid audit: ${found} ${what} (expected ${expected})`);
  };
  wrong("labels", labels.length, rows);
  wrong("lists of columns", madeOf.length, features.names.length);
  if (source) wrong("values of the target's source", source.values.length, rows);
  if (parts) wrong("parts", parts.length, rows);
  if (ids) wrong("ids", ids.length, rows);
  if (listed) {
    wrong("counts of posts before", listed.before.length, rows);
    wrong("counts of posts after", listed.after.length, rows);
  }
  if (score && score.names.join() !== features.names.join())
    throw new InsightsError("invalid audit: the rows to score have other features");
  return rows;
}
