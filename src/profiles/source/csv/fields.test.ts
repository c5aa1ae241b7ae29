import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { joinRecord, splitRecord } from "./fields.ts";

describe("splitRecord", () => {
  it("splits at delimiters outside quotes", () => {
    expect(splitRecord('a,"b,""c""\n",,d"e', ",")).toEqual(["a", 'b,"c"\n', "", 'd"e']);
    expect(splitRecord("", ",")).toEqual([""]);
    expect(splitRecord(",", ",")).toEqual(["", ""]);
  });

  it("reads what joinRecord writes", () => {
    fc.assert(
      fc.property(
        fc.array(fc.string(), { minLength: 1 }),
        fc.constantFrom(",", "\t"),
        (fields, delimiter) => {
          expect(splitRecord(joinRecord(fields, delimiter), delimiter)).toEqual(fields);
        },
      ),
    );
  });
});
