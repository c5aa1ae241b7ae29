import { z } from "zod";
import { count, interval } from "../base/schemas.ts";
import { versionsSchema } from "../bundle/configuration.ts";
import { recipeSchema } from "../training/recipe.ts";

const number = z.number();

/** What a trial has shown on a rung of one search: measures of its out-of-fold predictions, calibrated. */
export const evaluationSchema = z.strictObject({
  rung: count,
  trial: count,
  /** What trials are ranked by; null where it could not be trained. */
  log_loss: number.nullable(),
  /** For the record. */
  roc_auc: number.nullable(),
  /** Why it could not be trained. */
  failed: z.string().nullable(),
});

/** What a trial has shown on a rung of one search. */
export type Evaluation = Readonly<z.infer<typeof evaluationSchema>>;

/** A trial's score on the last rung of a search: what it was chosen by. */
const shownSchema = evaluationSchema.pick({ trial: true, log_loss: true, roc_auc: true });

/** Tuned less usual, on the same rows. */
const differenceSchema = interval.extend({ difference: number, share_above: number });

const searchSchema = z.strictObject({
  evaluations: z.array(evaluationSchema),
  chosen: shownSchema,
  usual: shownSchema,
});

const judgedSchema = z.strictObject({
  log_loss: number,
  roc_auc: number,
  brier: number,
  intervals: z.strictObject({ log_loss: interval, roc_auc: interval, brier: interval }),
});

/** The contents of the `tuning.json` that `insights tune` writes. */
export const tuningResultsSchema = z.strictObject({
  schema_version: z.literal(1),
  versions: versionsSchema,
  dataset: z.strictObject({
    file: z.string(),
    fingerprint: z.string(),
    provider: z.string(),
    rows: count,
    /** Profiles that were tuned on: those whose target is known, or a draw of them. */
    tuned_rows: count,
  }),
  target: z.strictObject({
    name: z.string(),
    wording: z.string(),
    active_days: z.number().int().nullable(),
    positives: count,
    negatives: count,
    unknown: count,
  }),
  options: z.strictObject({
    preset: z.string(),
    trials: count,
    outer_folds: count,
    folds: count,
    repeats: count,
    networks: count,
    most_rows: count,
    seed: count,
    allow_leakage: z.boolean(),
  }),
  leakage: z.strictObject({ taken_out: z.array(z.string()), sentences: z.array(z.string()) }),
  /** What was tried out, and from where to where. */
  space: z.array(
    z.union([
      z.strictObject({ name: z.string(), values: z.array(z.union([z.string(), number])) }),
      z.strictObject({
        name: z.string(),
        low: number,
        high: number,
        scale: z.enum(["linear", "log"]),
        /** Share of the trials that have 0 instead. */
        none: number,
      }),
    ]),
  ),
  /** Budgets of successive halving, the smallest first. */
  rungs: z.array(
    z.strictObject({
      /** Networks a fold, at most; fewer where the trial's recipe has fewer. */
      networks: count,
      /** How often the folds are dealt. */
      repeats: count,
      /** Which deal of the folds is the first. Rungs of one deal take different ones, so that luck with one does not last. */
      first: count,
    }),
  ),
  trials: z.array(z.strictObject({ trial: count, recipe: recipeSchema })),
  /** The search over all rows. Its scores chose the recipe, so that the best of them is better than it will be. */
  search: searchSchema,
  /** The recipe that the search over all rows chose. */
  recipe: recipeSchema,
  /** The whole search once more for each outer fold, on the other rows; the fold's were looked at by none of it. */
  nested: z.strictObject({
    folds: z.array(searchSchema.extend({ rows: count })),
    /** What each fold's search chose, on the rows held out. */
    tuned: judgedSchema,
    /** The usual recipe on the same. */
    usual: judgedSchema,
    difference: z.strictObject({
      log_loss: differenceSchema,
      roc_auc: differenceSchema,
      brier: differenceSchema,
    }),
  }),
  verdict: z.strictObject({
    /** Whether to train with the chosen recipe or with the usual one. */
    advice: z.enum(["use", "keep"]),
    sentence: z.string(),
  }),
  /** What of this file depends on the machine and the day. */
  timing: z.strictObject({ started_at: z.iso.datetime(), milliseconds: number }),
});

/** As the schema says. */
export type TuningResults = z.infer<typeof tuningResultsSchema>;
