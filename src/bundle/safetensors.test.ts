import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatSafetensors, parseSafetensors } from "./safetensors.ts";

const two = () => ({
  "a.weight": { shape: [2, 3], values: Float32Array.of(1, 2, 3, 4, 5, 6) },
  "a.bias": { shape: [2], values: Float32Array.of(-0.5, 1e-40) },
});

/** Bytes of a file with the given header and data. */
function file(header: unknown, data = new Uint8Array(0)): Uint8Array {
  const json = new TextEncoder().encode(typeof header === "string" ? header : JSON.stringify(header));
  const bytes = new Uint8Array(8 + json.length + data.length);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(json.length), true);
  bytes.set(json, 8);
  bytes.set(data, 8 + json.length);
  return bytes;
}

const entry = (change: object) => ({ x: { dtype: "F32", shape: [1], data_offsets: [0, 4], ...change } });

it("writes the published layout", () => {
  // What Python's safetensors 0.8 gives for save({"x": np.array([[1.0, -2.0]], np.float32)}), byte for byte.
  const bytes = formatSafetensors({ x: { shape: [1, 2], values: Float32Array.of(1, -2) } });
  const header = '{"x":{"dtype":"F32","shape":[1,2],"data_offsets":[0,8]}}';
  expect(header.length % 8).toBe(0);
  expect(Buffer.from(bytes).subarray(0, 8)).toEqual(Buffer.from([header.length, 0, 0, 0, 0, 0, 0, 0]));
  expect(new TextDecoder().decode(bytes.subarray(8, 8 + header.length))).toBe(header);
  expect(Buffer.from(bytes.subarray(8 + header.length)).toString("hex")).toBe("0000803f000000c0");
});

it("starts the data at a multiple of eight", () => {
  const bytes = formatSafetensors(two());
  expect(new DataView(bytes.buffer).getBigUint64(0, true) % 8n).toBe(0n);
});

it("gives back any numbers, bit for bit", () => {
  const tensor = fc.float32Array({ maxLength: 20 }).map((values) => ({ shape: [values.length], values }));
  fc.assert(
    fc.property(fc.dictionary(fc.stringMatching(/^[a-z][a-z.]{0,9}$/), tensor), (tensors) => {
      const back = parseSafetensors(formatSafetensors(tensors));
      expect(Object.keys(back).sort()).toEqual(Object.keys(tensors).sort());
      for (const [name, { values, shape }] of Object.entries(tensors)) {
        expect(back[name].shape).toEqual(shape);
        expect(back[name].values.every((value, i) => Object.is(value, values[i]))).toBe(true);
      }
    }),
  );
});

it("reads tensors in whatever order the header has them, from any part of a buffer", () => {
  const header = {
    b: { dtype: "F32", shape: [1], data_offsets: [4, 8] },
    a: { dtype: "F32", shape: [1], data_offsets: [0, 4] },
  };
  const bytes = file(header, new Uint8Array(Float32Array.of(1, 2).buffer));
  const shifted = new Uint8Array(bytes.length + 3);
  shifted.set(bytes, 3);
  const { a, b } = parseSafetensors(shifted.subarray(3));
  expect([a.values[0], b.values[0]]).toEqual([1, 2]);
});

it("refuses to write a tensor that is not of its shape", () => {
  expect(() => formatSafetensors({ x: { shape: [3], values: Float32Array.of(1) } })).toThrow(
    "x holds 1 numbers, not 3",
  );
});

describe("refuses to read", () => {
  const four = new Uint8Array(4);
  it.each([
    ["nothing", new Uint8Array(0), "shorter than its own length field"],
    ["a header longer than the file", file("{}").fill(255, 0, 8), "its header is cut off"],
    ["a header that is no JSON", file("{{"), "its header is not one of 32-bit tensors"],
    [
      "a header that is no UTF-8",
      file('{"xx":1}').fill(0xff, 10, 12),
      "its header is not one of 32-bit tensors",
    ],
    ["another type", file(entry({ dtype: "F64" }), four), "its header is not one of 32-bit tensors"],
    ["a negative shape", file(entry({ shape: [-1] }), four), "its header is not one of 32-bit tensors"],
    ["a shape of another size", file(entry({ shape: [2] }), four), "x is not where it should be"],
    ["a hole", file(entry({ data_offsets: [4, 8] }), new Uint8Array(8)), "x is not where it should be"],
    ["data cut off", file(entry({}), new Uint8Array(3)), "x is cut off"],
    ["bytes too many", file(entry({}), new Uint8Array(5)), "there are bytes that belong to no tensor"],
  ])("%s", (_what, bytes, message) => {
    expect(() => parseSafetensors(bytes)).toThrow(`invalid safetensors: ${message}`);
  });
});
