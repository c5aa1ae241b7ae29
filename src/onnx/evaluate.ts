import {
  type Constant,
  ELEMENT_TYPES,
  type ElementType,
  type GraphBuilder,
  type GraphNode,
} from "./graph.ts";
import {
  elementwise,
  gathered,
  matrixProduct,
  numbersAs,
  reducedOver,
  sideBySide,
  type Tensor,
} from "./tensor.ts";

/** Whether all of each text matches a pattern of RE2. */
export type FullMatch = (texts: readonly string[], pattern: string) => Promise<readonly boolean[]>;

/**
 * Runs a graph without a runtime, for the operators that our graphs are made of, as the ONNX specification has them. It is
 * slow and plain: for holding a graph that is about to be written against the code it was made of, on some rows.
 *
 * @param inputs a tensor for each input of the graph
 * @param fullMatch RE2, which JavaScript has not: DuckDB's is the same
 * @returns the outputs by name
 * @throws RangeError for an operator or a type that none of our graphs uses
 */
export async function evaluateGraph(
  graph: GraphBuilder,
  inputs: Readonly<Record<string, Tensor>>,
  fullMatch: FullMatch,
): Promise<Record<string, Tensor>> {
  const known = new Map<string, Tensor>(Object.entries(inputs));
  for (const constant of graph.constants) known.set(constant.name, ofConstant(constant));
  for (const node of graph.nodes) {
    const given = node.inputs.map((name) => known.get(name)!);
    known.set(
      node.output,
      node.operator === "RegexFullMatch"
        ? await matched(given[0], String(node.attributes.pattern), fullMatch)
        : applied(node, given),
    );
  }
  return Object.fromEntries(graph.outputs.map(({ name }) => [name, known.get(name)!]));
}

function ofConstant({ type, shape, values }: Constant): Tensor {
  if (type === "string") return { type, shape, values: Array.from(values, String) };
  return { type, shape, values: numbersAs(type, Array.from(values, Number)) };
}

async function matched({ shape, values }: Tensor, pattern: string, fullMatch: FullMatch): Promise<Tensor> {
  const found = await fullMatch(values as readonly string[], pattern);
  return { type: "bool", shape, values: Uint8Array.from(found, Number) };
}

/** Operators that give a value of the type of the last they are given. */
const ELEMENTWISE: Readonly<Record<string, (...values: number[]) => number>> = {
  Identity: (x) => x,
  Add: (a, b) => a + b,
  Sub: (a, b) => a - b,
  Mul: (a, b) => a * b,
  Div: (a, b) => a / b,
  Abs: Math.abs,
  Log: Math.log,
  Relu: (x) => Math.max(x, 0),
  Max: Math.max,
  Clip: (x, low, high) => Math.min(Math.max(x, low), high),
  Exp: Math.exp,
  Neg: (x) => -x,
  Sigmoid: (x) => 1 / (1 + Math.exp(-x)),
  Floor: Math.floor,
  Sqrt: Math.sqrt,
  Where: (condition, yes, no) => (condition ? yes : no),
};

/** Operators that make one value of those along a dimension. */
const REDUCTIONS: Readonly<Record<string, (reduced: number, value: number) => number>> = {
  ReduceSum: (sum, x) => sum + x,
  ReduceMax: (most, x) => Math.max(most, x),
};

/** Operators that give whether something holds. */
const CONDITIONS: Readonly<Record<string, (a: number, b: number) => boolean | number>> = {
  Equal: (a, b) => a === b,
  Less: (a, b) => a < b,
  LessOrEqual: (a, b) => a <= b,
  Greater: (a, b) => a > b,
  GreaterOrEqual: (a, b) => a >= b,
  IsNaN: (x) => Number.isNaN(x),
  And: (a, b) => a & b,
  Or: (a, b) => a | b,
  Not: (x) => 1 - x,
};

function applied({ operator, attributes }: GraphNode, given: readonly Tensor[]): Tensor {
  const last = given[given.length - 1];
  if (Object.hasOwn(ELEMENTWISE, operator)) return elementwise(last.type, given, ELEMENTWISE[operator]);
  if (Object.hasOwn(CONDITIONS, operator)) return elementwise("bool", given, CONDITIONS[operator]);
  if (Object.hasOwn(REDUCTIONS, operator)) {
    const [tensor, dimensions] = given;
    const keep = attributes.keepdims !== 0;
    return reducedOver(tensor, Number(dimensions.values[0]), keep, REDUCTIONS[operator]);
  }
  switch (operator) {
    case "Cast":
      return elementwise(typeNumbered(Number(attributes.to)), given, (x: number) => x);
    case "Concat":
      return sideBySide(given);
    case "Gather":
      return gathered(given[0], given[1], Number(attributes.axis));
    case "Slice": {
      const [tensor, from, to, dimension] = given;
      const at = Number(dimension.values[0]);
      return gathered(tensor, places(tensor.shape[at], Number(from.values[0]), Number(to.values[0])), at);
    }
    case "MatMul":
      return matrixProduct(given[0], given[1]);
    default:
      throw new RangeError(`unknown operator: ${operator}`);
  }
}

/** The places from one to another, which is left out; below 0 they are counted from the end. */
function places(length: number, from: number, to: number): Tensor {
  const all = Array.from({ length }, (_, i) => i).slice(from, to);
  return { type: "int64", shape: [all.length], values: all };
}

function typeNumbered(number: number): ElementType {
  const found = Object.entries(ELEMENT_TYPES).find(([, of]) => of === number);
  if (found === undefined) throw new RangeError(`unknown type: ${number}`);
  return found[0] as ElementType;
}
