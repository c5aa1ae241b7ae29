import { z } from "zod";
import { InsightsError } from "../base/error.ts";
import { calibrationSchema } from "../evaluation/calibration.ts";
import { policySchema } from "../evaluation/policies.ts";
import { sizeNorm } from "../features/sizeNorm.ts";
import { creatorWith } from "../targets/named.ts";
import { resolveTarget } from "../targets/resolve.ts";
import type { Target, TargetDefinition } from "../targets/target.ts";
import { QUESTIONS } from "./answers.ts";
import { combinationSchema } from "./combination.ts";

/**
 * Version of the folder's layout. A program reads its own and earlier ones, and refuses newer ones. Version 1 had
 * `model.json`, `pipeline.json` and the weights; 2 has more files, each of which may be missing; 3 has answers in place of one network.
 */
export const MODEL_FORMAT_VERSION = 3;

const targetSchema = z.strictObject({
  name: z.string(),
  /** For the record. SQL that stands in a file is never run: labels come from `wording`. */
  expression: z.string(),
  /** As the user wrote it: `creator`, `column:NAME`, a condition. Without it, `name` is. */
  wording: z.string().optional(),
  /** Days within which the last post must be, where the user said so. */
  active_days: z.number().int().optional(),
  /** What was learnt from the training rows, for a target that learns. */
  norm: sizeNorm.optional(),
});

/** Versions of what made a result: this program, Node, DuckDB. */
export const versionsSchema = z.strictObject({
  influencer_insights: z.string(),
  node: z.string(),
  duckdb: z.string(),
});

/** Versions of what made a result. */
export type Versions = Readonly<z.infer<typeof versionsSchema>>;

const configurationSchema = z.strictObject({
  /** When it was made, ISO 8601. */
  created_at: z.iso.datetime(),
  versions: versionsSchema,
  seed: z.number().int(),
  /** The file it was trained on. */
  data: z.strictObject({
    /** Base name. */
    file: z.string(),
    /** SHA-256 of its bytes, hexadecimal. */
    fingerprint: z.string(),
    /** Profiles that were in it, after rejects and duplicates. */
    rows: z.number().int().min(0),
  }),
  /** Options it was trained with (dropout, learning rate, ...), for the record: nothing here is needed to score. */
  training: z.record(z.string(), z.union([z.number(), z.boolean(), z.string()])).optional(),
  target: targetSchema,
  /** Days after the moment it is asked about within which the next post counts, for a model that answers whether posts go on. */
  horizon: z.number().int().min(1).optional(),
  /** Profiles with at least this probability are picked. */
  threshold: z.number(),
  /** What the threshold was chosen for. */
  policy: policySchema.optional(),
});

/** Features in, units of each hidden layer (ReLU between), one logit out. */
const shapeSchema = z.strictObject({
  inputs: z.number().int().min(1),
  hidden: z.array(z.number().int().min(1)),
  /** How much each network counts, where the logit is that of several. */
  weights: z.array(z.number().min(0).max(1)).min(1).optional(),
});

/** What `model.json` says of an answer's networks. */
export type NetworkShape = z.infer<typeof shapeSchema>;

const answerSchema = z.strictObject({
  question: z.enum([...QUESTIONS, "target"]),
  evidence: z.enum(["posts", "rate", "profile"]),
  needs: z.string().nullable(),
  features: z.array(z.string()).min(1),
  network: shapeSchema,
  calibration: calibrationSchema.optional(),
});

/** All of `model.json`. */
export const modelSchema = configurationSchema.extend({
  format_version: z.literal(MODEL_FORMAT_VERSION),
  preset: z.string(),
  answers: z.array(answerSchema).min(1),
  combinations: z.array(combinationSchema).optional(),
});

/** All of `model.json` in versions 1 and 2: one network over all features. */
export const earlierModelSchema = configurationSchema.extend({
  format_version: z.literal([1, 2]),
  preset: z.string(),
  network: shapeSchema,
  calibration: calibrationSchema.optional(),
});

/** How a model came to be and what it is for: all of `model.json` that neither pipeline nor answers tell. */
export type ModelConfiguration = z.infer<typeof configurationSchema>;

/**
 * What a model keeps of its target: the words it was asked for with, and what was learnt from the training rows.
 *
 * @param wording as the user wrote it
 * @param activeDays where the user said so
 */
export function keptTarget(
  target: Target,
  wording: string,
  activeDays: number | undefined,
): ModelConfiguration["target"] {
  const { name, expression, norm } = target;
  return {
    name,
    expression,
    wording: wording.trim(),
    ...(activeDays === undefined ? {} : { active_days: activeDays }),
    ...(norm === undefined ? {} : { norm }),
  };
}

/**
 * The target a model was trained for, made anew from its words, so that no SQL of a file is run unchecked: `fit` gives it
 * with what the training rows taught and learns nothing from others.
 *
 * @throws InsightsError where the words are no target of this program
 */
export async function targetOf({ target }: Pick<ModelConfiguration, "target">): Promise<TargetDefinition> {
  const { name, wording = name, active_days: activeDays, norm } = target;
  const definition = await resolveTarget(wording, { activeDays });
  if (!definition.learns) return definition;
  if (norm === undefined) {
    throw new InsightsError(`invalid model: it has not kept what the target ${name} learnt`);
  }
  const fitted = creatorWith(norm, activeDays);
  return { ...definition, learns: false, fit: async () => fitted };
}
