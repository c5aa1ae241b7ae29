import { expect, it } from "vitest";
import { formatRejected } from "./rejected.ts";

it("rejected.csv quotes what has to be quoted and leaves unknown places empty", () => {
  const rejects = [
    { line: 30002, row: 30000, reason: "blank_followers", detail: 'invalid followers: "12abc"' },
    { line: null, row: null, reason: "invalid_utf8", detail: "byte 0xff" },
    { line: 7, row: 5, reason: "too_few_columns", detail: "3 columns, 18 expected" },
  ];
  expect(formatRejected({ rejects: rejects.slice(1), cells: rejects.slice(0, 1) })).toBe(
    [
      "line,row,reason,detail",
      '7,5,too_few_columns,"3 columns, 18 expected"',
      '30002,30000,blank_followers,"invalid followers: ""12abc"""',
      ",,invalid_utf8,byte 0xff",
      "",
    ].join("\n"),
  );
  expect(formatRejected({ rejects: [], cells: [] })).toBe("line,row,reason,detail\n");
});
