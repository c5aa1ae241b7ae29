import { z } from "zod";
import type { CanonicalName } from "../../profiles/canonical.ts";
import { type Dialect, DUCKDB, double } from "../dialect.ts";
import type { FeatureKind } from "../feature.ts";
import type { FeatureGraph } from "../featureGraph.ts";
import { type CanonicalProfile, featureName, numberReader, numberSql, numericName } from "../profile.ts";
import {
  quantilesSql,
  type Standard,
  standard,
  standardised,
  standardOf,
  standardOnnx,
  standardSql,
} from "../standard.ts";

const DAY = 86_400;

/** What a logarithm is taken of: a column that holds a number, or the account's age at the snapshot, in days. */
const measure = z.union([numericName, z.literal("account_age")]);

/** Name of a number of a profile. */
export type Measure = z.infer<typeof measure>;

/** Schema of a sum of logarithms: counts, and ratios and products of counts. */
const logTerms = z
  .array(
    z.strictObject({
      of: measure,
      /** Factor of the logarithm: 1 multiplies, -1 divides. */
      weight: z.number(),
      /** Added before the logarithm is taken, so that 0 has one. */
      offset: z.number().positive(),
      /** A value over this counts as this; without it, as it is. */
      atMost: z.number().positive().optional(),
    }),
  )
  .min(1);

/** A sum of logarithms: weight x ln(value + offset), added up. */
export type LogTerms = z.infer<typeof logTerms>;

/** The term ln(1 + count), times a weight. */
export function ln1p(of: Measure, weight = 1): LogTerms[number] {
  return { of, weight, offset: 1 };
}

const params = z.strictObject({ terms: logTerms, output: featureName });

/** A count, a ratio or a product of counts on a logarithmic scale, standardised. */
export const logs: FeatureKind<z.infer<typeof params>, Standard> = {
  kind: "logs",
  params,
  fitted: standard,
  inputs: ({ terms }) => logInputs(terms),
  outputs: ({ output }) => [output],
  async fit(aggregate, relation, { terms }) {
    const [{ quantiles }] = await aggregate(
      `SELECT ${quantilesSql("x")} AS quantiles FROM (SELECT ${logSumSql(terms, DUCKDB)} AS x FROM ${relation})`,
    );
    return standardOf(quantiles);
  },
  sql: ({ terms }, fitted, dialect) => [standardSql(`(${logSumSql(terms, dialect)})`, fitted)],
  onnx: ({ terms }, fitted, graph) => standardOnnx(logSumOnnx(terms, graph), fitted, graph),
  twin({ terms }, fitted) {
    const read = logSumReader(terms);
    return (profile, into, at) => {
      into[at] = standardised(read(profile), fitted);
    };
  },
};

/** The canonical columns that a sum reads, each once. */
function logInputs(terms: LogTerms): CanonicalName[] {
  const columns = terms.flatMap(({ of }): CanonicalName[] =>
    of === "account_age" ? ["created_at", "observed_at"] : [of],
  );
  return [...new Set(columns)];
}

/**
 * The sum as a DOUBLE expression. NULL where one of its values is unknown or below 0. An account is no younger than its
 * snapshot: an age below 0, from a snapshot known to the day only, is 0.
 */
function logSumSql(terms: LogTerms, dialect: Dialect): string {
  return terms
    .map(({ of, weight, offset, atMost }) => {
      const known = of === "account_age" ? ageSql(dialect) : nonNegativeSql(of);
      const value = atMost === undefined ? known : `least(${known}, ${double(atMost)})`;
      // least() passes over NULL, so that the unknown is asked for again.
      const checked = atMost === undefined ? value : `CASE WHEN ${known} IS NOT NULL THEN ${value} END`;
      return `${double(weight)} * ln(${checked} + ${double(offset)})`;
    })
    .join(" + ");
}

/** The sum as a tensor of doubles. NaN where one of its values is unknown or below 0. */
function logSumOnnx(terms: LogTerms, graph: FeatureGraph): string {
  const logarithms = terms.map(({ of, weight, offset, atMost }) => {
    const known = of === "account_age" ? ageOnnx(graph) : nonNegativeOnnx(of, graph);
    const value =
      atMost === undefined
        ? known
        : graph.where(graph.node("Greater", known, graph.constant(atMost)), graph.constant(atMost), known);
    const logarithm = graph.node("Log", graph.node("Add", value, graph.constant(offset)));
    return weight === 1 ? logarithm : graph.node("Mul", graph.constant(weight), logarithm);
  });
  return graph.sum(logarithms);
}

/**
 * Reads what `logSumSql` gives from one profile, to the last digits: engines differ in their logarithms. NaN where it is
 * unknown.
 */
function logSumReader(terms: LogTerms): (profile: Partial<CanonicalProfile>) => number {
  const parts = terms.map(({ of, weight, offset, atMost = Number.POSITIVE_INFINITY }) => {
    return { read: measureReader(of), weight, offset, atMost };
  });
  return (profile) => {
    let sum = 0;
    for (const { read, weight, offset, atMost } of parts) {
      const value = read(profile);
      if (!(value >= 0)) return Number.NaN;
      sum += weight * Math.log(Math.min(value, atMost) + offset);
    }
    return sum;
  };
}

/** Reads what a logarithm is taken of from one profile; NaN where it is unknown. */
export function measureReader(of: Measure): (profile: Partial<CanonicalProfile>) => number {
  if (of !== "account_age") return numberReader(of);
  return ({ created_at: created, observed_at: observed }) =>
    created == null || observed == null
      ? Number.NaN
      : Math.max(0, (observed.getTime() - created.getTime()) / 1000 / DAY);
}

function nonNegativeSql(column: z.infer<typeof numericName>): string {
  return `CASE WHEN ${numberSql(column)} >= 0e0 THEN ${numberSql(column)} END`;
}

function nonNegativeOnnx(column: z.infer<typeof numericName>, graph: FeatureGraph): string {
  const number = graph.number(column);
  // Comparisons with NaN are false.
  const counts = graph.node("GreaterOrEqual", number, graph.constant(0));
  return graph.where(counts, number, graph.constant(Number.NaN));
}

function ageOnnx(graph: FeatureGraph): string {
  const seconds = graph.node("Sub", graph.seconds("observed_at"), graph.seconds("created_at"));
  const days = graph.node("Div", seconds, graph.constant(DAY));
  return graph.where(graph.node("LessOrEqual", days, graph.constant(0)), graph.constant(0), days);
}

function ageSql(dialect: Dialect): string {
  const days = `(${dialect.seconds("observed_at")} - ${dialect.seconds("created_at")}) / ${double(DAY)}`;
  return `CASE WHEN ${days} > 0e0 THEN ${days} WHEN ${days} <= 0e0 THEN 0e0 END`;
}
