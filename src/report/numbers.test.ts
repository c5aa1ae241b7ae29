import { expect, it } from "vitest";
import { days, duration, percent, quantity, range, score } from "./numbers.ts";

const plain = (text: string) => text.replaceAll("\u00a0", " ");

it.each([
  [0, "0"],
  [7.5, "7.5"],
  [0.0012, "0.0012"],
  [0.0000241, "0.00002"],
  [3, "3"],
  [1136.7, "1,137"],
  [7e-15, "7 × 10⁻¹⁵"],
  [950, "950"],
  [6021, "6,021"],
  [802.4, "802"],
  [9999.6, "10 K"],
  [12_345, "12.3 K"],
  [999_999, "1 M"],
  [1_200_000, "1.2 M"],
  [1_130_000_000, "1.13 B"],
  [-1_200_000, "−1.2 M"],
  [null, "–"],
])("tells the quantity %s as %s", (value, text) => {
  expect(plain(quantity(value))).toBe(text);
});

it.each([
  [0, "0 %"],
  [0.043, "4.3 %"],
  [0.51, "51 %"],
  [0.0004, "less than 0.1 %"],
  [0.9995, "more than 99.9 %"],
  [1, "100 %"],
  [null, "–"],
])("tells the share %s as %s", (share, text) => {
  expect(plain(percent(share))).toBe(text);
});

it("gives scores a fixed number of digits, with a true minus and no minus zero", () => {
  expect(score(0.9264)).toBe("0.926");
  expect(score(-0.02, 2)).toBe("−0.02");
  expect(score(-0.0004, 2)).toBe("0.00");
  expect(score(null)).toBe("–");
  expect(plain(range({ low: 0.9, high: 0.951 }))).toBe("0.900 to 0.951");
});

it.each([
  [38, "38 ms"],
  [402, "0.4 s"],
  [9804, "9.8 s"],
  [12_100, "12 s"],
  [200_000, "3 min 20 s"],
])("tells %s ms as %s", (milliseconds, text) => {
  expect(plain(duration(milliseconds))).toBe(text);
});

it.each([
  [0.4, "less than a day"],
  [1, "1 day"],
  [12.4, "12 days"],
  [97.4, "3 months"],
  [950, "2.6 years"],
])("tells %s days as %s", (value, text) => {
  expect(plain(days(value))).toBe(text);
});
