import type { DuckDBConnection } from "@duckdb/node-api";
import { quoteIdentifier } from "../base/quote.ts";
import { postingPreset } from "../features/presets/creator.ts";
import type { Preset } from "../features/presets.ts";
import { bySeverity, type LeakageAudit } from "../leakage/finding.ts";
import type { SnapshotFacts } from "../targets/snapshot.ts";
import { fixedTarget, type TargetDefinition } from "../targets/target.ts";
import { auditFeatures } from "./auditFeatures.ts";
import type { CreatorOutcomes } from "./creatorOutcomes.ts";
import type { Recipe } from "./recipe.ts";

/** What is audited: each answer by itself, against the label that it learns from. */
export interface AuditedCreator {
  readonly relation: string;
  /** Name of the table that `backtest` made of it. */
  readonly examples: string;
  /** Days within which a post counts. */
  readonly horizon: number;
  /** The profile page's features. */
  readonly preset: Preset;
  readonly outcomes: CreatorOutcomes;
  /** How the networks are trained, to be tried on shuffled labels; a linear stand-in is where there is none. */
  readonly trained?: { readonly recipe: Recipe; readonly snapshot: SnapshotFacts } | undefined;
  readonly folds: number;
  readonly seed: number;
  readonly signal?: AbortSignal | undefined;
}

/** The forecast's label, as a target. What it is made of came later and is hidden, so that no column gives it away by itself. */
const CAME: TargetDefinition = fixedTarget({
  name: "still_posting",
  about: "a post within the horizon",
  expression: "came",
  inputs: [],
});

/** Name of the view of the examples that are audited, one an account. */
const AUDITED_EXAMPLES = "audited_examples";

/**
 * Audits the features of each answer: those of the profile page against both labels, those of the posts against what came after
 * the latest moment of the back-test.
 *
 * @throws as `auditFeatures`
 */
export async function auditCreator(
  connection: DuckDBConnection,
  { relation, examples, horizon, preset, outcomes, ...shared }: AuditedCreator,
): Promise<{ page: LeakageAudit; all: LeakageAudit }> {
  const known = (labels: Int8Array) => ({
    rows: outcomes.rows.filter((_, i) => labels[i] >= 0),
    labels: Uint8Array.from(labels.filter((label) => label >= 0)),
  });
  const { still, well } = outcomes.heads;
  const page = [
    await auditFeatures(connection, {
      ...shared,
      relation,
      preset,
      definition: still,
      ...known(outcomes.posted),
    }),
    await auditFeatures(connection, {
      ...shared,
      relation,
      preset,
      definition: well,
      ...known(outcomes.above),
    }),
  ];
  await connection.run(
    `CREATE OR REPLACE TEMP VIEW ${AUDITED_EXAMPLES} AS
     SELECT * REPLACE (account AS "row"), CAST(account AS VARCHAR) AS id, CAST(NULL AS VARCHAR) AS account_id
     FROM ${quoteIdentifier(examples)} WHERE cut = 0`,
  );
  const posts = await auditFeatures(connection, {
    ...shared,
    trained: undefined,
    relation: AUDITED_EXAMPLES,
    accounts: relation,
    preset: postingPreset(horizon),
    definition: CAME,
    ...known(outcomes.came),
  });
  return { page: together(page), all: together([...page, posts]) };
}

/** Several audits as one. What is left together is of one label, so that it is not told of several. */
function together(audits: readonly LeakageAudit[]): LeakageAudit {
  const most = (count: (audit: LeakageAudit) => number) => Math.max(...audits.map(count));
  return {
    findings: bySeverity(audits.flatMap(({ findings }) => findings)),
    rows: most(({ rows }) => rows),
    audited_rows: most(({ audited_rows }) => audited_rows),
    remaining_roc_auc: null,
    limits: [...new Set(audits.flatMap(({ limits }) => limits))],
  };
}
