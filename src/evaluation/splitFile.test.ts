import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { InsightsError } from "../base/error.ts";
import { locateSplit, parseSplit } from "./splitFile.ts";

const split = { train: [4, 0, 7], valid: [2], test: [9, 1] };
const read = (content: unknown) => () => parseSplit(content, "split.json");

describe("parseSplit", () => {
  it("reads text and parsed content alike, keeping the order and passing over other keys", () => {
    expect(parseSplit({ about: "a split", ...split }, "split.json")).toEqual(split);
    expect(parseSplit(`\uFEFF${JSON.stringify(split)}\n`, "split.json")).toEqual(split);
  });

  it("names the row that is twice", () => {
    expect(read({ ...split, test: [1, 4] })).toThrow("row 4 is in both train and test (split.json)");
    expect(read({ ...split, valid: [2, 3, 2] })).toThrow("row 2 is twice in valid (split.json)");
  });

  it("names what is missing or is no row number", () => {
    expect(read({ train: [1], test: [2] })).toThrow("missing part: valid (split.json)");
    expect(read({ ...split, valid: [] })).toThrow("invalid valid: no rows (split.json)");
    expect(read({ ...split, valid: "2" })).toThrow("invalid valid: not a list of row numbers (split.json)");
    for (const [row, shown] of [
      [-1, "-1"],
      [1.5, "1.5"],
      ["3", '"3"'],
      [null, "null"],
      [2 ** 53, "9007199254740992"],
    ])
      expect(read({ ...split, valid: [row] })).toThrow(
        `invalid row in valid: ${shown} (expected an integer from 0) (split.json)`,
      );
    expect(read({ ...split, valid: ["x".repeat(500)] })).toThrow(/x{39}\.\.\. /);
  });

  it("says when it is no split at all", () => {
    for (const content of ["{", "", "train: [1]"])
      expect(read(content)).toThrow("invalid split: not JSON (split.json)");
    for (const content of ["[]", "null", "3", '"text"', undefined, [1]])
      expect(read(content)).toThrow("invalid split: not an object with train, valid and test (split.json)");
  });

  it("throws nothing but InsightsErrors, whatever the file holds", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json(), fc.jsonValue()), (content) => {
        expect(read(content)).toThrow(InsightsError);
      }),
    );
  });
});

describe("locateSplit", () => {
  it("turns row numbers into positions, in the split's order, and lists rows that are not at hand", () => {
    const located = locateSplit(split, Float64Array.of(0, 1, 2, 4, 9, 11), "split.json");
    expect([...located.train]).toEqual([3, 0]);
    expect([...located.valid]).toEqual([2]);
    expect([...located.test]).toEqual([4, 1]);
    expect(located.absent).toEqual([7]);
  });

  it("says when a part has no row at hand", () => {
    expect(() => locateSplit(split, Float64Array.of(0, 1, 4), "split.json")).toThrow(
      "invalid valid: none of its rows is in the data (split.json)",
    );
  });
});
