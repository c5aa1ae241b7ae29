import { expect, it } from "vitest";
import {
  capitalised,
  chanceInWords,
  compactNumber,
  countInWords,
  countOf,
  countOfThings,
  durationInWords,
  intervalInWords,
  listed,
  numberInWords,
  numberWord,
  scoreInWords,
  shareInWords,
  spaced,
  unbroken,
} from "./words.ts";

it("writes counts in full, with their noun", () => {
  expect(countInWords(26558)).toBe("26,558");
  for (const count of [0, 7, 999, 1000, 123456, 1_234_567, 116e6, 2 ** 53, 999.5]) {
    expect(countInWords(count)).toBe(count.toLocaleString("en-GB", { maximumFractionDigits: 0 }));
  }
  expect(countInWords(-1234.4)).toBe("−1,234");
  expect(countOfThings(1, "row")).toBe("1 row");
  expect(countOfThings(1000, "row")).toBe("1,000 rows");
  expect(countOfThings(2, "biography", "biographies")).toBe("2 biographies");
  expect(countOf(2, "blue thing")).toBe("2\u00a0blue things");
  expect(unbroken(countOfThings(2, "blue thing"))).toBe("2\u00a0blue\u00a0things");
  expect([0, 1, 9, 12, 13, 1300].map(numberWord)).toEqual(["no", "one", "nine", "twelve", "13", "1,300"]);
});

it.each([
  [0, "0 %"],
  [0.043, "4.3 %"],
  [0.51, "51 %"],
  [0.809, "80.9 %"],
  [0.0001, "less than 0.1 %"],
  [0.99999, "more than 99.9 %"],
  [1, "100 %"],
])("tells the share %s as %s", (share, text) => {
  expect(shareInWords(share)).toBe(text);
});

it.each([
  [0, "0"],
  [0.023912, "0.0239"],
  [63.1428, "63.1"],
  [999.6, "1,000"],
  [29e6, "29,000,000"],
  [7.1e-15, "7e-15"],
  [-2.5, "−2.5"],
])("tells the number %s as %s", (value, text) => {
  expect(numberInWords(value)).toBe(text);
});

it.each([
  [0, "0"],
  [0.0000123, "0.000012"],
  [0.05, "0.05"],
  [7.5, "7.5"],
  [950, "950"],
  [999.6, "1K"],
  [1200, "1.2K"],
  [29_000_000, "29M"],
  [999_960, "1M"],
  [1_130_000_000, "1.13B"],
  [-1200, "−1.2K"],
])("tells the quantity %s in little room as %s", (value, text) => {
  expect(compactNumber(value)).toBe(text);
});

it("gives scores a fixed number of digits, with a true minus and no minus zero", () => {
  expect([scoreInWords(0.9264), scoreInWords(-0.02, 2), scoreInWords(-0.0004, 2)]).toEqual([
    "0.926",
    "−0.02",
    "0.00",
  ]);
  expect(intervalInWords({ low: 0.9, high: 0.951 })).toBe("0.900 to 0.951");
});

it.each([
  [38, "38 ms"],
  [402, "0.4 s"],
  [9940, "9.9 s"],
  [9960, "10 s"],
  [200_000, "3 min 20 s"],
  [3_599_400, "59 min 59 s"],
  [7_500_000, "2 h 5 min"],
])("tells %s ms as %s", (milliseconds, text) => {
  expect(durationInWords(milliseconds)).toBe(text);
});

it("lists one, two and more things", () => {
  expect([listed([]), listed(["a"]), listed(["a", "b"])]).toEqual(["", "a", "a and b"]);
  expect(listed(["a", "b", "c"])).toBe("a, b and c");
  expect(listed(["a", "b", "c", "d", "e", "f", "g"])).toBe("a, b, c, d, e and 2 more");
});

it("makes names of the code readable", () => {
  expect(spaced("like_engagement_rate")).toBe("like engagement rate");
  expect(capitalised("nine")).toBe("Nine");
});

it.each([
  [0, "0 %"],
  [0.0001, "1 %"],
  [0.499, "50 %"],
  [0.934, "93 %"],
  [0.9999, "99 %"],
  [1, "100 %"],
])("tells a probability of %s as %s", (probability, words) => {
  expect(chanceInWords(probability)).toBe(words);
});
