import { create, createFileRegistry, type DescMessage } from "@bufbuild/protobuf";
import {
  FieldDescriptorProto_Label,
  FieldDescriptorProto_Type,
  FileDescriptorProtoSchema,
} from "@bufbuild/protobuf/wkt";

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
