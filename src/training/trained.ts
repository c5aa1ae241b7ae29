import type { Model } from "../bundle/model.ts";
import type { Preset } from "../features/presets.ts";
import type { FollowerTier } from "../profiles/tiers.ts";
import type { TargetDefinition } from "../targets/target.ts";
import type { Recipe } from "./recipe.ts";
import type { TrainingResults } from "./results.ts";
import type { TrainingFacts } from "./trainedModel.ts";

/** The steps of a training, in order. */
export type TrainingStep = "audit" | "train" | "compare" | "judge";

/** What to train, and how. */
export interface TrainProfilesOptions extends TrainingFacts {
  readonly definition: TargetDefinition;
  readonly preset: Preset;
  /** Worker threads; the result is the same for any number. */
  readonly workers: number;
  /** Share of the labelled profiles to set aside and look at once, at the end; none unless told. */
  readonly testSize?: number | undefined;
  /** Follower tiers to measure by; those of the trade unless told. */
  readonly tiers?: readonly FollowerTier[] | undefined;
  /** Models to hold ours against on the same folds; no leaderboard unless told. */
  readonly opponents?: readonly Recipe[] | undefined;
  /** Compare on the folds of so many repeats; on all unless told. */
  readonly opponentRepeats?: number | undefined;
  /** Try a linear stand-in on shuffled labels, not the training itself: quicker, and blind to faults of the training. */
  readonly quickAudit?: boolean | undefined;
  /** Keep features that give the target away. */
  readonly allowLeakage: boolean;
  /** Milliseconds of a clock that never jumps. */
  readonly elapsed: () => number;
  readonly signal?: AbortSignal | undefined;
  /** Told when a step starts, and how far training is: `done` of `total` networks. */
  readonly onProgress?: ((step: TrainingStep, done: number, total: number) => void) | undefined;
}

/** A model, and what is known of it. */
export interface TrainedProfiles {
  readonly model: Model;
  readonly results: TrainingResults;
  /**
   * The contents of `predictions.csv`: `id,probability,active,target,part` of the labelled profiles; `train` out of fold,
   * `test` by the finished model.
   */
  readonly predictions: string;
  /**
   * The contents of `answers.csv`, of a model of creators: `id,probability,still_posting,well_answered,evidence` of the profiles as
   * of the snapshot, by networks and forecasts that have not seen them.
   */
  readonly answers?: string;
  readonly outOfFold: OutOfFoldScores;
}

/** What the labelled profiles got from networks that had not seen them. */
export interface OutOfFoldScores {
  /** 0 or 1. */
  readonly labels: Uint8Array;
  /** Mean calibrated probability over the repeats. */
  readonly probabilities: Float64Array;
}
