import { expect, it } from "vitest";
import { formatCount, formatDuration, formatShare, formatTable } from "./format.ts";

it("formats counts, shares and durations for people", () => {
  expect([0, 999, 1755, 1234567.4].map(formatCount)).toEqual(["0", "999", "1,755", "1,234,567"]);
  expect(formatShare(0.51)).toBe("51.0 %");
  expect([40, 9940, 9960, 59_400, 200_000, 3_599_400, 7_500_000].map(formatDuration)).toEqual([
    "0.0 s",
    "9.9 s",
    "10 s",
    "59 s",
    "3 min 20 s",
    "59 min 59 s",
    "2 h 5 min",
  ]);
});

it("lays a table out, numbers to the right", () => {
  expect(
    formatTable(
      [
        ["likes", "1,755", "from likes"],
        ["id", "7", ""],
      ],
      [1],
    ),
  ).toBe("likes  1,755  from likes\nid         7");
});
