import type { z } from "zod";
import type { CanonicalName } from "../profiles/canonical.ts";
import type { Dialect } from "./dialect.ts";
import type { FeatureGraph } from "./featureGraph.ts";
import type { LogTerms } from "./logTerms.ts";
import type { CanonicalProfile, TextName } from "./profile.ts";

/** Runs one SQL query and gives its rows, BIGINT and HUGEINT as bigint. */
export type Aggregate = (sql: string) => Promise<Record<string, unknown>[]>;

/**
 * A kind of feature: how numbers for the network are made of canonical columns. Each kind is one file, printed as SQL
 * and as ONNX; `evaluate` is its plain twin, and the contract suite wants the same numbers from all three. An empty text is an
 * unknown one.
 *
 * `Params` is what a preset chooses, `Fitted` what is learnt from training rows. Both are plain JSON.
 */
export interface FeatureKind<Params, Fitted> {
  /** Its name in `pipeline.json`. */
  readonly kind: string;
  readonly params: z.ZodType<Params>;
  readonly fitted: z.ZodType<Fitted>;
  /** Canonical columns it reads. */
  inputs(params: Params): CanonicalName[];
  /** Names of the numbers it gives. */
  outputs(params: Params): string[];
  /**
   * Learns from the training rows, by SQL aggregates only.
   *
   * @param relation SQL after FROM: a relation with at least one row, training rows only
   */
  fit(aggregate: Aggregate, relation: string, params: Params): Promise<Fitted>;
  /** One DOUBLE expression an output, over canonical columns; never NULL, never infinite. */
  sql(params: Params, fitted: Fitted, dialect: Dialect): string[];
  /** The outputs by way of one number, where they are many and DuckDB would need longer for them than for all else. */
  spread?(params: Params, fitted: Fitted, dialect: Dialect): Spread;
  /** What has to stand in a text for the only output to be other than 0, where it is often 0 for a whole group of features. */
  sought?(params: Params): Sought | undefined;
  /**
   * The outputs by way of sums of logarithms, where they are made of nothing else: many features share them, and to take one
   * costs more than the rest.
   *
   * @param placeOf where a sum will stand; NaN will stand there where it is unknown
   */
  ofLogs?(params: Params, fitted: Fitted, placeOf: (terms: LogTerms) => number): WriteOfLogs | undefined;
  /** A tensor of DOUBLEs, of shape [rows, outputs], over raw columns; never NaN, never infinite. */
  onnx(params: Params, fitted: Fitted, graph: FeatureGraph): string;
  /** One number an output for one profile; a column that is not there is unknown. */
  evaluate(params: Params, fitted: Fitted, profile: Partial<CanonicalProfile>): number[];
}

/** Numbers that come of a single one. */
export interface Spread {
  /** That one: a DOUBLE expression, never NULL, never infinite. */
  readonly expression: string;
  /** Writes the outputs that `sql` would give, from place 0 on. */
  write(value: number, into: Float64Array): void;
}

/** What a feature looks for in a text. To look for what a whole group is after takes hardly longer. */
export interface Sought {
  readonly column: TextName;
  /** Features that are often 0 together. */
  readonly group: string;
  /** In RE2's syntax. */
  readonly pattern: string;
}

/** Writes what `evaluate` gives, made of sums of logarithms, from a place on. */
export type WriteOfLogs = (sums: Float64Array, into: Float64Array, at: number) => void;

/** One step of a preset: a kind and its parameters. */
export interface Step {
  readonly kind: string;
  readonly params: unknown;
}

/** A step, with the parameters checked by the compiler. */
export function step<Params, Fitted>(kind: FeatureKind<Params, Fitted>, params: Params): Step {
  return { kind: kind.kind, params };
}
