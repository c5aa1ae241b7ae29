import { create, createFileRegistry, type DescMessage, toBinary } from "@bufbuild/protobuf";
import {
  FieldDescriptorProto_Label,
  FieldDescriptorProto_Type,
  FileDescriptorProtoSchema,
} from "@bufbuild/protobuf/wkt";
import {
  type Attribute,
  type Constant,
  ELEMENT_TYPES,
  type GraphBuilder,
  type GraphNode,
  type Port,
} from "./graph.ts";

/** The operator set of ONNX 1.15, the first with `RegexFullMatch`; onnxruntime reads it from 1.17 on. */
export const OPSET = 20;

/** The layout of the file that came with it. */
const IR_VERSION = 9;

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

/** A field: its number, its type (a scalar's, or another message's name), and whether there may be many. */
type Field = readonly [number: number, type: string, many?: "many"];

/** The parts of `onnx.proto` (the ONNX specification, IR version 9) that our graphs are made of. */
const MESSAGES: Readonly<Record<string, Readonly<Record<string, Field>>>> = {
  ModelProto: {
    ir_version: [1, "INT64"],
    producer_name: [2, "STRING"],
    producer_version: [3, "STRING"],
    graph: [7, "GraphProto"],
    opset_import: [8, "OperatorSetIdProto", "many"],
    metadata_props: [14, "StringStringEntryProto", "many"],
  },
  OperatorSetIdProto: { domain: [1, "STRING"], version: [2, "INT64"] },
  StringStringEntryProto: { key: [1, "STRING"], value: [2, "STRING"] },
  GraphProto: {
    node: [1, "NodeProto", "many"],
    name: [2, "STRING"],
    initializer: [5, "TensorProto", "many"],
    input: [11, "ValueInfoProto", "many"],
    output: [12, "ValueInfoProto", "many"],
  },
  NodeProto: {
    input: [1, "STRING", "many"],
    output: [2, "STRING", "many"],
    name: [3, "STRING"],
    op_type: [4, "STRING"],
    attribute: [5, "AttributeProto", "many"],
  },
  AttributeProto: {
    name: [1, "STRING"],
    i: [3, "INT64"],
    s: [4, "BYTES"],
    ints: [8, "INT64", "many"],
    type: [20, "INT32"],
  },
  TensorProto: {
    dims: [1, "INT64", "many"],
    data_type: [2, "INT32"],
    string_data: [6, "BYTES", "many"],
    name: [8, "STRING"],
    raw_data: [9, "BYTES"],
  },
  ValueInfoProto: { name: [1, "STRING"], type: [2, "TypeProto"] },
  TypeProto: { tensor_type: [1, "TensorTypeProto"] },
  TensorTypeProto: { elem_type: [1, "INT32"], shape: [2, "TensorShapeProto"] },
  TensorShapeProto: { dim: [1, "DimensionProto", "many"] },
  DimensionProto: { dim_value: [1, "INT64"], dim_param: [2, "STRING"] },
};

// Names of messages are not in the bytes, so that those which onnx.proto nests may stand side by side here.
const registry = createFileRegistry(
  create(FileDescriptorProtoSchema, {
    name: "onnx.proto",
    package: "onnx",
    syntax: "proto2",
    messageType: Object.entries(MESSAGES).map(([name, fields]) => ({
      name,
      field: Object.entries(fields).map(([fieldName, [number, type, many]]) => ({
        name: fieldName,
        number,
        label: many ? FieldDescriptorProto_Label.REPEATED : FieldDescriptorProto_Label.OPTIONAL,
        ...(Object.hasOwn(MESSAGES, type)
          ? { type: FieldDescriptorProto_Type.MESSAGE, typeName: `.onnx.${type}` }
          : { type: FieldDescriptorProto_Type[type as keyof typeof FieldDescriptorProto_Type] }),
      })),
    })),
  }),
  () => undefined,
);

/** The protobuf schema of an ONNX model. Fields are called as in the specification, in camel case. */
export const MODEL_SCHEMA: DescMessage = registry.getMessage("onnx.ModelProto")!;
