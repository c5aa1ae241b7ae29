import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { joinRecord, plainStyle, splitRecord } from "./fields.ts";

describe("splitRecord", () => {
  it("splits at delimiters outside quotes", () => {
    expect(splitRecord('a,"b,""c""\n",,d"e', plainStyle(","))).toEqual(["a", 'b,"c"\n', "", 'd"e']);
    expect(splitRecord("", plainStyle(","))).toEqual([""]);
    expect(splitRecord(",", plainStyle(","))).toEqual(["", ""]);
  });

  it("reads what joinRecord writes", () => {
    fc.assert(
      fc.property(
        fc.array(fc.string(), { minLength: 1 }),
        fc.constantFrom(",", "\t"),
        (fields, delimiter) => {
          expect(splitRecord(joinRecord(fields, delimiter), plainStyle(delimiter))).toEqual(fields);
        },
      ),
    );
  });
});
