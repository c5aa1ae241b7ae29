import type { DuckDBConnection } from "@duckdb/node-api";
import { z } from "zod";
import { InsightsError } from "../base/error.ts";
import type { CanonicalName } from "../profiles/canonical.ts";
import { quoteIdentifier } from "../profiles/sql.ts";
import { type Dialect, DUCKDB } from "./dialect.ts";
import type { Aggregate, Spread } from "./feature.ts";
import { kindNamed } from "./kinds.ts";
import { minMax, minMaxSchema, minMaxSql } from "./minMax.ts";
import { type Preset, presetInputs, presetNamed } from "./presets.ts";
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
  const aggregate: Aggregate = async (sql) => (await connection.runAndReadAll(sql)).getRowObjectsJS();
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

/** The scaled features of one profile, in plain TypeScript: the same numbers as `pipelineSql` gives. */
export function evaluatePipeline(pipeline: FittedPipeline, profile: Partial<CanonicalProfile>): Float64Array {
  const { min, max } = pipeline.scaling;
  const values = pipeline.steps.flatMap(({ kind, params, fitted }) =>
    kindNamed(kind).evaluate(params, fitted, profile),
  );
  return Float64Array.from(values, (value, i) => minMax(value, min[i], max[i]));
}

/** A step's part of what SQL has to work out. */
export interface CarriedStep {
  /** DOUBLE expressions, never NULL, never infinite: the unscaled features, or the one number that they are spread of. */
  readonly expressions: readonly string[];
  /** How many features. */
  readonly outputs: number;
  readonly spread: Spread | undefined;
}

/** What SQL has to work out of a row for a network outside of SQL. */
export interface CarriedFeatures {
  /** Columns that the steps' expressions read beside the canonical ones, under names of their own. */
  readonly shared: readonly FeatureExpression[];
  readonly steps: readonly CarriedStep[];
}

/**
 * The shortest way from a row to a network outside of SQL: few expressions, the rest (spreading, scaling with `minMax`) where
 * the numbers are taken to. DuckDB works an expression out as often as it stands inside of a `CASE`, so that what several
 * features are made of is a column first.
 */
export function carriedFeatures({ steps }: FittedPipeline): CarriedFeatures {
  const shared = new Map<string, string>();
  const dialect: Dialect = {
    ...DUCKDB,
    once(expression) {
      const name = shared.get(expression) ?? `_shared_${shared.size}`;
      shared.set(expression, name);
      return name;
    },
  };
  const gateOf = gates(steps, dialect);
  const carried = steps.map((step) => {
    const { kind, params, fitted } = step;
    const known = kindNamed(kind);
    const spread = known.spread?.(params, fitted, dialect);
    const gate = gateOf(step);
    const within = (expression: string) =>
      gate === undefined ? expression : `CASE WHEN ${gate} THEN ${expression} ELSE 0e0 END`;
    return {
      expressions:
        spread === undefined ? known.sql(params, fitted, dialect).map(within) : [spread.expression],
      outputs: known.outputs(params).length,
      spread,
    };
  });
  return { shared: Array.from(shared, ([expression, name]) => ({ name, expression })), steps: carried };
}

/**
 * Looks for what the features of a group are after in one pattern, and for each by itself only where that is found: most texts
 * hold none of it.
 */
function gates(steps: FittedPipeline["steps"], dialect: Dialect) {
  const soughtBy = ({ kind, params }: FittedPipeline["steps"][number]) => kindNamed(kind).sought?.(params);
  const sought = steps.flatMap((step) => soughtBy(step) ?? []);
  return (step: FittedPipeline["steps"][number]): string | undefined => {
    const own = soughtBy(step);
    const group = sought.filter(({ column, group }) => column === own?.column && group === own.group);
    if (own === undefined || group.length < 2) return undefined;
    const text = `coalesce(${own.column}, ${dialect.text("")})`;
    return dialect.once(dialect.matches(text, group.map(({ pattern }) => pattern).join("|")));
  };
}

function unscaledSql({ steps }: Pick<FittedPipeline, "steps">, dialect: Dialect): string[] {
  return steps.flatMap(({ kind, params, fitted }) => kindNamed(kind).sql(params, fitted, dialect));
}
