import { type FileHandle, open } from "node:fs/promises";
import {
  readThriftCompact,
  type ThriftStruct,
  type ThriftValue,
  thriftCompact,
} from "../profiles/scan/thrift.ts";

// Numbers of fields (parquet.thrift of Apache Parquet).
const FILE = { schema: 2, rows: 3, groups: 4 };
const GROUP = { columns: 1, fileOffset: 5, ordinal: 7 };
const CHUNK = { fileOffset: 2, facts: 3 };
/** Of a chunk: where indexes of its pages stand and how long they are. They hold places in the part. */
const INDEXES = [4, 5, 6, 7];
const FACTS = { dataPage: 9, indexPage: 10, dictionaryPage: 11, bloomFilter: 14 };

const MARK = "PAR1";
/** The description's length and the mark behind it. */
const END_BYTES = 8;
const BLOCK = 1 << 20;

/**
 * Makes one Parquet file of several with the same columns: their pages as they are, one after the other, and one description of them all. To
 * write the rows once more would take as long as a third of scoring them.
 *
 * @returns rows of the whole
 * @throws Error when a file is no Parquet or has other columns; file-system errors as they are; the signal's reason when it is aborted
 */
export async function joinParquet(
  paths: readonly string[],
  out: string,
  signal?: AbortSignal,
): Promise<number> {
  const target = await open(out, "w");
  try {
    let position = MARK.length;
    await put(target, Buffer.from(MARK), 0);
    let first: ThriftStruct | undefined;
    const groups: ThriftStruct[] = [];
    let rows = 0;
    for (const path of paths) {
      const source = await open(path);
      try {
        const { description, end } = await describe(source, path);
        first ??= description;
        if (!thriftCompact(only(description, FILE.schema)).equals(thriftCompact(only(first, FILE.schema)))) {
          throw new Error(`${path} has other columns than ${paths[0]}`);
        }
        const by = position - MARK.length;
        for (const group of listOf(description, FILE.groups)) {
          groups.push(moved(group, by, groups.length));
        }
        rows += numberOf(description, FILE.rows);
        position = await copy(source, MARK.length, end, target, position, signal);
      } finally {
        await source.close();
      }
    }
    const whole = thriftCompact(
      (first ?? []).map(([field, value]) => {
        if (field === FILE.rows) return [field, { i64: rows }];
        return [field, field === FILE.groups ? { list: groups.map((struct) => ({ struct })) } : value];
      }),
    );
    const end = Buffer.alloc(END_BYTES);
    end.writeUInt32LE(whole.length);
    end.write(MARK, 4);
    await put(target, Buffer.concat([whole, end]), position);
    return rows;
  } finally {
    await target.close();
  }
}

/** What a file says of itself, and where its pages end. */
async function describe(source: FileHandle, path: string) {
  const { size } = await source.stat();
  const end = Buffer.alloc(END_BYTES);
  await source.read(end, 0, END_BYTES, Math.max(0, size - END_BYTES));
  const length = end.readUInt32LE(0);
  const from = size - END_BYTES - length;
  if (end.toString("latin1", 4) !== MARK || from < MARK.length) throw new Error(`${path} is no Parquet file`);
  const bytes = Buffer.alloc(length);
  await source.read(bytes, 0, length, from);
  return { description: readThriftCompact(bytes), end: from };
}

/** The description of a group of rows whose pages have moved by some bytes, without indexes of them. */
function moved(group: ThriftStruct, by: number, ordinal: number): ThriftStruct {
  const place = ([field, value]: ThriftStruct[number]): ThriftStruct[number] =>
    "i64" in value && value.i64 > 0 ? [field, { i64: value.i64 + by }] : [field, value];
  const facts = (struct: ThriftStruct): ThriftStruct =>
    struct.map((entry) => (Object.values(FACTS).includes(entry[0]) ? place(entry) : entry));
  const chunk = (struct: ThriftStruct): ThriftStruct =>
    struct
      .filter(([field]) => !INDEXES.includes(field))
      .map((entry) => {
        const [field, value] = entry;
        if (field === CHUNK.facts && "struct" in value) return [field, { struct: facts(value.struct) }];
        return field === CHUNK.fileOffset ? place(entry) : entry;
      });
  return group.map((entry) => {
    const [field] = entry;
    if (field === GROUP.columns) {
      const list = listOf(group, GROUP.columns).map((struct) => ({ struct: chunk(struct) }));
      return [field, { list }];
    }
    if (field === GROUP.ordinal) return [field, { i16: ordinal }];
    return field === GROUP.fileOffset ? place(entry) : entry;
  });
}

async function copy(
  source: FileHandle,
  from: number,
  to: number,
  target: FileHandle,
  position: number,
  signal: AbortSignal | undefined,
): Promise<number> {
  const buffer = Buffer.allocUnsafe(BLOCK);
  let at = from;
  while (at < to) {
    signal?.throwIfAborted();
    const { bytesRead } = await source.read(buffer, 0, Math.min(BLOCK, to - at), at);
    if (bytesRead === 0) throw new Error("a part has become shorter");
    await put(target, buffer.subarray(0, bytesRead), position + (at - from));
    at += bytesRead;
  }
  return position + (to - from);
}

/** Writes bytes, all of them: a disk that is nearly full takes some of them without an error. */
async function put(target: FileHandle, bytes: Buffer, position: number): Promise<void> {
  let written = 0;
  while (written < bytes.length) {
    const done = await target.write(bytes, written, bytes.length - written, position + written);
    written += done.bytesWritten;
  }
}

function only(struct: ThriftStruct, wanted: number): ThriftStruct {
  return struct.filter(([field]) => field === wanted);
}

function fieldOf(struct: ThriftStruct, wanted: number): ThriftValue | undefined {
  return struct.find(([field]) => field === wanted)?.[1];
}

function listOf(struct: ThriftStruct, wanted: number): ThriftStruct[] {
  const value = fieldOf(struct, wanted);
  const list = value !== undefined && "list" in value ? value.list : [];
  return list.map((one) => ("struct" in one ? one.struct : []));
}

function numberOf(struct: ThriftStruct, wanted: number): number {
  const value = fieldOf(struct, wanted);
  return value !== undefined && "i64" in value ? value.i64 : 0;
}
