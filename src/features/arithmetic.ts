import { double } from "./dialect.ts";
import type { FeatureGraph } from "./featureGraph.ts";

/**
 * Arithmetic on numbers that may be unknown. A feature that is written with it has all three forms at once: SQL (`Term` is an
 * expression of DOUBLE, NULL where unknown), ONNX (a tensor of doubles of shape [rows, 1], NaN where unknown) and the plain twin
 * (a number, NaN where unknown). What is done with an unknown number gives an unknown one unless said otherwise.
 */
export interface Arithmetic<Term> {
  constant(value: number): Term;
  add(a: Term, b: Term): Term;
  subtract(a: Term, b: Term): Term;
  multiply(a: Term, b: Term): Term;
  /** @param b never 0 */
  divide(a: Term, b: Term): Term;
  /** @param a above 0 */
  log(a: Term): Term;
  floor(a: Term): Term;
  /** A number, or a bound where it is lower. */
  atLeast(a: Term, bound: number): Term;
  /** 1 where a is less than b, 0 where not or where one is unknown. */
  less(a: Term, b: Term): Term;
  /** 1 where a number is known, else 0. */
  known(a: Term): Term;
  /** A number, or another where it is unknown. */
  orElse(a: Term, value: number): Term;
  /** A number where the other is known, else unknown. */
  where(known: Term, a: Term): Term;
  /** The largest; unknown ones, which stand at the end, are passed over. */
  largest(terms: readonly Term[]): Term;
  /** The smallest, in the same way. */
  smallest(terms: readonly Term[]): Term;
}

/** Numbers in TypeScript. */
export const NUMBERS: Arithmetic<number> = {
  constant: (value) => value,
  add: (a, b) => a + b,
  subtract: (a, b) => a - b,
  multiply: (a, b) => a * b,
  divide: (a, b) => a / b,
  log: Math.log,
  floor: Math.floor,
  atLeast: (a, bound) => Math.max(a, bound),
  less: (a, b) => (a < b ? 1 : 0),
  known: (a) => (Number.isNaN(a) ? 0 : 1),
  orElse: (a, value) => (Number.isNaN(a) ? value : a),
  where: (known, a) => (Number.isNaN(known) ? Number.NaN : a),
  largest: (terms) => terms.reduce((most, term) => (term > most ? term : most)),
  smallest: (terms) => terms.reduce((least, term) => (term < least ? term : least)),
};

/** Expressions of SQL. */
export const EXPRESSIONS: Arithmetic<string> = {
  constant: double,
  add: (a, b) => `(${a} + ${b})`,
  subtract: (a, b) => `(${a} - ${b})`,
  multiply: (a, b) => `(${a} * ${b})`,
  divide: (a, b) => `(${a} / ${b})`,
  log: (a) => `ln(${a})`,
  floor: (a) => `CAST(floor(${a}) AS DOUBLE)`,
  // greatest() passes over NULL.
  atLeast: (a, bound) => `CASE WHEN ${a} IS NOT NULL THEN greatest(${a}, ${double(bound)}) END`,
  less: (a, b) => `CASE WHEN ${a} < ${b} THEN 1e0 ELSE 0e0 END`,
  known: (a) => `CASE WHEN ${a} IS NOT NULL THEN 1e0 ELSE 0e0 END`,
  orElse: (a, value) => `coalesce(${a}, ${double(value)})`,
  where: (known, a) => `CASE WHEN ${known} IS NOT NULL THEN ${a} END`,
  largest: (terms) => `greatest(${terms.join(", ")})`,
  smallest: (terms) => `least(${terms.join(", ")})`,
};

/** Tensors of a graph. */
export function tensors(graph: FeatureGraph): Arithmetic<string> {
  const pick = (operator: string) => (terms: readonly string[]) =>
    // Comparisons with NaN are false.
    terms.reduce((best, term) => graph.where(graph.node(operator, term, best), term, best));
  return {
    constant: (value) => graph.constant(value),
    add: (a, b) => graph.node("Add", a, b),
    subtract: (a, b) => graph.node("Sub", a, b),
    multiply: (a, b) => graph.node("Mul", a, b),
    divide: (a, b) => graph.node("Div", a, b),
    log: (a) => graph.node("Log", a),
    floor: (a) => graph.node("Floor", a),
    atLeast(a, bound) {
      const low = graph.constant(bound);
      return graph.where(graph.node("Less", a, low), low, a);
    },
    less: (a, b) => graph.flag(graph.node("Less", a, b)),
    known: (a) => graph.flag(graph.node("Not", graph.node("IsNaN", a))),
    orElse: (a, value) => graph.orElse(a, value),
    where: (known, a) => graph.where(graph.node("IsNaN", known), graph.constant(Number.NaN), a),
    largest: pick("Greater"),
    smallest: pick("Less"),
  };
}
