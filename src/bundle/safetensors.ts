import { z } from "zod";
import { InsightsError } from "../base/error.ts";

/** A tensor of 32-bit numbers, row-major. */
export interface Tensor {
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

const size = z.number().int().min(0);

const headerSchema = z.record(
  z.string(),
  z.strictObject({
    dtype: z.literal("F32"),
    shape: z.array(size),
    data_offsets: z.tuple([size, size]),
  }),
);

/** The largest header that is read: the format's reference implementation has the same limit. */
const LARGEST_HEADER = 100_000_000;

/**
 * Writes tensors in the safetensors format, which Python reads with one call (`safetensors.numpy.load_file`): the length
 * of the header as a 64-bit little-endian integer, the header (JSON: name to type, shape, and place in the data, padded
 * with spaces to a multiple of 8), then all numbers, little-endian, one tensor after the other.
 */
export function formatSafetensors(tensors: Readonly<Record<string, Tensor>>): Uint8Array {
  let end = 0;
  const header: z.infer<typeof headerSchema> = {};
  for (const [name, { shape, values }] of Object.entries(tensors)) {
    if (elements(shape) !== values.length) {
      throw new RangeError(`${name} holds ${values.length} numbers, not ${shape.join(" x ")}`);
    }
    const start = end;
    end += values.length * 4;
    header[name] = { dtype: "F32", shape: [...shape], data_offsets: [start, end] };
  }
  const json = new TextEncoder().encode(JSON.stringify(header));
  const headerSize = Math.ceil(json.length / 8) * 8;
  const bytes = new Uint8Array(8 + headerSize + end).fill(0x20, 8, 8 + headerSize);
  const view = new DataView(bytes.buffer);
  view.setBigUint64(0, BigInt(headerSize), true);
  bytes.set(json, 8);
  let at = 8 + headerSize;
  for (const { values } of Object.values(tensors)) {
    for (const value of values) {
      view.setFloat32(at, value, true);
      at += 4;
    }
  }
  return bytes;
}

/**
 * Reads what {@link formatSafetensors} writes: tensors of type F32 that fill the data, in the order of their places in it.
 *
 * @throws InsightsError that says what is wrong with the bytes
 */
export function parseSafetensors(bytes: Uint8Array): Record<string, Tensor> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 8) throw invalid("shorter than its own length field");
  const headerSize = Number(view.getBigUint64(0, true));
  if (headerSize > Math.min(bytes.length - 8, LARGEST_HEADER)) throw invalid("its header is cut off");
  const data = 8 + headerSize;
  const tensors: Record<string, Tensor> = {};
  let filled = 0;
  const entries = Object.entries(parseHeader(bytes.subarray(8, data)));
  entries.sort(([, a], [, b]) => a.data_offsets[0] - b.data_offsets[0]);
  for (const [name, { shape, data_offsets: offsets }] of entries) {
    const [start, end] = offsets;
    const count = elements(shape);
    if (start !== filled || end !== start + count * 4) throw invalid(`${name} is not where it should be`);
    if (data + end > bytes.length) throw invalid(`${name} is cut off`);
    const values = Float32Array.from({ length: count }, (_, i) =>
      view.getFloat32(data + start + 4 * i, true),
    );
    tensors[name] = { shape, values };
    filled = end;
  }
  if (data + filled !== bytes.length) throw invalid("there are bytes that belong to no tensor");
  return tensors;
}

function parseHeader(bytes: Uint8Array): z.infer<typeof headerSchema> {
  try {
    return headerSchema.parse(JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes)));
  } catch (cause) {
    throw invalid("its header is not one of 32-bit tensors", cause);
  }
}

function elements(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1);
}

function invalid(why: string, cause?: unknown): InsightsError {
  return new InsightsError(`invalid safetensors: ${why}`, { cause });
}
