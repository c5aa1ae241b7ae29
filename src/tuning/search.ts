import type { DuckDBConnection } from "@duckdb/node-api";
import type { InsightsError } from "../base/error.ts";
import { applyCalibration, fitPlatt } from "../evaluation/calibration.ts";
import { rankingMetrics } from "../evaluation/metrics.ts";
import { type Fold, repeatedStratifiedFolds } from "../evaluation/split.ts";
import type { Preset } from "../features/presets.ts";
import type { SnapshotFacts } from "../targets/snapshot.ts";
import type { TargetDefinition } from "../targets/target.ts";
import { labelsOf } from "../targets/target.ts";
import { meanOf, outOfFoldLogits } from "../training/crossValidate.ts";
import { type FoldData, foldJobs, prepareFold } from "../training/foldData.ts";
import type { Member, MemberJob } from "../training/member.ts";
import { trainMembers } from "../training/pool.ts";
import type { Recipe } from "../training/recipe.ts";
import type { Evaluation } from "./results.ts";
import { promoted, type Rung, ranked } from "./rungs.ts";
import type { Trial } from "./space.ts";

/** What all searches of a tuning share. */
export interface SearchSettings {
  readonly preset: Preset;
  readonly definition: TargetDefinition;
  /** Of the whole file. */
  readonly snapshot: SnapshotFacts;
  readonly trials: readonly Trial[];
  readonly rungs: readonly Rung[];
  readonly folds: number;
  /** Worker threads; the result is the same for any number. */
  readonly workers: number;
  readonly signal?: AbortSignal | undefined;
}

/** One search: where it looks, and who is told. */
export interface Search {
  /** Name of a table or view of labelled profiles. No other row is looked at. */
  readonly relation: string;
  readonly seed: number;
  /** An evaluation made before, which need not be made again. */
  readonly known: (rung: number, trial: number) => Evaluation | undefined;
  /** Told which trials are on a rung, before any is evaluated. */
  readonly onRung: (rung: number, alive: readonly number[]) => void;
  /** Told of each evaluation, in the order in which they end. */
  readonly onEvaluation: (evaluation: Evaluation) => void;
}

/** What a search found. */
export interface Found {
  /** All evaluations, rung by rung, in the order of the trials. */
  readonly evaluations: readonly Evaluation[];
  /** The best of the last rung. */
  readonly chosen: Evaluation;
  /** Trial 0 on the last rung. */
  readonly usual: Evaluation;
}

/**
 * Successive halving: every trial gets a small budget, the best third a larger one, and so on. On each rung a trial is
 * cross-validated on all rows, everything fitted inside the fold, and scored by the log loss of its out-of-fold predictions,
 * calibrated: a proper score that uses every row, where the area under the ROC curve sees only their order and moves more
 * from one draw of rows to the next. The budget is how many networks are averaged.
 *
 * @throws as `repeatedStratifiedFolds`; the signal's reason when aborted
 */
export async function search(
  connection: DuckDBConnection,
  settings: SearchSettings,
  search: Search,
): Promise<Found> {
  const { definition, snapshot, trials, rungs, folds, workers, signal } = settings;
  const { relation, seed, known, onRung, onEvaluation } = search;
  const target = await definition.fit(connection, relation);
  const found = await labelsOf(connection, target, relation, { snapshot });
  // A row that is known by the whole file's target is known by this one's: what is fitted is a line, not who has data.
  const labels = Uint8Array.from(found.labels, (label) => Math.max(label, 0));
  const repeats = Math.max(...rungs.map((rung) => rung.first + rung.repeats));
  const dealt = repeatedStratifiedFolds(labels, { folds, repeats, seed });
  const prepared: FoldData[] = [];
  const foldData = async (place: number) => {
    prepared[place] ??= await prepareFold(
      { ...settings, connection, relation, rows: found.rows },
      dealt[place],
    );
    return prepared[place];
  };

  const evaluations: Evaluation[] = [];
  let last: Evaluation[] = [];
  for (const [place, rung] of rungs.entries()) {
    const alive = place === 0 ? trials.map(({ trial }) => trial) : promoted(last);
    onRung(place, alive);
    last = await evaluate(place, rung, alive);
    evaluations.push(...last);
  }
  const [chosen] = ranked(last);
  return { evaluations, chosen, usual: last[0] };

  async function evaluate(place: number, rung: Rung, alive: readonly number[]): Promise<Evaluation[]> {
    const deal = dealt.flatMap(({ repeat }, at) =>
      repeat >= rung.first && repeat < rung.first + rung.repeats ? [at] : [],
    );
    const cut = deal.map((at): Fold => ({ ...dealt[at], repeat: dealt[at].repeat - rung.first }));
    const earlier = alive.map((trial) => known(place, trial));
    const open = alive.filter((_, i) => earlier[i] === undefined);
    const recipes = open.map((trial) => within(trials[trial].recipe, rung));
    const answers = recipes.map((): (Member | InsightsError)[] => []);
    const left = recipes.map(({ networks }) => networks * deal.length);
    const ends = runningSums(left);
    const made = new Map<number, Evaluation>();
    async function* jobs(): AsyncGenerator<MemberJob> {
      for (const recipe of recipes) {
        for (const at of deal) yield* foldJobs(await foldData(at), { recipe, place: at, seed });
      }
    }
    await trainMembers(jobs(), {
      workers,
      signal,
      goOn: true,
      onDone: (_, job, member) => {
        const i = ends.findIndex((end) => job < end);
        const first = i === 0 ? 0 : ends[i - 1];
        answers[i][job - first] = member;
        // Threads end in any order.
        if (--left[i] > 0) return;
        const evaluation = { rung: place, trial: open[i], ...judge(recipes[i], cut, answers[i], labels) };
        answers[i] = [];
        made.set(open[i], evaluation);
        onEvaluation(evaluation);
      },
    });
    return alive.map((trial, i) => (earlier[i] ?? made.get(trial)) as Evaluation);
  }
}

/** A recipe with no more networks than a rung pays for. */
export function within(recipe: Recipe, { networks }: Pick<Rung, "networks">): Recipe {
  return { ...recipe, networks: Math.min(recipe.networks, networks) };
}

function runningSums(counts: readonly number[]): number[] {
  let sum = 0;
  return counts.map((count) => {
    sum += count;
    return sum;
  });
}

function judge(
  recipe: Recipe,
  folds: readonly Fold[],
  members: readonly (Member | InsightsError)[],
  labels: Uint8Array,
): Pick<Evaluation, "log_loss" | "roc_auc" | "failed"> {
  const trained: Float32Array[] = [];
  for (const member of members) {
    if (member instanceof Error) return { log_loss: null, roc_auc: null, failed: member.message };
    trained.push(member.logits);
  }
  const byFold = folds.map((_, i) => trained.slice(i * recipe.networks, (i + 1) * recipe.networks));
  const mean = meanOf(outOfFoldLogits(folds, byFold, labels.length));
  // A model is calibrated in the end, so that a trial must not lose by what calibration mends. Two parameters learn no row.
  const { log_loss, roc_auc } = rankingMetrics(labels, applyCalibration(fitPlatt(mean, labels), mean));
  return { log_loss, roc_auc, failed: null };
}
