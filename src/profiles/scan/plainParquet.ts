import { type ThriftStruct, type ThriftValue, thriftCompact } from "./thrift.ts";

/** A column of the file: of texts, or of whole numbers of 64 bits. Each value is there. */
export interface PlainColumn {
  readonly name: string;
  readonly type: "text" | "whole";
}

/** Where the values of a column stand in the file: one page, its header first. */
export interface PlacedColumn {
  readonly offset: number;
  /** Bytes of header and values. */
  readonly bytes: number;
}

/** Some records of the file. */
export interface RowGroup {
  readonly records: number;
  /** By column. */
  readonly columns: readonly PlacedColumn[];
}

// Numbers of the format (parquet.thrift of Apache Parquet).
const INT64 = 2;
const BYTE_ARRAY = 6;
const REQUIRED = 0;
const UTF8 = 0;
const PLAIN = 0;
const RLE = 3;
const UNCOMPRESSED = 0;
const DATA_PAGE = 0;

const MARK = Buffer.from("PAR1");

/** What a file begins with. */
export const PARQUET_MARK: Buffer = MARK;

/**
 * The header of a page of values in plain encoding and not packed.
 *
 * @param values how many
 * @param bytes of all values, of texts with their lengths
 */
export function pageHeader(values: number, bytes: number): Buffer {
  const facts: ThriftStruct = [
    [1, { i32: values }],
    [2, { i32: PLAIN }],
    [3, { i32: RLE }],
    [4, { i32: RLE }],
  ];
  return thriftCompact([
    [1, { i32: DATA_PAGE }],
    [2, { i32: bytes }],
    [3, { i32: bytes }],
    [5, { struct: facts }],
  ]);
}

/** What a file ends with, behind its pages: the description, its length and the mark. */
export function parquetFooter(columns: readonly PlainColumn[], groups: readonly RowGroup[]): Buffer {
  const column = ({ name, type }: PlainColumn): ThriftValue => ({
    struct: [
      [1, { i32: physicalType(type) }],
      [3, { i32: REQUIRED }],
      [4, { text: name }],
      ...(type === "text" ? ([[6, { i32: UTF8 }]] as const) : []),
    ],
  });
  const root: ThriftValue = {
    struct: [
      [4, { text: "profiles" }],
      [5, { i32: columns.length }],
    ],
  };
  const description = thriftCompact([
    [1, { i32: 1 }],
    [2, { list: [root, ...columns.map(column)] }],
    [3, { i64: groups.reduce((sum, { records }) => sum + records, 0) }],
    [4, { list: groups.map((group) => rowGroup(columns, group)) }],
  ]);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(description.length);
  return Buffer.concat([description, length, MARK]);
}

function physicalType(type: PlainColumn["type"]): number {
  return type === "text" ? BYTE_ARRAY : INT64;
}

function rowGroup(described: readonly PlainColumn[], { records, columns }: RowGroup): ThriftValue {
  const chunks = columns.map(({ offset, bytes }, i): ThriftValue => {
    const facts: ThriftStruct = [
      [1, { i32: physicalType(described[i].type) }],
      [2, { list: [{ i32: PLAIN }] }],
      [3, { list: [{ text: described[i].name }] }],
      [4, { i32: UNCOMPRESSED }],
      [5, { i64: records }],
      [6, { i64: bytes }],
      [7, { i64: bytes }],
      [9, { i64: offset }],
    ];
    return {
      struct: [
        [2, { i64: offset }],
        [3, { struct: facts }],
      ],
    };
  });
  return {
    struct: [
      [1, { list: chunks }],
      [2, { i64: columns.reduce((sum, { bytes }) => sum + bytes, 0) }],
      [3, { i64: records }],
    ],
  };
}
