import { expect, it } from "vitest";
import { runnable } from "../../test/support/onnx/run.ts";
import { evaluateGraph } from "./evaluate.ts";
import { ELEMENT_TYPES, GraphBuilder } from "./graph.ts";
import type { Tensor } from "./tensor.ts";

const column = ["rows", 1];
const numbers = [0, -1.5, 2, 1e300, 0.1, Number.NaN, 3];
const others = [1, 2, 2, -4, 1e-9, 0, Number.NaN];
const texts = ["", "Model", "a model\nb", "modèle", "🥂", "MODEL", "İ"];
const inputs: Record<string, Tensor> = {
  x: { type: "double", shape: [7, 1], values: numbers },
  y: { type: "double", shape: [7, 1], values: others },
  text: { type: "string", shape: [7, 1], values: texts },
};
/** Stands in for RE2 where the pattern is one that JavaScript has too. */
const fullMatch = async (all: readonly string[], pattern: string) =>
  all.map((text) => new RegExp(`^(?:${pattern.replace("(?s)", "")})$`, "su").test(text));

/** What a graph of those inputs gives, by onnxruntime and by evaluation. */
async function both(
  make: (graph: GraphBuilder, x: string, y: string, text: string) => [string, Tensor["type"]],
) {
  const graph = new GraphBuilder();
  const given = ["x", "y", "text"] as const;
  const [x, y, text] = given.map((name) => graph.input(name, inputs[name].type, column));
  const [out, type] = make(graph, x, y, text);
  graph.output("out", out, type, ["rows", "columns"]);
  const run = await runnable(graph);
  const expected = (await run({ x: numbers, y: others, text: texts })).out;
  const { out: found } = await evaluateGraph(graph, inputs, fullMatch);
  return { expected: Array.from(expected as number[], Number), found };
}

it.each(["Add", "Sub", "Mul", "Div"])("evaluates %s as onnxruntime does", async (operator) => {
  const { expected, found } = await both((graph, x, y) => [graph.node(operator, [x, y]), "double"]);
  expect(Array.from(found.values, Number)).toEqual(expected);
});

it.each(["Abs", "Log", "Relu", "Exp", "Neg", "Sigmoid", "Floor", "Sqrt"])(
  "evaluates %s as onnxruntime does",
  async (operator) => {
    const { expected, found } = await both((graph, x) => [graph.node(operator, [x]), "double"]);
    expected.forEach((value, i) => {
      if (Number.isFinite(value)) expect(found.values[i]).toBeCloseTo(value, 12);
      else expect(found.values[i]).toBe(value);
    });
  },
);

it("evaluates Clip as onnxruntime does", async () => {
  const { expected, found } = await both((graph, x) => {
    const [low, high] = [-1, 2.5].map((bound) => graph.constant("double", [bound]));
    return [graph.node("Clip", [x, low, high]), "double"];
  });
  expect(Array.from(found.values, Number)).toEqual(expected);
  expect(expected.slice(0, 4)).toEqual([0, -1, 2, 2.5]);
});

it("evaluates Gather as onnxruntime does: of columns, and of a list by a tensor of places", async () => {
  const columns = await both((graph, x, y) => {
    const beside = graph.node("Concat", [x, y], { axis: 1 });
    return [graph.node("Gather", [beside, graph.constant("int64", [1, 0, 1], [3])], { axis: 1 }), "double"];
  });
  expect(columns.found.shape).toEqual([7, 3]);
  expect(Array.from(columns.found.values, Number)).toEqual(columns.expected);
  const list = await both((graph, x) => {
    const places = graph.node("Cast", [graph.node("IsNaN", [x])], { to: ELEMENT_TYPES.int64 });
    return [graph.node("Gather", [graph.constant("double", [5, 6], [2]), places], { axis: 0 }), "double"];
  });
  expect(list.found.shape).toEqual([7, 1]);
  expect(Array.from(list.found.values, Number)).toEqual([5, 5, 5, 5, 5, 6, 5]);
  expect(list.expected).toEqual([5, 5, 5, 5, 5, 6, 5]);
});

it("evaluates Max as onnxruntime does, of three", async () => {
  const { expected, found } = await both((graph, _x, y) => [
    graph.node("Max", [graph.node("Relu", [y]), y, graph.constant("double", [0.5])]),
    "double",
  ]);
  expect(Array.from(found.values, Number).slice(0, 6)).toEqual(expected.slice(0, 6));
  expect(expected.slice(0, 6)).toEqual([1, 2, 2, 0.5, 0.5, 0.5]);
});

it.each(["Equal", "Less", "LessOrEqual", "Greater", "GreaterOrEqual"])(
  "evaluates %s as onnxruntime does",
  async (operator) => {
    const { expected, found } = await both((graph, x, y) => [graph.node(operator, [x, y]), "bool"]);
    expect(Array.from(found.values, Number)).toEqual(expected);
    expect(found.type).toBe("bool");
  },
);

it("evaluates conditions on texts, unknown numbers and each other as onnxruntime does", async () => {
  const { expected, found } = await both((graph, x, y, text) => {
    const empty = graph.node("Equal", [text, graph.constant("string", [""])]);
    const matched = graph.node("RegexFullMatch", [text], { pattern: "(?s).*[Mm]odel.*" });
    const unknown = graph.node("IsNaN", [x]);
    const either = graph.node("Or", [empty, graph.node("And", [matched, graph.node("Not", [unknown])])]);
    return [graph.node("Where", [either, x, y]), "double"];
  });
  expect(Array.from(found.values, Number)).toEqual(expected);
  expect(expected.slice(0, 4)).toEqual([0, -1.5, 2, -4]);
});

it("evaluates stacked networks as onnxruntime does: products of batches, sums over one dimension, stretched shapes", async () => {
  const { expected, found } = await both((graph, x, y) => {
    const known = graph.node("Where", [
      graph.node("IsNaN", [x]),
      y,
      graph.node("Clip", [x, graph.constant("double", [-9]), graph.constant("double", [9])]),
    ]);
    const row = graph.node("Concat", [known, graph.node("Abs", [known])], { axis: 1 });
    const float = graph.node("Cast", [row], { to: ELEMENT_TYPES.float });
    const some = (size: number) => Array.from({ length: size }, (_, i) => Math.sin(i + 1));
    const first = graph.node("MatMul", [float, graph.constant("float", some(3 * 2 * 4), [3, 2, 4])]);
    const biased = graph.node("Add", [first, graph.constant("float", some(12), [3, 1, 4])]);
    const second = graph.node("MatMul", [
      graph.node("Relu", [biased]),
      graph.constant("float", some(12), [3, 4, 1]),
    ]);
    const sum = graph.node("ReduceSum", [second, graph.constant("int64", [0], [1])], { keepdims: 0 });
    return [graph.node("Cast", [sum], { to: ELEMENT_TYPES.double }), "double"];
  });
  expect(found.shape).toEqual([7, 1]);
  expected.forEach((value, i) => {
    expect(Math.abs(Number(found.values[i]) - value)).toBeLessThan(1e-5);
  });
});

it.each([
  ["ReduceSum", 1],
  ["ReduceSum", 0],
  ["ReduceMax", 1],
  ["ReduceMax", 0],
])(
  "evaluates %s over columns as onnxruntime does, the dimension kept or not (%i)",
  async (operator, keepdims) => {
    const { expected, found } = await both((graph, x, y) => {
      const known = graph.node("Where", [graph.node("IsNaN", [x]), y, x]);
      const row = graph.node(
        "Concat",
        [known, graph.node("Mul", [known, known]), graph.node("Neg", [known])],
        {
          axis: 1,
        },
      );
      return [graph.node(operator, [row, graph.constant("int64", [1], [1])], { keepdims }), "double"];
    });
    expect(Array.from(found.values, Number)).toEqual(expected);
    expect(found.shape).toEqual(keepdims === 1 ? [7, 1] : [7]);
    expect(expected[4]).toBeCloseTo(operator === "ReduceMax" ? 0.1 : 0.01, 12);
  },
);

it.each([
  [0, 2],
  [0, -1],
  [1, Number.MAX_SAFE_INTEGER],
  [2, 3],
])("evaluates columns from %i to %i as onnxruntime does", async (from, to) => {
  const { expected, found } = await both((graph, x, y) => {
    const row = graph.node("Concat", [x, y, graph.node("Neg", [x])], { axis: 1 });
    const [start, end, axis] = [from, to, 1].map((one) => graph.constant("int64", [one], [1]));
    return [graph.node("Slice", [row, start, end, axis]), "double"];
  });
  expect(Array.from(found.values, Number)).toEqual(expected);
  expect(found.shape).toEqual([7, expected.length / 7]);
});

it("casts to whole numbers, and takes no operator, type or shapes it does not know", async () => {
  const { expected, found } = await both((graph, x, y) => [
    graph.node("Cast", [graph.node("GreaterOrEqual", [x, y])], { to: ELEMENT_TYPES.int64 }),
    "int64",
  ]);
  expect(Array.from(found.values, Number)).toEqual(expected);
  const refuses = async (make: (graph: GraphBuilder, x: string) => string, message: string) => {
    const graph = new GraphBuilder();
    graph.output("out", make(graph, graph.input("x", "double", column)), "double", column);
    await expect(evaluateGraph(graph, inputs, fullMatch)).rejects.toThrow(message);
  };
  await refuses((graph, x) => graph.node("Sin", [x]), "unknown operator: Sin");
  await refuses((graph, x) => graph.node("Cast", [x], { to: 99 }), "unknown type: 99");
  await refuses(
    (graph, x) => graph.node("Add", [x, graph.constant("double", [1, 2], [2, 1])]),
    "shapes that do not fit: 7 x 1, 2 x 1",
  );
});
