/** Types of Thrift's compact protocol that Parquet's descriptions are made of. */
const TRUE = 1;
const FALSE = 2;
const BYTE = 3;
const I16 = 4;
const I32 = 5;
const I64 = 6;
const BINARY = 8;
const LIST = 9;
const STRUCT = 12;

/** A value of a description. A list holds values of one kind, none of them truth values. */
export type ThriftValue =
  | { readonly bool: boolean }
  | { readonly byte: number }
  | { readonly i16: number }
  | { readonly i32: number }
  | { readonly i64: number }
  | { readonly text: string }
  | { readonly bytes: Buffer }
  | { readonly list: readonly ThriftValue[] }
  | { readonly struct: ThriftStruct };

/** Values by the numbers of their fields, in ascending order. */
export type ThriftStruct = readonly (readonly [field: number, value: ThriftValue])[];

/**
 * A struct in Thrift's compact protocol (thrift-compact-protocol.md of Apache Thrift): fields by the difference of their numbers, whole
 * numbers zigzag and in groups of seven bits.
 *
 * @param struct its numbers are whole, -2^52 to 2^52
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
    // A truth value is in its type.
    if (!("bool" in value)) writeValue(bytes, value);
  }
  bytes.push(0);
}

function writeValue(bytes: number[], value: Exclude<ThriftValue, { readonly bool: boolean }>): void {
  if ("byte" in value) bytes.push(value.byte & 255);
  else if ("i16" in value) writeVarint(bytes, zigzag(value.i16));
  else if ("i32" in value) writeVarint(bytes, zigzag(value.i32));
  else if ("i64" in value) writeVarint(bytes, zigzag(value.i64));
  else if ("struct" in value) writeStruct(bytes, value.struct);
  else if ("text" in value) writeBytes(bytes, Buffer.from(value.text));
  else if ("bytes" in value) writeBytes(bytes, value.bytes);
  else {
    const { list } = value;
    const type = list.length === 0 ? STRUCT : typeOf(list[0]);
    if (list.length < 15) bytes.push((list.length << 4) | type);
    else {
      bytes.push(0xf0 | type);
      writeVarint(bytes, list.length);
    }
    for (const one of list) {
      if ("bool" in one) throw new Error("no lists of truth values are written");
      writeValue(bytes, one);
    }
  }
}

function writeBytes(bytes: number[], text: Buffer): void {
  writeVarint(bytes, text.length);
  for (const byte of text) bytes.push(byte);
}

function zigzag(number: number): number {
  return number < 0 ? -2 * number - 1 : 2 * number;
}

function typeOf(value: ThriftValue): number {
  if ("bool" in value) return value.bool ? TRUE : FALSE;
  if ("byte" in value) return BYTE;
  if ("i16" in value) return I16;
  if ("i32" in value) return I32;
  if ("i64" in value) return I64;
  if ("text" in value || "bytes" in value) return BINARY;
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

/**
 * Reads a struct in that protocol. Texts come as bytes.
 *
 * @throws Error when the bytes end in the middle, or hold a type that Parquet's descriptions do not use
 */
export function readThriftCompact(bytes: Buffer): ThriftStruct {
  let at = 0;
  const byte = () => {
    if (at >= bytes.length) throw new Error("a description ends in the middle");
    return bytes[at++];
  };
  const varint = () => {
    let number = 0;
    for (let scale = 1; ; scale *= 128) {
      const next = byte();
      number += (next & 127) * scale;
      if (next < 128) return number;
    }
  };
  const whole = () => {
    const number = varint();
    return number % 2 === 0 ? number / 2 : -(number + 1) / 2;
  };
  const struct = (): ThriftStruct => {
    const fields: [number, ThriftValue][] = [];
    for (let last = 0; ; ) {
      const head = byte();
      if (head === 0) return fields;
      last = head < 16 ? whole() : last + (head >> 4);
      fields.push([last, value(head & 15)]);
    }
  };
  const value = (type: number): ThriftValue => {
    switch (type) {
      case TRUE:
      case FALSE:
        return { bool: type === TRUE };
      case BYTE:
        return { byte: byte() };
      case I16:
        return { i16: whole() };
      case I32:
        return { i32: whole() };
      case I64:
        return { i64: whole() };
      case BINARY: {
        const length = varint();
        at += length;
        if (at > bytes.length) throw new Error("a description ends in the middle");
        return { bytes: bytes.subarray(at - length, at) };
      }
      case LIST: {
        const head = byte();
        const length = head >> 4 === 15 ? varint() : head >> 4;
        return { list: Array.from({ length }, () => value(head & 15)) };
      }
      case STRUCT:
        return { struct: struct() };
      default:
        throw new Error(`unknown type ${type} in a description`);
    }
  };
  return struct();
}
