import { Random } from "../base/random.ts";
import { applyCalibration } from "../evaluation/calibration.ts";
import { type Fold, repeatedStratifiedFolds } from "../evaluation/split.ts";
import { groupsOf, type Preset } from "../features/presets.ts";
import { transform } from "../features/transform.ts";
import { takeOut } from "../leakage/finding.ts";
import { createEnsemblePredictor } from "../network/predictor.ts";
import type { Profiles } from "../profiles/read.ts";
import { snapshotOf } from "../targets/snapshot.ts";
import type { TargetDefinition } from "../targets/target.ts";
import { labelsOf, requireBothClasses } from "../targets/target.ts";
import { auditFeatures, withoutFeatures } from "../training/auditFeatures.ts";
import { viewOf } from "../training/rows.ts";
import { trainEnsemble } from "../training/trainEnsemble.ts";
import type { Journal } from "./journal.ts";
import { compare, verdict } from "./nested.ts";
import { type Evaluation, type TuningResults, tuningResultsSchema } from "./results.ts";
import { rungsOf } from "./rungs.ts";
import { type Found, type SearchSettings, search } from "./search.ts";
import { drawTrials, searchSpace, type Trial } from "./space.ts";
import { bestOf, countWork } from "./workload.ts";

/** How a tuning stands. */
export interface TuningProgress {
  /** 0 for the search over all rows, then from 1 those with an outer fold held out. */
  readonly search: number;
  readonly searches: number;
  readonly rung: number;
  readonly rungs: number;
  /** Trials on this rung, and how many of them are evaluated. */
  readonly alive: number;
  readonly evaluated: number;
  /** The best on this rung so far. */
  readonly best: { readonly trial: Trial; readonly log_loss: number } | null;
  /** The usual recipe on this rung. */
  readonly usual: number | null;
  /** Share of all work that is done, 0 to 1. */
  readonly fraction: number;
  /** What is being done: `audit` for leaks, `search`, or `judge` what a search chose. */
  readonly step: "audit" | "search" | "judge";
}

/** What to tune, and how. */
export interface TuneOptions {
  readonly definition: TargetDefinition;
  /** The target as the user wrote it, and the days where the user said so. */
  readonly wording: string;
  readonly activeDays?: number | undefined;
  readonly preset: Preset;
  /** Configurations to try, the usual recipe being the first. */
  readonly trials: number;
  /** Parts of the rows, each held out once of a whole search. */
  readonly outerFolds: number;
  /** Folds, repeats and networks a fold of the last rung. */
  readonly folds: number;
  readonly repeats: number;
  readonly networks: number;
  /** Labelled profiles to tune on, at most; of more, as many are drawn by lot. */
  readonly mostRows: number;
  readonly seed: number;
  /** Worker threads; the result is the same for any number. */
  readonly workers: number;
  /** Keep features that give the target away. */
  readonly allowLeakage: boolean;
  readonly versions: TuningResults["versions"];
  /** Milliseconds of a clock that never jumps. */
  readonly elapsed: () => number;
  /** Finished work, which is not done again, and where new work is written down. */
  readonly journal: Journal;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: TuningProgress) => void) | undefined;
}

/** Names of the views of all rows that are tuned on, of those of a search, and of those held out of it. */
const TUNED_VIEW = "tuned_profiles";
const SEARCH_VIEW = "searched_profiles";
const HELD_OUT_VIEW = "held_out_profiles";

/**
 * Looks for a better recipe by successive halving, and finds out whether it is better on rows that the search has not seen.
 * One search over all rows chooses the recipe. Then the same search runs once for each outer fold on the other rows, and what
 * it chooses is trained on them as `trainProfiles` would, and judged on the fold beside the usual recipe.
 *
 * @throws InsightsError for a target that is constant or unknown in every row, fewer rows of a class than folds; the signal's
 *   reason when aborted
 */
export async function tuneRecipe(profiles: Profiles, options: TuneOptions): Promise<TuningResults> {
  const { definition, preset, folds, seed, workers, signal, journal, elapsed, outerFolds } = options;
  const { connection, table, source } = profiles;
  const snapshot = await snapshotOf(connection, table);
  const target = await definition.fit(connection, table);
  const all = await labelsOf(connection, target, table, { snapshot });
  const counts = requireBothClasses(target, all.labels);
  const drawn = drawnRows(all.labels, options.mostRows, seed);
  const rows = Float64Array.from(drawn, (i) => all.rows[i]);
  const labels = Uint8Array.from(drawn, (i) => all.labels[i]);
  const outer = repeatedStratifiedFolds(labels, { folds: outerFolds, repeats: 1, seed });
  await viewOf(connection, TUNED_VIEW, table, rows);

  const step = {
    search: 0,
    searches: outer.length + 1,
    rung: 0,
    alive: 0,
    evaluated: 0,
    best: null,
    usual: null,
  };
  options.onProgress?.({ ...step, rungs: 0, fraction: 0, step: "audit" });
  const audit = await auditFeatures(connection, {
    relation: TUNED_VIEW,
    preset,
    definition,
    rows,
    labels,
    folds,
    seed,
    signal,
  });
  const taken = takeOut(audit.findings, { allowLeakage: options.allowLeakage });
  const seen = withoutFeatures(preset, taken.features);
  const spaceOptions = {
    groups: groupsOf(seen),
    degree: target.degree !== undefined,
    networks: options.networks,
  };
  const trials = drawTrials(options.trials, spaceOptions, seed);
  const rungs = rungsOf(trials.length, options);
  const settings: SearchSettings = {
    preset: seen,
    definition,
    snapshot,
    trials,
    rungs,
    folds,
    workers,
    signal,
  };
  const work = countWork({
    trials,
    rungs,
    rows: [labels.length, ...outer.map(({ train }) => train.length)],
    columns: seen.steps.length,
    folds,
  });
  // Far from each other, so that no search shares the luck of another's folds or weights.
  const random = new Random(seed);
  const seeds = [0, ...outer.map((_, i) => i + 1)].map((part) => random.fork(part).bits() >>> 1);

  const chosen = await searchIn(0, rows);
  const tuned = new Float64Array(labels.length);
  const usual = new Float64Array(labels.length);
  const nested: TuningResults["nested"]["folds"] = [];
  for (const [i, fold] of outer.entries()) {
    const found = await searchIn(i + 1, at(rows, fold.train));
    nested.push({ rows: fold.test.length, ...written(found) });
    await viewOf(connection, HELD_OUT_VIEW, TUNED_VIEW, at(rows, fold.test));
    const by = async (trial: number) => heldOut(i + 1, trial);
    scatter(tuned, fold, await by(found.chosen.trial));
    scatter(usual, fold, await by(0));
    work.judged(i + 1);
  }
  const compared = compare(labels, tuned, usual, { folds: outer.length, seed });
  const { recipe } = trials[chosen.chosen.trial];
  return tuningResultsSchema.parse({
    schema_version: 1,
    versions: options.versions,
    dataset: {
      file: source.file,
      fingerprint: source.fingerprint,
      provider: profiles.provider,
      rows: profiles.rows,
      tuned_rows: labels.length,
    },
    target: {
      name: target.name,
      wording: options.wording,
      active_days: options.activeDays ?? null,
      ...counts,
    },
    options: {
      preset: preset.name,
      trials: options.trials,
      outer_folds: outerFolds,
      folds,
      repeats: options.repeats,
      networks: options.networks,
      most_rows: options.mostRows,
      seed,
      allow_leakage: options.allowLeakage,
    },
    leakage: { taken_out: taken.features, sentences: taken.sentences },
    space: searchSpace(spaceOptions),
    rungs,
    trials,
    search: written(chosen),
    recipe,
    nested: { folds: nested, ...compared },
    verdict: verdict(
      compared.difference,
      chosen.chosen.trial,
      nested.map((fold) => fold.chosen.trial),
    ),
    timing: { started_at: journal.startedAt, milliseconds: journal.spent() },
  } satisfies Record<keyof TuningResults, unknown>);

  /** Runs one search on some rows and no others. */
  async function searchIn(place: number, among: Float64Array): Promise<Found> {
    await viewOf(connection, SEARCH_VIEW, TUNED_VIEW, among);
    let shown: Evaluation[] = [];
    let now = { rung: 0, alive: 0 };
    let lap = elapsed();
    const tell = () => {
      const best = bestOf(shown);
      options.onProgress?.({
        search: place,
        searches: seeds.length,
        ...now,
        rungs: rungs.length,
        evaluated: shown.length,
        best:
          best === undefined ? null : { trial: trials[best.trial], log_loss: best.log_loss ?? Number.NaN },
        usual: shown.find(({ trial }) => trial === 0)?.log_loss ?? null,
        fraction: work.done(),
        step: "search",
      });
    };
    return search(connection, settings, {
      relation: SEARCH_VIEW,
      seed: seeds[place],
      known: (rung, trial) => journal.evaluation(place, rung, trial),
      onRung: (rung, alive) => {
        work.enter(place, rung, alive);
        now = { rung, alive: alive.length };
        shown = alive.flatMap((trial) => journal.evaluation(place, rung, trial) ?? []);
        for (const { trial } of shown) work.evaluated(place, rung, trial);
        tell();
      },
      onEvaluation: (evaluation) => {
        const end = elapsed();
        journal.addEvaluation(place, evaluation, end - lap);
        lap = end;
        shown.push(evaluation);
        work.evaluated(place, evaluation.rung, evaluation.trial);
        tell();
      },
    });
  }

  /** Probabilities of the rows held out, by a recipe trained on the rows of the search. */
  async function heldOut(place: number, trial: number): Promise<readonly number[]> {
    const earlier = journal.judged(place, trial);
    if (earlier !== undefined) return earlier.probabilities;
    options.onProgress?.({
      ...step,
      search: place,
      rungs: rungs.length,
      fraction: work.done(),
      step: "judge",
    });
    const started = elapsed();
    const model = await trainEnsemble(connection, {
      relation: SEARCH_VIEW,
      preset: seen,
      definition,
      snapshot,
      recipe: trials[trial].recipe,
      folds,
      repeats: 1,
      seed: seeds[place],
      workers,
      signal,
    });
    const { values, rows: found } = await transform(connection, model.pipeline, HELD_OUT_VIEW);
    const logits = createEnsemblePredictor(model.ensemble).logits(values, found.length);
    const probabilities = Array.from(applyCalibration(model.calibration, logits));
    journal.addJudged({ search: place, trial, probabilities }, elapsed() - started);
    return probabilities;
  }
}

/** Positions of the rows whose target is known, or of a draw of them, rising. */
function drawnRows(labels: Int8Array, most: number, seed: number): Int32Array {
  const known = Int32Array.from(labels.keys()).filter((i) => labels[i] >= 0);
  return known.length <= most ? known : new Random(seed).shuffle(known).subarray(0, most).sort();
}

function at(rows: Float64Array, positions: Int32Array): Float64Array {
  return Float64Array.from(positions, (i) => rows[i]);
}

function scatter(to: Float64Array, { test }: Fold, values: readonly number[]): void {
  test.forEach((row, i) => {
    to[row] = values[i];
  });
}

function written({ evaluations, chosen, usual }: Found): TuningResults["search"] {
  const shown = ({ trial, log_loss, roc_auc }: Evaluation) => ({ trial, log_loss, roc_auc });
  return { evaluations: [...evaluations], chosen: shown(chosen), usual: shown(usual) };
}
