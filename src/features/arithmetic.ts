import { type Dialect, double } from "./dialect.ts";
import type { FeatureGraph } from "./featureGraph.ts";

/**
 * Arithmetic on numbers that may be unknown, and on lists of known ones. A feature that is written with it has all three forms at
 * once: SQL (`Term` is an expression of DOUBLE, NULL where unknown; `Terms` one of a list), ONNX (tensors of doubles, of shape
 * [rows, 1] and [rows, places], NaN where unknown and beyond the end) and the plain twin (numbers, NaN where unknown). What is
 * done with an unknown number gives an unknown one unless said otherwise.
 */
export interface Arithmetic<Term, Terms> {
  constant(value: number): Term;
  add(a: Term, b: Term): Term;
  subtract(a: Term, b: Term): Term;
  multiply(a: Term, b: Term): Term;
  /** @param b never 0 */
  divide(a: Term, b: Term): Term;
  /** @param a above 0 */
  log(a: Term): Term;
  /** @param a at least 0 */
  sqrt(a: Term): Term;
  /** A number, or a bound where it is lower. */
  atLeast(a: Term, bound: number): Term;
  /** A number, or a bound where it is higher. */
  atMost(a: Term, bound: number): Term;
  /** 1 where a is less than b, 0 where not or where one is unknown. */
  less(a: Term, b: Term): Term;
  /** 1 where a number is known, else 0. */
  known(a: Term): Term;
  /** A number where the other is known, else unknown. */
  where(known: Term, a: Term): Term;
  /**
   * What is made of a number that is worked out once.
   *
   * @param name a name that means nothing else where it is used
   */
  given(name: string, value: Term, use: (value: Term) => Term): Term;
  /** An element, the first being 0; unknown beyond the end. */
  element(list: Terms, place: number): Term;
  /** How many there are. */
  count(list: Terms): Term;
  /** The largest of numbers of at least 0; 0 where there is none. */
  largest(list: Terms): Term;
  /** The sum of what is made of each; 0 where there is none. */
  sum(list: Terms, of: (item: Term) => Term): Term;
  /** What is made of each. */
  each(list: Terms, of: (item: Term) => Term): Terms;
  /** Each less the one after it. */
  steps(list: Terms): Terms;
}

/** Numbers in TypeScript. */
export const NUMBERS: Arithmetic<number, readonly number[]> = {
  constant: (value) => value,
  add: (a, b) => a + b,
  subtract: (a, b) => a - b,
  multiply: (a, b) => a * b,
  divide: (a, b) => a / b,
  log: Math.log,
  sqrt: Math.sqrt,
  atLeast: Math.max,
  atMost: Math.min,
  less: (a, b) => (a < b ? 1 : 0),
  known: (a) => (Number.isNaN(a) ? 0 : 1),
  where: (known, a) => (Number.isNaN(known) ? Number.NaN : a),
  given: (_name, value, use) => use(value),
  element: (list, place) => list[place] ?? Number.NaN,
  count: (list) => list.length,
  largest: (list) => Math.max(0, ...list),
  sum: (list, of) => list.reduce((total, item) => total + of(item), 0),
  each: (list, of) => list.map(of),
  steps: (list) => list.slice(1).map((next, i) => list[i] - next),
};

/** Expressions of SQL. */
export function expressions(dialect: Dialect): Arithmetic<string, string> {
  // An engine's greatest() and least() pass over NULL.
  const bounded = (choose: string) => (a: string, bound: number) =>
    dialect.given(
      "bounded",
      a,
      `CASE WHEN bounded IS NOT NULL THEN ${choose}(bounded, ${double(bound)}) END`,
    );
  return {
    constant: double,
    add: (a, b) => `(${a} + ${b})`,
    subtract: (a, b) => `(${a} - ${b})`,
    multiply: (a, b) => `(${a} * ${b})`,
    divide: (a, b) => `(${a} / ${b})`,
    log: (a) => `ln(${a})`,
    sqrt: (a) => `sqrt(${a})`,
    atLeast: bounded("greatest"),
    atMost: bounded("least"),
    less: (a, b) => `CASE WHEN ${a} < ${b} THEN 1e0 ELSE 0e0 END`,
    known: (a) => `CASE WHEN ${a} IS NOT NULL THEN 1e0 ELSE 0e0 END`,
    where: (known, a) => `CASE WHEN ${known} IS NOT NULL THEN ${a} END`,
    given: (name, value, use) => dialect.given(name, value, use(name)),
    element: (list, place) => dialect.element(list, place + 1),
    count: (list) => `coalesce(CAST(${dialect.count(list)} AS DOUBLE), 0e0)`,
    largest: (list) => `coalesce(${dialect.largest(list)}, 0e0)`,
    sum: (list, of) => dialect.sum(dialect.each(list, "item", of("item"))),
    each: (list, of) => dialect.each(list, "item", of("item")),
    steps: (list) => dialect.steps(list),
  };
}

/** Tensors of a graph. */
export function tensors(graph: FeatureGraph): Arithmetic<string, string> {
  const nothing = graph.constant(0);
  // Comparisons with NaN are false.
  const bounded = (operator: string) => (a: string, bound: number) => {
    const edge = graph.constant(bound);
    return graph.where(graph.node(operator, a, edge), edge, a);
  };
  const known = (a: string) => graph.flag(graph.node("Not", graph.node("IsNaN", a)));
  const orNothing = (a: string) => graph.where(graph.node("IsNaN", a), nothing, a);
  return {
    constant: (value) => graph.constant(value),
    add: (a, b) => graph.node("Add", a, b),
    subtract: (a, b) => graph.node("Sub", a, b),
    multiply: (a, b) => graph.node("Mul", a, b),
    divide: (a, b) => graph.node("Div", a, b),
    log: (a) => graph.node("Log", a),
    sqrt: (a) => graph.node("Sqrt", a),
    atLeast: bounded("Less"),
    atMost: bounded("Greater"),
    less: (a, b) => graph.flag(graph.node("Less", a, b)),
    known,
    where: (other, a) => graph.where(graph.node("IsNaN", other), graph.constant(Number.NaN), a),
    given: (_name, value, use) => use(value),
    element: (list, place) => graph.columns(list, place, place + 1),
    count: (list) => graph.sumOfRow(known(list)),
    largest: (list) => graph.largestOfRow(orNothing(list)),
    sum(list, of) {
      // What is made of a place beyond the end may be a number.
      const made = graph.where(graph.node("IsNaN", list), nothing, of(list));
      return graph.sumOfRow(orNothing(made));
    },
    each: (list, of) => of(list),
    steps: (list) => graph.node("Sub", graph.columns(list, 0, -1), graph.columns(list, 1)),
  };
}
