import type { DuckDBConnection } from "@duckdb/node-api";
import { InsightsError } from "../base/error.ts";
import { keptTarget } from "../bundle/configuration.ts";
import type { Model } from "../bundle/model.ts";
import { rocAuc } from "../evaluation/metrics.ts";
import { choosePolicy } from "../evaluation/policies.ts";
import { USUAL_HORIZON } from "../features/kinds/posting.ts";
import { creatorPreset } from "../features/presets/creator.ts";
import { transform } from "../features/transform.ts";
import { takeOut } from "../leakage/finding.ts";
import { createEnsemblePredictor } from "../network/predictor.ts";
import type { Profiles } from "../profiles/read.ts";
import { backtest } from "../targets/backtest.ts";
import { snapshotOf } from "../targets/snapshot.ts";
import { dealAccounts } from "./accountFolds.ts";
import { viewAtCut } from "./asOfCut.ts";
import { auditCreator } from "./auditCreator.ts";
import { withoutFeatures } from "./auditFeatures.ts";
import {
  answersOutOfFold,
  type EvidenceLogits,
  fitAnswers,
  mapEvidence,
  meanEvidence,
  meanProbabilities,
} from "./combineAnswers.ts";
import { formatAnswers, snapshotAnswers } from "./creatorAnswers.ts";
import { factsOutOfFold, fitPosts } from "./creatorEvidence.ts";
import { headLogits, trainHead } from "./creatorHeads.ts";
import { creatorLeaderboard } from "./creatorLeaderboard.ts";
import { creatorAnswers, creatorFoldPredictors } from "./creatorModel.ts";
import { creatorOutcomes } from "./creatorOutcomes.ts";
import { creatorPipeline } from "./creatorPipeline.ts";
import { FORECAST } from "./forecast.ts";
import { groupImportance } from "./groupImportance.ts";
import { formatPredictions } from "./judged.ts";
import { dependences } from "./partialDependence.ts";
import { judgedRows, questionResults } from "./questionResults.ts";
import { judgeTestRows, setAside } from "./testSplit.ts";
import type { TrainedEnsemble } from "./trainEnsemble.ts";
import type { TrainedProfiles, TrainProfilesOptions } from "./trained.ts";
import { backgroundOf, recordOf, referenceOf } from "./trainedModel.ts";
import { trainedDataset, trainingResults } from "./trainingResults.ts";

/** Names of the table of a back-test, and of the view of the accounts as of its latest moment. */
const EXAMPLES = "creator_examples";
const AT_CUT = "accounts_at_cut";

/** Whether what is asked for is a model of creators: the target `creator` with the recommended features. */
export function asksCreator({ definition, preset }: Pick<TrainProfilesOptions, "definition" | "preset">) {
  return definition.name === "creator" && preset.name === "profile";
}

/** What a model of creators learns from. */
const LEARNS_FROM = ["posted_at", "awg_engagement_rate", "followers"] as const;

/**
 * Refuses a file that a model of creators cannot be trained on.
 *
 * @throws InsightsError `missing posted_at: the target creator needs ...`
 */
export function requireCreatorColumns({ missing, source }: Pick<Profiles, "missing" | "source">): void {
  const lacking = LEARNS_FROM.filter((name) => missing.includes(name));
  if (lacking.length === 0) return;
  throw new InsightsError(
    `missing ${lacking.join(", ")}: the target creator needs dates of posts and rates to learn from; to rank this file use the shipped model: insights shortlist ${source.file}`,
  );
}

/**
 * Trains a model of creators. Every account is in one fold, with all its parts and moments. Inside a fold forecast, networks,
 * norm and shrinkage are fitted to its training accounts only; calibrations and combinations are fitted to answers out of fold,
 * and judged by those fitted to the other folds. The numbers are as of the latest moment of the back-test: what the model says of
 * an account by the posts before it, held against what came after.
 *
 * @throws InsightsError for a file without posts or rates, too few accounts, and where the audit leaves no feature
 */
export async function trainCreator(
  profiles: Profiles,
  options: TrainProfilesOptions,
): Promise<TrainedProfiles> {
  const { definition, recipe, folds, repeats, seed, workers, signal, onProgress, elapsed } = options;
  const { connection, table } = profiles;
  const horizon = options.activeDays ?? USUAL_HORIZON;
  requireCreatorColumns(profiles);
  const started = elapsed();
  onProgress?.("audit", 0, 1);
  const split =
    options.testSize === undefined
      ? null
      : await setAside(connection, table, definition, { share: options.testSize, seed });
  const relation = split?.training ?? table;
  const snapshot = await snapshotOf(connection, relation);
  const cuts = FORECAST.cuts;
  const made = await backtest(connection, relation, EXAMPLES, { horizon, snapshot, cuts });
  await viewAtCut(connection, AT_CUT, { relation, examples: EXAMPLES, cut: 0 });
  const outcomes = await creatorOutcomes(connection, relation, {
    definition,
    horizon,
    snapshot,
    examples: EXAMPLES,
  });
  const { rows, target } = outcomes;
  const audit = await auditCreator(connection, {
    relation,
    examples: EXAMPLES,
    horizon,
    preset: options.preset,
    outcomes,
    trained: options.quickAudit === true ? undefined : { recipe, snapshot },
    folds,
    seed,
    signal,
  });
  const taken = takeOut(audit.page.findings, { allowLeakage: options.allowLeakage });
  const audited = elapsed();

  const strata = Uint8Array.from(outcomes.creator, (label) => Math.max(label, 0));
  const accounts = dealAccounts(rows, strata, { folds, repeats, seed });
  const networks = 2 * recipe.networks * repeats * (folds + 1);
  let done = 0;
  const preset = withoutFeatures(options.preset, taken.features);
  const shared = { relation, preset, snapshot, folds, repeats, seed, workers, signal, accounts };
  const head = (name: "still" | "well") =>
    trainHead(connection, outcomes.heads[name], {
      ...shared,
      recipe,
      onProgress: () => onProgress?.("train", ++done, networks),
    });
  const still = await head("still");
  const well = await head("well");
  const facts = await factsOutOfFold({ connection, relation, examples: EXAMPLES, horizon, signal }, accounts);
  const forecast = await fitPosts(connection, EXAMPLES, horizon);
  const page = still.pipeline;
  const pipeline = await creatorPipeline(connection, { page, posts: forecast.pipeline, accounts: relation });

  const [stills, wells] = [headLogits(still, accounts), headLogits(well, accounts)];
  const logits = facts.logits.map(
    ({ posts, rate }, repeat): EvidenceLogits => ({
      posts,
      page: stills[repeat],
      rate,
      wellPage: wells[repeat],
    }),
  );
  const mean = meanEvidence(logits);
  const fitted = fitAnswers(mean, outcomes, Int32Array.from(rows.keys()));
  const nested = logits.map((one, at) =>
    answersOutOfFold(
      one,
      outcomes,
      accounts.folds.filter(({ repeat }) => repeat === at),
    ),
  );
  const parts = {
    forecast,
    still: still.ensemble.networks,
    well: well.ensemble.networks,
    page: page.names,
  };
  const finished = elapsed();

  const averaged = meanProbabilities(nested);
  const { places, labels, known: probabilities } = judgedRows(outcomes.cameAbove, averaged.kinds[0]);
  const byRepeat = nested.map(({ kinds }) => Float64Array.from(places, (i) => kinds[0][i]));
  const judged = { rows: Float64Array.from(places, (i) => rows[i]), labels, probabilities };
  const board =
    options.opponents === undefined
      ? null
      : await creatorLeaderboard(connection, {
          ...shared,
          definition,
          repeats: options.opponentRepeats ?? repeats,
          rows: judged.rows,
          labels,
          probabilities: byRepeat,
          milliseconds: finished - audited,
          opponents: [...options.opponents, recipe],
          elapsed,
          onProgress: (trained, total) => onProgress?.("compare", trained, total),
        });
  const compared = elapsed();
  onProgress?.("judge", 0, 1);
  const choice = choosePolicy(options.policy, labels, probabilities);
  const now = await asOfSnapshot(connection, relation, mean, facts.logits, { page: still, wellPage: well });
  const answers = await snapshotAnswers(connection, { pipeline }, relation, { logits: now, fitted });
  const dataset = trainedDataset(profiles, creatorPreset(horizon));
  const model: Model = {
    ...recordOf(dataset, options),
    target: keptTarget(target, options.wording, options.activeDays),
    horizon,
    threshold: choice.value,
    policy: options.policy,
    pipeline,
    ...creatorAnswers(parts, fitted),
    reference: await referenceOf(connection, relation, pipeline, answers.probabilities, seed),
    background: await backgroundOf(connection, pipeline, relation, seed),
  };
  const validation = { rows: judged.rows, labels, folds: accounts.of(judged.rows) };
  const predictors = creatorFoldPredictors(pipeline, { ...facts, still, well }, fitted);
  const judgedFolds = { pipeline, relation: AT_CUT, validation };
  const importance = await groupImportance(connection, judgedFolds, predictors, { seed, signal });
  const partial = await dependences(connection, model, AT_CUT, predictors, { seed, signal });
  // Whatever is chosen has been chosen by now.
  const test =
    split === null ? null : await judgeTestRows(connection, split, { model, target, snapshot, seed });
  const positives = labels.reduce((sum, label) => sum + label, 0);
  const results = await trainingResults(profiles, options, {
    preset: pipeline.preset,
    dataset,
    audit: audit.all,
    taken,
    target,
    counts: { positives, negatives: labels.length - positives, unknown: rows.length - labels.length },
    relation,
    features: pipeline.names,
    judged,
    probabilities: byRepeat,
    aucByFold: validation.folds.map(({ repeat, test: held }) =>
      rocAuc(
        Uint8Array.from(held, (i) => labels[i]),
        Float64Array.from(held, (i) => byRepeat[repeat][i]),
      ),
    ),
    calibration: { method: "platt", ...scaling(model) },
    choice,
    leaderboard: board,
    questions: questionResults(outcomes, nested, fitted, {
      folds,
      horizon,
      backtest: { examples: made.examples, accounts: made.accounts, cuts },
      seed,
    }),
    test: test?.results ?? null,
    importance,
    partial_dependence: partial,
    timing: {
      audit_ms: audited - started,
      train_ms: finished - audited,
      ...(board === null ? {} : { compare_ms: compared - finished }),
      judge_ms: elapsed() - compared,
    },
  });
  return {
    model,
    results,
    predictions: await formatPredictions(profiles, choice.value, { train: judged, test: test?.judged }),
    answers: await formatAnswers(connection, relation, rows, answers),
    outOfFold: { labels, probabilities },
  };
}

/** How the best kind of evidence is combined. */
function scaling({ combinations = [] }: Model): { slope: number; intercept: number } {
  const [{ slope, intercept }] = combinations;
  return { slope, intercept };
}

/**
 * Logits as of the snapshot: the forecast sees all posts. A question whose answer is unknown of an account was not learnt from
 * it, so that the finished networks have not seen it.
 */
async function asOfSnapshot(
  connection: DuckDBConnection,
  relation: string,
  mean: EvidenceLogits,
  facts: readonly { readonly postsNow: Float64Array }[],
  heads: { readonly page: TrainedEnsemble; readonly wellPage: TrainedEnsemble },
): Promise<EvidenceLogits> {
  const { rows, values } = await transform(connection, heads.page.pipeline, relation);
  const finished = {
    page: createEnsemblePredictor(heads.page.ensemble).logits(values, rows.length),
    wellPage: createEnsemblePredictor(heads.wellPage.ensemble).logits(values, rows.length),
  };
  return mapEvidence(mean, (z, name) => {
    if (name === "posts") {
      return z.map((_, i) => facts.reduce((sum, { postsNow }) => sum + postsNow[i], 0) / facts.length);
    }
    return name === "rate" ? z : z.map((one, i) => (Number.isNaN(one) ? finished[name][i] : one));
  });
}
