import { fromBinary } from "@bufbuild/protobuf";
import { expect, it } from "vitest";
import { runnable } from "../../test/support/onnx/run.ts";
import { graphBytes, MODEL_SCHEMA, OPSET } from "./bytes.ts";
import { GraphBuilder } from "./graph.ts";

const about = { name: "g", producer: "p", producerVersion: "1", metadata: { answer: "42" } };
const column = ["rows", 1];

it("runs in onnxruntime, constants of every type included", async () => {
  const graph = new GraphBuilder();
  const x = graph.input("x", "double", column);
  const text = graph.input("text", "string", column);
  const logged = graph.node("Log", [graph.node("Add", [x, graph.constant("double", [1])])]);
  const matched = graph.node("RegexFullMatch", [text], { pattern: "(?s).*(?i:ÄB).*" });
  const same = graph.node("Equal", [text, graph.constant("string", ["🥂"])]);
  const either = graph.node("Or", [matched, graph.node("And", [same, graph.constant("bool", [1])])]);
  const chosen = graph.node("Where", [either, logged, graph.constant("double", [Number.NaN])]);
  graph.output("y", chosen, "double", column);
  const weights = graph.constant("float", [2, -0.5], [1, 2]);
  const products = graph.node("MatMul", [graph.node("Cast", [x], { to: 1 }), weights]);
  const sums = graph.node("ReduceSum", [products, graph.constant("int64", [1], [1])], { keepdims: 1 });
  graph.output("z", sums, "float", column);

  const run = await runnable(graph);
  const { y, z } = await run({ x: [0, 1e15, 5, 1], text: ["xäbx", "🥂", "ab", "\n\näB\n"] });
  expect([...(y as Float64Array)]).toEqual([0, Math.log(1e15 + 1), Number.NaN, Math.log(2)]);
  expect([...(z as Float32Array)]).toEqual([0, Math.fround(1.5e15), 7.5, 1.5]);
});

it("makes what is the same once, and nothing else", () => {
  const graph = new GraphBuilder();
  const x = graph.input("x", "double", column);
  expect(graph.input("x", "double", column)).toBe(x);
  expect(graph.constant("double", [1])).toBe(graph.constant("double", [1]));
  expect(graph.constant("double", [0])).not.toBe(graph.constant("double", [-0]));
  expect(graph.constant("double", [1])).not.toBe(graph.constant("float", [1]));
  expect(graph.constant("string", ["a,b"], [1])).not.toBe(graph.constant("string", ["a", "b"], [2]));
  expect(graph.constant("string", ['a","b', "c"], [2])).not.toBe(
    graph.constant("string", ["a", 'b","c'], [2]),
  );
  expect(graph.node("Neg", [x])).toBe(graph.node("Neg", [x]));
  expect(graph.node("Cast", [x], { to: 1 })).not.toBe(graph.node("Cast", [x], { to: 7 }));
  expect(graph.nodes).toHaveLength(3);
});

it("refuses what would be no graph", () => {
  const graph = new GraphBuilder();
  graph.input("x", "double", column);
  expect(() => graph.input("x", "string", column)).toThrow("two tensors with the name x");
  expect(() => graph.node("Neg", ["y"])).toThrow("unknown tensor: y");
  expect(() => graph.constant("double", [1, 2, 3], [2, 2])).toThrow("3 values for a tensor of 2 x 2");
  expect(() => graph.output("x", "x", "double", column)).toThrow("two tensors with the name x");
});

it("says which operators it needs, and reads back as what was written", () => {
  const graph = new GraphBuilder();
  graph.output("y", graph.input("x", "double", column), "double", column);
  const bytes = graphBytes(graph, about);
  expect(bytes).toEqual(graphBytes(graph, about));
  expect(fromBinary(MODEL_SCHEMA, bytes)).toMatchObject({
    irVersion: 9n,
    opsetImport: [{ version: BigInt(OPSET) }],
    metadataProps: [{ key: "answer", value: "42" }],
    graph: { node: [{ opType: "Identity", input: ["x"], output: ["y"] }] },
  });
});
