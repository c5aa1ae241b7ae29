import type { DuckDBConnection } from "@duckdb/node-api";
import { type FittedPipeline, fitPipeline, parsePipeline } from "../features/pipeline.ts";
import { creatorPreset } from "../features/presets/creator.ts";
import type { Preset } from "../features/presets.ts";

/** Features that tell whether a row has what an answer needs. */
export const NEEDS = { posts: "posts_known", rate: "rate_known", page: "profile_known" } as const;

/** The feature that answers from the rate: a posterior mean in posterior deviations. */
export const RATE_FEATURE = "rate_z";

/**
 * What a deviation is worth as a logit: sigmoid(1.702 z) is the normal distribution function of z to 0.0095 (Camilli, 1994).
 */
export const RATE_SLOPE = 1.702;

/** What a rate tells. */
export const RATE: Preset = part("rate");

const KNOWN: Preset = part("known");

function part(kind: string): Preset {
  const { steps } = creatorPreset();
  return { name: kind, about: "", scaling: "none", steps: steps.filter((step) => step.kind === kind) };
}

/**
 * The pipeline of a model of creators: the parts, each fitted to what it learns from.
 *
 * @param page the profile page's features, fitted to all accounts
 * @param posts the posts' features, fitted to the moments of a back-test
 * @param accounts name of a table or view of all accounts, for the rate
 */
export async function creatorPipeline(
  connection: DuckDBConnection,
  { page, posts, accounts }: { page: FittedPipeline; posts: FittedPipeline; accounts: string },
): Promise<FittedPipeline> {
  const known = await fitPipeline(connection, KNOWN, accounts);
  const rate = await fitPipeline(connection, RATE, accounts);
  const parts = [page, known, posts, rate];
  return parsePipeline({
    preset: "creator",
    steps: parts.flatMap(({ steps }) => steps),
    names: parts.flatMap(({ names }) => names),
    scaling: {
      min: parts.flatMap(({ scaling }) => scaling.min),
      max: parts.flatMap(({ scaling }) => scaling.max),
    },
  });
}
