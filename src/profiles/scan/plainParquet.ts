import { type ThriftStruct, type ThriftValue, thriftCompact } from "./thrift.ts";

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
 * The header of a page of texts, each of which is there, in plain encoding and not packed.
 *
 * @param values how many
 * @param bytes of all values with their lengths
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

/** What a file of texts ends with, behind its pages: the description, its length and the mark. */
export function parquetFooter(names: readonly string[], groups: readonly RowGroup[]): Buffer {
  const column = (name: string): ThriftValue => ({
    struct: [
      [1, { i32: BYTE_ARRAY }],
      [3, { i32: REQUIRED }],
      [4, { text: name }],
      [6, { i32: UTF8 }],
    ],
  });
  const root: ThriftValue = {
    struct: [
      [4, { text: "profiles" }],
      [5, { i32: names.length }],
    ],
  };
  const description = thriftCompact([
    [1, { i32: 1 }],
    [2, { list: [root, ...names.map(column)] }],
    [3, { i64: groups.reduce((sum, { records }) => sum + records, 0) }],
    [4, { list: groups.map((group) => rowGroup(names, group)) }],
  ]);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(description.length);
  return Buffer.concat([description, length, MARK]);
}

function rowGroup(names: readonly string[], { records, columns }: RowGroup): ThriftValue {
  const chunks = columns.map(({ offset, bytes }, i): ThriftValue => {
    const facts: ThriftStruct = [
      [1, { i32: BYTE_ARRAY }],
      [2, { list: [{ i32: PLAIN }] }],
      [3, { list: [{ text: names[i] }] }],
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
