import type { DuckDBConnection } from "@duckdb/node-api";
import { formatCsvLine } from "../base/quote.ts";
import { EVIDENCE_WORDS, evidenceCode } from "../bundle/answers.ts";
import type { Model } from "../bundle/model.ts";
import { valuesAt } from "../features/requireColumns.ts";
import { columnsByName, transform } from "../features/transform.ts";
import { applyAnswers, type EvidenceLogits, type FittedAnswers, KINDS } from "./combineAnswers.ts";
import { NEEDS } from "./creatorPipeline.ts";

/** What a model would say of accounts as of the snapshot, by parts that have not seen them. */
export interface SnapshotAnswers {
  readonly probabilities: Float64Array;
  readonly still_posting: Float64Array;
  readonly well_answered: Float64Array;
  readonly evidence: readonly string[];
}

/**
 * Answers as of the snapshot: of each account by the best evidence that it has.
 *
 * @param relation name of a table or view of the accounts, in the order of the logits
 * @param logits as of the snapshot; those of the page known for every account
 */
export async function snapshotAnswers(
  connection: DuckDBConnection,
  { pipeline }: Pick<Model, "pipeline">,
  relation: string,
  { logits, fitted }: { logits: EvidenceLogits; fitted: FittedAnswers },
): Promise<SnapshotAnswers> {
  const { [NEEDS.page]: paged } = columnsByName(await transform(connection, pipeline, relation));
  const { answers, kinds } = applyAnswers(logits, fitted);
  const posts = logits.posts.map((z) => (Number.isNaN(z) ? 0 : 1));
  const rate = logits.rate.map((z) => (Number.isNaN(z) ? 0 : 1));
  const kindOf = (i: number) => 2 * (1 - posts[i]) + (1 - rate[i]);
  const all = Array.from(posts.keys());
  return {
    probabilities: Float64Array.from(all, (i) => kinds[kindOf(i)][i]),
    still_posting: Float64Array.from(all, (i) => answers[KINDS[kindOf(i)].still][i]),
    well_answered: Float64Array.from(all, (i) => answers[KINDS[kindOf(i)].well][i]),
    evidence: all.map((i) => {
      const without = paged[i] > 0.5 ? 1 : 2;
      return EVIDENCE_WORDS[evidenceCode(posts[i] === 1 ? 0 : without, rate[i] === 1 ? 0 : without)];
    }),
  };
}

/**
 * The contents of `answers.csv`.
 *
 * @param rows `row` of each account
 */
export async function formatAnswers(
  connection: DuckDBConnection,
  relation: string,
  rows: Float64Array,
  { probabilities, still_posting, well_answered, evidence }: SnapshotAnswers,
): Promise<string> {
  const [ids] = await valuesAt(connection, relation, ["coalesce(id, account_id)"], rows);
  const lines = evidence.map((words, i) =>
    formatCsvLine([ids[i] as string | null, probabilities[i], still_posting[i], well_answered[i], words]),
  );
  return `${["id,probability,still_posting,well_answered,evidence", ...lines].join("\n")}\n`;
}
