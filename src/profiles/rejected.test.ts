import { expect, it } from "vitest";
import { formatRejected } from "./rejected.ts";

it("rejected.csv quotes what has to be quoted and leaves unknown places empty", () => {
  const rejects = [
    { line: 30002, row: 30000, reason: "invalid_followers", detail: 'invalid followers: "12abc"' },
    { line: null, row: null, reason: "invalid_utf8", detail: "byte 0xff" },
    { line: 7, row: 5, reason: "too_few_columns", detail: "3 columns, 18 expected" },
  ];
  expect(formatRejected(rejects)).toBe(
    [
      "line,row,reason,detail",
      '30002,30000,invalid_followers,"invalid followers: ""12abc"""',
      ",,invalid_utf8,byte 0xff",
      '7,5,too_few_columns,"3 columns, 18 expected"',
      "",
    ].join("\n"),
  );
  expect(formatRejected([])).toBe("line,row,reason,detail\n");
});
