import type { DuckDBConnection } from "@duckdb/node-api";
import { z } from "zod";
import { InsightsError } from "../base/error.ts";
import { quoteIdentifier } from "../base/quote.ts";
import type { GraphBuilder } from "../onnx/graph.ts";
import type { CanonicalName } from "../profiles/canonical.ts";
import { aggregateOf } from "./aggregates.ts";
import { type Dialect, DUCKDB } from "./dialect.ts";
import type { Preset } from "./feature.ts";
import { FeatureGraph } from "./featureGraph.ts";
import { kindNamed } from "./kinds.ts";
import { minMax, minMaxOnnx, minMaxSchema, minMaxSql } from "./minMax.ts";
import { presetInputs, presetNamed } from "./presets.ts";
import type { CanonicalProfile } from "./profile.ts";
import { requireColumns } from "./requireColumns.ts";

const pipelineSchema = z.strictObject({
  preset: z.string(),
  steps: z.array(z.strictObject({ kind: z.string(), params: z.unknown(), fitted: z.unknown() })).min(1),
  scaling: minMaxSchema,
  names: z.array(z.string()),
});

/**
 * How numbers for the network are made of a profile: the features of a preset, each with what it learnt from the
 * training rows, then min-max scaling (from 0 to 1, which changes nothing, where the features scale themselves). Plain
 * JSON; it needs no preset to be used.
 */
export type FittedPipeline = z.infer<typeof pipelineSchema>;

/** A feature as an SQL expression. */
export interface FeatureExpression {
  readonly name: string;
  /** A DOUBLE expression over canonical columns; never NULL, never infinite. */
  readonly expression: string;
}

/**
 * Fits a preset to training rows, by aggregates in SQL.
 *
 * @param preset name of a preset, or one of the caller's own
 * @param relation name of a table or view that holds the training rows and no others
 * @throws InsightsError for an unknown preset, a missing column, or no rows
 */
export async function fitPipeline(
  connection: DuckDBConnection,
  preset: string | Preset,
  relation: string,
): Promise<FittedPipeline> {
  const { name, steps, scaling: how } = typeof preset === "string" ? presetNamed(preset) : preset;
  const chosen = steps.map(({ kind, params }) => ({ kind, params: kindNamed(kind).params.parse(params) }));
  await requireColumns(connection, relation, presetInputs({ name, about: "", steps: chosen }));

  const from = quoteIdentifier(relation);
  const aggregate = aggregateOf(connection);
  const [{ rows }] = await aggregate(`SELECT count(*) AS rows FROM ${from}`);
  if (Number(rows) === 0) throw new InsightsError("too few rows: none to fit the features to");

  const fitted = [];
  for (const { kind, params } of chosen) {
    fitted.push({ kind, params, fitted: await kindNamed(kind).fit(aggregate, from, params) });
  }
  const names = fitted.flatMap(({ kind, params }) => kindNamed(kind).outputs(params));
  if (how === "none") {
    const unscaled = { min: names.map(() => 0), max: names.map(() => 1) };
    return parsePipeline({ preset: name, steps: fitted, scaling: unscaled, names });
  }
  const edges = unscaledSql({ steps: fitted }, DUCKDB).map(
    (x, i) => `min(${x}) AS low${i}, max(${x}) AS high${i}`,
  );
  const [edge] = await aggregate(`SELECT ${edges.join(", ")} FROM ${from}`);
  const scaling = {
    min: names.map((_, i) => Number(edge[`low${i}`])),
    max: names.map((_, i) => Number(edge[`high${i}`])),
  };
  return parsePipeline({ preset: name, steps: fitted, scaling, names });
}

/**
 * Checks the contents of a `pipeline.json` and gives them back as a pipeline.
 *
 * @throws InsightsError `invalid pipeline: ...`
 */
export function parsePipeline(json: unknown): FittedPipeline {
  try {
    const pipeline = pipelineSchema.parse(json);
    const steps = pipeline.steps.map(({ kind, params, fitted }) => {
      const known = kindNamed(kind);
      return { kind, params: known.params.parse(params), fitted: known.fitted.parse(fitted) };
    });
    const names = steps.flatMap(({ kind, params }) => kindNamed(kind).outputs(params));
    const { min, max } = pipeline.scaling;
    if (names.join() !== pipeline.names.join())
      throw new InsightsError("its names are not those of its steps");
    if (new Set(names).size !== names.length) throw new InsightsError("two features have the same name");
    if (min.length !== names.length || max.length !== names.length) {
      throw new InsightsError(`its scaling is not of ${names.length} features`);
    }
    return { ...pipeline, steps };
  } catch (error) {
    const why = error instanceof z.ZodError ? z.prettifyError(error) : (error as Error).message;
    throw new InsightsError(`invalid pipeline: ${why}`, { cause: error });
  }
}

/** The canonical columns that a pipeline reads, each once. */
export function pipelineInputs(pipeline: FittedPipeline): CanonicalName[] {
  return [...new Set(pipeline.steps.flatMap(({ kind, params }) => kindNamed(kind).inputs(params)))];
}

/** The canonical columns that each feature of a pipeline is made of, in the order of its names. */
export function featureColumns({ steps }: Pick<FittedPipeline, "steps">): CanonicalName[][] {
  return steps.flatMap(({ kind, params }) => {
    const known = kindNamed(kind);
    const inputs = known.inputs(params);
    return known.outputs(params).map(() => inputs);
  });
}

/** The scaled features as SQL expressions, in the order in which the network sees them. */
export function pipelineSql(pipeline: FittedPipeline, dialect: Dialect = DUCKDB): FeatureExpression[] {
  const { min, max } = pipeline.scaling;
  return unscaledSql(pipeline, dialect).map((expression, i) => ({
    name: pipeline.names[i],
    expression: minMaxSql(expression, min[i], max[i]),
  }));
}

/**
 * The scaled features as a tensor of doubles of shape [rows, features], in the order in which the network sees them.
 *
 * @returns the tensor's name
 */
export function pipelineOnnx(
  { steps, scaling: { min, max } }: FittedPipeline,
  builder: GraphBuilder,
): string {
  const graph = new FeatureGraph(builder);
  const features = steps.map(({ kind, params, fitted }) => kindNamed(kind).onnx(params, fitted, graph));
  return minMaxOnnx(graph.beside(features), min, max, graph);
}

/** Writes the scaled features of one profile, the first one at a place. A column that is not there is unknown. */
export type Evaluator = (
  profile: Partial<CanonicalProfile>,
  into: Float32Array | Float64Array,
  at: number,
) => void;

/**
 * Makes a pipeline ready for profiles in memory, one at a time: the same numbers as `pipelineSql` gives, by the plain twins of
 * its steps.
 */
export function createEvaluator({ steps, scaling: { min, max } }: FittedPipeline): Evaluator {
  let columns = 0;
  const twins = steps.map(({ kind, params, fitted }) => {
    const known = kindNamed(kind);
    const at = columns;
    columns += known.outputs(params).length;
    return { write: known.twin(params, fitted), at };
  });
  const row = new Float64Array(columns);
  return (profile, into, at) => {
    for (const { write, at: place } of twins) write(profile, row, place);
    for (let i = 0; i < columns; i++) into[at + i] = minMax(row[i], min[i], max[i]);
  };
}

/** The scaled features of one profile. For many, `createEvaluator` is made ready once. */
export function evaluatePipeline(pipeline: FittedPipeline, profile: Partial<CanonicalProfile>): Float64Array {
  const values = new Float64Array(pipeline.names.length);
  createEvaluator(pipeline)(profile, values, 0);
  return values;
}

/** The features before min-max scaling as SQL expressions: DOUBLE over canonical columns, never NULL, never infinite. */
export function unscaledSql({ steps }: Pick<FittedPipeline, "steps">, dialect: Dialect): string[] {
  return steps.flatMap(({ kind, params, fitted }) => kindNamed(kind).sql(params, fitted, dialect));
}
