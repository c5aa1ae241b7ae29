import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Limits, parseRange, rangeInWords, type Unit } from "./ranges.ts";

const COUNTS: Limits = { least: 0 };
const SHARES: Limits = { least: 0, most: 1 };
const counts = (text: string) => parseRange(text, "count", COUNTS);

describe("a range that is typed", () => {
  it.each([
    ["", {}],
    ["  ", {}],
    ["10K", { from: 10_000 }],
    ["1.2M", { from: 1_200_000 }],
    ["1,2 Mio.", { from: 1_200_000 }],
    ["1.1m", { from: 1_100_000 }],
    ["2 billion", { from: 2_000_000_000 }],
    ["10k-50k", { from: 10_000, to: 50_000 }],
    ["10k – 50k", { from: 10_000, to: 50_000 }],
    ["10-50k", { from: 10_000, to: 50_000 }],
    ["500-2k", { from: 500, to: 2_000 }],
    ["1k to 1m", { from: 1_000, to: 1_000_000 }],
    ["between 1000 and 2000", { from: 1_000, to: 2_000 }],
    ["50k-10k", { from: 10_000, to: 50_000 }],
    ["10k..50k", { from: 10_000, to: 50_000 }],
    ["10k+", { from: 10_000 }],
    ["10k-", { from: 10_000 }],
    [">= 10k", { from: 10_000 }],
    ["at least 10 thousand", { from: 10_000 }],
    ["<50k", { to: 50_000 }],
    ["-50k", { to: 50_000 }],
    ["up to 50K", { to: 50_000 }],
    ["1,200", { from: 1_200 }],
    ["1.200", { from: 1_200 }],
    ["1'200'000", { from: 1_200_000 }],
    ["1 200 000", { from: 1_200_000 }],
    ["1.200.000", { from: 1_200_000 }],
    ["１０k", { from: 10_000 }],
  ])("reads %j as followers", (text, range) => {
    expect(counts(text)).toEqual(range);
  });

  it.each(["many", "10x", "10k-50k-90k", "5 %", "1,20,0", "k"])("does not guess what %j is", (text) => {
    expect(counts(text)).toEqual({ trouble: "write it like 10K, 1.2M, 10K to 50K" });
  });

  it("says what an end may be", () => {
    expect(counts("--5")).toEqual({ trouble: "expected 0 or more" });
  });

  it("reads shares in per cent, with or without the sign, below nothing where they may be", () => {
    const growth = (text: string) => parseRange(text, "share", { least: -1, most: 100 });
    expect(parseRange("7", "share", SHARES)).toEqual({ from: 0.07 });
    expect(parseRange("2.5%-8 %", "share", SHARES)).toEqual({ from: 0.025, to: 0.08 });
    expect(parseRange("2,5 %", "share", SHARES)).toEqual({ from: 0.025 });
    expect(growth("-5 % to 20 %")).toEqual({ from: -0.05, to: 0.2 });
    expect(growth("−5")).toEqual({ from: -0.05 });
    expect(growth("up to -5")).toEqual({ to: -0.05 });
    expect(parseRange("120 %", "share", SHARES)).toEqual({ trouble: "expected 0 % to 100 %" });
    expect(parseRange("5k", "share", SHARES)).toHaveProperty("trouble");
  });

  it("reads numbers with a decimal comma", () => {
    expect(parseRange("0,5 - 3.5", "number", { least: 0, most: 1000 })).toEqual({ from: 0.5, to: 3.5 });
  });

  it("reads back what it writes", () => {
    const end = (unit: Unit) =>
      unit === "count"
        ? fc.nat({ max: 2_000_000_000 })
        : fc.integer({ min: -9_000, max: 90_000 }).map((n) => n / 10_000);
    const limits: Limits = { least: -10 };
    for (const unit of ["count", "number", "share"] as const) {
      fc.assert(
        fc.property(
          fc.option(end(unit), { nil: undefined }),
          fc.option(end(unit), { nil: undefined }),
          (a, b) => {
            const [from, to] = a !== undefined && b !== undefined && a > b ? [b, a] : [a, b];
            const read = parseRange(rangeInWords({ from, to }, unit), unit, limits);
            expect("trouble" in read).toBe(false);
            const range = read as { from?: number; to?: number };
            for (const [was, is] of [
              [from, range.from],
              [to, range.to],
            ]) {
              if (was === undefined) expect(is).toBeUndefined();
              else expect(is).toBeCloseTo(was, 6);
            }
          },
        ),
      );
    }
  });

  it("never throws, and never gives an end outside its limits", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 20 }), (text) => {
        const read = parseRange(text, "count", { least: 0, most: 1e6 });
        if ("trouble" in read) return;
        for (const end of [read.from, read.to]) expect(end ?? 0).toSatisfy((n: number) => n >= 0 && n <= 1e6);
      }),
    );
  });

  it("writes ranges in few signs, and exactly", () => {
    expect(rangeInWords({ from: 10_000, to: 1_200_000 }, "count")).toBe("10K to 1.2M");
    expect(rangeInWords({ from: 12_345 }, "count")).toBe("12345 or more");
    expect(rangeInWords({ to: 0.07 }, "share")).toBe("up to 7 %");
    expect(rangeInWords({}, "number")).toBe("");
  });
});
