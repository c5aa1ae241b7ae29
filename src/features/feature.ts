import type { z } from "zod";
import type { CanonicalName } from "../profiles/canonical.ts";
import type { Dialect } from "./dialect.ts";
import type { FeatureGraph } from "./featureGraph.ts";
import type { CanonicalProfile } from "./profile.ts";

/** Runs one SQL query and gives its rows, BIGINT and HUGEINT as bigint. */
export type Aggregate = (sql: string) => Promise<Record<string, unknown>[]>;

/** Writes the outputs of a step for one profile, the first one at a place. A column that is not there is unknown. */
export type Twin = (profile: Partial<CanonicalProfile>, into: Float64Array, at: number) => void;

/**
 * A kind of feature: how numbers for the network are made of canonical columns. Each kind is one file and has three forms: SQL,
 * ONNX, and a plain twin in TypeScript. The contract suite wants the same numbers from all three. An empty text is an unknown one.
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
  /** A tensor of DOUBLEs, of shape [rows, outputs], over raw columns; never NaN, never infinite. */
  onnx(params: Params, fitted: Fitted, graph: FeatureGraph): string;
  /** The same numbers for one profile at a time, without a database. */
  twin(params: Params, fitted: Fitted): Twin;
}

/** One step of a preset: a kind and its parameters. */
export interface Step {
  readonly kind: string;
  readonly params: unknown;
}

/** A step, with the parameters checked by the compiler. */
export function step<Params, Fitted>(kind: FeatureKind<Params, Fitted>, params: Params): Step {
  return { kind: kind.kind, params };
}

/** A named choice of features. */
export interface Preset {
  readonly name: string;
  /** What it is, in one line, for help texts. */
  readonly about: string;
  /** Features in the order in which the network sees them. */
  readonly steps: readonly Step[];
  /** How the features are scaled in the end: to 0..1 over the training rows unless said otherwise, or not at all. */
  readonly scaling?: "min-max" | "none";
}
