import { writeFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { InsightsError } from "../base/error.ts";
import { checkOutput, writeFolder } from "../base/files.ts";
import { parsePolicy, type ThresholdPolicy } from "../evaluation/policies.ts";
import { presetNamed } from "../features/presets.ts";
import { formatRejected, readProfiles } from "../profiles/read.ts";
import { parseTiers } from "../profiles/tiers.ts";
import { versions } from "../study/events.ts";
import { resolveTarget } from "../targets/resolve.ts";
import { OPPONENTS } from "../training/leaderboard.ts";
import { saveTraining } from "../training/saveTraining.ts";
import { trainProfiles } from "../training/trainProfiles.ts";
import type { Effects } from "./effects.ts";
import { recipeFor } from "./recipe.ts";
import { requireTrainable } from "./trainable.ts";
import { showTrainProgress } from "./trainProgress.ts";
import { trainText } from "./trainText.ts";

/** Options of `insights train`; at most one of the five that choose the threshold. */
export interface TrainCommandOptions {
  readonly out: string;
  readonly force?: boolean;
  readonly preset: string;
  readonly target: string;
  readonly activeDays?: number;
  readonly folds: number;
  readonly repeats: number;
  /** A `recipe.json` of `insights tune`. */
  readonly recipe?: string;
  /** Networks a fold; as many as the recipe says without. */
  readonly networks?: number;
  /** Share of the profiles to set aside and look at once. */
  readonly testSize?: number;
  /** Follower tiers as `nano=1K,micro=10K`; those of the trade unless told. */
  readonly tiers?: string;
  readonly minPrecision?: string;
  readonly minRecall?: string;
  readonly maxF1?: boolean;
  readonly cost?: string;
  readonly queue?: string;
  readonly allowLeakage?: boolean;
  /** Train other models on the same folds, to compare. */
  readonly leaderboard?: boolean;
  readonly seed: number;
  /** All cores unless said otherwise. */
  readonly workers?: number;
  readonly map: Readonly<Record<string, string>>;
  readonly json?: boolean;
}

/**
 * `insights train`: trains a model and writes a folder with it, its numbers and its card.
 *
 * @returns the exit code
 * @throws InsightsError for whatever the user can mend
 */
export async function trainCommand(
  file: string,
  options: TrainCommandOptions,
  effects: Effects,
): Promise<number> {
  const { out, activeDays, folds, repeats, seed } = options;
  const policy = policyOf(options);
  const tiers = options.tiers === undefined ? undefined : parseTiers(options.tiers);
  const preset = presetNamed(options.preset);
  const definition = await resolveTarget(options.target, { activeDays });
  const recipe = await recipeFor(options);
  await checkOutput(out, options.force === true);
  const { tell, close } = showTrainProgress(effects);
  const profiles = await readProfiles(file, {
    map: options.map,
    keep: definition.columns,
    now: effects.now(),
    signal: effects.signal,
  });
  try {
    requireTrainable(profiles, definition, preset);
    const trained = await trainProfiles(profiles, {
      definition,
      wording: options.target.trim(),
      activeDays,
      preset,
      recipe,
      folds,
      repeats,
      seed,
      workers: options.workers ?? availableParallelism(),
      policy,
      testSize: options.testSize,
      tiers,
      opponents: options.leaderboard === true ? OPPONENTS : undefined,
      allowLeakage: options.allowLeakage === true,
      versions: await versions(),
      createdAt: effects.now(),
      elapsed: effects.elapsed,
      signal: effects.signal,
      onProgress: tell,
    });
    const { results } = trained;
    await writeFolder(out, options.force === true, async (folder) => {
      await saveTraining(folder, trained, { signal: effects.signal });
      if (profiles.rejectedCount > 0) {
        await writeFile(join(folder, "rejected.csv"), formatRejected(profiles.rejects));
      }
      effects.signal.throwIfAborted();
    });
    close();
    effects.stdout(options.json === true ? `${JSON.stringify(results, null, 2)}\n` : trainText(results, out));
    return 0;
  } finally {
    close();
    await profiles.close();
  }
}

/** The threshold policy that was asked for; the best F1 where none was. */
function policyOf(options: TrainCommandOptions): ThresholdPolicy {
  const { minPrecision, minRecall, maxF1, cost, queue } = options;
  const asked = [
    ["min-precision", minPrecision],
    ["min-recall", minRecall],
    ["max-f1", maxF1 === true ? "" : undefined],
    ["cost", cost],
    ["queue", queue],
  ].filter((one): one is [string, string] => one[1] !== undefined);
  if (asked.length > 1) {
    const names = asked.map(([name]) => `--${name}`).join(" and ");
    throw new InsightsError(`too many policies: ${names} (expected one)`, { exitCode: 2 });
  }
  const [[name, text] = ["max-f1", ""]] = asked;
  return parsePolicy(name, text);
}
