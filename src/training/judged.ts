import type { DuckDBConnection } from "@duckdb/node-api";
import { formatCsvLine } from "../base/quote.ts";
import { asksQuestions } from "../bundle/answers.ts";
import type { Model } from "../bundle/model.ts";
import { scoreProfiles } from "../bundle/score.ts";
import type { RepeatedScores } from "../evaluation/metrics.ts";
import { followerTiers, type Grouping, type Slice, sliceMetrics, wordGroups } from "../evaluation/slices.ts";
import { USUAL_HORIZON } from "../features/kinds/posting.ts";
import { valuesAt } from "../features/requireColumns.ts";
import type { Profiles } from "../profiles/read.ts";
import type { FollowerTier } from "../profiles/tiers.ts";
import { backtest } from "../targets/backtest.ts";
import { type SnapshotFacts, snapshotOf } from "../targets/snapshot.ts";
import type { LabelCounts, Target } from "../targets/target.ts";
import { viewAtCut } from "./asOfCut.ts";
import { type Measures, measure } from "./measures.ts";
import { labelledRows } from "./rows.ts";

/** Probabilities of some profiles beside their labels. */
export interface Judged {
  /** `row` of the profiles, rising. */
  readonly rows: Float64Array;
  /** 0 or 1, both present. */
  readonly labels: Uint8Array;
  readonly probabilities: Float64Array;
}

/** A model's answers for the labelled profiles of a relation, and how good they are at the model's threshold. */
export interface JudgedModel {
  readonly judged: Judged;
  readonly counts: LabelCounts;
  readonly metrics: Measures;
  /** Mean probability less the share of positives. */
  readonly bias: number;
}

/** Name of the table of a back-test that judges a model, and of the view of the accounts as of its latest moment. */
const JUDGED_EXAMPLES = "judged_examples";
const JUDGED_AT_CUT = "judged_at_cut";

/**
 * Judges a model on profiles that it has not seen. A model of creators is judged by going back: what it says of accounts as they
 * stood a horizon before the snapshot is held against what they did since.
 *
 * @param relation name of a table or view with `row` and the canonical columns
 * @param target as the training rows left it
 * @throws as `labelledRows` and `scoreProfiles`
 */
export async function judgeModel(
  connection: DuckDBConnection,
  model: Model,
  relation: string,
  { target, snapshot, seed }: { target: Target; snapshot?: SnapshotFacts; seed: number },
): Promise<JudgedModel> {
  const known = await labelledRows(connection, target, relation, snapshot);
  const judgedFrom = await judgedRelation(connection, model, relation, snapshot);
  const scores = await scoreProfiles(connection, model, judgedFrom);
  const placeOf = new Map(Array.from(scores.rows, (row, i) => [row, i]));
  // As of a moment before the snapshot, some accounts were not there yet.
  const there = Int32Array.from(known.rows.keys()).filter((i) => placeOf.has(known.rows[i]));
  const rows = Float64Array.from(there, (i) => known.rows[i]);
  const labels = Uint8Array.from(there, (i) => known.labels[i]);
  const positives = labels.reduce((sum, label) => sum + label, 0);
  const unknown = known.unknown + known.rows.length - rows.length;
  const counts = { positives, negatives: rows.length - positives, unknown };
  const probabilities = rows.map((row) => scores.probabilities[placeOf.get(row) ?? -1]);
  const mean = probabilities.reduce((sum, p) => sum + p, 0) / rows.length;
  return {
    judged: { rows, labels, probabilities },
    counts,
    metrics: measure(labels, probabilities, model.threshold, seed),
    bias: mean - counts.positives / rows.length,
  };
}

/** The profiles as a model is to see them: those of a model of creators as of a horizon before the snapshot. */
async function judgedRelation(
  connection: DuckDBConnection,
  model: Model,
  relation: string,
  snapshot: SnapshotFacts | undefined,
): Promise<string> {
  if (!asksQuestions(model)) return relation;
  await backtest(connection, relation, JUDGED_EXAMPLES, {
    horizon: model.horizon ?? USUAL_HORIZON,
    snapshot: snapshot ?? (await snapshotOf(connection, relation)),
    cuts: 1,
    fewest: 1,
  });
  await viewAtCut(connection, JUDGED_AT_CUT, { relation, examples: JUDGED_EXAMPLES, cut: 0 });
  return JUDGED_AT_CUT;
}

/** How to measure groups. */
export interface GroupSliceOptions {
  readonly threshold: number;
  readonly seed: number;
  /** Those of the trade unless told. */
  readonly tiers?: readonly FollowerTier[] | undefined;
  /** Where the probabilities are out of fold: those of each repeat, whose mean they are. */
  readonly repeated?: RepeatedScores | undefined;
}

/**
 * Measures probabilities by follower tier, language and region. What no profile tells is left out.
 *
 * @param relation name of a table or view with `row` and the canonical columns that holds the judged profiles, and maybe others
 */
export async function groupSlices(
  connection: DuckDBConnection,
  relation: string,
  { rows, labels, probabilities }: Judged,
  { tiers, ...options }: GroupSliceOptions,
): Promise<Slice[]> {
  const expressions = ["CAST(followers AS DOUBLE)", "predicted_lang", "region"];
  const [followers, languages, regions] = await valuesAt(connection, relation, expressions, rows);
  const known = (values: readonly unknown[]) => values.some((value) => value !== null && value !== "");
  const groupings: Grouping[] = [];
  if (known(followers)) {
    const numbers = Float64Array.from(followers, (value) => (value === null ? Number.NaN : Number(value)));
    groupings.push(followerTiers(numbers, tiers));
  }
  if (known(languages)) groupings.push(wordGroups("language", languages as (string | null)[]));
  if (known(regions)) groupings.push(wordGroups("region", regions as (string | null)[]));
  return groupings.flatMap((grouping) => sliceMetrics(labels, probabilities, grouping, options));
}

/**
 * The contents of `predictions.csv`: `id,probability,active,target,part`, part by part.
 *
 * @param parts probabilities of the rows of each part, by its name
 */
export async function formatPredictions(
  { connection, table }: Profiles,
  threshold: number,
  parts: Readonly<Record<string, Judged | undefined>>,
): Promise<string> {
  const lines = ["id,probability,active,target,part"];
  for (const [part, judged] of Object.entries(parts)) {
    if (judged === undefined) continue;
    const { rows, labels, probabilities } = judged;
    const [ids] = await valuesAt(connection, table, ["coalesce(id, account_id)"], rows);
    probabilities.forEach((probability, i) => {
      const active = probability >= threshold ? 1 : 0;
      lines.push(formatCsvLine([ids[i] as string | null, probability, active, labels[i], part]));
    });
  }
  return `${lines.join("\n")}\n`;
}
