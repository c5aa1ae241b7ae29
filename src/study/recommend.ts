import { InsightsError } from "../base/error.ts";
import { countOfThings } from "../base/words.ts";
import type { Versions } from "../bundle/configuration.ts";
import { type Preset, presetNamed } from "../features/presets.ts";
import type { Profiles } from "../profiles/read.ts";
import { resolveTarget } from "../targets/resolve.ts";
import { labelsOf, type TargetDefinition } from "../targets/target.ts";
import { BEST_FEATURE, ENSEMBLE, LOGISTIC, MAJORITY } from "../training/recipe.ts";
import type { TrainedProfiles } from "../training/trained.ts";
import { trainProfiles } from "../training/trainProfiles.ts";
import type { Clock, Hooks } from "./events.ts";

/** Less than `insights train` does, so that a study stays a matter of seconds: what differs is said in the report. */
const RECOMMENDED = { preset: "profile", target: "creator", folds: 5, repeats: 2 } as const;

/** Accounts of each kind below which nothing is learnt that would hold for others. */
const FEWEST = 50;

/** What stands in the report where the user did not want the recommended model. */
const NOT_WANTED = "It was left out on request (--no-recommended).";

/** The recommended model, or why there is none. */
export interface Recommendation {
  readonly trained: TrainedProfiles | null;
  /** A sentence; null where there is a model. */
  readonly reason: string | null;
}

/** What decides how it is trained. */
export interface RecommendOptions {
  readonly wanted: boolean;
  readonly seed: number;
  readonly workers: number;
  readonly versions: Versions;
  readonly clock: Clock;
}

/**
 * Trains the recommended model beside the original study where the file allows: features that a profile page shows, the
 * target `creator`, everything fitted inside the folds, others on the same folds to compare.
 *
 * @throws the signal's reason; nothing for a file that does not allow it, which is said
 */
export async function recommend(
  profiles: Profiles,
  options: RecommendOptions,
  hooks: Hooks,
): Promise<{ result: Recommendation; message: string }> {
  const without = (reason: string) => ({ result: { trained: null, reason }, message: reason });
  if (!options.wanted) return without(NOT_WANTED);
  const { preset: name, target, folds, repeats } = RECOMMENDED;
  const preset = presetNamed(name);
  const definition = await resolveTarget(target);
  const reason = await reasonAgainst(profiles, definition, preset);
  if (reason !== null) return without(reason);
  const { seed, workers, versions, clock } = options;
  try {
    const trained = await trainProfiles(profiles, {
      definition,
      wording: target,
      preset,
      recipe: ENSEMBLE,
      opponents: [MAJORITY, BEST_FEATURE, LOGISTIC],
      opponentRepeats: 1,
      folds,
      repeats,
      seed,
      workers,
      quickAudit: true,
      policy: { kind: "max_f1" },
      allowLeakage: false,
      versions,
      createdAt: clock.now(),
      elapsed: clock.elapsed,
      signal: hooks.signal,
      onProgress: (step, done, total) =>
        hooks.progress(shareDone(step, done / total), `${step} ${done} of ${total}`),
    });
    const { roc_auc, intervals } = trained.results.out_of_fold;
    return {
      result: { trained, reason: null },
      message: `${trained.results.features.length} features, target ${target}: ROC AUC ${roc_auc.toFixed(3)} (${intervals.roc_auc.low.toFixed(3)} to ${intervals.roc_auc.high.toFixed(3)}) out of fold`,
    };
  } catch (error) {
    // What the user could mend for a training of its own is no reason to fail a study.
    if (error instanceof InsightsError) return without(`It could not be trained: ${error.message}.`);
    throw error;
  }
}

/** How much of the whole is done, by what each step takes on the sample. */
function shareDone(step: string, share: number): number {
  const [from, to] = { audit: [0, 0.15], train: [0.15, 0.7], compare: [0.7, 0.97] }[step] ?? [0.97, 1];
  return from + (to - from) * share;
}

/** Why the file does not allow the recommended model, in a sentence; null where it does. */
async function reasonAgainst(
  { connection, table, missing }: Profiles,
  definition: TargetDefinition,
  preset: Preset,
): Promise<string | null> {
  // Where no profile tells its snapshot, the newest date of the file stands in for it.
  const needed = [...definition.inputs, ...definition.context].filter((name) => name !== "observed_at");
  const lacking = needed.filter((name) => missing.includes(name));
  if (lacking.length > 0)
    return `The file does not have ${lacking.join(" and ")}, so who is a creator cannot be told from it.`;
  const target = await definition.fit(connection, table).catch((error) => {
    if (error instanceof InsightsError) return error.message;
    throw error;
  });
  if (typeof target === "string") return `Who is a creator cannot be told from this file: ${target}.`;
  const { labels } = await labelsOf(connection, target, table);
  const counts = [1, 0].map((label) => labels.filter((one) => one === label).length);
  if (Math.min(...counts) >= FEWEST) return null;
  return `The file has ${countOfThings(counts[0], "creator")} and ${countOfThings(counts[1], "other")} whose kind is known, too few to learn the preset ${preset.name} from (${FEWEST} of each).`;
}
