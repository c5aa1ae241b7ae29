import type { DuckDBConnection } from "@duckdb/node-api";
import { InsightsError } from "../base/error.ts";
import { type Proportion, proportion } from "../base/statistics.ts";
import type { CanonicalName } from "../profiles/canonical.ts";
import { TIER_RANGES, type TierRange, tierSql } from "../profiles/tiers.ts";
import { resolveTarget } from "../targets/resolve.ts";
import { atSnapshotSql, type SnapshotFacts } from "../targets/snapshot.ts";
import { countLabels, type LabelCounts, type Labels, labelsOf, type Target } from "../targets/target.ts";
import { labelsAt, readColumns } from "./query.ts";

const DAY = 86_400;

/** Accounts of one answer, by whether they posted lately. */
export interface PostedCounts {
  readonly yes: number;
  readonly no: number;
  /** Without a dated post or a snapshot. */
  readonly unknown: number;
  /** Share of the yes among yes and no; null where there are none. */
  readonly posted: Proportion | null;
}

/** The answers within one tier. */
export interface TierCounts extends LabelCounts {
  readonly tier: TierRange;
  /** Share of the positives among positives and negatives; null where there are none. */
  readonly positive: Proportion | null;
}

/** What a target says of whom: its answers against posting and against size. */
export interface TargetTables extends LabelCounts {
  /** Accounts that the target calls positive and negative, by whether they posted within `days`. */
  readonly posted: { readonly positive: PostedCounts; readonly negative: PostedCounts };
  readonly days: number;
  readonly tiers: readonly TierCounts[];
}

/**
 * Holds the answers of targets against whether the account posted lately, and against its tier of followers. Accounts
 * whose followers are unknown are in no tier.
 *
 * @param relation a table or view with `row` and the canonical columns
 * @param labelled answers of each target for all rows
 * @param snapshot of the relation
 * @param options.days what "lately" means, default 30
 */
export async function targetTables(
  connection: DuckDBConnection,
  relation: string,
  labelled: readonly Labels[],
  snapshot: SnapshotFacts,
  options: { readonly days?: number; readonly tiers?: readonly TierRange[] } = {},
): Promise<TargetTables[]> {
  const { days = 30, tiers = TIER_RANGES } = options;
  const columns = await readColumns(
    connection,
    {
      row: '"row"',
      posted: `epoch(observed_at) - epoch(list_max(posted_at)) <= ${days * DAY}`,
      tier: tierSql(tiers, (_, place) => `${place}`),
    },
    `${atSnapshotSql(relation, snapshot)} ORDER BY "row"`,
  );
  return labelled.map((answers) => {
    const labels = labelsAt(columns.row, answers);
    const posted = (answer: number): PostedCounts => {
      const count = (value: number) =>
        labels.reduce(
          (sum, label, i) => sum + (label === answer && Object.is(columns.posted[i], value) ? 1 : 0),
          0,
        );
      const [yes, no, unknown] = [count(1), count(0), count(Number.NaN)];
      return { yes, no, unknown, posted: proportion(yes, yes + no) };
    };
    return {
      ...countLabels(labels),
      days,
      posted: { positive: posted(1), negative: posted(0) },
      tiers: tiers.map((tier, place) => {
        const counts = countLabels(labels.filter((_, i) => columns.tier[i] === place));
        const positive = proportion(counts.positives, counts.positives + counts.negatives);
        return { tier, ...counts, positive };
      }),
    };
  });
}

/** The targets that are held against posting and size, as far as the file can tell. */
const COMPARED = ["engagement", "activity", "creator"];

/** A target and its answers for all rows. */
export interface AnsweredTarget {
  readonly target: Target;
  readonly labels: Labels;
}

/**
 * The named targets that the file's columns allow, with their answers, fitted on all rows: they describe the file and are
 * not learnt from.
 *
 * @param relation a table or view with `row` and the canonical columns
 * @param missing canonical columns that the file does not have
 */
export async function comparedTargets(
  connection: DuckDBConnection,
  relation: string,
  missing: readonly CanonicalName[],
): Promise<AnsweredTarget[]> {
  const found: AnsweredTarget[] = [];
  for (const name of COMPARED) {
    const definition = await resolveTarget(name);
    // Where no profile tells its snapshot, the newest date of the file stands in for it.
    const needed = [...definition.inputs, ...definition.context].filter((column) => column !== "observed_at");
    if (needed.some((column) => missing.includes(column))) continue;
    const target = await definition.fit(connection, relation).catch((error: unknown) => {
      // A column that is there and empty; the alerts of reading have said so.
      if (error instanceof InsightsError) return null;
      throw error;
    });
    if (target !== null) found.push({ target, labels: await labelsOf(connection, target, relation) });
  }
  return found;
}
