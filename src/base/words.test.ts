import { expect, test } from "vitest";
import { countInWords, countOfThings, numberInWords, shareInWords } from "./words.ts";

test("numbers read as people write them", () => {
  expect(countInWords(26558)).toBe("26,558");
  for (const count of [0, 7, 999, 1000, 123456, 1_234_567, 116e6, -1000, 2 ** 53, 999.5, -1234.5]) {
    expect(countInWords(count)).toBe(count.toLocaleString("en-GB", { maximumFractionDigits: 0 }));
  }
  expect(countOfThings(1, "row")).toBe("1 row");
  expect(countOfThings(1000, "row")).toBe("1,000 rows");
  expect(countOfThings(2, "biography", "biographies")).toBe("2 biographies");
  expect(shareInWords(0.809)).toBe("80.9 %");
  expect(shareInWords(0)).toBe("0 %");
  expect(shareInWords(0.0001)).toBe("less than 0.1 %");
  expect(shareInWords(0.99999)).toBe("more than 99.9 %");
  expect(shareInWords(1)).toBe("100 %");
  expect(numberInWords(0.023912)).toBe("0.0239");
  expect(numberInWords(63.1428)).toBe("63.1");
  expect(numberInWords(29e6)).toBe("29,000,000");
  expect(numberInWords(7.1e-15)).toBe("7e-15");
  expect(numberInWords(0)).toBe("0");
  expect(numberInWords(-2.5)).toBe("-2.5");
});
