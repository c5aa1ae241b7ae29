import { create, toBinary } from "@bufbuild/protobuf";
import type { Attribute, Constant, ElementType, GraphBuilder, GraphNode, Port } from "./graph.ts";
import { MODEL_SCHEMA } from "./schema.ts";

/** The operator set of ONNX 1.15, the first with `RegexFullMatch`; onnxruntime reads it from 1.17 on. */
export const OPSET = 20;

/** The layout of the file that came with it. */
const IR_VERSION = 9;

/** The numbers of `TensorProto.DataType`. */
export const ELEMENT_TYPES: Readonly<Record<ElementType, number>> = {
  float: 1,
  int64: 7,
  string: 8,
  bool: 9,
  double: 11,
};

/** What a file of a graph says of itself. */
export interface GraphDescription {
  readonly name: string;
  readonly producer: string;
  readonly producerVersion: string;
  /** Anything more, name by name. */
  readonly metadata?: Readonly<Record<string, string>>;
}

/** A graph as the bytes of an `.onnx` file. The same graph gives the same bytes. */
export function graphBytes(graph: GraphBuilder, about: GraphDescription): Uint8Array {
  const model = {
    irVersion: BigInt(IR_VERSION),
    producerName: about.producer,
    producerVersion: about.producerVersion,
    opsetImport: [{ domain: "", version: BigInt(OPSET) }],
    metadataProps: Object.entries(about.metadata ?? {}).map(([key, value]) => ({ key, value })),
    graph: {
      name: about.name,
      node: graph.nodes.map(nodeOf),
      initializer: graph.constants.map(tensorOf),
      input: graph.inputs.map(portOf),
      output: graph.outputs.map(portOf),
    },
  };
  return toBinary(MODEL_SCHEMA, create(MODEL_SCHEMA, model as never));
}

function nodeOf({ operator, inputs, output, attributes }: GraphNode): object {
  return {
    opType: operator,
    name: output,
    input: [...inputs],
    output: [output],
    attribute: Object.entries(attributes).map(([name, value]) => ({ name, ...attributeOf(value) })),
  };
}

/** The field of an attribute, with the number of `AttributeProto.AttributeType`. */
function attributeOf(value: Attribute): object {
  if (typeof value === "string") return { type: 3, s: new TextEncoder().encode(value) };
  return typeof value === "number" ? { type: 2, i: BigInt(value) } : { type: 7, ints: value.map(BigInt) };
}

function portOf({ name, type, shape }: Port): object {
  const dim = shape.map((size) =>
    typeof size === "string" ? { dimParam: size } : { dimValue: BigInt(size) },
  );
  return { name, type: { tensorType: { elemType: ELEMENT_TYPES[type], shape: { dim } } } };
}

function tensorOf({ name, type, shape, values }: Constant): object {
  const about = { name, dims: shape.map(BigInt), dataType: ELEMENT_TYPES[type] };
  if (type === "string") {
    return {
      ...about,
      stringData: (values as readonly string[]).map((text) => new TextEncoder().encode(text)),
    };
  }
  const numbers = Array.from(values as ArrayLike<number>);
  const width = type === "bool" ? 1 : type === "float" ? 4 : 8;
  const view = new DataView(new ArrayBuffer(numbers.length * width));
  numbers.forEach((value, i) => {
    // The file is little-endian on every machine.
    if (type === "float") view.setFloat32(i * width, value, true);
    else if (type === "double") view.setFloat64(i * width, value, true);
    else if (type === "int64") view.setBigInt64(i * width, BigInt(value), true);
    else view.setUint8(i, value);
  });
  return { ...about, rawData: new Uint8Array(view.buffer) };
}
