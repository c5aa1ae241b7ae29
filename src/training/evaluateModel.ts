import { z } from "zod";
import { count } from "../base/schemas.ts";
import type { Model } from "../bundle/model.ts";
import { driftOfColumns } from "../evaluation/scoredDrift.ts";
import { sliceSchema } from "../evaluation/slices.ts";
import { findingSchema } from "../leakage/finding.ts";
import type { Profiles } from "../profiles/read.ts";
import type { FollowerTier } from "../profiles/tiers.ts";
import type { TargetDefinition } from "../targets/target.ts";
import { shiftsOf, sideOfProfiles, sideOfReference } from "./compareProfiles.ts";
import { groupSlices, judgeModel } from "./judged.ts";
import { measuresSchema } from "./measures.ts";
import { datasetOf, datasetSchema } from "./results.ts";

/** How a model does on labelled profiles. */
export const evaluationSchema = z.strictObject({
  schema_version: z.literal(1),
  dataset: datasetSchema,
  /** Whether this is the very file the model was trained on: then the numbers say how well it remembers. */
  trained_on: z.boolean(),
  target: z.strictObject({
    name: z.string(),
    positives: count,
    negatives: count,
    /** Left out. */
    unknown: count,
  }),
  /** At the model's threshold. */
  metrics: measuresSchema,
  /** Mean probability less the share of positives. */
  bias: z.number(),
  /** By follower tier, language and region, where profiles tell them. */
  slices: z.array(sliceSchema),
  /** Features that differ from those of the training rows; null where the model has not kept what they looked like. */
  shifts: z.array(findingSchema).nullable(),
  /** What has moved a lot, in plain sentences. */
  warnings: z.array(z.string()),
});

/** As the schema says. */
export type Evaluation = z.infer<typeof evaluationSchema>;

/**
 * Measures a model on labelled profiles. Nothing is fitted: the labels are by the target as the training rows left it.
 *
 * @param definition the model's target, see `targetOf`
 * @throws InsightsError where the target is constant or unknown in every row
 */
export async function evaluateModel(
  profiles: Profiles,
  model: Model,
  definition: TargetDefinition,
  options: { readonly seed: number; readonly tiers?: readonly FollowerTier[] | undefined },
): Promise<Evaluation> {
  const { connection, table, source } = profiles;
  const target = await definition.fit(connection, table);
  const { threshold } = model;
  const { seed } = options;
  const { judged, counts, metrics, bias } = await judgeModel(connection, model, table, { target, seed });
  return evaluationSchema.parse({
    schema_version: 1,
    dataset: datasetOf(profiles),
    trained_on: source.fingerprint === model.data.fingerprint,
    target: { name: target.name, ...counts },
    metrics,
    bias,
    slices: await groupSlices(connection, table, judged, { threshold, ...options }),
    ...(await shiftOf(profiles, model, seed)),
  });
}

/** How the profiles differ from those the model was trained on, by the audit's own check. */
async function shiftOf(
  profiles: Profiles,
  model: Model,
  seed: number,
): Promise<Pick<Evaluation, "shifts" | "warnings">> {
  const { reference, data, pipeline } = model;
  if (reference === undefined) return { shifts: null, warnings: [] };
  const side = await sideOfProfiles(profiles, pipeline, model, seed);
  const { warnings } = driftOfColumns(reference, side.features, side.prediction ?? []);
  return { shifts: shiftsOf(sideOfReference(reference, data), side, pipeline), warnings: [...warnings] };
}
