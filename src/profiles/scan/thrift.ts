/** Types of Thrift's compact protocol that Parquet's descriptions are made of. */
const I32 = 5;
const I64 = 6;
const BINARY = 8;
const LIST = 9;
const STRUCT = 12;

/** A value of a description. A list holds values of one kind, and at least one. */
export type ThriftValue =
  | { readonly i32: number }
  | { readonly i64: number }
  | { readonly text: string }
  | { readonly list: readonly ThriftValue[] }
  | { readonly struct: ThriftStruct };

/** Values by the numbers of their fields, in ascending order. */
export type ThriftStruct = readonly (readonly [field: number, value: ThriftValue])[];

/**
 * A struct in Thrift's compact protocol (thrift-compact-protocol.md of Apache Thrift): fields by the difference of their numbers, whole
 * numbers zigzag and in groups of seven bits.
 *
 * @param struct its numbers are whole, 0 to 2^52
 */
export function thriftCompact(struct: ThriftStruct): Buffer {
  const bytes: number[] = [];
  writeStruct(bytes, struct);
  return Buffer.from(bytes);
}

function writeStruct(bytes: number[], struct: ThriftStruct): void {
  let last = 0;
  for (const [field, value] of struct) {
    bytes.push(((field - last) << 4) | typeOf(value));
    last = field;
    writeValue(bytes, value);
  }
  bytes.push(0);
}

function writeValue(bytes: number[], value: ThriftValue): void {
  if ("i32" in value) writeVarint(bytes, 2 * value.i32);
  else if ("i64" in value) writeVarint(bytes, 2 * value.i64);
  else if ("struct" in value) writeStruct(bytes, value.struct);
  else if ("text" in value) {
    const text = Buffer.from(value.text);
    writeVarint(bytes, text.length);
    bytes.push(...text);
  } else {
    const { list } = value;
    const type = typeOf(list[0]);
    if (list.length < 15) bytes.push((list.length << 4) | type);
    else {
      bytes.push(0xf0 | type);
      writeVarint(bytes, list.length);
    }
    for (const one of list) writeValue(bytes, one);
  }
}

function typeOf(value: ThriftValue): number {
  if ("i32" in value) return I32;
  if ("i64" in value) return I64;
  if ("text" in value) return BINARY;
  return "list" in value ? LIST : STRUCT;
}

/** Seven bits a byte, the lowest first. By division, for numbers over 32 bits. */
function writeVarint(bytes: number[], number: number): void {
  let left = number;
  while (left >= 128) {
    bytes.push((left % 128) | 128);
    left = Math.floor(left / 128);
  }
  bytes.push(left);
}
