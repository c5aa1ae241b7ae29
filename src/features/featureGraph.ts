import { ELEMENT_TYPES, type GraphBuilder } from "../onnx/graph.ts";
import { CANONICAL_COLUMNS } from "../profiles/canonical.ts";
import {
  LARGEST_MEASURE,
  LISTED_MOMENTS,
  type MomentListName,
  type MomentName,
  type NumericName,
  type TextName,
} from "./profile.ts";

/** Rows known when the graph runs, one column. */
const COLUMN = ["rows", 1];

/**
 * An ONNX graph over raw profile columns, one input a column, named after it, of shape [rows, 1]: numbers and flags (0 or 1)
 * as doubles with NaN for unknown, moments as doubles in seconds of Unix time with NaN for unknown, texts as strings with the
 * empty one for unknown. A list of moments is of shape [rows, 35]: the newest 35, in any order, NaN where there are fewer.
 *
 * Everything is computed in doubles: logarithms of counts differ in places that a float does not have. Tensors are named by
 * what methods return; each is of shape [rows, 1] unless said otherwise.
 */
export class FeatureGraph {
  constructor(readonly builder: GraphBuilder) {}

  /** A column as doubles; NaN where it is unknown, which a number beyond belief is (`LARGEST_MEASURE`). */
  number(column: NumericName): string {
    const raw = this.builder.input(column, "double", COLUMN);
    if (CANONICAL_COLUMNS[column].type !== "DOUBLE") return raw;
    const believed = this.node("LessOrEqual", this.node("Abs", raw), this.constant(LARGEST_MEASURE));
    return this.where(believed, raw, this.constant(Number.NaN));
  }

  /** A moment as doubles, in seconds of Unix time; NaN where it is unknown. */
  seconds(column: MomentName): string {
    return this.builder.input(column, "double", COLUMN);
  }

  /** A list of moments as doubles of shape [rows, 35], in seconds of Unix time; NaN where there is none. */
  moments(column: MomentListName): string {
    return this.builder.input(column, "double", ["rows", LISTED_MOMENTS]);
  }

  /**
   * Some columns of a tensor of shape [rows, any].
   *
   * @param from the first, from 0
   * @param to the first that is left out, below 0 as many from the end; all without it
   */
  columns(tensor: string, from: number, to = Number.MAX_SAFE_INTEGER): string {
    const one = (value: number) => this.builder.constant("int64", [value], [1]);
    return this.node("Slice", tensor, one(from), one(to), one(1));
  }

  /** The largest of each row, of shape [rows, 1]. */
  largestOfRow(tensor: string): string {
    const columns = this.builder.constant("int64", [1], [1]);
    return this.builder.node("ReduceMax", [tensor, columns], { keepdims: 1 });
  }

  /** The sum of each row, of shape [rows, 1]. */
  sumOfRow(tensor: string): string {
    const columns = this.builder.constant("int64", [1], [1]);
    return this.builder.node("ReduceSum", [tensor, columns], { keepdims: 1 });
  }

  /** A text; empty where it is unknown. */
  text(column: TextName): string {
    return this.builder.input(column, "string", COLUMN);
  }

  /** One double for all rows. */
  constant(value: number): string {
    return this.builder.constant("double", [value]);
  }

  /** Doubles for all rows, one an output: of shape [1, outputs]. */
  row(values: readonly number[]): string {
    return this.builder.constant("double", values, [1, values.length]);
  }

  /** What an operator without attributes gives. */
  node(operator: string, ...inputs: readonly string[]): string {
    return this.builder.node(operator, inputs);
  }

  /** Chosen row by row. */
  where(condition: string, yes: string, no: string): string {
    return this.node("Where", condition, yes, no);
  }

  /** A number with the unknown replaced. */
  orElse(number: string, imputed: number): string {
    return this.where(this.node("IsNaN", number), this.constant(imputed), number);
  }

  /** A number held between bounds; no NaN among them. */
  clip(number: string, low: number, high: number): string {
    return this.node("Clip", number, this.constant(low), this.constant(high));
  }

  /** A condition: a text is empty. */
  empty(text: string): string {
    return this.node("Equal", text, this.builder.constant("string", [""]));
  }

  /**
   * A condition: a part of the text matches the pattern.
   *
   * @param pattern in RE2's syntax
   */
  matches(text: string, pattern: string): string {
    return this.builder.node("RegexFullMatch", [text], { pattern: `(?s).*(?-s:${pattern}).*` });
  }

  /** A condition as 1 or 0. */
  flag(condition: string): string {
    return this.builder.node("Cast", [condition], { to: ELEMENT_TYPES.double });
  }

  /** Tensors of shape [rows, any] side by side. */
  beside(tensors: readonly string[]): string {
    return tensors.length === 1 ? tensors[0] : this.builder.node("Concat", tensors, { axis: 1 });
  }

  /** Sum from left to right, as SQL adds. */
  sum(terms: readonly string[]): string {
    return terms.reduce((total, term) => this.node("Add", total, term));
  }
}
