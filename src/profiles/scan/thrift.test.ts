import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readThriftCompact, type ThriftStruct, type ThriftValue, thriftCompact } from "./thrift.ts";

const whole = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 });
const { struct } = fc.letrec<{ value: ThriftValue; struct: ThriftStruct }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small" },
    fc.boolean().map((bool) => ({ bool })),
    fc.integer({ min: 0, max: 255 }).map((byte) => ({ byte })),
    fc.integer({ min: -32768, max: 32767 }).map((i16) => ({ i16 })),
    whole.map((i32) => ({ i32 })),
    fc.maxSafeInteger().map((n) => ({ i64: Math.trunc(n / 2) })),
    fc.uint8Array({ maxLength: 200 }).map((bytes) => ({ bytes: Buffer.from(bytes) })),
    fc.array(whole, { maxLength: 40 }).map((list) => ({ list: list.map((i32) => ({ i32 })) })),
    tie("struct").map((one) => ({ struct: one })),
  ),
  // Numbers of fields, by how much each is larger than the one before.
  struct: fc
    .array(fc.tuple(fc.integer({ min: 1, max: 15 }), tie("value")), { maxLength: 6 })
    .map((fields) => {
      let field = 0;
      return fields.map(([more, value]) => {
        field += more;
        return [field, value] as const;
      });
    }),
}));

describe("thriftCompact", () => {
  it("writes what it reads", () => {
    fc.assert(
      fc.property(struct, (one) => {
        expect(readThriftCompact(thriftCompact(one))).toEqual(one);
      }),
    );
  });

  it("writes the bytes of the protocol's own description", () => {
    // Fields 1 (i32 -1), 2 (true), 16 (the text "ab") and 17 (a list of two i64), counted off by hand.
    const bytes = thriftCompact([
      [1, { i32: -1 }],
      [2, { bool: true }],
      [16, { text: "ab" }],
      [17, { list: [{ i64: 0 }, { i64: 300 }] }],
    ]);
    expect(bytes.toString("hex")).toBe(["1501", "11", "e8026162", "192600d804", "00"].join(""));
  });

  it("refuses bytes that end in the middle", () => {
    const bytes = thriftCompact([[1, { text: "some words" }]]);
    for (let length = 0; length < bytes.length; length++) {
      expect(() => readThriftCompact(bytes.subarray(0, length))).toThrow("ends in the middle");
    }
  });
});
